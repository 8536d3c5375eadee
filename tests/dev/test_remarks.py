"""The measure on travel remarks: what is drawn, how it is read, which names count."""

from __future__ import annotations

from datetime import date

import pytest

from kb.dev import remarks
from kb.dev.remarks import Participants, Trip, brief, drawn, load_expected, participants, same_name, trips
from kb.evaluate import Ratio

TRIP = Trip(
    7, "Ana M. Duarte", "President", date(2031, 5, 13), "Egypt, Arab Republic of", "Cairo, Giza", "Met with Li."
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Li", "Li", True),
        ("Li", "Li Qun", True),
        ("Samir Fahmy", "Fahmy", True),
        ("Samir Fahmy", "Samir Fahmi", True),
        ("Li", "Lin", False),
        ("Samir Fahmy", "Samir Habib", False),
        ("Peña Nieto", "Enrique Pena Nieto", True),
        ("", "Li", False),
    ],
)
def test_names_of_one_person(one, other, expected):
    assert same_name(one, other) is expected
    assert same_name(other, one) is expected


def test_a_remark_as_a_brief():
    assert brief(TRIP).data == b"CAIRO, Egypt - U.S. President Ana M. Duarte met with Li.\n"
    assert brief(TRIP, bare=True).data == b"CAIRO, Egypt - President Ana M. Duarte met with Li.\n"
    assert brief(TRIP).info.published == date(2031, 5, 13)


def agent(name, kind, code=None):
    return {"name": name, "kind": kind, "code": code, "id": name}


def test_participants_are_those_of_meetings_without_the_traveller():
    met = [agent("Ana Duarte", "official"), agent("Li Qun", "official"), agent("Egypt", "state", "EGY")]
    facts = [
        {"type": "meeting", "participants": met},
        {"type": "meeting", "participants": [met[0], met[1], agent("River Front", "group")]},
        {"type": "visit", "visitors": [agent("Samir Fahmy", "official")]},
    ]
    assert participants(facts, "Ana M. Duarte") == Participants(["Li Qun"], ["EGY", "River Front"])


def test_figures(monkeypatch):
    """One remark with one of two persons found, a state too many."""
    met = [agent("Ana Duarte", "official"), agent("Li Qun", "official"), agent("China", "state", "CHN")]

    class Reader:
        def try_out(self, _item):
            return type("Report", (), {"facts": [{"type": "meeting", "participants": met}]})

    monkeypatch.setattr(remarks, "drawn", lambda _folder: [TRIP])
    monkeypatch.setattr(remarks, "load_expected", lambda _path: {7: Participants(["Li", "Fahmy"], [])})
    found = remarks.measure(None, None, Reader())
    assert (found.people, found.bodies, found.both) == (Ratio(1, 1, 2), Ratio(0, 1, 0), Ratio(1, 2, 2))
    (error,) = found.misread
    assert (error.missed, error.spurious) == (["Fahmy"], ["CHN"])


def test_the_draw(shared):
    folder = shared / "data" / "hsg"
    sample = drawn(folder)
    assert len(trips(folder)) == 1952
    assert len({trip.number for trip in sample}) == 300
    assert sample == drawn(folder)


def test_expected_names_stand_in_their_remark(shared):
    """Names are annotated as they are written, so that nothing from elsewhere is asked for."""
    sample = {trip.number: trip.remark for trip in drawn(shared / "data" / "hsg")}
    expected = load_expected(remarks.GOLD)
    assert set(expected) <= set(sample)
    people = [(number, name) for number, row in expected.items() for name in row.people]
    assert len(people) == 447
    assert [(number, name) for number, name in people if name not in sample[number]] == []
