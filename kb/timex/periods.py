"""Calendar periods as `TimeValue`: days, weeks, months, quarters, seasons, years, decades, centuries, parts of them.

The value of a period is the ISO 8601 date, month, year, decade ("199") or century ("19") that holds it. Every function
raises ValueError or OverflowError for a day that the calendar (years 1 to 9999) does not have.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from kb.model import Precision, TimeValue

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

_LENGTHS = (
    (31, Precision.MONTH),
    (92, Precision.QUARTER),
    (366, Precision.YEAR),
    (3653, Precision.DECADE),
)
"""How many days the last day may come after the first, for a precision to be said of both."""

_PREFIXES = (10, 7, 4, 3, 2)
"""Lengths of the ISO form of a day, month, year, decade and century."""


def of_day(day: date) -> TimeValue:
    """Return one day."""
    return TimeValue(day.isoformat(), day, day, Precision.DAY)


def of_week(day: date) -> TimeValue:
    """Return the week, Monday to Sunday, of a day."""
    monday = day - timedelta(days=day.weekday())
    return _days(monday, monday + 6 * DAY)


def of_weekend(day: date) -> TimeValue:
    """Return Saturday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return _days(monday + 5 * DAY, monday + 6 * DAY)


def of_days(first: date, last: date) -> TimeValue:
    """Return a stretch of days; its precision is that of the shortest calendar period which can hold so many.

    The value is the longest ISO form that both ends share; a week lies in the month of its middle day.
    """
    length = (last - first).days
    if length <= WEEK.days:
        return _days(first, last) if length else of_day(first)
    precision = next((name for most, name in _LENGTHS if length <= most), Precision.CENTURY)
    return TimeValue(_shared(first, last), first, last, precision)


def _days(first: date, last: date) -> TimeValue:
    middle = first + (last - first) // 2
    return TimeValue(middle.isoformat()[:7], first, last, Precision.WEEK)


def _shared(first: date, last: date) -> str:
    one, two = first.isoformat(), last.isoformat()
    shared = (one[:length] for length in _PREFIXES if one[:length] == two[:length])
    return next(shared, (first + (last - first) // 2).isoformat()[:2])


def of_month(year: int, month: int) -> TimeValue:
    """Return a month."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return TimeValue(first.isoformat()[:7], first, last, Precision.MONTH)


def of_months(year: int, month: int, count: int, precision: Precision) -> TimeValue:
    """Return `count` months from one on: a season, a quarter or half a year. Its value is the year it begins in."""
    last_year, last_month = add_months(year, month, count - 1)
    first, last = of_month(year, month), of_month(last_year, last_month)
    return TimeValue(first.value[:4], first.earliest, last.latest, precision)


def of_year(year: int) -> TimeValue:
    """Return a year."""
    first = date(year, 1, 1)
    return TimeValue(first.isoformat()[:4], first, date(year, 12, 31), Precision.YEAR)


def of_decade(year: int) -> TimeValue:
    """Return the decade of a year: 1994 lies in the 1990s."""
    first = date(year - year % 10, 1, 1)
    return TimeValue(first.isoformat()[:3], first, date(first.year + 9, 12, 31), Precision.DECADE)


def of_century(year: int) -> TimeValue:
    """Return the century of a year as ISO 8601 and newspapers count it: 1800 to 1899."""
    first = date(year - year % 100, 1, 1)
    return TimeValue(first.isoformat()[:2], first, date(first.year + 99, 12, 31), Precision.CENTURY)


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the year and month so many months away."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


def part_of(period: TimeValue, part: str) -> TimeValue:
    """Return the first, middle or last third of a period, with its value and precision; a day has no parts."""
    if period.precision is Precision.DAY:
        return period
    days = (period.latest - period.earliest).days + 1
    third = timedelta(days=round(days / 3))
    if part == "first":
        return replace(period, latest=max(period.earliest + third - DAY, period.earliest))
    if part == "last":
        return replace(period, earliest=min(period.latest - third + DAY, period.latest))
    return replace(period, earliest=period.earliest + third, latest=period.latest - third)


def interval(first: TimeValue, last: TimeValue) -> TimeValue | None:
    """Return the time from one period to another, or None if the second does not come after the first."""
    if last.earliest <= first.earliest or last.latest <= first.latest:
        return None
    return TimeValue(first.value, first.earliest, last.latest, first.precision, last.value)


def adjoin(first: TimeValue, last: TimeValue) -> bool:
    """Tell whether the second period begins the day after the first ends."""
    return last.earliest - first.latest == DAY


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher algorithm).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, over = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moved + 15) % 30
    quarter, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * over + 2 * quarter - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
