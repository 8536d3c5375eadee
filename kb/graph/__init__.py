"""From claims to triples: the only place that knows both."""

from __future__ import annotations

from kb.graph.build import build_graph
from kb.graph.iris import CANONICAL_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH, article_iri, is_own_graph, known_iri
from kb.graph.namespaces import PREFIXES, graph_of
from kb.graph.nquads import to_nquads
from kb.graph.provenance import Run

__all__ = [
    "CANONICAL_GRAPH",
    "ONTOLOGY_GRAPH",
    "PREFIXES",
    "REFERENCE_GRAPH",
    "Run",
    "article_iri",
    "build_graph",
    "graph_of",
    "is_own_graph",
    "known_iri",
    "to_nquads",
]
