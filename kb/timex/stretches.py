"""Reading stretches of the calendar that are no day, month or year: seasons, quarters, weeks of a month, decades."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kb.model import Precision, TimeValue
from kb.timex import periods
from kb.timex.absolute import Reader, calendar_date
from kb.timex.context import Context
from kb.timex.grammar import Match
from kb.timex.tense import Tense


def read_season(match: Match, context: Context) -> TimeValue | None:
    """Read "summer of 2019", "last winter", "in the spring": of the north; a winter begins in December of its year."""
    month, published = match.number("season"), context.published
    if month is None:
        return None
    year, step = match.number("year"), match.number("year-rel")
    if step is not None and published:
        year = published.year + step
    part = match.word("part")
    if year is not None:
        period = periods.of_months(year, month, 3, Precision.SEASON)
    elif published and step is None:
        rel = {"past": -1, "coming": 1}.get(match.word("past") or "", match.number("rel"))
        period = _season_near(published, month, rel, context)
    else:
        return None
    return periods.part_of(period, part) if part else period


def _season_near(published: date, month: int, rel: int | None, context: Context) -> TimeValue:
    years = range(published.year - 2, published.year + 3)
    seasons = [periods.of_months(year, month, 3, Precision.SEASON) for year in years if 1 <= year < 9999]
    begun = [season for season in seasons if season.earliest <= published]
    open_ = [season for season in seasons if season.latest >= published]
    if rel == -1:
        return [season for season in begun if season.latest < published][-1]
    if rel == 1:
        return next(season for season in open_ if season.earliest > published)
    if rel == 0 or context.tense is Tense.NEAREST:
        return min(seasons, key=lambda season: abs((_middle(season) - published).days))
    return begun[-1] if context.tense is Tense.PAST else open_[0]


def _middle(period: TimeValue) -> date:
    return period.earliest + (period.latest - period.earliest) // 2


def read_quarter(match: Match, context: Context) -> TimeValue | None:
    """Read "the first quarter of 2024", "Q1 2024", "the second half of last year"."""
    year, published = match.number("year"), context.published
    if year is None and published is not None:
        year = published.year + (match.number("year-rel") or 0)
    half = match.word("size") == "half"
    length, most = (6, 2) if half else (3, 4)
    index = match.number("index") or most
    if year is None or index > most:
        return None
    precision = Precision.YEAR if half else Precision.QUARTER
    return periods.of_months(year, 1 + (index - 1) * length, length, precision)


def read_week_of_month(match: Match, context: Context) -> TimeValue | None:
    """Read "the first week of June", "the last days of May 2023", "the week of March 3"."""
    month, size = match.number("month"), match.word("size")
    if month is None:
        return None
    period = calendar_date(context, match.number("year"), month, match.number("day"))
    if period is None or size is None:
        return None
    index = match.number("index")
    if period.precision is Precision.DAY:
        return periods.of_week(period.earliest)
    if size == "weekend":
        return _weekend_of(period, index)
    length = {"week": 7, "days": 5, "day": 1}[size]
    if index is None:
        return periods.of_days(period.latest - timedelta(days=length - 1), period.latest)
    first = period.earliest + timedelta(days=length * (index - 1))
    last = min(first + timedelta(days=length - 1), period.latest)
    return periods.of_days(first, last) if first <= period.latest else None


def _weekend_of(month: TimeValue, index: int | None) -> TimeValue | None:
    saturday = month.earliest + timedelta(days=(5 - month.earliest.weekday()) % 7)
    days = [saturday + periods.WEEK * k for k in range(5) if saturday + periods.WEEK * k <= month.latest]
    if index is None:
        return periods.of_weekend(days[-1])
    return periods.of_weekend(days[index - 1]) if index <= len(days) else None


def read_decade(match: Match, context: Context) -> TimeValue | None:
    """Read "the 1990s", "the late '80s", "the sixties"; of a year with two digits the last such decade is meant.

    "The 1800s" are a century.
    """
    year = match.number("decade") or match.number("word")
    if year is None:
        return None
    if year < 100:
        now = context.published.year if context.published else 2000
        year += now - now % 100 - (100 if year > now % 100 else 0)
    period = periods.of_century(year) if year % 100 == 0 and year < 2000 else periods.of_decade(year)
    part = match.word("part")
    return periods.part_of(period, part) if part else period


def read_century(match: Match, context: Context) -> TimeValue | None:
    """Read "the 19th century"."""
    del context
    number, part = match.number("ordinal"), match.word("part")
    if number is None or number < 2:
        return None
    period = periods.of_century((number - 1) * 100)
    return periods.part_of(period, part) if part else period


READERS: Mapping[str, Reader] = {
    "season": read_season,
    "quarter": read_quarter,
    "week-of-month": read_week_of_month,
    "decade": read_decade,
    "century": read_century,
}
