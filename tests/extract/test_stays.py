"""The first and the last day of visits, and whether they still go on; published on Wednesday 2031-05-14."""

from __future__ import annotations

from datetime import date

import pytest

from kb.extract.stays import joined
from kb.model import Precision, TimeExpression, TimeValue, stretch

SPANS = [
    ("Kenya's President Ana Duarte arrived in Rome on Monday for a three-day visit.", "2031-05-12", "2031-05-14"),
    ("Kenya's President Ana Duarte will travel to Rome on Monday for a one-day stay.", "2031-05-19", "2031-05-19"),
    ("Kenya's President Ana Duarte left Rome on Monday after a two-day visit to Italy.", "2031-05-11", "2031-05-12"),
    ("Kenya's President Ana Duarte left Rome on Monday.", "", "2031-05-12"),
    ("Kenya's President Ana Duarte ended her four-day visit to Italy on Monday.", "2031-05-09", "2031-05-12"),
    ("Kenya's President Ana Duarte is in Rome until Sunday.", "", "2031-05-18"),
    ("Kenya's President Ana Duarte spent Monday in Rome.", "2031-05-12", "2031-05-12"),
    ("Kenya's President Ana Duarte visited Rome on Monday.", "2031-05-12", None),
    ("Kenya's President Ana Duarte visited Rome on Monday for the third day of the fair.", "2031-05-12", None),
    ("Kenya's President Ana Duarte visited Rome in March for three days.", "2031-03", None),
]


@pytest.mark.parametrize(("text", "start", "end"), SPANS)
def test_first_and_last_day(text, start, end, claims_of):
    time = next(c.time for c in claims_of(text) if c.type == "Visit")
    assert (time.value, time.end_value) == (start, end)
    assert time.earliest <= time.latest


GOING_ON = [
    ("Kenya's President Ana Duarte arrived in Rome on Tuesday.", "ongoing"),
    ("Kenya's President Ana Duarte is in Rome until Sunday.", "ongoing"),
    ("Kenya's President Ana Duarte visited Rome on Tuesday.", "occurred"),
    ("Kenya's President Ana Duarte arrived in Rome on May 2.", "occurred"),
    ("Kenya's President Ana Duarte arrived in Rome on Tuesday for a one-day visit.", "occurred"),
]


@pytest.mark.parametrize(("text", "status"), GOING_ON)
def test_who_has_just_arrived_is_still_there(text, status, claims_of):
    assert [c.factuality.label.value for c in claims_of(text) if c.type == "Visit"] == [status]


def test_an_arrival_and_a_departure_are_one_visit(claims_of):
    text = "Kenya's President Ana Duarte arrived in Rome on May 5. Duarte left Rome on May 7."
    visits = [c for c in claims_of(text) if c.type == "Visit"]
    assert [(v.time.value, v.time.end_value) for v in visits] == [("2031-05-05", "2031-05-07")]


def test_joining_keeps_what_is_told_and_never_turns_a_visit_around():
    def expression(value, end, first, last):
        return TimeExpression(0, 1, TimeValue(value, date(2031, 5, first), date(2031, 5, last), Precision.DAY, end))

    arrival, departure = expression("2031-05-05", None, 5, 5), expression("", "2031-05-07", 1, 7)
    assert joined(arrival, departure).time.end_value == "2031-05-07"
    assert joined(departure, arrival) == departure
    late = expression("2031-05-09", None, 9, 9)
    assert joined(late, departure) == late


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-05-05", "2031-05-07", "2031-05-05 to 2031-05-07"),
        ("2031-05-05", None, "2031-05-05"),
        ("", "2031-05-07", "until 2031-05-07"),
        (None, None, ""),
    ],
)
def test_days_in_words(first, last, words):
    assert stretch(first, last) == words
