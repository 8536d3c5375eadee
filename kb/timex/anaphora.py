"""Reading expressions that take up a date of the text: "the same day", "the following year", "the 19th"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.absolute import Reader
from kb.timex.context import UNIT_PRECISION, Context
from kb.timex.deixis import choose
from kb.timex.grammar import Match
from kb.timex.relative import period_at
from kb.timex.tense import Tense


def read_same(match: Match, context: Context) -> TimeValue | None:
    """Read "the same day", "that night", "that year"."""
    return _shifted(match, context, 0)


def read_shift(match: Match, context: Context) -> TimeValue | None:
    """Read "the previous day", "the following year", "the day before", "the next morning"."""
    step = match.number("shift")
    return None if step is None else _shifted(match, context, step)


def _shifted(match: Match, context: Context, step: int) -> TimeValue | None:
    unit = match.word("unit") or ""
    unit = unit if unit in UNIT_PRECISION else "day"  # a part of the day
    precision = UNIT_PRECISION[unit]
    anchor = context.base(precision, step)
    if anchor is None:
        return None
    return period_at(anchor.latest if step > 0 else anchor.earliest, step, unit)


def read_nth(match: Match, context: Context) -> TimeValue | None:
    """Read "the 19th" and "the 5th of next month": of the month that is spoken of, else of the one that tense tells."""
    day, published, step = match.number("day"), context.published, match.number("rel")
    if day is None:
        return None
    told = step is None and (published is None or context.tense is Tense.PAST)
    anchor = context.anchor(Precision.MONTH) if told else None
    if anchor is not None:
        return periods.of_day(anchor.earliest.replace(day=day))
    if published is None:
        return None
    steps = (-2, -1, 0, 1, 2) if step is None else (step,)
    days = [made for k in steps if (made := _day_of_month(published, k, day))]
    offset = choose(((made - published).days for made in days), context.tense, 0, 31)
    return None if offset is None else periods.of_day(published + timedelta(days=offset))


def _day_of_month(published: date, step: int, day: int) -> date | None:
    month = periods.of_month(*periods.add_months(published.year, published.month, step))
    return month.earliest.replace(day=day) if day <= month.latest.day else None


READERS: Mapping[str, Reader] = {"same": read_same, "shift": read_shift, "nth": read_nth}
