"""Every term is explained, and refers only to terms that are there."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kb.resources import resource

DEM = Namespace("https://w3id.org/demarche/ontology#")
FILES = ("demarche.ttl", "values.ttl", "alignments.ttl")
KINDS = {
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.ConceptScheme,
    SKOS.Concept,
    DEM["Measure"],
}
MATCHES = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch}


def read(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(resource("ontology", name))
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read(*FILES)


@pytest.fixture(scope="module")
def terms() -> set[Node]:
    own = read("demarche.ttl", "values.ttl")
    return {term for term in own.subjects(RDF.type, None) if str(term).startswith(str(DEM))}


@pytest.mark.parametrize("prop", [RDFS.label, SKOS.definition, SKOS.example], ids=["label", "definition", "example"])
def test_each_term_is_explained_once_in_english(ontology: Graph, terms: set[Node], prop: URIRef) -> None:
    texts = {term: list(ontology.objects(term, prop)) for term in terms}
    assert {term for term, found in texts.items() if [text.language for text in found] != ["en"]} == set()


def test_each_definition_is_a_sentence(ontology: Graph, terms: set[Node]) -> None:
    definitions = {term: str(ontology.value(term, SKOS.definition)) for term in terms}
    assert {term for term, text in definitions.items() if not (text[0].isupper() and text.endswith("."))} == set()


def test_each_term_is_of_one_kind(ontology: Graph, terms: set[Node]) -> None:
    assert {term for term in terms if len(KINDS & set(ontology.objects(term, RDF.type))) != 1} == set()


def test_each_term_that_is_used_is_declared(ontology: Graph, terms: set[Node]) -> None:
    used = {term for triple in ontology for term in triple if isinstance(term, URIRef) and term.startswith(str(DEM))}
    assert used - terms == set()


def test_names_follow_their_kind(ontology: Graph, terms: set[Node]) -> None:
    forms = {OWL.Class: r"[A-Z][A-Za-z]+", SKOS.Concept: r"[a-z]+(-[a-z]+)+", SKOS.ConceptScheme: r"[a-z]+-scheme"}
    for term in terms:
        kind = next(iter(KINDS & set(ontology.objects(term, RDF.type))))
        form = forms.get(kind, r"[a-z]+(-[a-z]+)+" if kind == DEM["Measure"] else r"[a-z][A-Za-z0-9]+")
        assert re.fullmatch(form, str(term).removeprefix(str(DEM))), term


def test_a_concept_is_named_after_its_scheme_and_notation(ontology: Graph) -> None:
    concepts = list(ontology.subject_objects(SKOS.inScheme))
    assert len(concepts) > 80
    for concept, scheme in concepts:
        notation = str(ontology.value(concept, SKOS.notation, any=False))
        assert str(concept) == f"{str(scheme).removesuffix('scheme')}{notation.replace('_', '-')}"


def test_each_class_of_claims_is_about_a_class_and_has_a_flat_name(ontology: Graph) -> None:
    claims = set(ontology.subjects(RDFS.subClassOf, DEM["Claim"]))
    assert len(claims) == 13
    assert claims == set(ontology.subjects(DEM["claims"])) == set(ontology.subjects(DEM["factType"]))
    events = list(ontology.objects(None, DEM["claims"]))
    assert len(set(events)) == len(events)
    assert all((event, RDF.type, OWL.Class) in ontology for event in events)


def test_each_property_with_concepts_has_its_scheme(ontology: Graph) -> None:
    for prop in ontology.subjects(RDFS.range, SKOS.Concept):
        classes = set(ontology.objects(prop, SDO.domainIncludes)) & set(ontology.objects(None, DEM["claims"]))
        assert (prop, DEM["scheme"], None) in ontology or classes, prop
        for event in classes if (prop, DEM["scheme"], None) not in ontology else ():
            assert (event, DEM["scheme"], None) in ontology, event


def test_slots_of_one_flat_fact_do_not_collide(ontology: Graph) -> None:
    slots = [str(slot) for slot in ontology.objects(None, DEM["slot"])]
    assert len(set(slots)) == len(slots)
    assert set(ontology.objects(None, DEM["many"])) == {Literal(True)}


def test_alignments_only_relate_our_terms_to_those_of_others(terms: set[Node]) -> None:
    alignments = read("alignments.ttl")
    assert set(alignments.subjects()) <= terms
    assert set(alignments.predicates()) <= MATCHES
    assert not [value for value in alignments.objects() if str(value).startswith(str(DEM))]
    spaces = {str(value).rpartition("#")[0] or str(value).rpartition("/")[0] for value in alignments.objects()}
    assert len(spaces) >= 9
