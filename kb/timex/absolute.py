"""Reading dates that name a day, month or year; where no year is said it is one near the publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.context import Context
from kb.timex.deixis import FAR, choose, day_near, year_of_month
from kb.timex.grammar import Match
from kb.timex.tense import Tense

Reader = Callable[[Match, Context], TimeValue | None]


def read_date(match: Match, context: Context) -> TimeValue | None:
    """Read a day, month or year: "Monday, June 3, 2024", "mid-June", "early in 2023", "May last year"."""
    year, month = match.number("year"), match.number("month")
    if "year-rel" in match.slots or "same" in match.slots:
        year = _related_year(match, context)
        if year is None:
            return None
    if month is not None:
        period = calendar_date(context, year, month, match.number("day"), match.number("weekday"))
    else:
        period = None if year is None else periods.of_year(year)
    part = match.word("part")
    return periods.part_of(period, part) if period and part else period


def _related_year(match: Match, context: Context) -> int | None:
    """Return the year of "last year" (seen from the publication) or "of that year" (of the date before)."""
    if (step := match.number("year-rel")) is not None:
        return context.published.year + step if context.published else None
    anchor = context.anchor(Precision.YEAR)
    return anchor.latest.year if anchor else None


def calendar_date(
    context: Context, year: int | None, month: int, day: int | None, weekday: int | None = None
) -> TimeValue | None:
    """Return a day or month, with the year that is meant if none is said; None if there is no such day."""
    if year is None:
        year = _told_year(context, month, day)
        if year is not None and weekday is not None and day and date(year, month, day).weekday() != weekday:
            year = None
    if year is not None:
        return periods.of_month(year, month) if day is None else periods.of_day(date(year, month, day))
    if context.published is None:
        return None
    if day is None:
        tense = Tense.NEAREST if context.attribute else context.tense
        return periods.of_month(year_of_month(context.published, month, tense), month)
    made = day_near(context.published, month, day, context.tense, weekday)
    return None if made is None else periods.of_day(made)


def _told_year(context: Context, month: int, day: int | None) -> int | None:
    """Return the year of the sentence so far: "In January 2014 ..., and in March ..."."""
    told = context.told()
    if told is None or (context.published and context.tense is not Tense.PAST):
        return None
    first = told.earliest
    return first.year if (month, day or 31) >= (first.month, first.day) else first.year + 1


def read_relative_month(match: Match, context: Context) -> TimeValue | None:
    """Read "last December", "next May", "this past March": the latest one before the publication's month, and so on."""
    published, month, step = context.published, match.number("monthname"), match.number("rel")
    if published is None or month is None or step is None:
        return None
    step = {"past": -1, "coming": 1}.get(match.word("past") or "", step)
    year = published.year
    if step < 0 and month >= published.month:
        year -= 1
    elif step > 0 and month <= published.month:
        year += 1
    day, part = match.number("day"), match.word("part")
    if day is not None:
        return periods.of_day(date(year, month, day))
    period = periods.of_month(year, month)
    return periods.part_of(period, part) if part else period


def read_range(match: Match, context: Context) -> TimeValue | None:
    """Read "June 18-19", "June 30 to July 2", "between March and May 2024", "May and June"."""
    first_month = match.number("first-month") or match.number("month")
    last_month = match.number("last-month") or first_month
    if first_month is None or last_month is None:
        return None
    year, first_year = match.number("year"), match.number("first-year")
    wraps = last_month < first_month
    if first_year is None and year is not None:
        first_year = year - wraps
    first = calendar_date(context, first_year, first_month, match.number("first-day"))
    if first is None:
        return None
    last_year = year if year is not None else first.earliest.year + wraps
    last = calendar_date(context, last_year, last_month, match.number("last-day"))
    return last and join(match, context, first, last)


def join(match: Match, context: Context, first: TimeValue, last: TimeValue) -> TimeValue | None:
    """Return the time from one period to the other, as "to", "and" or "or" joins them.

    "and" makes an interval of periods that follow each other, and after "between"; "or" leaves open which it is.
    """
    how = match.word("to")
    interval = periods.interval(first, last)
    if how == "or" and interval:
        return periods.of_days(first.earliest, last.latest)
    if how == "and" and context.before not in ("between", "from") and not periods.adjoin(first, last):
        return None
    return interval


def year_bounds(match: Match) -> tuple[int, int]:
    """Return the two years of a range, both in full."""
    pair = match.word("yearpair")
    first, last = map(int, pair.split("/")) if pair else (match.number("first") or 0, match.number("last") or 0)
    return first, last if last >= 100 else last + first - first % 100


def read_year_range(match: Match, context: Context) -> TimeValue | None:
    """Read "2014-2016", "2022/23", "from 1990 to 1994"."""
    first, last = year_bounds(match)
    return join(match, context, periods.of_year(first), periods.of_year(last))


def read_numeric(match: Match, context: Context) -> TimeValue | None:
    """Read "2024-06-19", "19.06.2024" (day first) and "19/06/2024".

    Of "05/06/2024" it cannot be told which number is the day, unless one reading is the publication day: it may be
    any of the two, and only the year is sure.
    """
    if iso := match.word("iso"):
        year, month, day = (int(part) for part in iso.replace("/", "-").split("-"))
        return periods.of_day(date(year, month, day))
    if dotted := match.word("dot"):
        day, month, year = (int(part) for part in dotted.split("."))
        return periods.of_day(date(year, month, day))
    one, two, year = (int(part) for part in (match.word("slash") or "0/0/0").split("/"))
    if one > 12 or two > 12 or one == two:
        return periods.of_day(date(year, min(one, two) if one != two else one, max(one, two)))
    readings = sorted((date(year, two, one), date(year, one, two)))
    if context.published in readings:
        return periods.of_day(context.published)
    return periods.of_days(*readings)


def read_holiday(match: Match, context: Context) -> TimeValue | None:
    """Read "Christmas Eve", "New Year's Day 2023", "last Easter"."""
    day = context.words.holidays[match.word("holiday") or ""]
    year, published = day.get("year", match.number("year")), context.published
    if (step := match.number("year-rel")) is not None and published:
        year = published.year + step
    if year is not None:
        return periods.of_day(_holiday(day, year))
    if published is None:
        return None
    near = range(max(published.year - 1, 1), min(published.year + 1, 9999) + 1)
    offsets = [(_holiday(day, each) - published).days for each in near]
    rel = match.number("rel")
    if rel:
        offsets = [offset for offset in offsets if offset * rel > 0]
    offset = choose(offsets, context.tense, 0, FAR)
    return None if offset is None else periods.of_day(published + timedelta(days=offset))


def _holiday(day: Mapping[str, int], year: int) -> date:
    if "easter" in day:
        return periods.easter(year) + timedelta(days=day["easter"])
    return date(year, day["month"], day["day"])


READERS: Mapping[str, Reader] = {
    "date": read_date,
    "relative-month": read_relative_month,
    "range": read_range,
    "year-range": read_year_range,
    "numeric": read_numeric,
    "holiday": read_holiday,
}
