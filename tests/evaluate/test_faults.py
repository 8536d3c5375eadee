"""What became of a fact that was missed or is in excess, and the sentence it stands in."""

from __future__ import annotations

import pytest

from kb.evaluate import FaultKind, evaluate, faults_of, plain, wrong_slots
from kb.evaluate.places import ArticleText
from kb.model import Span

TEXT = """A headline without a full stop

Gen. Ana Duarte met Li Qun in Cairo. “Egypt will help,” she said. Egypt's minister
denied it.

- A list item
"""


def fact(kind, quote, **slots):
    return {"type": kind, **slots, "evidence": quote}


MEETING = fact("meeting", "Ana Duarte met Li Qun", participants=["Ana Duarte", "Li Qun"], status="occurred")
DENY = fact("deny", "minister denied it", speakers=["EGY"])


def found_in(quote, kind, **slots):
    start = TEXT.index(quote)
    return {"type": kind, **slots, "evidence": {"quote": quote, "start": start, "end": start + len(quote)}}


CASES = {  # predicted: the kind of the fault of the meeting, of the facts in excess
    "no prediction": ([], FaultKind.NOTHING_THERE, []),
    "one far away": (
        [found_in("minister\ndenied it", "deny", speakers=["FRA"])],
        FaultKind.NOTHING_THERE,
        [FaultKind.NOTHING_THERE],
    ),
    "another participant": (
        [found_in("met Li Qun", "meeting", participants=["FRA", "Li Qun"])],
        FaultKind.OTHER_CORE,
        [FaultKind.OTHER_CORE],
    ),
    "one of its agents in another sentence": (
        [found_in("she said", "meeting", participants=["Ana Duarte", "FRA"])],
        FaultKind.OTHER_CORE,
        [FaultKind.OTHER_CORE],
    ),
    "another type": (
        [found_in("met Li Qun", "visit", visitors=["Ana Duarte"], to="CHN")],
        FaultKind.OTHER_TYPE,
        [FaultKind.OTHER_TYPE],
    ),
    "another type with other agents": (
        [found_in("met Li Qun", "visit", visitors=["Samir Fahmy"], to="CHN")],
        FaultKind.NOTHING_THERE,
        [FaultKind.NOTHING_THERE],
    ),
}


def faults(predicted):
    gold = {"one": [MEETING]}
    return faults_of(evaluate(gold, {"one": predicted}), gold, {"one": TEXT})


@pytest.mark.parametrize("name", CASES)
def test_kinds_of_faults(name):
    predicted, of_gold, of_predicted = CASES[name]
    found = faults(predicted)
    assert [fault.kind for fault in found if fault.missed] == [of_gold]
    assert [fault.kind for fault in found if not fault.missed] == of_predicted
    assert found[0].sentence == "Gen. Ana Duarte met Li Qun in Cairo."
    assert (found[0].instead is None) == (of_gold is FaultKind.NOTHING_THERE)


def test_a_fact_read_twice():
    same = found_in("met Li Qun", "meeting", participants=["Ana Duarte", "Li Qun"])
    (fault,) = faults([same, same])
    assert (fault.kind, fault.missed, fault.instead) == (FaultKind.AGAIN, False, MEETING)


def test_wrong_slots_have_values_and_sentence():
    gold = {"one": [MEETING]}
    read = found_in("met Li Qun", "meeting", participants=["Ana Duarte", "Li Qun"], status="planned")
    (wrong,) = wrong_slots(evaluate(gold, {"one": [read]}), {"one": TEXT})
    assert wrong.slip.slot == "status"
    assert wrong.values == ("occurred", "planned")
    assert wrong.sentence == "Gen. Ana Duarte met Li Qun in Cairo."


def test_without_text_there_is_no_sentence():
    gold = {"one": [MEETING]}
    (fault,) = faults_of(evaluate(gold, {}), gold, {})
    assert fault.sentence is None


def test_plain_facts_have_slots_in_order_and_agents_by_code_or_name():
    agent = {"name": "Egypt", "code": "EGY", "kind": "state", "id": "x"}
    other = {"name": "Ana Duarte", "code": None, "kind": "official", "id": "y"}
    read = {"id": "1", "type": "visit", "status": "occurred", "to": agent, "visitors": [other], "place": None}
    assert list(plain(read).items()) == [
        ("type", "visit"),
        ("visitors", ["Ana Duarte"]),
        ("to", "EGY"),
        ("status", "occurred"),
    ]


# --- places -----------------------------------------------------------------------------------------------------------

QUOTES = {
    "as it stands": ("met Li Qun", "Gen. Ana Duarte met Li Qun in Cairo."),
    "other white space": ("Egypt's  minister denied", "Egypt's minister denied it."),
    "other marks": ('"Egypt will help,"', "“Egypt will help,” she said."),
    "other case": ("a HEADLINE", "A headline without a full stop"),
    "with a gap": ("Ana Duarte met ... in Cairo", "Gen. Ana Duarte met Li Qun in Cairo."),
    "over two sentences": ("in Cairo. “Egypt", "Gen. Ana Duarte met Li Qun in Cairo. “Egypt will help,” she said."),
    "not there": ("met nobody", None),
    "empty": ("", None),
}


@pytest.mark.parametrize("name", QUOTES)
def test_quotes_are_found_with_their_sentence(name):
    quote, sentence = QUOTES[name]
    text = ArticleText(TEXT)
    assert text.sentence(text.locate(fact("deny", quote))) == sentence


def test_offsets_count_where_they_fit():
    text = ArticleText("Ana met Li. Ana met Li.")
    right = {"evidence": {"quote": "Ana met", "start": 12, "end": 19}}
    wrong = {"evidence": {"quote": "Ana met", "start": 3, "end": 10}}
    assert text.locate(right) == Span(12, 19)
    assert text.locate(wrong) == Span(0, 7)
    assert text.locate({"evidence": None}) is None
