"""The vocabularies that article graphs use beside our own, and the prefixes to print them with."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Namespace
from rdflib.term import Node

from kb.settings import BASE_IRI
from kb.vocab import DEM

OA = Namespace("http://www.w3.org/ns/oa#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")

PREFIXES: dict[str, str] = {
    "dct": str(DCTERMS),
    "dem": str(DEM),
    "id": f"{BASE_IRI}id/",
    "nif": str(NIF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "skos": str(SKOS),
    "xsd": str(XSD),
}


def graph_of(triples: Iterable[tuple[Node, Node, Node]] = ()) -> Graph:
    """Return a graph of the triples that knows our prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)
    return graph
