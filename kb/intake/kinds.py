"""What one line is by its own words, before its neighbours are looked at."""

from __future__ import annotations

import re

from kb.intake.cues import Cues
from kb.intake.dates import Calendar, Stamp
from kb.model import ZoneKind

_BRACKETS = "()[]{}<>»«›‹*•·|→►▶■–—-# \t\u200b\ufeff"
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+")
_SPEAKER = re.compile(r"^(?:[A-Z][A-Z.'’ -]{1,30}|[QA])(?: \([^()]{1,40}\))?:\s")
_TURN = re.compile(r"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}(?: \([^()]{1,40}\))?:\s")
_BULLET = re.compile(r"^(?:[-*•–▪‣◦]|\d{1,2}[.)]|\([a-z0-9]{1,3}\))\s+")
_CRUMBS = re.compile(r"\s+(?:>|»|›|/|\||→)\s+")
_CITATION = re.compile(r"[^\"“]{0,60}[\"“][^\"”]{8,200}[\"”]\s+[—–-]\s+\S.{0,60}\b\d{4}\W{0,2}$")
_COUNTED = re.compile(r"^(?:\d+ min(?:ute)?s? (?:read|listen)|\d+ (?:minute|hour|day|week|month)s? ago|\d{1,4})$")
_HANDLE = re.compile(r"^[@#]\w+(?:\s+[@#]?\w+){0,5}$")
_FINAL = (".", "!", "?", "…", ".”", '."', ".'", ".’", "?”", '?"', "!”", '!"', ".)", ":", ";", ",", "”", '"')
_LONGEST = {
    ZoneKind.NAVIGATION: 160,
    ZoneKind.BYLINE: 200,
    ZoneKind.TEASER: 260,
    ZoneKind.CAPTION: 600,
    ZoneKind.BOILERPLATE: 600,
}
"""Characters up to which a line is believed to be of a kind; a longer one is a paragraph."""


def bare(text: str) -> str:
    """Return a line in lower case without bullets and brackets around it."""
    return text.strip(_BRACKETS).lower()


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as prose does; a headline or heading does not."""
    return text.endswith(_FINAL)


def is_prose(text: str) -> bool:
    """Say whether a line is a paragraph of running text: a whole sentence of some length, or a very long line."""
    return len(text) > 220 or (len(text) >= 70 and ends_sentence(text) and text.count(" ") >= 10)


def is_speech(text: str) -> bool:
    """Say whether a line is a turn of a transcript ("HOST: ...")."""
    return _SPEAKER.match(text) is not None


def is_turn(text: str) -> bool:
    """Say whether a line may be a turn of a transcript: one to three capitalised words before a colon."""
    return _TURN.match(text) is not None


def words_in(text: str) -> int:
    """Return the number of words of a line."""
    return text.count(" ") + 1


def is_item(text: str) -> bool:
    """Say whether a line starts with a bullet or number."""
    return _BULLET.match(text) is not None


def unnumbered(text: str) -> str:
    """Return a line without the number of its list item."""
    return _NUMBERED.sub("", text)


class Kinds:
    """Names the kind of a line that gives itself away."""

    def __init__(self, cues: Cues, calendar: Calendar) -> None:
        self._cues, self._calendar = cues, calendar

    def of(self, text: str) -> ZoneKind | None:
        """Return the kind of a line, or None if it may be title, heading or body."""
        tests = (
            (ZoneKind.BYLINE, self._is_byline),
            (ZoneKind.CAPTION, self._is_caption),
            (ZoneKind.BOILERPLATE, self._is_boilerplate),
            (ZoneKind.TEASER, self._is_teaser),
            (ZoneKind.NAVIGATION, self._is_navigation),
        )
        line = bare(text)
        if not line:
            return ZoneKind.BOILERPLATE
        for kind, test in tests:
            if len(text) <= _LONGEST[kind] and test(text, line):
                return kind
        return None

    def date_line(self, text: str) -> Stamp | None:
        """Return the date of a line that says hardly anything else: "Updated on: June 19, 2024 12:51 IST"."""
        if len(text) > 140:
            return None
        stamp = next(self._calendar.find(text), None)
        if stamp is None:
            return None
        rest = re.findall(r"[^\W\d_]+", f"{text[: stamp.start]} {text[stamp.end :]}")
        return stamp if len(rest) <= 1 or self._labelled(text, stamp) or self._around(rest) else None

    def label_of(self, text: str, stamp: Stamp) -> str:
        """Return what the words before a date call it: published, updated or nothing."""
        before = text[: stamp.start].rstrip().lower()
        if self._cues.updated.search(before):
            return "updated"
        return "published" if self._cues.published.search(before) else ""

    def is_header(self, text: str) -> bool:
        """Say whether a list of other headlines follows."""
        return bare(text).rstrip(":") in self._cues.teaser_headers

    def is_terminator(self, text: str) -> bool:
        """Say whether the article ends here: "ENDS", "Notes to editors", a list of sources."""
        line = text.strip().lower()
        return line.rstrip(":") in self._cues.terminators or (bare(line) in self._cues.terminators)

    def _labelled(self, text: str, stamp: Stamp) -> bool:
        return bool(self.label_of(text, stamp)) and not ends_sentence(text[stamp.end :].strip() or "x")

    def _around(self, rest: list[str]) -> bool:
        known = self._cues.around_dates | self._cues.offsets.keys()
        return all(word.lower() in known for word in rest)

    def _is_byline(self, text: str, line: str) -> bool:
        if (
            line in self._cues.byline.whole
            or line in self._cues.agencies
            or _COUNTED.match(line)
            or self.date_line(text)
        ):
            return True
        if self._cues.dated.match(line) and words_in(line) <= 8 and not ends_sentence(text):
            return True
        match = self._cues.byline.labels.match(line)
        if match and ":" in match[0]:
            return not (ends_sentence(text) and text.count(" ") >= 6)
        return line.startswith("by ") and not text.startswith("by ") and self._is_names(text[3:])

    def _is_names(self, text: str) -> bool:
        """Say whether a line holds only names: "Jane Roe and John Doe, Example Wire"."""
        words = re.findall(r"[^\W\d_]+", text)
        named = all(word[0].isupper() or word in self._cues.byline_joins for word in words)
        return bool(words) and named and len(words) <= 16 and not (len(words) > 5 and text.endswith((".", "?", "!")))

    def _is_caption(self, text: str, line: str) -> bool:
        cues = self._cues.caption
        if line.startswith(cues.openings) or cues.labels.match(line):
            return True
        tail = line.rstrip("])").removesuffix(".")
        return self._cues.credit.search(tail[-90:]) is not None or self._is_signed(line)

    def _is_signed(self, line: str) -> bool:
        """Say whether a picture agency signs the line; an agency alone in a line signs the article."""
        match = self._cues.signed.search(line[-80:])
        if match is None or not match.start():
            return False
        return "/" in match[0] or "photo" in match[0] or match[0].startswith("via ")

    def _is_boilerplate(self, text: str, line: str) -> bool:
        return self._cues.boilerplate.match(line, prose=is_prose(text)) or _CITATION.match(text) is not None

    def _is_teaser(self, text: str, line: str) -> bool:
        return self._cues.teaser.match(line, prose=is_prose(text))

    def _is_navigation(self, text: str, line: str) -> bool:
        plain = unnumbered(line).strip(_BRACKETS)
        if is_prose(text):
            return False
        if self._cues.navigation.match(plain) or _HANDLE.match(text):
            return True
        parts = _CRUMBS.split(line)
        short = len(parts) >= 3 and all(part.count(" ") <= 2 for part in parts[:-1])
        return len(parts) >= 2 and (parts[0] in self._cues.breadcrumb_roots or short) and not ends_sentence(text)
