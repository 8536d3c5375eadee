"""Calendar arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Precision
from kb.timex import periods
from kb.timex.deixis import choose, day_near, year_of_month
from kb.timex.tense import Tense

days = st.dates(min_value=date(1, 2, 1), max_value=date(9990, 1, 1))


@given(days)
def test_period_holds_its_day(day):
    for period in (
        periods.of_day(day),
        periods.of_week(day),
        periods.of_month(day.year, day.month),
        periods.of_year(day.year),
    ):
        assert period.earliest <= day <= period.latest


@given(days)
def test_week_is_monday_to_sunday(day):
    week = periods.of_week(day)
    assert (week.earliest.weekday(), week.latest - week.earliest) == (0, timedelta(days=6))
    assert week.value == (week.earliest + timedelta(days=3)).isoformat()[:7]


@given(days, st.integers(0, 40000))
def test_value_of_a_stretch_is_shared_by_both_ends(first, length):
    last = min(first + timedelta(days=length), date.max)
    period = periods.of_days(first, last)
    assert (period.earliest, period.latest) == (first, last)
    assert first.isoformat()[: len(period.value)] <= period.value <= last.isoformat()[: len(period.value)]


@given(days, st.sampled_from(["first", "middle", "last"]))
def test_parts_lie_inside_and_cover(day, part):
    for whole in (periods.of_week(day), periods.of_month(day.year, day.month), periods.of_year(day.year)):
        third = periods.part_of(whole, part)
        assert whole.earliest <= third.earliest <= third.latest <= whole.latest
        assert (third.value, third.precision) == (whole.value, whole.precision)
        first, middle, last = (periods.part_of(whole, name) for name in ("first", "middle", "last"))
        assert periods.adjoin(first, middle)
        assert periods.adjoin(middle, last)


def test_a_day_has_no_parts():
    day = periods.of_day(date(2024, 6, 19))
    assert periods.part_of(day, "first") == day


EASTER = [
    (1818, date(1818, 3, 22)),
    (2019, date(2019, 4, 21)),
    (2024, date(2024, 3, 31)),
    (2025, date(2025, 4, 20)),
    (2038, date(2038, 4, 25)),
]


@pytest.mark.parametrize(("year", "expected"), EASTER)
def test_easter(year, expected):
    assert periods.easter(year) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [((2024, 6), 7, (2025, 1)), ((2024, 1), -1, (2023, 12)), ((2024, 12), 0, (2024, 12))],
)
def test_add_months(start, count, expected):
    assert periods.add_months(*start, count) == expected


def test_interval():
    may, june = periods.of_month(2024, 5), periods.of_month(2024, 6)
    time = periods.interval(may, june)
    assert time is not None
    assert (time.value, time.end_value, time.earliest, time.latest) == ("2024-05", "2024-06", may.earliest, june.latest)
    assert periods.interval(june, may) is None
    assert periods.interval(may, may) is None


@pytest.mark.parametrize(
    ("build", "value", "precision"),
    [
        (lambda: periods.of_decade(1994), "199", Precision.DECADE),
        (lambda: periods.of_century(1994), "19", Precision.CENTURY),
        (lambda: periods.of_months(2023, 12, 3, Precision.SEASON), "2023", Precision.SEASON),
        (lambda: periods.of_days(date(2023, 12, 20), date(2024, 1, 20)), "202", Precision.MONTH),
        (lambda: periods.of_days(date(1999, 12, 20), date(2000, 1, 20)), "20", Precision.MONTH),
    ],
)
def test_values(build, value, precision):
    assert (build().value, build().precision) == (value, precision)


@pytest.mark.parametrize(
    "make", [lambda: periods.of_month(2024, 13), lambda: periods.of_year(0), lambda: periods.of_year(10000)]
)
def test_days_the_calendar_lacks(make):
    with pytest.raises(ValueError, match=r"month|year"):
        make()


# --- the side of the publication --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tense", "expected"), [(Tense.PAST, -2), (Tense.FUTURE, 310), (Tense.PROSPECT, -2), (Tense.NEAREST, -2)]
)
def test_choose(tense, expected):
    assert choose([-2, 310], tense, 1, 300) == expected


def test_choose_of_nothing():
    assert choose([], Tense.PAST, 1, 300) is None


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)), st.integers(1, 12))
def test_month_lies_on_the_side_the_tense_says(published, month):
    now = (published.year, published.month)
    assert (year_of_month(published, month, Tense.PAST), month) <= now
    assert (year_of_month(published, month, Tense.FUTURE), month) >= now


def test_weekday_helps_to_tell_the_year():
    published = date(2024, 6, 19)
    assert day_near(published, 6, 18, Tense.NEAREST) == date(2024, 6, 18)
    assert day_near(published, 6, 18, Tense.NEAREST, weekday=6) == date(2023, 6, 18)
    assert day_near(published, 6, 18, Tense.NEAREST, weekday=4) == date(2024, 6, 18)  # fits no near year: not heeded


def test_no_such_day():
    assert day_near(date(2024, 6, 19), 2, 30, Tense.PAST) is None
    assert day_near(date(2023, 6, 19), 2, 29, Tense.PAST) == date(2020, 2, 29)
