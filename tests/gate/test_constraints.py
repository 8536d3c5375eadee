"""Which constraints are compiled, which shapes are lifted, and that it makes no difference."""

from __future__ import annotations

import pytest
from rdflib import SH, Graph, Namespace

from kb.gate import Gate
from kb.gate.constraints import compile_constraints
from kb.gate.core import lifted

EX = Namespace("http://example.org/")
PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
: a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATA = """
@prefix : <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:a a :Thing ; :p 1, 2 ; :q :b . :b a :Small ; :p 2 ; :q :a, :b . :c a :Other ; :p "x", "y"@en ; :q :a .
:Small rdfs:subClassOf :Thing .
"""

SELECTS = [
    ("SELECT $this WHERE { $this ex:p 2 }", True),
    ("SELECT ?this ?value WHERE { ?this ex:p ?value . FILTER (?value > 1) }", True),
    ("select distinct $this where { $this ex:q $this }", True),
    ("SELECT $this ?value WHERE { $this ex:q+ ?value . FILTER NOT EXISTS { ?value ex:p 1 } }", True),
    ("SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER (?path IN (ex:p, ex:q)) }", True),
    ("SELECT $this ?value WHERE { $this ex:p ?p . BIND (?p + 1 AS ?value) }", True),
    ("SELECT $this ?other WHERE { $this ex:q ?other . FILTER EXISTS { ?other a ex:Group } }", True),
    ("SELECT ?value WHERE { $this ex:p ?value }", False),
    ("SELECT $this WHERE { { $this ex:p 2 } UNION { $this ex:p 1 } }", False),
    ("SELECT $this ?value WHERE { $this ex:q ?b OPTIONAL { ?b ex:p ?value } }", False),
    ("SELECT $this WHERE { $this ex:q ?b . { ?b ex:p 2 } }", False),
    ("SELECT $this WHERE { $this ex:p ?n } GROUP BY $this HAVING (COUNT(?n) > 1)", False),
    ("SELECT $this ?value WHERE { $this ex:p ?value } ORDER BY ?value LIMIT 1", False),
    ("SELECT $this (1 AS ?value) WHERE { $this ex:p 2 }", False),
    ("SELECT $this WHERE { $this ex:p 2 # UNION }\n }", False),
    ("SELECT $this WHERE { $this unknown:p 2 }", False),
]

SHAPES = [
    (":S a sh:NodeShape ; sh:targetClass :Thing ; sh:sparql :c .", True),
    (":S a sh:NodeShape ; sh:targetSubjectsOf :q ; sh:targetClass :Thing ; sh:sparql :c .", True),
    (":S a sh:NodeShape ; sh:targetObjectsOf :q ; sh:severity sh:Warning ; sh:sparql :c .", True),
    (":S a sh:NodeShape ; sh:targetNode :a ; sh:sparql :c .", False),
    (":S a sh:NodeShape ; sh:targetClass :Thing ; sh:deactivated true ; sh:sparql :c .", False),
    (":Thing a sh:NodeShape, rdfs:Class ; sh:sparql :c .", False),
    (":S a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :q ; sh:sparql :c .", False),
    (":S sh:targetClass :Thing ; sh:sparql :c . :T sh:targetClass :Other ; sh:node :S .", False),
]

LIFTED = [
    (":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :p ; sh:maxCount 1 ] .", 1),
    (":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property :P . :T sh:targetClass :Other ; sh:property :P .", 0),
    (":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxCount 1 ] .", 0),
    (":S sh:property [ sh:path :p ; sh:maxCount 1 ] . :T sh:targetClass :Thing ; sh:node :S .", 0),
    (":S sh:targetClass :Thing ; sh:property [ sh:path :q ; sh:property [ sh:path :p ; sh:maxCount 1 ] ] .", 1),
]


def shapes_of(*parts: str) -> Graph:
    return Graph().parse(data=PREFIXES + "\n".join(parts) + "\n:P sh:path :p ; sh:maxCount 1 .")


def constraint(select: str) -> str:
    return f':c sh:prefixes : ; sh:message "{{?value}} or {{$this}}: {{?none}}" ; sh:select """{select}""" .'


def assert_same(shapes: Graph) -> None:
    gate, data = Gate(shapes), Graph().parse(data=DATA)
    report = gate.check(data)
    assert report == gate.check(data, reference=True)


@pytest.mark.parametrize(("select", "compiles"), SELECTS)
def test_plain_queries_are_compiled(select: str, compiles: bool) -> None:
    shapes = shapes_of(SHAPES[0][0], constraint(select))
    compiled, rest = compile_constraints(shapes)
    assert (len(compiled) == 1, (None, SH.sparql, None) in rest) == (compiles, not compiles)
    if "unknown:" not in select:
        assert_same(shapes)


@pytest.mark.parametrize(("shape", "compiles"), SHAPES)
def test_shapes_with_plain_targets_are_compiled(shape: str, compiles: bool) -> None:
    shapes = shapes_of(shape, constraint("SELECT $this ?value WHERE { $this ex:p ?value }"))
    assert bool(compile_constraints(shapes)[0]) is compiles
    assert_same(shapes)


@pytest.mark.parametrize(("shape", "count"), LIFTED)
def test_property_shapes_of_plain_targets_are_lifted(shape: str, count: int) -> None:
    shapes = shapes_of(shape)
    own = set(lifted(shapes).subjects(SH.path)) & set(lifted(shapes).subjects(SH.targetClass))
    assert len(own) == count
    assert_same(shapes)


def test_messages_name_the_values() -> None:
    gate = Gate(
        shapes_of(SHAPES[0][0], constraint("SELECT $this ?value WHERE { $this ex:p ?value . FILTER(?value = 1) }"))
    )
    (result,) = gate.check(Graph().parse(data=DATA)).results
    assert result.message == "1 or http://example.org/a: {?none}"
