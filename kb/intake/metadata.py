"""What an article is called, when and by whom it was published, and the key that identifies it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from kb.intake.cues import Cues
from kb.intake.zones import DateFound, Layout
from kb.model import ArticleInfo, ZoneKind

RANKS = ("published", "updated", "dateline", "line", "closing", "derived", "header", "inline")
"""Where a publication date can stand, the best first. `derived` is a dateline's day with the year of the header."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src")
_FEW_WORDS = 4
"""Below this number of words a headline alone ("News in brief") does not tell one article from another."""


@dataclass(frozen=True, slots=True)
class Published:
    """The publication date; `moment` is the full ISO 8601 stamp where one is known."""

    day: date | None = None
    moment: str | None = None


def published_of(layout: Layout, info: ArticleInfo, moment: str | None) -> Published:
    """Return the publication date: the caller's or the page metadata's, else the best that the page shows.

    `moment` is the stamp of the page metadata; a time of day is kept only if it belongs to the day.
    """
    stamps = [moment] + [found.stamp.moment for found in layout.dates]
    if info.published:
        return Published(info.published, _on_day(stamps, info.published))
    dates = [*layout.dates]
    best = min(dates, key=lambda found: RANKS.index(found.place), default=None)
    derived = _derived(layout, dates)
    if derived and (best is None or RANKS.index(best.place) > RANKS.index("derived")):
        return Published(derived)
    return Published(best.stamp.day, best.stamp.moment) if best else Published()


def _on_day(stamps: Sequence[str | None], day: date) -> str | None:
    return next((stamp for stamp in stamps if stamp and stamp.startswith(day.isoformat())), None)


def _derived(layout: Layout, dates: Sequence[DateFound]) -> date | None:
    """Return the dateline's day in the year of the page's header."""
    header = next((found.stamp.day for found in dates if found.place == "header"), None)
    month_day = layout.dateline.month_day if layout.dateline else None
    return month_day.before(header) if header and month_day else None


def publisher_of(layout: Layout, text: str, cues: Cues) -> str | None:
    """Return the publisher: the agency of the dateline, of the byline or the closing line, else the page's own site."""
    if layout.dateline and layout.dateline.agency:
        return layout.dateline.agency.strip()
    lines = [(zone.kind, zone.span.of(text)) for zone in layout.zones]
    for kind, line in lines:
        if kind in (ZoneKind.BYLINE, ZoneKind.BOILERPLATE) and (agency := _named(line, cues)):
            return agency
    for kind, line in reversed(lines):
        if kind in (ZoneKind.BOILERPLATE, ZoneKind.NAVIGATION) and (match := cues.domain.search(line)):
            return match[1].lower()
    return None


def _named(line: str, cues: Cues) -> str | None:
    """Return an agency that a line ends with ("By Jane Roe, Reuters") or consists of ("Source: Xinhua")."""
    tail = re.split(r"[,|:()\[\]–—]|\s-\s", line.strip(" .()[]"))[-1].strip()
    return tail if tail.lower() in cues.agencies else None


def key_of(url: str | None, publisher: str | None, title: str | None, published: date | None, digest: str) -> str:
    """Return the 16 hexadecimal digits that identify an article through its versions.

    They are made of the URL; without one, of publisher, headline and date (or what is known of them, as long as it can
    tell articles apart); without a headline, of the text, so that a changed text is another article.
    """
    words = " ".join((title or "").casefold().split())
    if url:
        identity = f"url\n{normal_url(url)}"
    elif words and (publisher or published or words.count(" ") + 1 >= _FEW_WORDS):
        identity = f"article\n{(publisher or '').casefold()}\n{words}\n{published or ''}"
    else:
        identity = f"text\n{digest}"
    return sha256(identity.encode()).hexdigest()[:16]


def normal_url(url: str) -> str:
    """Return a URL without what does not change the page: scheme, fragment, tracking parameters, last slash."""
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith(_TRACKING)]
    return f"{parts.hostname}{port}{parts.path.rstrip('/')}" + (f"?{urlencode(query)}" if query else "")
