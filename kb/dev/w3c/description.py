"""Tests of the service description, which the suite gives in words only."""

from __future__ import annotations

import pyoxigraph as ox

from kb.dev.w3c.endpoint import Endpoint
from kb.dev.w3c.manifests import RDF, Graph, Test

SD = "http://www.w3.org/ns/sparql-service-description#"


def service_description(test: Test, endpoint: Endpoint) -> str | None:
    """Run a test of what GET on the endpoint answers; return what is wrong, None if nothing is."""
    answer = endpoint.request("GET", "/sparql", headers={"Accept": "text/turtle, application/rdf+xml;q=0.8"})
    format_ = ox.RdfFormat.from_media_type(answer.media)
    if answer.status != 200 or format_ is None:
        return str(answer)
    graph = Graph([quad.triple for quad in ox.parse(answer.body, format=format_, base_iri=f"{endpoint.root}/sparql")])
    services = [
        node
        for node in graph.subjects(f"{RDF}type")
        if ox.NamedNode(f"{SD}Service") in graph.values(node, f"{RDF}type")
    ]
    match test.name:
        case "returns-rdf":
            return None if graph.triples else "no triples"
        case "has-endpoint-triple":
            found = [graph.text(service, f"{SD}endpoint") for service in services]
            return None if f"{endpoint.root}/sparql" in found else f"sd:endpoint is {found}"
        case "conforms-to-schema":
            return _unlike_schema(graph) if services else "no sd:Service"
    return f"a test that is not known: {test.name}"


_RANGES = {"defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph", "graph": "Graph"}
"""The class of what these properties point to (https://www.w3.org/TR/sparql11-service-description/, section 3)."""

_IRIS = ("endpoint", "feature", "supportedLanguage", "resultFormat", "inputFormat", "name")


def _unlike_schema(graph: Graph) -> str | None:
    """Return what breaks the ranges of the vocabulary."""
    for triple in graph.triples:
        name = triple.predicate.value.removeprefix(SD)
        if name in _IRIS and not isinstance(triple.object, ox.NamedNode):
            return f"sd:{name} is no IRI: {triple.object}"
        if name in _RANGES and ox.NamedNode(SD + _RANGES[name]) not in graph.values(triple.object, f"{RDF}type"):
            return f"sd:{name} is no sd:{_RANGES[name]}: {triple.object}"
    return None
