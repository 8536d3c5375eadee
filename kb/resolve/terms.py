"""The terms of the canonical graph, and triples as text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import RDF, RDFS, XSD

from kb.graph import CANONICAL_GRAPH
from kb.settings import BASE_IRI
from kb.store.statements import sorted_lines
from kb.vocab import DEM

Value = ox.NamedNode | ox.Literal
Triples = set[ox.Triple]

ONTOLOGY = str(DEM)
IDS = f"{BASE_IRI}id/"
CANONICAL = str(CANONICAL_GRAPH)
TYPE = ox.NamedNode(str(RDF.type))
LABEL = ox.NamedNode(str(RDFS.label))


def dem(name: str) -> ox.NamedNode:
    """Return a term of the ontology, which must have it.

    Raises:
        AttributeError: it is not a term of the ontology.
    """
    return ox.NamedNode(str(DEM[name]))


def year(value: int) -> ox.Literal:
    """Return an xsd:gYear."""
    return ox.Literal(f"{value:04d}", datatype=ox.NamedNode(str(XSD.gYear)))


def short(iri: str) -> str:
    """Return an IRI of an entity below ``id/``, such as ``state/PRK``."""
    return iri.removeprefix(IDS)


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for the parts and their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def to_ntriples(triples: Iterable[ox.Triple]) -> str:
    """Return triples as sorted N-Triples."""
    return sorted_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def to_nquads(triples: Iterable[ox.Triple], graph: str) -> str:
    """Return triples as sorted N-Quads in a named graph."""
    name = ox.NamedNode(graph)
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    return sorted_lines(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def in_graph(ntriples: str, graph: str) -> str:
    """Return N-Triples text as sorted N-Quads in a named graph."""
    return to_nquads(ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES), graph)
