"""The dateline at the start of a news report: place, date and agency, up to its dash or colon.

Forms: ``PYONGYANG, June 19 (Agency) -``, ``SEOUL, South Korea (Agency) —``, ``(Agency) -``, ``TBILISI (Agency).``,
``MOSCOW, June 19. /AGENCY/.``, ``Pyongyang:``, ``Taipei, Taiwan —``, ``GENEVA (1 February 2023) –``, and the line of
press releases ``June 18, 2021 - Ottawa, Ontario - Ministry``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.intake.cues import Cues
from kb.intake.dates import Calendar, MonthDay, Stamp

_WORD = r"[^\W\d_][\w’'ʼ.]*+"
_PLACE = rf"{_WORD}(?:[ /-]+{_WORD}){{0,4}}(?:,\s*{_WORD}(?:[ -]{_WORD}){{0,3}}){{0,2}}"
_BREAK = r"\.?\s*(?:--+|[-–—:])(?=\s|$|[“\"(])|\s*[–—]|\.(?=\s)"
_REACH = 130
"""Characters within which a dateline ends."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; it covers the first `end` characters."""

    end: int
    place: str | None = None
    agency: str | None = None
    stamp: Stamp | None = None
    month_day: MonthDay | None = None


class DatelineParser:
    """Recognises datelines by their form."""

    def __init__(self, cues: Cues, calendar: Calendar) -> None:
        self._cues, self._calendar = cues, calendar
        date = rf"(?:{calendar.whole}|{calendar.month_day})"
        self._pattern = re.compile(
            rf"[\[(]?(?P<place>{_PLACE})??(?:\s*\[[^\]]{{2,30}}\])?"
            rf"(?:[,.]?\s*(?P<date>{date}))?\.?(?:,?\s*(?:\((?P<agency>[^()]{{2,40}})\)|/(?P<slashed>[^/]{{2,30}})/))?\]?"
            rf"(?:(?P<break>{_BREAK})|(?<=\))(?=\s))\s*(?:\((?P<late>[^()]{{2,40}})\)\s*(?:[-–—]\s*)?)?",
            re.IGNORECASE,
        )
        self._release = re.compile(
            rf"(?P<date>{date})\s+[-–—|]\s+(?P<place>{_PLACE})(?:\s+[-–—|]\s+(?P<agency>[^\n]{{2,80}}))?$",
            re.IGNORECASE,
        )
        self._place_alone = re.compile(rf"(?P<place>{_PLACE})\s*(?::|--|–|—)$")
        self._signed = re.compile(rf"(?P<place>{_PLACE}),?\s+(?P<date>{date})\.?$", re.IGNORECASE)

    def line(self, text: str) -> Dateline | None:
        """Return the dateline if the whole line is one: place and date, with a full date."""
        for pattern in (self._release, self._signed):
            match = pattern.match(text) if len(text) <= _REACH else None
            stamp = next(self._calendar.find(text), None) if match else None
            if match and stamp and self._is_place(match["place"]):
                return Dateline(len(text), match["place"], match.groupdict().get("agency"), stamp)
        return None

    def alone(self, text: str) -> Dateline | None:
        """Return the dateline if the line is a place with its colon or dash, and the story starts on the next line."""
        match = self._place_alone.match(text)
        if not match or len(match["place"].split()) > 4 or not self._is_place(match["place"]):
            return None
        return Dateline(len(text), match["place"])

    def start(self, text: str, *, first: bool, colon: bool) -> Dateline | None:
        """Return the dateline a paragraph starts with.

        In the `first` paragraphs a place in small letters may do without agency and date ("Pyongyang:"); `colon` is
        False in a transcript, where a name before a colon is a speaker.
        """
        match = self._pattern.match(text[:_REACH])
        if not match or len(text) < match.end() + 15:
            return None
        place, agency = self._split(_without_stop(match["place"]), match["agency"] or match["slashed"])
        stamp = next(self._calendar.find(match["date"] or agency or ""), None)
        if stamp and not match["date"]:
            agency = None
        agency = agency or self._agency(match["late"])
        if agency and not self._is_agency(agency):
            return None
        line = Dateline(match.end(), place, agency, stamp, self._calendar.parse_month_day(match["date"] or ""))
        mark, rest = (match["break"] or "").strip(), text[match.end() :]
        return line if self._holds(line, mark, rest, first=first, colon=colon) else None

    def _holds(self, line: Dateline, mark: str, rest: str, *, first: bool, colon: bool) -> bool:
        """Judge by place, agency and date whether what has the form of a dateline is one."""
        if (line.place and not self._is_place(line.place)) or (mark == ":" and not (first and colon)):
            return False
        if line.agency:
            return self._credible(line, mark)
        if not line.place or mark in ("", "."):
            return False
        dated = line.month_day is not None or line.stamp is not None
        return dated or (first and (_is_upper(line.place) or self._plain(line.place, mark, rest)))

    def _credible(self, line: Dateline, mark: str) -> bool:
        """Judge a dateline with an agency; without a dash behind it the agency must be known, the place in capitals."""
        known = line.agency is not None and line.agency.lower() in self._cues.agencies
        if not mark:
            return known and line.place is not None and _is_upper(line.place)
        return known or bool(line.place or line.month_day or line.stamp)

    def _plain(self, place: str, mark: str, rest: str) -> bool:
        """Judge "Pyongyang: Text" and "Taipei, Taiwan — Text": a new sentence follows, without a second dash."""
        opening = rest.lstrip("“\"'‘")[:1]
        if not opening.isupper() or rest.startswith(("I ", "We ", "“", '"')):
            return False
        again = mark not in ":" and mark in rest[:80]
        return len(place.split()) <= (4 if "," in place else 3) and not again

    def _split(self, place: str | None, agency: str | None) -> tuple[str | None, str | None]:
        """Take an agency without brackets off the place: "TEHRAN, IRNA", "Washington CNN"."""
        if not place or agency:
            return place, agency
        for cut in (",", " "):
            head, _, tail = place.rpartition(cut)
            if tail.strip().lower() in self._cues.agencies:
                return head.strip(" ,") or None, tail.strip()
        return place, agency

    def _agency(self, late: str | None) -> str | None:
        return late if late and late.lower() in self._cues.agencies else None

    def _is_agency(self, name: str) -> bool:
        """Say whether brackets hold a name: every longer word of it is capitalised, or it is known."""
        if name.lower() in self._cues.agencies:
            return True
        words = re.findall(r"[^\W_]+", name)
        return (
            bool(words) and all(w[0].isupper() or (w.isalpha() and len(w) < 4) for w in words) and words[0][0].isupper()
        )

    def _is_place(self, place: str) -> bool:
        words = re.findall(r"[^\W\d_][\w’'ʼ.]*", place)
        first = place.split(",", maxsplit=1)[0].strip().lower()
        calendar_words = {*self._cues.months, *self._cues.weekdays}
        if first in self._cues.not_places or words[0].lower() in self._cues.not_places or first in calendar_words:
            return False
        return all(w[0].isupper() or w.lower() in self._cues.place_particles for w in words)


def _is_upper(place: str) -> bool:
    """Say whether the town is in capitals: "N'DJAMENA", "SEOUL, South Korea"."""
    town = place.split(",", maxsplit=1)[0]
    return town.isupper() and sum(char.isalpha() for char in town) >= 3


def _without_stop(place: str | None) -> str | None:
    """Drop the full stop that ends a dateline, but not that of "WASHINGTON, D.C."."""
    if place and place.endswith(".") and "." not in place[:-1].split()[-1]:
        return place[:-1]
    return place
