"""Reading weekdays, and days, weeks, months and years around the publication: "last Friday", "early next year"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.absolute import Reader, join
from kb.timex.context import Context
from kb.timex.counting import rolling
from kb.timex.deixis import weekday_near
from kb.timex.grammar import Match
from kb.timex.tense import Tense


def read_weekday(match: Match, context: Context) -> TimeValue | None:
    """Read "Wednesday night", "last Friday", "Tuesday of next week", "the following Monday"."""
    published, weekday = context.published, match.number("weekday")
    if weekday is None:
        return None
    if (shift := match.number("shift")) is not None:
        anchor = context.anchor(Precision.DAY)
        base = anchor.latest if anchor else published
        return None if base is None else periods.of_day(_next_weekday(base, weekday, shift))
    if published is None:
        return None
    if (week := match.number("week")) is not None:
        monday = published - timedelta(days=published.weekday())
        return periods.of_day(monday + timedelta(days=7 * week + weekday))
    rel = {"past": -1, "coming": 1, "upcoming": 1}.get(match.word("past") or "", match.number("rel"))
    if rel:
        return periods.of_day(_next_weekday(published, weekday, rel))
    tense = context.tense
    if rel == 0 and tense is not Tense.PAST:
        tense = Tense.FUTURE
    return periods.of_day(weekday_near(published, weekday, tense))


def _next_weekday(base: date, weekday: int, direction: int) -> date:
    """Return the first such weekday after a day, or the last before it."""
    if direction > 0:
        return base + timedelta(days=(weekday - base.weekday()) % 7 or 7)
    return base - timedelta(days=(base.weekday() - weekday) % 7 or 7)


def read_weekday_range(match: Match, context: Context) -> TimeValue | None:
    """Read "Thursday to Friday", "Monday and Tuesday"."""
    first, last, published = match.number("first"), match.number("last"), context.published
    if first is None or last is None or published is None or first == last:
        return None
    start = weekday_near(published, first, context.tense)
    end = _next_weekday(start, last, 1)
    if context.tense is Tense.PAST and end > published:
        start, end = start - periods.WEEK, end - periods.WEEK
    return join(match, context, periods.of_day(start), periods.of_day(end))


def read_today(match: Match, context: Context) -> TimeValue | None:
    """Read "yesterday", "this morning", "the day after tomorrow"."""
    if context.published is None:
        return None
    step = match.number("today") or 0
    step += 2 * (("after" in match.slots) - ("before" in match.slots))
    return periods.of_day(context.published + timedelta(days=step))


def read_last_night(match: Match, context: Context) -> TimeValue | None:
    """Read "last night", the day before the publication."""
    del match
    return periods.of_day(context.published - periods.DAY) if context.published else None


def read_overnight(match: Match, context: Context) -> TimeValue | None:
    """Read "overnight": the night to the publication day."""
    del match
    published = context.published
    return replace(periods.of_day(published), earliest=published - periods.DAY) if published else None


# --- weeks, months, years -----------------------------------------------------------------------------------------


def read_unit(match: Match, context: Context) -> TimeValue | None:
    """Read "last month", "early next year", "later this week", "the end of the year", "over the weekend"."""
    published, unit, step = context.published, match.word("unit"), match.number("rel")
    if published is None or unit is None:
        return None
    if unit == "day":
        return _day_of_text(match, context)
    past = match.word("past")
    if past == "past" and unit != "weekend":
        return rolling(published, -1, 1, unit)
    if past:
        step = -1 if past == "past" else 1
    if unit == "weekend" and step is None:
        return _weekend_near(published, context.tense)
    period = period_at(published, step or 0, unit)
    return _cut(period, match, published) if step in (0, None) else _part(period, match)


def _day_of_text(match: Match, context: Context) -> TimeValue | None:
    """Return the day of "earlier in the day" and "next day"; "last day" and "this day" are none."""
    if match.word("cut"):
        anchor = context.anchor(Precision.DAY)
        return anchor or (periods.of_day(context.published) if context.published else None)
    anchor = context.anchor(Precision.DAY) if match.number("rel") == 1 else None
    return anchor and periods.of_day(anchor.latest + periods.DAY)


def _weekend_near(published: date, tense: Tense) -> TimeValue:
    """Return the weekend that begins or is on, or the one before: on weekdays the past tense means that."""
    back = published.weekday() < 5 and (tense is Tense.PAST or (tense is Tense.NEAREST and published.weekday() < 3))
    return periods.of_weekend(published - periods.WEEK if back else published)


def period_at(day: date, step: int, unit: str) -> TimeValue:
    """Return the week, month ... so many steps from the one that holds a day."""
    if unit in ("week", "weekend"):
        moved = day + step * periods.WEEK
        return periods.of_week(moved) if unit == "week" else periods.of_weekend(moved)
    if unit == "month":
        return periods.of_month(*periods.add_months(day.year, day.month, step))
    if unit == "quarter":
        year, month = periods.add_months(day.year, (day.month - 1) // 3 * 3 + 1, 3 * step)
        return periods.of_months(year, month, 3, Precision.QUARTER)
    if unit == "decade":
        return periods.of_decade(day.year + 10 * step)
    if unit == "century":
        return periods.of_century(day.year + 100 * step)
    return periods.of_day(day + step * periods.DAY) if unit == "day" else periods.of_year(day.year + step)


def _cut(period: TimeValue, match: Match, published: date) -> TimeValue:
    """Return the part of the current period: up to the publication, from it on, or a third."""
    cut = match.word("cut")
    inside = period.earliest <= published <= period.latest
    if inside and cut in ("earlier", "so"):
        return replace(period, latest=published)
    if inside and (cut == "later" or match.word("rest")):
        return replace(period, earliest=published)
    return _part(period, match)


def _part(period: TimeValue, match: Match) -> TimeValue:
    part = match.word("part") or match.word("partof")
    part = "last" if part == "end" else part
    return periods.part_of(period, part) if part else period


READERS: Mapping[str, Reader] = {
    "weekday": read_weekday,
    "weekday-range": read_weekday_range,
    "today": read_today,
    "last-night": read_last_night,
    "overnight": read_overnight,
    "unit": read_unit,
}
