"""Graphs as they are sent and kept: the parts of the Graph Store Protocol that know nothing of its addresses.

https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP

import pyoxigraph as ox

from api.bodies import media_type
from api.formats import GRAPHS
from kb.errors import ApiError, PreconditionError, UnsupportedMediaError
from kb.store import Store, Update
from kb.store.dump import document

MULTIPART = "multipart/form-data"
_TAKEN = {
    media: offer.engine
    for offer in GRAPHS
    if isinstance(offer.engine, ox.RdfFormat) and not (offer.engine.supports_datasets and offer.suffix != "jsonld")
    for media in (offer.media, *offer.also)
}
"""Media types of one graph."""


@dataclass(frozen=True, slots=True)
class Place:
    """A graph of the store: one with a name, or the default graph (`iri` is None)."""

    iri: str | None

    def group(self, statements: str = "") -> str:
        """Return statements about it as a group of a query or update."""
        return f"{{ {statements} }}" if self.iri is None else f"{{ GRAPH {ox.NamedNode(self.iri)} {{ {statements} }} }}"

    def exists(self, store: Store) -> bool:
        """Tell whether there is such a graph; the default graph always is, and a named one may be empty."""
        return self.iri is None or store.ask(f"ASK {self.group()}")

    def text(self, store: Store) -> str:
        """Return it as sorted N-Triples; the default graph as a query without a dataset sees it."""
        if self.iri is not None:
            return store.graph(self.iri)
        return store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def in_format(text: str, format_: ox.RdfFormat) -> bytes:
    """Return the text of a graph in a format, without the name of the graph."""
    return document((quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)), format_)


def replacing(place: Place, triples: Iterable[ox.Triple]) -> Update:
    """Return the one step that makes a graph of these triples and no others."""
    return Update(f"{removing(place).text} ;\n{adding(place, triples).text}")


def adding(place: Place, triples: Iterable[ox.Triple]) -> Update:
    """Return the one step that adds triples to a graph, which it makes if it is missing."""
    create = "" if place.iri is None else f"CREATE SILENT GRAPH {ox.NamedNode(place.iri)} ;\n"
    lines = "\n".join(f"{triple} ." for triple in triples)
    return Update(f"{create}INSERT DATA {place.group(lines)}")


def removing(place: Place) -> Update:
    """Return the one step that removes a graph; of the default graph, what is in it."""
    return Update(f"DROP SILENT {'DEFAULT' if place.iri is None else f'GRAPH {ox.NamedNode(place.iri)}'}")


# --- what is sent -----------------------------------------------------------------------------------------------------


def parse_sent(content_type: str, body: bytes, base: str) -> list[ox.Triple]:
    """Return the triples of a body, or of the files of a form (section 5.5); an empty body has none.

    Raises:
        UnsupportedMediaError: a part is in no format of one graph.
        ApiError: a part cannot be parsed.
    """
    media = media_type(content_type)
    if media == MULTIPART:
        return [triple for media, part in _parts(content_type, body) for triple in _parsed(media, part, base)]
    return list(_parsed(media, body, base)) if media or body else []


def _parts(content_type: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    head = b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    parts: list[Message] = list(message.iter_parts()) if message.is_multipart() else []
    if not parts:
        raise ApiError(f"the body is no {MULTIPART}: it has no parts, or another boundary than its Content-Type says")
    for part in parts:
        content = part.get_payload(decode=True)
        yield part.get_content_type(), content if isinstance(content, bytes) else b""


def _parsed(media: str, body: bytes, base: str) -> Iterator[ox.Triple]:
    format_ = _TAKEN.get(media)
    if format_ is None:
        taken = ", ".join(_TAKEN)
        raise UnsupportedMediaError(f"a graph is sent as one of {taken}; not as {media or 'a body without type'}")
    try:
        quads = list(ox.parse(body, format=format_, base_iri=base, rename_blank_nodes=True)) if body else []
    except (SyntaxError, ValueError) as error:
        raise ApiError(f"the body is no {media}: {error}", hint="Nothing was written; mend the body.") from error
    if any(quad.graph_name != ox.DefaultGraph() for quad in quads):
        raise ApiError("the body has named graphs, and the request is about one graph")
    return (quad.triple for quad in quads)


# --- versions ---------------------------------------------------------------------------------------------------------


def etag(text: str, name: str = "") -> str:
    """Return the entity tag (RFC 9110, section 8.8.3) of a graph in the format of that name."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}{f".{name}" if name else ""}"'


def require_version(text: str | None, if_match: str | None, if_none_match: str | None) -> None:
    """Let a change through whose conditions hold (RFC 9110, section 13.1); the format of a tag does not matter.

    `text` is the graph as it is, None if there is none.

    Raises:
        PreconditionError: they do not.
    """
    if if_match is not None and (text is None or not _names(if_match, text)):
        raise PreconditionError("If-Match: the graph is another by now, or there is none")
    if if_none_match is not None and text is not None and _names(if_none_match, text):
        raise PreconditionError("If-None-Match: there is such a graph already")


def _names(header: str, text: str) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"').partition(".")[0] for tag in header.split(",")]
    return "*" in tags or etag(text).strip('"') in tags
