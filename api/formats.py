"""The formats of answers: their media types, their short names, and how the engine calls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kb.store import AnswerKind

Engine = ox.QueryResultsFormat | ox.RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    `name` is its value for ``?format=``, `suffix` the ending of its URLs. `also` are other media types by which it may
    be asked for. HTML has no `engine`, and like everything that is `only_by_name` it never answers a wildcard.
    """

    name: str
    suffix: str
    media: str
    engine: Engine | None
    also: tuple[str, ...] = ()
    only_by_name: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All media types it can be asked for by, its own first."""
        return (self.media, *self.also)


def content_type(media: str) -> str:
    """Return a Content-Type for a media type; JSON and RDF say their encoding themselves or are UTF-8 by definition."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


_Q, _R = ox.QueryResultsFormat, ox.RdfFormat

HTML = Format("html", "html", "text/html", None, only_by_name=True)
JSON = Format("json", "json", "application/json", None)

ROWS: Sequence[Format] = (
    Format("json", "srj", "application/sparql-results+json", _Q.JSON, ("application/json",)),
    Format("xml", "srx", "application/sparql-results+xml", _Q.XML, ("application/xml", "text/xml")),
    Format("csv", "csv", "text/csv", _Q.CSV),
    Format("tsv", "tsv", "text/tab-separated-values", _Q.TSV),
    HTML,
)
"""What SELECT and ASK can answer (SPARQL 1.1 Query Results JSON, XML, CSV and TSV)."""

GRAPHS: Sequence[Format] = (
    Format("turtle", "ttl", "text/turtle", _R.TURTLE, ("application/x-turtle",)),
    Format("ntriples", "nt", "application/n-triples", _R.N_TRIPLES, ("text/plain",)),
    Format("rdfxml", "rdf", "application/rdf+xml", _R.RDF_XML, ("application/xml", "text/xml")),
    Format("jsonld", "jsonld", "application/ld+json", _R.JSON_LD, ("application/json",)),
    Format("trig", "trig", "application/trig", _R.TRIG),
    Format("nquads", "nq", "application/n-quads", _R.N_QUADS),
    HTML,
)
"""What CONSTRUCT and DESCRIBE can answer, and the description of a thing."""


def offers_for(kind: AnswerKind) -> Sequence[Format]:
    """Return the formats that an answer of this kind can have."""
    return GRAPHS if kind is AnswerKind.GRAPH else ROWS


PLAIN_JSON = Format("jsonld", "json", "application/json", _R.JSON_LD)
"""JSON-LD for whoever reads JSON only: asked for by ``.json``."""


def by_suffix(path: str) -> tuple[str, Format | None]:
    """Split the ending of a format off a path: ``state/PRK.ttl`` is ``state/PRK`` in Turtle."""
    stem, dot, ending = path.rpartition(".")
    for format_ in (*GRAPHS, PLAIN_JSON):
        if dot and stem and format_.suffix == ending:
            return stem, format_
    return path, None
