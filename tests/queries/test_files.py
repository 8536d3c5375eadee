"""The files of the named queries are in order: heads, parameters, terms, portability."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, SDO, SKOS, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kb.query import NamedQuery, ParameterType, load_queries
from kb.resources import resource
from kb.vocab import CONCEPTS, DEM

QUERIES = list(load_queries().values())
DEFINED = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.Concept}
SCHEMES = {
    ("sanctions-actions", "action"): "sanction-scheme",
    ("agreements", "action"): "agreement-scheme",
    ("diplomatic-actions", "action"): "diplomatic-scheme",
    ("military-actions", "action"): "military-scheme",
    ("stances", "kind"): "stance-scheme",
    "factuality": "factuality-scheme",
}
THE_LEAST = {
    "facts",
    "articles",
    "article-claims",
    "visits",
    "delegations",
    "meetings",
    "regimes",
    "sanctions-actions",
    "accusations",
    "denials",
    "agreements",
    "transfers",
    "weapons-tests",
    "diplomatic-actions",
    "military-actions",
    "stances",
    "officials",
    "timeline",
    "disputes",
    "evidence",
    "who-said",
    "unsourced",
}

each = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for name in ("demarche.ttl", "values.ttl"):
        graph.parse(resource("ontology", name))
    return graph


def nodes(value: Any) -> list[Any]:
    """Return everything in the algebra of a query."""
    if isinstance(value, CompValue):
        return [node for part in value.values() for node in nodes(part)]
    if isinstance(value, dict):
        return [node for pair in value.items() for node in nodes(pair)]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [node for part in value for node in nodes(part)]
    args = getattr(value, "args", None)  # a property path
    return nodes(list(args)) if args and not isinstance(value, str) else [value]


def test_every_promised_query_is_there() -> None:
    assert {query.name for query in QUERIES} >= THE_LEAST


@each
def test_it_runs_as_it_stands(query: NamedQuery) -> None:
    solutions = ox.Store().query(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    # A COUNT over nothing is still a row; all others have none.
    assert [row for row in solutions if "COUNT" not in query.text] == []


@each
def test_another_parser_takes_it_too(query: NamedQuery) -> None:
    assert prepareQuery(query.text).algebra.name == "SelectQuery"


@each
def test_every_term_of_ours_is_a_term_of_the_ontology(query: NamedQuery, ontology: Graph) -> None:
    used = {node for node in nodes(prepareQuery(query.text).algebra) if isinstance(node, URIRef)}
    ours = {node for node in used if node.startswith(str(DEM))}
    assert ours
    assert {term for term in ours if not DEFINED & set(ontology.objects(term, RDF.type))} == set()


@each
def test_terms_of_schema_org_have_its_one_namespace(query: NamedQuery) -> None:
    assert "http://schema.org/" not in query.text
    assert not (used := re.findall(r"PREFIX schema: <(.*)>", query.text)) or used == [str(SDO)]


@each
def test_every_prefix_is_used(query: NamedQuery) -> None:
    body = query.text.partition("\nSELECT")[2]
    for prefix in re.findall(r"^PREFIX (\w+):", query.text, re.MULTILINE):
        assert re.search(rf"\b{prefix}:", body), prefix


@each
def test_data_is_asked_of_named_graphs_only(query: NamedQuery) -> None:
    """Put all data where it does not belong, the default graph: nothing may be found there."""
    store = ox.Store()
    for path in sorted(Path(__file__).parent.glob("*/*.trig")):
        store.extend(ox.Quad(*quad.triple) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG))
    solutions = store.query(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [row for row in solutions if "COUNT" not in query.text] == []


@each
def test_the_head_is_written_with_care(query: NamedQuery) -> None:
    assert query.summary[0].isupper()
    assert not query.summary.endswith(".")
    assert query.description.endswith(".")
    assert query.tags
    assert all(re.fullmatch("[a-z]+", tag) for tag in query.tags)
    assert all(parameter.meaning and parameter.example for parameter in query.parameters)


@each
def test_every_example_can_be_used(query: NamedQuery) -> None:
    for parameter in query.parameters:
        text = query.bind({parameter.name: parameter.example}, lambda name, _type: [f"https://example.org/{name}"])
        assert text != query.text
        assert list(ox.Store().query(text)) is not None


@each
def test_choices_are_those_of_the_ontology(query: NamedQuery, ontology: Graph) -> None:
    for parameter in query.parameters:
        scheme = SCHEMES.get((query.name, parameter.name)) or SCHEMES.get(parameter.name)
        if scheme is not None:
            assert parameter.choices == tuple(sorted(CONCEPTS[scheme]))
        elif parameter.name == "type":
            events = set(ontology.subjects(DEM.factType)) - {DEM.TenureClaim, DEM.RegimeClaim}
            assert set(parameter.choices) == {str(ontology.value(event, DEM.factType)) for event in events}
        else:
            assert parameter.type is not ParameterType.CHOICE or (query.name, parameter.name) == ("entities", "kind")
