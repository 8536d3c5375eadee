"""Content negotiation (RFC 9110, section 12.5.1): which of the formats on offer an Accept header asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.formats import Format
from kb.errors import NotAcceptableError


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header: ``text/*;q=0.5``. `quality` is from 0 (not acceptable) to 1."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media: str) -> int:
        """Return how exactly the range names a media type: 2 by name, 1 ``type/*``, 0 ``*/*``; -1 if it does not."""
        type_, _, subtype = media.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 2
        if self.subtype == "*" and self.type == type_:
            return 1
        return 0 if (self.type, self.subtype) == ("*", "*") else -1


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the media ranges of an Accept header; what is malformed in it is passed over."""
    return tuple(_ranges(header))


def _ranges(header: str) -> Iterator[MediaRange]:
    for element in header.split(","):
        media, *parameters = (part.strip() for part in element.split(";"))
        type_, slash, subtype = media.lower().partition("/")
        if slash and type_ and subtype:
            yield MediaRange(type_, subtype, _quality(parameters))


def parse_weighted(header: str) -> Iterator[tuple[str, float]]:
    """Yield the elements of a header such as Accept-Encoding in lower case, each with its quality."""
    for element in header.lower().split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        if name:
            yield name, _quality(parameters)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The format that was chosen and the media type to send it as: the name by which the request asked for it."""

    format: Format
    media: str


def choose(accept: str | None, offers: Sequence[Format]) -> Choice:
    """Return the best of the formats on offer; the first that is offered by default if the request has no wish.

    Formats are compared by the quality that the most specific range gives them, then by that range's specificity,
    then by their order. A format that is `only_by_name` is no answer to a wildcard.

    Raises:
        NotAcceptableError: the request accepts none of them; the message lists them.
    """
    default = next(offer for offer in offers if not offer.only_by_name)
    if accept is None or not accept.strip():
        return Choice(default, default.media)
    ranges = parse_accept(accept)
    best: tuple[float, int] = (0.0, -1)
    found: Choice | None = None
    for offer in offers:
        for media in offer.names:
            rank = _rank(media, ranges, by_name=offer.only_by_name or media != offer.media)
            if rank > best and rank[0] > 0:
                best, found = rank, Choice(offer, media)
    if found is None:
        media_types = ", ".join(offer.media for offer in offers)
        raise NotAcceptableError(f"Accept: {accept} asks for none of the formats of this answer: {media_types}")
    return found


def _rank(media: str, ranges: Sequence[MediaRange], *, by_name: bool) -> tuple[float, int]:
    """Return quality and specificity; of several ranges that are equally specific, the best counts."""
    named = [(range_.specificity(media), range_.quality) for range_ in ranges]
    specificity, quality = max(named, default=(-1, 0.0))
    if specificity < (2 if by_name else 0):
        return 0.0, -1
    return quality, specificity


def prefers_html(accept: str | None) -> bool:
    """Tell whether a request comes from a browser: it names HTML, and wants nothing it names more."""
    ranges = parse_accept(accept or "")
    html = max((r.quality for r in ranges if (r.type, r.subtype) == ("text", "html")), default=0.0)
    return html > 0 and all(r.quality <= html for r in ranges)
