"""Every shape with graphs that keep to it and graphs that break it; the latter state what is to be found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph
from rdflib.term import BNode, Node

from kb.gate import Gate, Result, load_gate
from kb.gate.report import read_report
from kb.resources import resource

HERE = Path(__file__).parent
SHAPES = resource("shapes")
GOOD = sorted(HERE.glob("*/ok-*.ttl"))
BAD = sorted(HERE.glob("*/bad-*.ttl"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> tuple[Graph, Graph]:
    """Return the graph that a fixture describes, on the ground of base.ttl, and the report it states."""
    fixture, report = Graph().parse(path), Graph()
    todo: list[Node] = list(fixture.subjects(RDF.type, SH.ValidationReport))
    while todo:
        for triple in list(fixture.triples((todo.pop(), None, None))):
            fixture.remove(triple)
            report.add(triple)
            todo.extend(term for term in triple[2:] if isinstance(term, BNode) and triple[1] != SH.focusNode)
    return fixture.parse(HERE / "base.ttl"), report


def essence(result: Result) -> tuple[object, ...]:
    focus = "blank" if isinstance(result.focus, BNode) else result.focus
    return focus, str(result.path), result.component, result.severity


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate(SHAPES)


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_good(path: Path, gate: Gate) -> None:
    assert gate.check(read(path)[0]).results == ()


@pytest.mark.parametrize("path", BAD, ids=name)
def test_bad(path: Path, gate: Gate) -> None:
    graph, report = read(path)
    expected = Counter(map(essence, read_report(report, gate.shapes)))
    assert Counter(map(essence, gate.check(graph).results)) == expected
