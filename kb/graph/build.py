"""From an extraction to the article's graph."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph

from kb.graph.claims import ClaimWriter
from kb.graph.entities import ByCode, entities_of, entity_triples
from kb.graph.evidence import evidence_triples
from kb.graph.iris import ArticleNames
from kb.graph.namespaces import graph_of
from kb.graph.provenance import Run, Triple, article_triples, run_triples
from kb.model import Entity, Extraction


def nowhere(_code: str) -> Entity | None:
    """Know no code."""
    return None


def build_graph(extraction: Extraction, run: Run, keep_text: str = "full", *, by_code: ByCode = nowhere) -> Graph:
    """Return everything one article says as a graph without blank nodes; its name is the article's IRI.

    `keep_text` is full (the article's text), quotes (only the quotes that claims rest on) or none (offsets and hashes).
    `by_code` finds the states that officials serve where the claims do not name them.

    Raises:
        LexiconError: a rule uses a class, role or value that the ontology lacks.
    """
    return graph_of(_triples(extraction, run, keep_text, by_code))


def _triples(extraction: Extraction, run: Run, keep_text: str, by_code: ByCode) -> Iterator[Triple]:
    article, claims = extraction.article, extraction.claims
    names, quoted = ArticleNames(article.key), keep_text != "none"
    writer = ClaimWriter(names, article.text, run.iri, quoted)
    yield from article_triples(article, keep_text, extraction.warnings)
    yield from run_triples(run)
    yield from entity_triples(entities_of(claims), names, by_code)
    for claim in claims:
        yield from writer.triples(claim)
    for span in sorted({span for claim in claims for span in claim.evidence}):
        yield from evidence_triples(span, article.text, names, quoted=quoted)
