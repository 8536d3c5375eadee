"""The article of an HTML page, by trafilatura (Barbaresi 2021), and what the page's metadata say about it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from kb.errors import NoArticleError
from kb.intake.titles import same
from kb.model import ArticleInfo

_PROLOGUE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_START = re.compile(
    rf"{_PROLOGUE}<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE | re.DOTALL
)
_PUBLISHED = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "publishdate",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
}
_SHORTEST = 40
"""Characters below which an extracted text is no article (a cookie notice, a login page)."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page as plain text, one paragraph a block, and its metadata."""

    text: str
    info: ArticleInfo
    moment: str | None = None


def looks_like_html(text: str) -> bool:
    """Say whether a text is HTML by its first tag."""
    return _START.match(text[:4096]) is not None


def read_html(html: str, source: str) -> Page:
    """Return the article of an HTML page.

    The headline is put before the paragraphs if the extraction has dropped it.

    Raises:
        NoArticleError: the page holds none.
    """
    document = _extract(html)
    text = "\n\n".join(line.strip() for line in (document.text or "").splitlines() if line.strip()) if document else ""
    if len(text) < _SHORTEST:
        raise NoArticleError(
            f"{source}: no article found in this HTML page",
            hint="The page may need JavaScript or a login; save the article's text as .txt instead.",
        )
    moment = _moment(html)
    title = " ".join((document.title or "").split()) or None
    if title and same(title) not in {same(line) for line in text.split("\n\n")[:5]}:
        text = f"{title}\n\n{text}"
    day = moment.date() if moment else _day(document.date)
    info = ArticleInfo(title, _address(document.url), day, document.sitename or None)
    timed = moment and (moment.hour or moment.minute or moment.tzinfo)
    return Page(text, info, moment.isoformat() if moment and timed else None)


def _extract(html: str) -> Any:
    import trafilatura

    return trafilatura.bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _address(url: str | None) -> str | None:
    return url if url and re.match(r"https?://[^\s<>\"{}|\\^`]+$", url) else None


def _moment(html: str) -> datetime | None:
    """Return the publication time that meta elements, JSON-LD or a time element give."""
    finder = _Finder()
    with suppress(AssertionError):  # html.parser asserts that a "<![" section is well formed
        finder.feed(html)
    for value in (*finder.meta, *finder.linked, *finder.times):
        with suppress(ValueError):
            return datetime.fromisoformat(value.strip())
    return None


class _Finder(HTMLParser):
    """Collects the publication times of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: list[str] = []
        self.linked: list[str] = []
        self.times: list[str] = []
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        self._in_json = tag == "script" and values.get("type", "").lower() == "application/ld+json"
        if tag == "meta" and name in _PUBLISHED:
            self.meta.append(values.get("content", ""))
        elif tag == "time" and name == "datepublished":
            self.times.append(values.get("datetime", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_json = False

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.linked += re.findall(r'"datePublished"\s*:\s*"([^"\\]+)"', data)
