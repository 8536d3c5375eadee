"""Calendar dates and clock times as news pages write them.

Only whole dates (with a year) are dates here; "June 19" in a dateline is a `MonthDay`. Relative times are not the
business of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from kb.intake.cues import Cues, any_of


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found at [start, end) of a text; `moment` is the ISO 8601 stamp if a time of day stands beside it."""

    day: date
    start: int
    end: int
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day whose year is not said."""

    month: int
    day: int

    def before(self, limit: date) -> date | None:
        """Return the last such day up to the limit, or None (29 February)."""
        for year in (limit.year, limit.year - 1):
            day = _day(year, self.month, self.day)
            if day and day <= limit:
                return day
        return None


class Calendar:
    """Finds dates; made from the calendar words of the data file."""

    def __init__(self, cues: Cues) -> None:
        self._months, self._offsets = cues.months, cues.offsets
        month, weekday = any_of(cues.months), any_of(cues.weekdays)
        zone = rf"(?P<zone>(?:gmt|utc)?[+-]\d{{1,2}}(?::?\d\d)?(?!\d)|(?:{any_of(cues.offsets)})\b)?"
        ordinal = r"(?:st|nd|rd|th)?"
        self.month_day = rf"(?:{month})\.?\s+\d{{1,2}}{ordinal}\b|\b\d{{1,2}}{ordinal}\s+(?:{month})\b\.?"
        self.whole = (
            rf"(?:{weekday})?[.,]?\s*(?:(?:{month})\.?\s+\d{{1,2}}{ordinal},?\s+\d{{4}}"
            rf"|\d{{1,2}}{ordinal}\s+(?:of\s+)?(?:{month})\.?,?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}})"
        )
        lead = rf"(?:\b(?:{weekday})\b\.?,?\s+)?"
        flags = re.IGNORECASE
        self._patterns = (
            re.compile(rf"{lead}\b(?P<b>{month})\b\.?\s+(?P<d>\d{{1,2}}){ordinal},?\s+(?P<y>\d{{4}})\b", flags),
            re.compile(
                rf"{lead}\b(?P<d>\d{{1,2}}){ordinal}\s+(?:of\s+)?(?P<b>{month})\b\.?,?\s+(?P<y>\d{{4}})\b", flags
            ),
            re.compile(rf"{lead}\b(?P<y>\d{{4}})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?!\d)", flags),
            re.compile(rf"{lead}\b(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})\b", flags),
            re.compile(rf"{lead}\b(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/(?P<y>\d{{4}})\b", flags),
        )
        clock = rf"(?P<h>\d{{1,2}})[:.h]?(?P<min>\d\d)(?::(?P<s>\d\d))?(?:\.\d+)?\s?(?P<half>[ap]\.?m\b\.?)?\s?{zone}"
        self._after = re.compile(rf"(?:T|[\s,/|•·–-]*(?:at\s+)?\(?){clock}", flags)
        self._before = re.compile(rf"\b{clock}\s*(?:on\b)?[\s,/|•·–-]*$", flags)
        self._month_day = re.compile(
            rf"(?P<b>{month})\b\.?\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}}){ordinal}\s+(?P<b2>{month})\b", flags
        )

    def find(self, text: str) -> Iterator[Stamp]:
        """Yield the whole dates of a text in text order."""
        found = [stamp for pattern in self._patterns for m in pattern.finditer(text) if (stamp := self._stamp(text, m))]
        last = 0
        for stamp in sorted(found, key=lambda s: (s.start, -s.end)):
            if stamp.start >= last:
                yield stamp
                last = stamp.end

    def parse_month_day(self, text: str) -> MonthDay | None:
        """Return the first month and day of a text."""
        match = self._month_day.search(text)
        if not match:
            return None
        month = self._months[(match["b"] or match["b2"]).lower()]
        number = int(match["d"] or match["d2"])
        return MonthDay(month, number) if _day(2000, month, number) else None

    def _stamp(self, text: str, match: re.Match[str]) -> Stamp | None:
        day = self._date(match.groupdict())
        if day is None:
            return None
        start, end = match.span()
        if after := self._after.match(text, end):
            clock, end = self._time(after), after.end()
        elif before := self._before.search(text[:start]):
            clock, start = self._time(before), before.start()
        else:
            clock = None
        if clock is None:
            start, end = match.span()
        return Stamp(day, start, end, f"{day.isoformat()}T{clock}" if clock else None)

    def _date(self, part: dict[str, str]) -> date | None:
        year = int(part["y"])
        if not 1900 <= year <= 2100:
            return None
        if part.get("one"):
            return _slashed(year, int(part["one"]), int(part["two"]))
        month = self._months[part["b"].lower()] if part.get("b") else int(part["m"])
        return _day(year, month, int(part["d"]))

    def _time(self, match: re.Match[str]) -> str | None:
        """Return the clock time as ISO 8601, or None: digits are a time only with a colon, a half of day or a zone."""
        raw, half, zone = match[0], (match["half"] or "")[:1].lower(), match["zone"]
        if not (half or zone or ":" in raw):
            return None
        hour = int(match["h"]) % 12 + (12 if half == "p" else 0) if half else int(match["h"])
        clock = f"{hour:02}:{match['min']}:{match['s'] or '00'}{self._offset(zone)}"
        try:
            time.fromisoformat(clock)
        except ValueError:
            return None
        return clock

    def _offset(self, zone: str | None) -> str:
        """Return "IST", "+0530" or "GMT+1" as ISO 8601."""
        if not zone:
            return ""
        match = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", zone)
        if match:
            return f"{match[1]}{match[2]:0>2}:{match[3] or '00'}"
        return self._offsets[zone.lower()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _slashed(year: int, one: int, two: int) -> date | None:
    """Read 19/06/2024 and 06/19/2024; with both numbers up to 12 nobody can tell, so it is no date."""
    if one > 12:
        return _day(year, two, one)
    return _day(year, one, two) if two > 12 or one == two else None
