"""The measure on PLOVER's sentences: which fact counts for which record."""

from __future__ import annotations

import pytest

from kb.dev.plover import ACCEPTED, GUIDE, PloverFigures, Record, count, has_actors, in_guide, load_records
from kb.evaluate import CORE


def agent(text, code, sector=None):
    return {"text": text, "code": code, "sector": sector}


def found(name, code=None, kind="state"):
    return {"name": name, "code": code, "kind": kind, "id": name}


BRAZIL, EGYPT = found("Brazil", "BRA"), found("Egypt", "EGY")
DUARTE = found("Ana Duarte", kind="official")
REBELS = found("River Front rebels", kind="group")
STANCE = {"type": "stance", "speakers": [BRAZIL], "targets": [EGYPT], "kind": "condemn"}
MEETING = {"type": "meeting", "participants": [EGYPT, BRAZIL]}


def record(actors, recipients=(), *, code="REJECT", accepted=("stance",), in_scope=True):
    return Record("x", "Text.", code, actors, recipients, frozenset(accepted), in_scope)


ACTORS = {  # record's actors, its recipients, fact: right or not
    "by code": ([agent("Brazil", "BRA")], [agent("Cairo", "EGY", "GOV")], STANCE, True),
    "the wrong way round": ([agent("Egypt", "EGY")], [agent("Brazil", "BRA")], STANCE, False),
    "sides of a meeting are equal": ([agent("Brazil", "BRA")], [agent("Egypt", "EGY")], MEETING, True),
    "one is missing": ([agent("Brazil", "BRA")], [agent("China", "CHN")], STANCE, False),
    "one of several is enough": (
        [agent("Brazil", "BRA"), agent("Chile", "CHL")],
        [agent("Egypt", "EGY")],
        STANCE,
        True,
    ),
    "without recipient, two actors": ([agent("Brazil", "BRA"), agent("Egypt", "EGY")], [], MEETING, True),
    "without recipient, one of two": ([agent("Brazil", "BRA"), agent("Chile", "CHL")], [], MEETING, False),
    "without recipient, the only one": ([agent("Brazil", "BRA")], [], STANCE, True),
    "an official by name": (
        [agent("President Ana Duarte of Brazil", "BRA", "GOV")],
        [agent("Egypt", "EGY")],
        STANCE | {"speakers": [DUARTE]},
        True,
    ),
    "a group is not its state": ([agent("Brazilian rebels", "BRA", "REB")], [agent("Egypt", "EGY")], STANCE, False),
    "a group by name": (
        [agent("the River Front rebels", "BRA", "REB")],
        [agent("Egypt", "EGY")],
        STANCE | {"speakers": [REBELS]},
        True,
    ),
    "an organisation by its letters": (
        [agent("U.N.", "IGO")],
        [agent("Egypt", "EGY")],
        STANCE | {"speakers": [found("United Nations", "UN", "organisation")]},
        True,
    ),
}


@pytest.mark.parametrize("name", ACTORS)
def test_both_actors_right(name):
    actors, recipients, fact, right = ACTORS[name]
    assert has_actors(record(actors, recipients), fact) is right


@pytest.mark.parametrize(
    ("code", "fact", "expected"),
    [
        ("DEMAND", {"type": "stance", "kind": "urge"}, True),
        ("DEMAND", {"type": "stance", "kind": "praise"}, False),
        ("DEMAND", {"type": "visit"}, False),
        ("AID", {"type": "transfer", "goods": "rice"}, True),
        ("COERCE", {"type": "stance", "kind": "condemn"}, False),
        ("CONCEDE", {"type": "sanction_action", "action": "lift"}, True),
        ("CONCEDE", {"type": "sanction_action", "action": "impose"}, False),
    ],
)
def test_what_the_guide_asks_for(code, fact, expected):
    assert in_guide(record([], code=code), fact) is expected


def test_figures():
    figures = PloverFigures()
    both = [agent("Brazil", "BRA")], [agent("Egypt", "EGY")]
    transfer = {"type": "transfer", "suppliers": [BRAZIL], "recipients": [EGYPT]}
    count(figures, record(*both), [STANCE])
    count(figures, record(*both), [MEETING])
    count(figures, record([agent("Chile", "CHL")], both[1]), [STANCE])
    count(figures, record(*both, code="AGREE", accepted=["agreement"]), [transfer])
    count(figures, record(*both, code="AID", accepted=[], in_scope=False), [transfer])
    count(figures, record(*both, code="COERCE", accepted=[], in_scope=False), [STANCE])
    count(figures, record(*both, code="COERCE", accepted=[], in_scope=False), [])
    assert figures.shares() == {
        "family": 3 / 4,
        "strict_family": 2 / 4,
        "actors": 2 / 4,
        "strict_actors": 1 / 4,
        "silence": 2 / 3,
        "strict_silence": 1 / 3,
    }
    assert [fault for fault, _record, _facts in figures.faults] == ["no such event", "other actors", "false alarm"]


def test_types_are_those_of_the_guide():
    assert {*ACCEPTED.values(), *(kind for types in GUIDE.values() for kind in types)} <= set(CORE)


def test_all_records_are_read(shared):
    records = load_records(shared / "gold" / "plover")
    assert len(records) == 322
    assert sum(row.in_scope for row in records) == 120
    assert all(bool(row.accepted) == row.in_scope for row in records)
