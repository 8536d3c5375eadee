"""What changed between two runs."""

from __future__ import annotations

import pytest

from kb.errors import InputError
from kb.evaluate import Change, compare, evaluate, faults_of

VISIT = {"type": "visit", "visitors": ["Ana Duarte"], "to": "EGY", "start": "2031-05-13", "evidence": "q"}
DENY = {"type": "deny", "speakers": ["ETH"], "evidence": "q"}
GOLD = {"one": [VISIT, DENY, DENY | {"evidence": "r"}]}


def run(*predicted, gold="abc"):
    result = evaluate(GOLD, {"one": predicted})
    faults = faults_of(result, GOLD, {})
    return result.as_dict() | {
        "gold": gold,
        "missed": [fault.as_dict() for fault in faults if fault.missed],
        "spurious": [fault.as_dict() for fault in faults if not fault.missed],
    }


def counts(found):
    return [len(side) for side in (found.newly_right, found.newly_missed, found.newly_spurious, found.gone)]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([], [], [0, 0, 0, 0]),
        ([], [VISIT], [1, 0, 0, 0]),
        ([VISIT], [], [0, 1, 0, 0]),
        ([DENY], [DENY, DENY], [1, 0, 0, 0]),
        ([], [VISIT | {"to": "CHN"}], [0, 0, 1, 0]),
        ([VISIT | {"to": "CHN"}], [VISIT], [1, 0, 0, 1]),
        ([VISIT | {"to": "CHN"}], [VISIT | {"to": "CHN", "start": "2031"}], [0, 0, 0, 0]),
        ([VISIT, VISIT], [VISIT, VISIT, VISIT], [0, 0, 1, 0]),
    ],
)
def test_facts_newly_right_and_newly_wrong(before, now, expected):
    assert counts(compare(run(*before), run(*now))) == expected


def test_only_what_differs_is_told():
    found = compare(run(VISIT | {"start": "2030"}, DENY), run(VISIT, DENY, DENY))
    assert found.types.keys() == {"deny"}
    assert found.types["deny"]["recall"] == Change(0.5, 1.0)
    assert found.slots == {"dates": Change(0.0, 1.0), "visit.start": Change(0.0, 1.0)}
    assert found.overall["f1"].difference > 0


def test_a_slot_that_nobody_had_before():
    found = compare(run(), run(VISIT))
    assert found.slots["visit.start"] == Change(None, 1.0)
    assert found.slots["visit.start"].difference == 1.0


def test_swapping_the_runs_turns_the_signs():
    one, other = run(VISIT), run(DENY, VISIT | {"to": "CHN"})
    there, back = compare(one, other), compare(other, one)
    assert there.newly_right == back.newly_missed
    assert there.newly_spurious == back.gone
    assert there.overall["f1"].difference == pytest.approx(-back.overall["f1"].difference)


def test_runs_of_other_gold_cannot_be_compared():
    with pytest.raises(InputError, match="different annotations"):
        compare(run(), run(gold="other"))


def test_runs_without_facts_cannot_be_compared():
    figures = {name: value for name, value in run().items() if name not in ("missed", "spurious")}
    with pytest.raises(InputError, match="without its facts"):
        compare(figures, run())
