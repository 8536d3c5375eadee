"""A whole store as a file, with the same bytes for the same content whatever the order it was loaded in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

import pyoxigraph as ox

from kb.store.statements import parse_quads

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_WITH_PREFIXES = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
_GROUPED = (*_WITH_PREFIXES, ox.RdfFormat.RDF_XML)
_PREFIX = b"@prefix "
_BATCH = 10_000

Statement = TypeVar("Statement", ox.Quad, ox.Triple)


class Writable(Protocol):
    """What a document can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes; return how many."""


GraphText = Callable[[str], str]
"""Gives one graph as sorted N-Triples text."""


def dump(graphs: Iterable[str], text_of: GraphText, format_: ox.RdfFormat) -> Iterator[bytes]:
    """Yield the named graphs in a format, in the order of their names.

    A format without named graphs (Turtle, N-Triples, RDF/XML) gets the union of the graphs.
    """
    ordered = sorted(graphs)
    if format_ == ox.RdfFormat.JSON_LD:
        yield from _json_ld(ordered, text_of)
    elif format_.supports_datasets:
        yield _head(format_)
        for iri in ordered:
            yield _serialised(_named(iri, text_of), format_)
    else:
        yield document(_union(ordered, text_of), format_)


def document(triples: Iterable[ox.Triple], format_: ox.RdfFormat) -> bytes:
    """Return triples as a file: the same triples in the same order give the same bytes."""
    return _head(format_) + _serialised(triples, format_)


def write_document(triples: Iterable[ox.Triple], format_: ox.RdfFormat, output: Writable) -> None:
    """Write triples as a file, as `document` does, but sort no more of them at a time than `_BATCH`.

    So any number can pass: a subject may then stand in several places, each with its classes first.
    """
    output.write(_head(format_))
    below = _BelowPrefixes(output) if format_ in _WITH_PREFIXES else output
    prefixes = _prefixes() if format_ in _WITH_PREFIXES else None
    ordered = _in_batches(triples) if format_ in _GROUPED else triples
    ox.serialize(ordered, below, format=format_, prefixes=prefixes)  # type: ignore[arg-type]


def _in_batches(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    iterator = iter(triples)
    while batch := list(islice(iterator, _BATCH)):
        yield from sorted(batch, key=_group)


class _BelowPrefixes:
    """Passes on what a serialiser writes below its prefixes, whose order changes from run to run."""

    def __init__(self, output: Writable) -> None:
        self._output = output
        self._above: bytearray | None = bytearray()

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        if self._above is None:
            return self._output.write(data)
        self._above += data
        while self._above.startswith(_PREFIX) and (end := self._above.find(b"\n")) >= 0:
            del self._above[: end + 1]
        if self._above and not self._above.startswith(_PREFIX) and not _PREFIX.startswith(self._above):
            self._output.write(bytes(self._above))
            self._above = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: the output knows when to send."""


def _union(graphs: Iterable[str], text_of: GraphText) -> Iterator[ox.Triple]:
    """Yield each triple once; they are all held in memory, as a triple may be in several graphs."""
    lines = {line for iri in graphs for line in text_of(iri).split("\n") if line}
    return (quad.triple for quad in parse_quads("\n".join(sorted(lines))))


def _json_ld(graphs: Iterable[str], text_of: GraphText) -> Iterator[bytes]:
    """Yield one array of all graphs, expanded (JSON-LD 1.1, section 4.9)."""
    before = b"[\n"
    for iri in graphs:
        objects = _serialised(_named(iri, text_of), ox.RdfFormat.JSON_LD).strip()[1:-1]
        if objects:
            yield before + objects
            before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _named(iri: str, text_of: GraphText) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(iri)
    return (ox.Quad(q.subject, q.predicate, q.object, graph) for q in parse_quads(text_of(iri)))


def _group(statement: ox.Quad | ox.Triple) -> tuple[str, bool]:
    return str(statement.subject), statement.predicate != _TYPE


def _head(format_: ox.RdfFormat) -> bytes:
    if format_ not in _WITH_PREFIXES:
        return b""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(_prefixes().items())).encode()


def _prefixes() -> dict[str, str]:
    from kb.graph import PREFIXES

    return PREFIXES


def _serialised(statements: Iterable[Statement], format_: ox.RdfFormat) -> bytes:
    """Return statements in a format, without its prefixes; where subjects are grouped, their classes come first."""
    if format_ not in _GROUPED:
        return ox.serialize(statements, format=format_) or b""
    grouped = sorted(statements, key=_group)
    if format_ not in _WITH_PREFIXES:
        return ox.serialize(grouped, format=format_) or b""
    body = ox.serialize(grouped, format=format_, prefixes=_prefixes()) or b""
    while body.startswith(_PREFIX):  # in an order that changes from run to run
        body = body.partition(b"\n")[2]
    return body
