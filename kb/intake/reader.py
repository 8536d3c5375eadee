"""One input becomes one article."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from kb.errors import EmptyInputError
from kb.intake.cues import Cues, load_cues
from kb.intake.encoding import decode, normalise
from kb.intake.html import looks_like_html, read_html
from kb.intake.inputs import HTML, JSON, UNKNOWN, Input
from kb.intake.language import require_english
from kb.intake.metadata import key_of, published_of, publisher_of
from kb.intake.records import parse_record
from kb.intake.zones import Layout, lay_out
from kb.model import Article, ArticleInfo, ZoneKind

_LONG = 200_000
"""Characters from which on a text is probably more than one article."""


@dataclass(frozen=True, slots=True)
class _Content:
    """The text of an input and what came with it."""

    text: str
    info: ArticleInfo
    moment: str | None
    warnings: tuple[str, ...] = ()


def read(item: Input, *, max_bytes: int, cues: Cues | None = None) -> Article:
    """Return the article of an input; without `cues` those of the installation are read.

    Its `text` is the decoded text with a byte order mark dropped, line ends (CR LF, CR, form feed, vertical tab) made
    LF, and other control codes and lone surrogates made U+FFFD; nothing else is changed, and all offsets count its
    code points. Of HTML it is the extracted article, headline first, one paragraph a block. Each field of `item.info`
    that is set wins over the JSON record's, that over the HTML page's, that over what the text shows.

    Raises:
        MissingInputError, EmptyInputError, BinaryInputError, EncodingError, InputTooLargeError, LanguageError,
        NoArticleError, InputError: the input cannot become an article; the message names it and says why.
        ResourceError: the installation lacks the cue words.
    """
    content = _content(item, item.content(max_bytes))
    cues = cues or load_cues()
    require_english(content.text, item.source, cues)
    layout = lay_out(content.text, cues, content.info.title)
    return _article(item.source, content, layout, cues)


def _content(item: Input, data: bytes) -> _Content:
    text, warnings = decode(data, item.source)
    if item.media == JSON or (item.media == UNKNOWN and text.lstrip().startswith("{") and '"' in text[:200]):
        return _of_record(text, item, warnings)
    if item.media == HTML or looks_like_html(text):
        return _of_html(text, item.source, _Content("", item.info, None, tuple(warnings)))
    return _Content(text, item.info, None, tuple(warnings))


def _of_record(text: str, item: Input, warnings: list[str]) -> _Content:
    record = parse_record(text, item.source)
    known = _Content("", _merged(item.info, record.info), record.moment, tuple(warnings))
    body = normalise(record.text or record.html or "")
    if not body.strip():
        raise EmptyInputError(f"{item.source}: the record's text is empty")
    if record.html or looks_like_html(body):
        return _of_html(body, item.source, known)
    return _Content(body, known.info, known.moment, known.warnings)


def _of_html(html: str, source: str, known: _Content) -> _Content:
    page = read_html(html, source)
    moment = known.moment or page.moment
    return _Content(normalise(page.text), _merged(known.info, page.info), moment, known.warnings)


def _merged(first: ArticleInfo, second: ArticleInfo) -> ArticleInfo:
    """Return the first with its gaps filled from the second."""
    return ArticleInfo(
        first.title or second.title,
        first.url or second.url,
        first.published or second.published,
        first.publisher or second.publisher,
    )


def _article(source: str, content: _Content, layout: Layout, cues: Cues) -> Article:
    digest = sha256(content.text.encode()).hexdigest()
    info = content.info
    published = published_of(layout, info, content.moment)
    publisher = info.publisher or publisher_of(layout, content.text, cues)
    title = info.title or layout.title
    return Article(
        key=key_of(info.url, publisher, title, published.day, digest),
        text=content.text,
        sha256=digest,
        source=source,
        zones=tuple(layout.zones),
        title=title,
        published=published.day,
        published_time=published.moment,
        publisher=publisher,
        url=info.url,
        dateline=layout.dateline.place if layout.dateline else None,
        warnings=(*content.warnings, *_warnings(content.text, title, published.day is not None, layout)),
    )


def _warnings(text: str, title: str | None, dated: bool, layout: Layout) -> list[str]:
    found = []
    if not dated:
        found.append("no publication date: relative times such as 'on Wednesday' stay undated; give --published")
    if not title:
        found.append("no headline found; give --title")
    if not any(zone.kind in (ZoneKind.LEAD, ZoneKind.BODY) for zone in layout.zones):
        found.append("no paragraph found: nothing can be learnt from this text")
    if len(text) > _LONG:
        found.append(f"very long ({len(text):,} characters): is this one article?")
    return found
