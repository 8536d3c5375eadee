"""What the package knows about news pages: the words of ``data/intake/zones.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.resources import resource


@dataclass(frozen=True)
class KindCues:
    """The phrases that give away one kind of line, lower case.

    A label needs a separator or the line's end behind it, an opening needs nothing, a whole is the complete line. A
    weak label may also open a sentence of the story ("Sources: ..."), so it counts only before something short.
    """

    labels: re.Pattern[str]
    weak: re.Pattern[str]
    openings: tuple[str, ...]
    whole: frozenset[str]
    contains: tuple[str, ...]

    def match(self, line: str, *, prose: bool = False) -> bool:
        """Say whether a line is of this kind; it comes in lower case and without surrounding brackets."""
        return (
            line in self.whole
            or line.startswith(self.openings)
            or self.labels.match(line) is not None
            or (not prose and self.weak.match(line) is not None)
            or any(phrase in line for phrase in self.contains)
        )


@dataclass(frozen=True)
class Cues:
    """The content of the data file; see the comments there."""

    navigation: KindCues
    byline: KindCues
    caption: KindCues
    teaser: KindCues
    boilerplate: KindCues
    breadcrumb_roots: frozenset[str]
    byline_joins: frozenset[str]
    credit: re.Pattern[str]
    signed: re.Pattern[str]
    teaser_headers: frozenset[str]
    terminators: frozenset[str]
    not_places: frozenset[str]
    place_particles: frozenset[str]
    agencies: frozenset[str]
    domain: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    offsets: Mapping[str, str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    dated: re.Pattern[str]
    around_dates: frozenset[str]
    english: frozenset[str]
    languages: Mapping[str, str]


def load_cues(path: Path | None = None) -> Cues:
    """Read the data file.

    Raises:
        ResourceError: it is missing or malformed.
    """
    path = path or resource("data", "intake", "zones.toml")
    try:
        return _cues(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(f"{path}: {error!r}") from error


def any_of(phrases: Iterable[str]) -> str:
    """Return a regular expression that matches one of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p)))


def _kind(table: Mapping[str, Any]) -> KindCues:
    return KindCues(
        labels=_labels(table["labels"]),
        weak=_labels(table.get("weak", ())),
        openings=tuple(table.get("openings", ())),
        whole=frozenset(table.get("whole", ())),
        contains=tuple(table.get("contains", ())),
    )


def _labels(phrases: Iterable[str]) -> re.Pattern[str]:
    alternatives = any_of(phrases) or r"(?!)"
    return re.compile(rf"(?:{alternatives})\s*(?:[:|>»–—/]|-\s|$)")


def _cues(data: Mapping[str, Any]) -> Cues:
    caption, calendar, dates = data["caption"], data["calendar"], data["dates"]
    signers = any_of(caption["signers"])
    return Cues(
        navigation=_kind(data["navigation"]),
        byline=_kind(data["byline"]),
        caption=_kind(caption),
        teaser=_kind(data["teaser"]),
        boilerplate=_kind(data["boilerplate"]),
        breadcrumb_roots=frozenset(data["navigation"]["roots"]),
        byline_joins=frozenset(data["byline"]["joins"]),
        credit=re.compile(rf"(?<!\w)(?:{any_of(caption['credits'])})(?: by| courtesy)?\s?[:/]\s?[^:]{{2,70}}$"),
        signed=re.compile(rf"(?:\b(?:{signers})/[^\s/][^/.]{{1,40}}|\bvia (?:{signers})|\((?:{signers})[^()]*\))\W*$"),
        teaser_headers=frozenset(data["teaser"]["headers"]),
        terminators=frozenset(data["boilerplate"]["terminators"]),
        not_places=frozenset(data["dateline"]["labels"]),
        place_particles=frozenset(data["dateline"]["particles"]),
        agencies=frozenset(data["publishers"]["agencies"]),
        domain=re.compile(rf"\b((?:[a-z0-9-]+\.)+(?:{any_of(data['publishers']['domains'])}))\b", re.IGNORECASE),
        months=dict(calendar["months"]),
        weekdays=tuple(calendar["weekdays"]),
        offsets=dict(calendar["offsets"]),
        published=re.compile(rf"\b(?:{any_of(dates['published'])})\s*[:\-–|]?\s*$"),
        updated=re.compile(rf"\b(?:{any_of(dates['updated'])})\s*[:\-–|]?\s*$"),
        dated=re.compile(rf"(?:{any_of([*dates['published'], *dates['updated']])})\b\W*(?=\d)"),
        around_dates=frozenset(dates["around"]),
        english=frozenset(data["language"]["words"]),
        languages=dict(data["language"]["names"]),
    )
