"""The kind of every line of a page.

Cue words decide first (`kb.intake.kinds`), then the headline is found (`kb.intake.titles`), then the rest by place and
form. A paragraph that is dropped costs its facts, a heading that is kept costs little: when in doubt a line is body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from kb.intake.datelines import Dateline, DatelineParser
from kb.intake.kinds import Kinds, ends_sentence, is_item, is_prose, is_speech, words_in
from kb.intake.lines import Line
from kb.intake.titles import find_title, same
from kb.model import ZoneKind

_HEADING_WORDS, _HEADING_LENGTH = 12, 90
_LEAD_WORDS = 8
"""A line without a full stop below the headline is a standfirst from this many words on, else a label."""
_COPY_LENGTH = 25
"""Characters from which on a line repeated in a caption is no coincidence."""
_BESIDE = 3
"""Lines between a caption and its copy."""
_LIST_LENGTH = 40
"""Lines of a list that a colon opens."""
_SKIPPED = (None, ZoneKind.TEASER, ZoneKind.CAPTION, ZoneKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The kind of each line, which of them is the headline, and the lines that are nothing but place and date."""

    kinds: tuple[ZoneKind, ...]
    title: int | None
    press: dict[int, Dateline]


def mark_lines(lines: Sequence[Line], kinds_of: Kinds, datelines: DatelineParser, known_title: str | None) -> Marks:
    """Return the kind of every line; a line that equals the known title is the headline."""
    return _Marker(lines, kinds_of, datelines, known_title).marks()


class _Marker:
    def __init__(
        self, lines: Sequence[Line], kinds_of: Kinds, datelines: DatelineParser, known_title: str | None
    ) -> None:
        self.lines, self.kinds_of, self.datelines = lines, kinds_of, datelines
        self.kinds: list[ZoneKind | None] = [kinds_of.of(line.text) for line in lines]
        self.press: dict[int, Dateline] = {}
        self._mark_press()
        self._free_first_line()
        self.title = find_title(lines, self.kinds, known_title)
        self.after = 0 if self.title is None else self.title + 1

    def marks(self) -> Marks:
        if self.title is not None:
            self.kinds[self.title] = ZoneKind.TITLE
            self._mark_head(self.title)
            self._mark_title_copies(self.title)
        self._mark_captions()
        self._mark_place_line()
        self._mark_end()
        self._mark_lists()
        self._mark_tail()
        self._mark_standfirst()
        self._mark_body()
        return Marks(tuple(kind or ZoneKind.BODY for kind in self.kinds), self.title, self.press)

    def _free(self, start: int = 0) -> list[int]:
        """Return the lines that have no kind yet."""
        return [i for i in range(start, len(self.lines)) if self.kinds[i] is None]

    def _mark_press(self) -> None:
        """Mark the lines that are nothing but place and date; the first line is none, it may be a headline."""
        for i, line in enumerate(self.lines[1:], 1):
            dateline = self.datelines.line(line.text)
            if dateline and dateline.stamp and not self.kinds_of.label_of(line.text, dateline.stamp):
                self.kinds[i] = ZoneKind.DATELINE
                self.press[i] = dateline

    def _free_first_line(self) -> None:
        """Take back the kind of a first line such as "Sources: Envoy to fly to Oslo", which is a headline."""
        first = next((i for i, kind in enumerate(self.kinds) if kind in _SKIPPED), None)
        if first is not None and ":" in self.lines[first].text[:20] and words_in(self.lines[first].text) >= 5:
            self.kinds[first] = None

    def _mark_head(self, title: int) -> None:
        """Mark what stands above the headline as navigation, unless it is a paragraph."""
        for i in range(title):
            text = self.lines[i].text
            loose = self.kinds[i] is None and not is_prose(text) and not is_speech(text)
            if loose or self.kinds[i] is ZoneKind.BYLINE:
                self.kinds[i] = ZoneKind.NAVIGATION

    def _mark_title_copies(self, title: int) -> None:
        headline = same(self.lines[title].text)
        for i, line in enumerate(self.lines):
            if i != title and len(line.text) < 2 * len(headline) + 20 and same(line.text) == headline:
                self.kinds[i] = ZoneKind.NAVIGATION

    def _mark_captions(self) -> None:
        """Mark a line that a caption beside it repeats, perhaps cut off, and one that a bare "Image caption" names."""
        for i in self._free(self.after):
            text = self.lines[i].text.rstrip(" .…")
            if not is_prose(text) and (self._is_copy(i, text) or self._is_named(i)):
                self.kinds[i] = ZoneKind.CAPTION

    def _is_copy(self, i: int, text: str) -> bool:
        beside = range(max(0, i - _BESIDE), min(len(self.lines), i + _BESIDE + 1))
        captions = (self.lines[j].text for j in beside if self.kinds[j] is ZoneKind.CAPTION)
        return len(text) >= _COPY_LENGTH and any(text in caption for caption in captions)

    def _is_named(self, i: int) -> bool:
        above = self.lines[i - 1]
        bare_label = (
            self.kinds[i - 1] is ZoneKind.CAPTION and above.text.endswith((",", ":")) and words_in(above.text) <= 3
        )
        return i > 0 and bare_label and above.block == self.lines[i].block

    def _mark_place_line(self) -> None:
        """Mark a dateline that stands on a line of its own above the first paragraph."""
        free = self._free(self.after)
        for i, following in pairwise(free[:6]):
            if is_prose(self.lines[i].text):
                return
            dateline = self.datelines.alone(self.lines[i].text) if is_prose(self.lines[following].text) else None
            if dateline:
                self.kinds[i], self.press[i] = ZoneKind.DATELINE, dateline
                return

    def _mark_end(self) -> None:
        """Mark what follows "ENDS" or the heading of a list of sources as boilerplate."""
        paragraphs = 0
        for i in range(self.after, len(self.lines)):
            text = self.lines[i].text
            paragraphs += self.kinds[i] is None and is_prose(text)
            if paragraphs >= 2 and self.kinds_of.is_terminator(text):
                self.kinds[i:] = [ZoneKind.BOILERPLATE] * (len(self.lines) - i)
                return

    def _mark_lists(self) -> None:
        """Mark the headlines below "Related stories" as teasers."""
        listed = False
        for i in range(self.after, len(self.lines)):
            text = self.lines[i].text
            if self.kinds_of.is_header(text) and self.kinds[i] is not ZoneKind.BOILERPLATE:
                self.kinds[i], listed = ZoneKind.TEASER, True
            elif listed and self.kinds[i] is None and not ends_sentence(text) and not is_prose(text):
                self.kinds[i] = ZoneKind.TEASER
            elif self.kinds[i] is None:
                listed = False

    def _mark_tail(self) -> None:
        """Mark two or more headlines after the last paragraph as teasers, and words alone there as navigation."""
        free = self._free(self.after)
        tail: list[int] = []
        while free and self._is_loose(free[-1]) and not is_prose(self.lines[free[-1]].text):
            tail.append(free.pop())
        for i in tail if free else ():
            if words_in(self.lines[i].text) <= 3:
                self.kinds[i] = ZoneKind.NAVIGATION
            elif len(tail) >= 2:
                self.kinds[i] = ZoneKind.TEASER

    def _is_loose(self, i: int) -> bool:
        """Say whether a line ends as no sentence does, and is no part of a list, quotation or conversation."""
        text = self.lines[i].text
        return not (ends_sentence(text) or is_item(text) or is_speech(text) or self._after_colon(i))

    def _mark_standfirst(self) -> None:
        """Mark the lines without a full stop between headline and first paragraph."""
        for i in self._free(self.after) if self.title is not None else ():
            if is_prose(self.lines[i].text) or not self._is_loose(i):
                return
            self.kinds[i] = ZoneKind.LEAD if words_in(self.lines[i].text) >= _LEAD_WORDS else ZoneKind.HEADING

    def _mark_body(self) -> None:
        """Mark the rest as body and headings; without a standfirst the first paragraph is the lead."""
        free = self._free()
        for i, following in zip_longest(free, free[1:]):
            self.kinds[i] = ZoneKind.HEADING if self._is_heading(i, following) else ZoneKind.BODY
        if ZoneKind.LEAD not in self.kinds and ZoneKind.BODY in self.kinds:
            self.kinds[self.kinds.index(ZoneKind.BODY)] = ZoneKind.LEAD

    def _is_heading(self, i: int, following: int | None) -> bool:
        text = self.lines[i].text
        if following is None or words_in(text) > _HEADING_WORDS or len(text) > _HEADING_LENGTH:
            return False
        if text[0] in "\"“‘'`" or not any(char.isalpha() for char in text):
            return False
        if not self._is_loose(i) and not (text.endswith("?") and not is_item(text) and not is_speech(text)):
            return False
        below = self.lines[following].text
        return ends_sentence(below) or is_prose(below)

    def _after_colon(self, i: int) -> bool:
        """Say whether a line continues a list or quotation that a colon opened above it."""
        block = self.lines[i].block
        for j in range(i - 1, max(-1, i - _LIST_LENGTH), -1):
            if self.lines[j].block != block:
                break
            if self.lines[j].text.endswith((":", ";", ",")):
                return True
        return i > 0 and self.lines[i - 1].text.endswith(":")
