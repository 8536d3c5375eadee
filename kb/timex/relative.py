"""Reading expressions that count from the publication ("last week") or from a date before them ("the same day")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.absolute import Reader, join
from kb.timex.context import UNIT_PRECISION, Context
from kb.timex.deixis import choose, weekday_near
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
        return base and periods.of_day(_next_weekday(base, weekday, shift))
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
        return _rolling(published, -1, 1, unit)
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


def read_rolling(match: Match, context: Context) -> TimeValue | None:
    """Read "the past two weeks", "recent months", "the next few days": the days up to the publication, or from it."""
    published, direction = context.published, match.number("roll")
    measure = match.word("measure") or match.word("unit")
    if published is None or direction is None or measure is None:
        return None
    pair = match.pair("count")
    count = match.number("count") or (pair[1] if pair else None)
    if count is None:
        count = 1 if match.word("unit") else context.words.many[measure]
    return _rolling(published, direction, count, measure)


def _rolling(base: date, direction: int, count: int, measure: str) -> TimeValue:
    far = _moved(base, direction * count, measure)
    return periods.of_days(min(base, far), max(base, far))


def _moved(base: date, count: int, measure: str) -> date:
    """Return the day so many units away; of a shorter month its last day."""
    if measure in ("minute", "hour"):
        hours = abs(count) if measure == "hour" else 0
        return base + timedelta(days=(hours + 23) // 24 * (1 if count > 0 else -1))
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(measure)
    if days:
        return base + timedelta(days=days * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[measure]
    month = periods.of_month(*periods.add_months(base.year, base.month, months * count))
    return min(month.earliest + timedelta(days=base.day - 1), month.latest)


# --- so many units away -------------------------------------------------------------------------------------------


def read_away(match: Match, context: Context) -> TimeValue | None:
    """Read "24 years ago", "nearly two weeks ago", "three days later", "a year and a half earlier", "weeks ago"."""
    measure = match.word("measure")
    direction = 1 if "from" in match.slots else _first(match, "ago", "then", "apart")
    if measure is None or direction is None:
        return None
    deictic = "from" in match.slots or "ago" in match.slots
    precision = UNIT_PRECISION.get(measure, Precision.DAY)
    base = _published(context) if deictic else context.anchor_or_published(precision)
    if base is None:
        return None
    start = base.latest if direction > 0 else base.earliest
    return _away(start, direction, measure, match, context)


def read_ahead(match: Match, context: Context) -> TimeValue | None:
    """Read "in two weeks", from the publication on."""
    measure = match.word("measure")
    if measure is None or context.published is None:
        return None
    return _away(context.published, 1, measure, match, context)


def _published(context: Context) -> TimeValue | None:
    return periods.of_day(context.published) if context.published else None


def _first(match: Match, *names: str) -> int | None:
    return next((value for name in names if (value := match.number(name)) is not None), None)


def _away(base: date, direction: int, measure: str, match: Match, context: Context) -> TimeValue | None:
    count, vague = match.number("count"), match.pair("count")
    if "half" in match.slots:
        return _and_a_half(base, direction, measure, match)
    if count is None:
        vague = vague or (2, context.words.many[measure])
        first, last = (_at(base, direction * number, measure) for number in vague)
        return periods.of_days(min(first.earliest, last.earliest), max(first.latest, last.latest))
    least, most = (sum(pair[k] for pair in _approximations(match)) for k in (0, 1))
    middle = _at(base, direction * count, measure)
    ends = [_at(base, direction * max(count + change, 0), measure) for change in (least, most)]
    return replace(middle, earliest=min(e.earliest for e in ends), latest=max(e.latest for e in ends))


def _approximations(match: Match) -> list[tuple[int, int]]:
    return [pair for name in ("approx", "second") if (pair := match.pair(name))]


def _and_a_half(base: date, direction: int, measure: str, match: Match) -> TimeValue | None:
    """Read "two and a half years", "half a year"; of other units a half says too little."""
    if measure != "year":
        return None
    half = match.word("half") == "half"
    months = 6 if half else 12 * (match.number("count") or 1) + 6
    month = periods.of_month(*periods.add_months(base.year, base.month, direction * months))
    return month if half else periods.of_year(month.earliest.year)


def _at(base: date, count: int, measure: str) -> TimeValue:
    """Return the day, month or year so many units away; weeks and decades are told to a few days and years."""
    if measure in ("minute", "hour"):
        hours = count if measure == "hour" else 0
        return periods.of_day(base + timedelta(days=int(hours / 24)))
    if measure in ("day", "week", "fortnight"):
        day = _moved(base, count, measure)
        exact = measure == "day" or abs(count) <= 1
        return periods.of_day(day) if exact else periods.of_days(day - 3 * periods.DAY, day + 3 * periods.DAY)
    if measure == "month":
        return periods.of_month(*periods.add_months(base.year, base.month, count))
    if measure == "year":
        return periods.of_year(base.year + count)
    if measure == "century":
        return periods.of_century(base.year + 100 * count)
    middle = periods.of_year(base.year + 10 * count)
    around = [periods.of_year(middle.earliest.year + change) for change in (-abs(count), abs(count))]
    return replace(middle, earliest=around[0].earliest, latest=around[1].latest)


# --- seen from another date ---------------------------------------------------------------------------------------


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
    anchor = context.anchor_or_published(precision) if step else context.anchor(precision)
    if anchor is None:
        return None
    return period_at(anchor.latest if step > 0 else anchor.earliest, step, unit)


def read_nth(match: Match, context: Context) -> TimeValue | None:
    """Read "the 19th" and "the 5th of next month": of the month that is spoken of, else of the one that tense tells."""
    day, published, step = match.number("day"), context.published, match.number("rel")
    if day is None:
        return None
    anchor = context.anchor(Precision.MONTH) if step is None else None
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


READERS: Mapping[str, Reader] = {
    "weekday": read_weekday,
    "weekday-range": read_weekday_range,
    "today": read_today,
    "last-night": read_last_night,
    "overnight": read_overnight,
    "unit": read_unit,
    "rolling": read_rolling,
    "away": read_away,
    "ahead": read_ahead,
    "same": read_same,
    "shift": read_shift,
    "nth": read_nth,
}
