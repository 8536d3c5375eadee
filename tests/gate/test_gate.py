"""The gate finds exactly what plain pyshacl finds, whatever is done to a graph."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import processor
from rdflib.term import _toPythonMapping

from kb.errors import ResourceError
from kb.gate import Gate, load_gate
from kb.gate.constraints import compile_constraints
from kb.vocab import DEM

FIXTURES = Path(__file__).resolve().parents[1] / "shapes"
MUTANTS = 120
Graphs = Callable[..., Graph]


@pytest.fixture
def _parse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reference parse each query once, not once for each focus node: minutes become seconds."""
    parse, translate = processor.parseQuery, processor.translateQuery
    prepared = lru_cache(maxsize=None)(lambda text: translate(parse(text)))
    monkeypatch.setattr(processor, "parseQuery", lambda text: text)
    monkeypatch.setattr(processor, "translateQuery", lambda text, base, namespaces: prepared(text))


def fixtures() -> Iterator[Graph]:
    for path in sorted(FIXTURES.glob("*/*.ttl")):
        yield Graph().parse(path).parse(FIXTURES / "base.ttl")


# --- the same as pyshacl ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.usefixtures("_parse_once")
def test_fixtures_give_what_the_reference_gives(gate: Gate) -> None:
    graphs = list(fixtures())
    assert len(graphs) > 150
    for graph in graphs:
        assert gate.check(graph) == gate.check(graph, reference=True)


@pytest.mark.slow
@pytest.mark.usefixtures("_parse_once")
def test_mutants_give_what_the_reference_gives(gate: Gate, mutant: Graphs) -> None:
    reports = []
    for seed in range(MUTANTS):
        reports.append(gate.check(mutant(seed)))
        assert reports[-1] == gate.check(mutant(seed), reference=True), seed
    assert sum(not report.conforms for report in reports) > MUTANTS // 2


def test_the_parser_of_the_reference_is_not_what_makes_them_equal(gate: Gate, mutant: Graphs) -> None:
    graph = mutant(1)
    assert gate.check(graph) == gate.check(graph, reference=True)


def test_a_sound_article_conforms(gate: Gate, article_graph: Graphs) -> None:
    for keep_text in ("full", "quotes", "none"):
        assert gate.check(article_graph(keep_text=keep_text)).results == ()


def test_all_constraints_are_compiled(gate: Gate) -> None:
    compiled, rest = compile_constraints(gate.shapes)
    assert (None, SH.sparql, None) not in rest
    assert len(compiled) == len(list(gate.shapes.objects(None, SH.sparql)))


def test_a_check_leaves_no_trace(gate: Gate, mutant: Graphs, article_graph: Graphs) -> None:
    graph = mutant(5)
    before, switches = set(graph), (rdflib.NORMALIZE_LITERALS, _toPythonMapping[XSD.boolean])
    shapes = set(gate.shapes)
    first = gate.check(graph)
    gate.check(article_graph())
    assert gate.check(graph, reference=True) == gate.check(graph) == first
    assert (set(graph), set(gate.shapes)) == (before, shapes)
    assert (rdflib.NORMALIZE_LITERALS, _toPythonMapping[XSD.boolean]) == switches


def test_the_reference_restores_other_peoples_switches(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    gate.check(Graph(), reference=True)
    assert rdflib.NORMALIZE_LITERALS is False


def test_pyshacl_is_loaded_with_the_first_gate() -> None:
    program = "import sys, kb.gate; print('pyshacl' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )


def test_threads_take_turns(gate: Gate, mutant: Graphs) -> None:
    graphs = [mutant(seed) for seed in range(24)]
    expected = [gate.check(graph) for graph in graphs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(gate.check, graphs)) == expected


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_is_sorted_and_says_what_is_wrong(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    visit = graph.value(None, RDF.type, DEM.VisitClaim)
    graph.remove((visit, DEM.visitor, None))
    graph.set((visit, DEM.factuality, DEM["polarity-positive"]))
    report = gate.check(graph)
    assert [(result.focus, result.path, result.value, result.message) for result in report.results] == [
        (visit, DEM.factuality, DEM["polarity-positive"], "A claim needs exactly one factuality from the list."),
        (visit, DEM.visitor, None, "A visit needs a visitor: nobody is named who travels."),
    ]
    assert {str(result.shape).rpartition("#")[2] for result in report.results} == {"Claim", "Visit"}
    assert report.violations == report.results


def test_a_report_as_rdf_holds_the_same(gate: Gate, mutant: Graphs) -> None:
    report = gate.check(mutant(2))
    graph = report.as_graph()
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == len(report.results) > 0
    assert set(graph.objects(None, SH.conforms)) == {Literal(False)}
    assert set(graph.objects(None, SH.focusNode)) == {result.focus for result in report.results}
    assert set(graph.objects(None, SH.sourceShape)) <= set(gate.shapes.subjects(RDF.type, SH.NodeShape))


def test_values_in_messages_are_filled_in(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    visit = graph.value(None, RDF.type, DEM.VisitClaim)
    for name in ("start", "earliest", "latest"):
        graph.set((visit, DEM[name], Literal("2031-05-20", datatype=XSD.date)))
    expected = "It is said to have happened on or after 2031-05-20, later than the article was published."
    assert [result.message for result in gate.check(graph).results] == [expected]


# --- shapes that cannot be used ---------------------------------------------------------------------------------------

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://example.org/> .
"""

FLAWED = [
    ("broken.ttl", "this is not Turtle", "broken.ttl"),
    ("path.ttl", PREFIXES + ":S a sh:NodeShape ; sh:path :p .", "sh:path"),
]


@pytest.mark.parametrize(("name", "text", "message"), FLAWED)
def test_flawed_shapes_are_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ResourceError, match=message):
        load_gate(tmp_path)


def test_a_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no shapes"):
        load_gate(tmp_path)


def test_a_shape_that_cannot_be_evaluated_is_an_error() -> None:
    select = "SELECT $this WHERE { $this :p 1 MINUS { $this :q 1 } }"
    shapes = Graph().parse(data=PREFIXES + f":S sh:targetSubjectsOf :p ; sh:sparql [ sh:select '{select}' ] .")
    graph = Graph().add((URIRef("http://example.org/a"), URIRef("http://example.org/p"), Literal(1)))
    for reference in (False, True):
        with pytest.raises(ResourceError, match="shapes: "):
            Gate(shapes).check(graph, reference=reference)
