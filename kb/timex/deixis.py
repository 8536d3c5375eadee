"""Choosing what is left unsaid - the week of a weekday, the year of a month - from publication and tense."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kb.timex.tense import Tense

SLACK = 1
"""Days by which a date of the past may follow the publication, and one of the future precede it: time zones."""

FAR = 300
"""Days ahead that a date without a year is not meant by a verb which leaves open when it speaks of ("would")."""

_CLOSE = 550
"""Days away that a weekday beside a date can point to."""

_MONTH = 30


def weekday_near(published: date, weekday: int, tense: Tense) -> date:
    """Return the weekday (0 is Monday) that is meant: the publication day itself where it is that day.

    Past means the last one, future the next one; else the nearer of the two.
    """
    ahead = (weekday - published.weekday()) % 7
    back = ahead - 7 if ahead else 0
    if tense is Tense.PAST or (tense is Tense.NEAREST and ahead > 3):
        return published + timedelta(days=back)
    return published + timedelta(days=ahead)


def day_near(published: date, month: int, day: int, tense: Tense, weekday: int | None = None) -> date | None:
    """Return the day of a year that is meant, or None for no such day; a weekday beside it helps to tell the year."""
    days = [made for year in _years(published, 8) if (made := _date(year, month, day))]
    if weekday is not None:
        days = [made for made in days if made.weekday() == weekday and abs((made - published).days) <= _CLOSE] or days
    offset = choose(((made - published).days for made in days), tense, SLACK, FAR)
    return None if offset is None else published + timedelta(days=offset)


def year_of_month(published: date, month: int, tense: Tense) -> int:
    """Return the year of a month: the publication's own month is neither behind nor ahead of it."""
    offsets = (12 * step + month - published.month for step in (-1, 0, 1))
    offset = choose(offsets, tense, 0, FAR // _MONTH)
    assert offset is not None  # one of three years in a row lies on either side
    return (published.year * 12 + published.month - 1 + offset) // 12


def choose(offsets: Iterable[int], tense: Tense, slack: int, far: int) -> int | None:
    """Return the offset from the publication that the tense asks for; the past one of two as near."""
    known = list(offsets)
    behind = max((offset for offset in known if offset <= slack), default=None)
    ahead = min((offset for offset in known if offset >= -slack), default=None)
    if behind is None or ahead is None:
        return ahead if behind is None else behind
    if tense is Tense.PAST:
        return behind
    if tense is Tense.FUTURE or (tense is Tense.PROSPECT and ahead <= far):
        return ahead
    return min(behind, ahead, key=abs)


def _years(published: date, reach: int) -> range:
    return range(max(published.year - reach, 1), min(published.year + reach, 9999) + 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
