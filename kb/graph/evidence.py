"""Evidence as Web Annotation: a position selector, and a quote selector where quotes may be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rdflib import RDF, Literal

from kb.graph.iris import ArticleNames
from kb.graph.namespaces import OA
from kb.graph.provenance import Triple
from kb.model import Span
from kb.vocab import DEM

CONTEXT = 32
"""How many characters before and after a quote the quote selector holds."""


def evidence_triples(span: Span, text: str, names: ArticleNames, *, quoted: bool) -> Iterator[Triple]:
    """Yield the evidence node of a stretch of `text`; unless `quoted`, only its offsets and hash.

    Offsets are Unicode code points, 0-based, end exclusive (https://www.w3.org/TR/annotation-model/#selectors).
    """
    node, position = names.evidence(span), names.selector("position", span)
    yield node, RDF.type, DEM.Evidence
    yield node, RDF.type, OA.SpecificResource
    yield node, OA.hasSource, names.article
    yield node, DEM.sha256, Literal(hashlib.sha256(span.of(text).encode()).hexdigest())
    yield node, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(span.start)
    yield position, OA.end, Literal(span.end)
    if quoted:
        yield node, OA.hasSelector, names.selector("quote", span)
        yield from _quote_triples(span, text, names)


def _quote_triples(span: Span, text: str, names: ArticleNames) -> Iterator[Triple]:
    quote = names.selector("quote", span)
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, Literal(span.of(text))
    yield quote, OA.prefix, Literal(text[max(0, span.start - CONTEXT) : span.start])
    yield quote, OA.suffix, Literal(text[span.end : span.end + CONTEXT])
