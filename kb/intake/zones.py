"""The zones of a text, and what headline, dateline and date lines say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.intake.cues import Cues
from kb.intake.datelines import Dateline, DatelineParser
from kb.intake.dates import Calendar, Stamp
from kb.intake.kinds import Kinds, is_turn
from kb.intake.lines import Line, split_lines
from kb.intake.marks import Marks, mark_lines
from kb.model import FACTUAL_ZONES, Span, Zone, ZoneKind

_DATED = (ZoneKind.BYLINE, ZoneKind.NAVIGATION, ZoneKind.BOILERPLATE)
_DATED_LENGTH = 200
_OPENING_PARAGRAPHS = 2
"""Paragraphs that may start with a dateline in its loosest form: the standfirst and the first of the story."""
_GOVERNING = (" on", " of", " to", " since", " by", " from", " until", " in", ",")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date of the page and where it stands; `place` is one of `kb.intake.metadata.RANKS`."""

    place: str
    stamp: Stamp


@dataclass
class Layout:
    """The zones in text order, and what the lines of a page say of the article."""

    zones: list[Zone] = field(default_factory=list)
    title: str | None = None
    dateline: Dateline | None = None
    dates: list[DateFound] = field(default_factory=list)


def lay_out(text: str, cues: Cues, known_title: str | None = None) -> Layout:
    """Return the zones of a text, with title, dateline and dates as the page gives them."""
    calendar = Calendar(cues)
    kinds_of, datelines = Kinds(cues, calendar), DatelineParser(cues, calendar)
    lines = split_lines(text)
    marks = mark_lines(lines, kinds_of, datelines, known_title)
    layout = Layout()
    _Dates(layout, lines, marks, calendar, kinds_of).note()
    _Zones(layout, text, calendar, datelines).add(lines, marks)
    return layout


class _Dates:
    """Collects the dates of datelines, bylines, page header and footer."""

    def __init__(self, layout: Layout, lines: list[Line], marks: Marks, calendar: Calendar, kinds_of: Kinds) -> None:
        self.layout, self.lines, self.marks = layout, lines, marks
        self.calendar, self.kinds_of = calendar, kinds_of

    def note(self) -> None:
        for i, line in enumerate(self.lines):
            if i in self.marks.press:
                self._note_press(i, self.marks.press[i])
            elif self.marks.kinds[i] in _DATED and len(line.text) <= _DATED_LENGTH:
                self._note_line(i, line.text)

    def _note_press(self, i: int, dateline: Dateline) -> None:
        if dateline.stamp:
            closing = i >= len(self.lines) / 2
            self.layout.dates.append(DateFound("closing" if closing else "dateline", dateline.stamp))
        self.layout.dateline = self.layout.dateline or dateline

    def _note_line(self, i: int, text: str) -> None:
        above = self.marks.title is not None and i < self.marks.title
        for stamp in self.calendar.find(text):
            place = self.kinds_of.label_of(text, stamp)
            if not place and self.marks.kinds[i] is not ZoneKind.BOILERPLATE:
                place = "header" if above else "line"
            if place:
                self.layout.dates.append(DateFound(place, stamp))


class _Zones:
    """Cuts datelines and dates off headline and paragraphs, and adds the zones."""

    def __init__(self, layout: Layout, text: str, calendar: Calendar, datelines: DatelineParser) -> None:
        self.layout, self.text = layout, text
        self.calendar, self.datelines = calendar, datelines

    def add(self, lines: list[Line], marks: Marks) -> None:
        pairs = list(zip(lines, marks.kinds, strict=True))
        turns = sum(is_turn(line.text) for line, kind in pairs if kind in FACTUAL_ZONES)
        paragraphs = 0
        for line, kind in pairs:
            if kind is ZoneKind.TITLE:
                self._add_title(line)
            elif kind in FACTUAL_ZONES:
                paragraphs += 1
                self._add_paragraph(line, kind, first=paragraphs <= _OPENING_PARAGRAPHS, colon=turns < 2)
            else:
                self._add(kind, line.start, line.end)

    def _add_title(self, line: Line) -> None:
        """Add the headline, and as a zone of its own a date that closes its line."""
        end = line.end
        stamp = self._closing_date(line.text)
        if stamp:
            end = line.start + len(line.text[: stamp.start].rstrip(" ,-–—|"))
            self.layout.dates.append(DateFound("inline", stamp))
        self._add(ZoneKind.TITLE, line.start, end)
        self._add(ZoneKind.BYLINE, end, line.end)  # with the mark between the two: no word stays without a zone
        self.layout.title = " ".join(self.text[line.start : end].split())

    def _closing_date(self, text: str) -> Stamp | None:
        for stamp in self.calendar.find(text):
            before = text[: stamp.start].rstrip().lower()
            if stamp.end == len(text) and len(before) > 20 and not before.endswith(_GOVERNING):
                return stamp
        return None

    def _add_paragraph(self, line: Line, kind: ZoneKind, *, first: bool, colon: bool) -> None:
        start = line.start
        if first and (stamp := self._leading_date(line.text)):
            self.layout.dates.append(DateFound("inline", stamp))
            start = self._cut(ZoneKind.BYLINE, start, stamp.end)
        start += len(self.text[start : line.end]) - len(self.text[start : line.end].lstrip())
        if dateline := self.datelines.start(self.text[start : line.end], first=first, colon=colon):
            start = self._cut(ZoneKind.DATELINE, start, dateline.end)
            self._keep(dateline)
        self._add(kind, start, line.end)

    def _keep(self, dateline: Dateline) -> None:
        if self.layout.dateline is None:
            self.layout.dateline = dateline
            if dateline.stamp:
                self.layout.dates.append(DateFound("dateline", dateline.stamp))

    def _leading_date(self, text: str) -> Stamp | None:
        """Return a date that opens a paragraph as a label: a new sentence follows without a comma."""
        stamp = next(self.calendar.find(text[:60]), None)
        if stamp is None or stamp.start > 0:
            return None
        rest = text[stamp.end :]
        return stamp if re.match(r"\s+[“\"]?[A-Z]", rest) and len(rest) > 40 else None

    def _cut(self, kind: ZoneKind, start: int, length: int) -> int:
        """Add the first characters of a paragraph as a zone of their own; return where the rest starts."""
        self._add(kind, start, start + length)
        return start + length

    def _add(self, kind: ZoneKind, start: int, end: int) -> None:
        """Add a zone without the white space around it, if anything is left."""
        text = self.text[start:end]
        if text.strip():
            start += len(text) - len(text.lstrip())
            self.layout.zones.append(Zone(kind, Span(start, start + len(text.strip()))))
