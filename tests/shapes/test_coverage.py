"""The shapes as a whole: nothing without a message, a severity, a test, or a place in the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, SH, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from kb.gate import load_gate
from kb.resources import resource
from kb.vocab import CLAIM_CLASSES, DEM

HERE = Path(__file__).parent
SHAPE = Namespace("https://w3id.org/demarche/shapes#")
FILES = {path.stem for path in resource("shapes").glob("*.ttl")} - {"prefixes"}
SEVERITIES = {SH.Violation, SH.Warning}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return load_gate(resource("shapes")).shapes


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for path in resource("ontology").glob("*.ttl"):
        graph.parse(path)
    return graph


def constrained(shapes: Graph) -> Iterator[Node]:
    """Yield every shape that can give a result of its own."""
    yield from shapes.objects(None, SH.property)
    yield from shapes.subjects(SH.sparql, None)
    yield from shapes.subjects(SH.nodeKind, None)


def test_each_file_has_good_and_bad_graphs() -> None:
    assert {path.parent.name for path in HERE.glob("*/ok-*.ttl")} == FILES
    assert {path.parent.name for path in HERE.glob("*/bad-*.ttl")} == FILES


def test_each_constraint_has_a_severity(shapes: Graph) -> None:
    assert {shape for shape in constrained(shapes) if shapes.value(shape, SH.severity) not in SEVERITIES} == set()


def test_each_constraint_has_one_message(shapes: Graph) -> None:
    speaking = {
        *shapes.objects(None, SH.property),
        *shapes.objects(None, SH.sparql),
        *shapes.subjects(SH.nodeKind, None),
    }
    assert {shape for shape in speaking if len(list(shapes.objects(shape, SH.message))) != 1} == set()


def test_each_message_is_a_sentence_of_its_own(shapes: Graph) -> None:
    messages = [str(message) for message in shapes.objects(None, SH.message)]
    assert [message for message in messages if not (message[0].isupper() and message.endswith("."))] == []
    assert len(set(messages)) == len(messages)


def test_each_message_is_provoked_by_a_bad_graph() -> None:
    gate = load_gate(resource("shapes"))
    base = HERE / "base.ttl"
    reports = [gate.check(Graph().parse(base).parse(path)) for path in HERE.glob("*/bad-*.ttl")]
    heard = {result.message for report in reports for result in report.results}
    said = {str(message).split("{")[0] for message in gate.shapes.objects(None, SH.message)}
    assert {message for message in said if not any(text.startswith(message) for text in heard)} == set()


def test_each_class_of_an_article_graph_has_a_shape(shapes: Graph) -> None:
    targets = set(shapes.objects(None, SH.targetClass))
    events = {DEM[name] for name in CLAIM_CLASSES}
    claims = {DEM[name] for name in CLAIM_CLASSES.values()}
    others = {DEM.Article, DEM.Claim, DEM.Evidence, DEM.Attribution, DEM.ExtractionRun, DEM.Actor, DEM.State}
    others |= {DEM.Organisation, DEM.Official, DEM.Group, DEM.Place}
    assert events | claims | others <= targets


def test_each_list_is_the_whole_of_one_scheme(shapes: Graph, ontology: Graph) -> None:
    schemes = {
        frozenset(ontology.subjects(SKOS.inScheme, scheme))
        for scheme in ontology.subjects(RDF.type, SKOS.ConceptScheme)
    }
    lists = [frozenset(shapes.items(values)) for values in shapes.objects(None, SH["in"])]
    concepts = [values for values in lists if all((value, SKOS.inScheme, None) in ontology for value in values)]
    assert [values for values in concepts if values not in schemes] == []
    assert schemes == set(concepts)


def test_the_classes_of_claims_are_those_of_the_ontology(shapes: Graph) -> None:
    listed = shapes.value(shapes.value(predicate=SH.path, object=RDF.type), SH["in"])
    assert set(shapes.items(listed)) == {DEM.Claim, *(DEM[name] for name in CLAIM_CLASSES.values())}


def test_shapes_are_well_formed(shapes: Graph) -> None:
    from pyshacl import validate

    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
    assert set(shapes.subjects(RDF.type, OWL.Ontology)) == {URIRef(str(SHAPE).rstrip("#"))}
