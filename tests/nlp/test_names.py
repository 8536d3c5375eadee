import numpy as np
import pytest

from kb.model import NameSpan
from kb.nlp.names import find_names

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def scores(*tags):
    """Return scores that prefer these tags."""
    return np.array([[5.0 if tag == wanted else 0.0 for tag in TAGS] for wanted in tags], np.float32)


CASES = [
    (("O", "B-PER", "I-PER", "O"), [NameSpan(1, 3, "PER")]),
    (("B-PER", "B-LOC", "I-LOC"), [NameSpan(0, 1, "PER"), NameSpan(1, 3, "LOC")]),
    (("B-PER", "B-PER"), [NameSpan(0, 1, "PER"), NameSpan(1, 2, "PER")]),
    (("O", "O"), []),
]


@pytest.mark.parametrize(("tags", "expected"), CASES)
def test_names(tags, expected):
    assert find_names(scores(*tags), [True] + [False] * (len(tags) - 1), TAGS) == expected


@pytest.mark.parametrize("tags", [("I-PER", "O"), ("B-LOC", "I-PER"), ("O", "I-LOC")])
def test_an_impossible_sequence_is_never_chosen(tags):
    for name in find_names(scores(*tags), [True, False], TAGS):
        assert (name.start, name.end) in {(0, 1), (1, 2), (0, 2)}


def test_no_name_runs_into_the_next_sentence():
    found = find_names(scores("B-PER", "I-PER", "I-PER"), [True, False, True], TAGS)
    assert all(name.end <= 2 or name.start >= 2 for name in found)
