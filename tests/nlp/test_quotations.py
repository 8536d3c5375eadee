"""Utterances are found by their marks, and what stands outside does not depend on what stands inside."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.nlp.quotations import PENALTY, keep_apart, utterances

CASES = [
    ("“ The talks failed , ” Duarte said .", ["The talks failed ,"]),
    ('" The talks failed , " Duarte said .', ["The talks failed ,"]),
    ("Duarte said : “ The talks failed . ”", ["The talks failed ."]),
    ("“ No , ” she said , “ they went well . ”", ["No ,", "they went well ."]),
    ("They went well , ” she said .", ["They went well ,"]),
    ("Duarte said : “ The talks failed", ["The talks failed"]),
    ("She called it a “ deliberate attack ” on the fleet .", []),
    ('The " free zone " is closed .', []),
    ("No marks here .", []),
    ("” ”", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_utterances(text, expected):
    words = text.split()
    assert [" ".join(words[start:end]) for start, end in utterances(words)] == expected


@given(st.lists(st.sampled_from(["“", "”", '"', ",", ".", "a", "b"]), max_size=12))
def test_stretches_are_in_order_and_inside(words):
    found = utterances(words)
    assert all(0 <= start < end <= len(words) for start, end in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))


def test_only_arcs_from_outside_into_an_utterance_lose():
    words = ["“", "It", "failed", ",", "”", "she", "said"]
    arcs = np.zeros((7, 8), np.float32)
    keep_apart(arcs, words)
    dear = {(words[i], words[j - 1]) for i, j in zip(*np.nonzero(arcs), strict=True)}
    assert dear == {(outside, inside) for outside in ("she", "said") for inside in ("It", "failed", ",")}
    assert arcs.min() == -PENALTY


PARSED = [
    ("“Egypt has been sending weapons, such as drones, to rebels,” Duarte told reporters after a meeting with Li Qun.",
     "meeting", "told"),
    ("“We will not wait any longer,” Foreign Minister Li Qun said in Cairo on Tuesday.", "Cairo", "said"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "head"), PARSED)
def test_what_follows_a_quotation_depends_on_the_reporting_verb(analysed, text, word, head):
    doc = analysed(text)
    token = next(t for t in doc.tokens if t.text == word)
    assert doc.tokens[token.head].text == head
