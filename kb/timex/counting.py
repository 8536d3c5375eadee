"""Reading expressions that count units of time: "24 years ago", "three days later", "the past two weeks"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.absolute import Reader
from kb.timex.context import UNIT_PRECISION, Context
from kb.timex.grammar import Match


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
    return rolling(published, direction, count, measure)


def rolling(base: date, direction: int, count: int, measure: str) -> TimeValue:
    """Return the stretch of `count` units (day, week, month, year) before (-1) or after (1) a day, both inclusive."""
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


def read_away(match: Match, context: Context) -> TimeValue | None:
    """Read "24 years ago", "nearly two weeks ago", "three days later", "a year and a half earlier", "weeks ago"."""
    measure = match.word("measure")
    direction = 1 if "from" in match.slots else _first(match, "ago", "then", "apart")
    if measure is None or direction is None:
        return None
    deictic = "from" in match.slots or "ago" in match.slots
    precision = UNIT_PRECISION.get(measure, Precision.DAY)
    base = _published(context) if deictic else context.base(precision, direction)
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
    if (unit := match.word("to-the")) and count is not None:
        return _to_the(unit, _moved(base, direction * count, measure))
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


def _to_the(unit: str, day: date) -> TimeValue:
    """Read "75 years ago this month", "ten years ago today"."""
    if unit == "week":
        return periods.of_week(day)
    return periods.of_month(day.year, day.month) if unit == "month" else periods.of_day(day)


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


READERS: Mapping[str, Reader] = {"rolling": read_rolling, "away": read_away, "ahead": read_ahead}
