"""What the gate found: results in a fixed order, and the same as a SHACL validation report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

Path = URIRef | str
"""A predicate, or a longer property path in SPARQL syntax."""


@dataclass(frozen=True)
class Result:
    """One validation result. `shape` is the named shape that holds the broken constraint.

    https://www.w3.org/TR/shacl/#results-validation-result
    """

    focus: Identifier
    path: Path | None
    value: Identifier | None
    component: URIRef
    severity: URIRef
    message: str
    shape: Identifier

    @property
    def is_violation(self) -> bool:
        """Tell whether it keeps a claim out."""
        return self.severity == SH.Violation

    def sort_key(self) -> tuple[str, ...]:
        """Return what the results of a report are ordered by."""
        value = "" if self.value is None else self.value.n3()
        return (self.focus, self.path or "", self.component, value, self.severity, self.message, self.shape)


@dataclass(frozen=True)
class GateReport:
    """All results for one graph, sorted. Without any, of whatever severity, the graph conforms."""

    results: tuple[Result, ...]

    @classmethod
    def of(cls, results: Iterable[Result]) -> GateReport:
        """Return the report of these results."""
        return cls(tuple(sorted(results, key=Result.sort_key)))

    @property
    def conforms(self) -> bool:
        """Tell whether there is no result (sh:conforms)."""
        return not self.results

    @property
    def violations(self) -> tuple[Result, ...]:
        """What keeps claims out."""
        return tuple(result for result in self.results if result.is_violation)

    def as_graph(self) -> Graph:
        """Return a SHACL validation report; a path of several steps is left to the shape and the message."""
        graph = Graph()
        report = BNode("report")
        graph.bind("sh", SH)
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, Literal(self.conforms)))
        for number, result in enumerate(self.results, start=1):
            node = BNode(f"result{number}")
            graph.add((report, SH.result, node))
            for predicate, value in _properties(result):
                graph.add((node, predicate, value))
        return graph


def _properties(result: Result) -> Iterable[tuple[URIRef, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.focusNode, result.focus
    yield SH.resultSeverity, result.severity
    yield SH.sourceConstraintComponent, result.component
    yield SH.sourceShape, result.shape
    yield SH.resultMessage, Literal(result.message)
    if isinstance(result.path, URIRef):
        yield SH.resultPath, result.path
    if result.value is not None:
        yield SH.value, result.value


def read_report(report: Graph, shapes: Graph) -> Iterable[Result]:
    """Yield the results of a SHACL report about a graph that was checked against `shapes`."""
    for node in report.objects(None, SH.result):
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
        yield Result(
            focus=cast("Identifier", report.value(node, SH.focusNode)),
            path=None if path is None else _path(report, path),
            value=None if value is None else plain(cast("Identifier", value)),
            component=cast("URIRef", report.value(node, SH.sourceConstraintComponent)),
            severity=cast("URIRef", report.value(node, SH.resultSeverity)),
            message="; ".join(messages),
            shape=owner(cast("Identifier", report.value(node, SH.sourceShape)), shapes),
        )


def owner(shape: Identifier, shapes: Graph) -> Identifier:
    """Return the named shape that a nested shape without a name belongs to."""
    while isinstance(shape, BNode):
        outer = cast("list[Identifier]", sorted(shapes.subjects(SH.property, shape), key=str))
        if not outer:
            break
        shape = outer[0]
    return shape


def plain(term: Identifier) -> Identifier:
    """Return a literal of type xsd:string without its type: RDF 1.1 makes no difference, rdflib does."""
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term


def _path(report: Graph, path: Node) -> Path:
    if isinstance(path, URIRef):
        return path
    from pyshacl.helper.path_helper import shacl_path_to_sparql_path

    shapes_graph: Any = SimpleNamespace(graph=report, objects=report.objects)
    return str(shacl_path_to_sparql_path(shapes_graph, path))
