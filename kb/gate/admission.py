"""What the findings mean for an article: which claims stay out, which warnings go in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import cast

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from kb.gate.report import GateReport, Result
from kb.graph import graph_of
from kb.vocab import DEM

Reasons = Mapping[URIRef, tuple[str, ...]]
"""Messages by the claim or article they count against."""


@dataclass(frozen=True)
class Rejection:
    """A claim, or the article itself, that stays out, and why."""

    node: URIRef
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Admission:
    """What of an article may enter the base.

    `graph` is without the rejected claims and what only they used, has the warnings as dem:warning of the claims (or
    the article) they are about, and breaks no shape. It is empty when the article itself is rejected. `report` is about
    the article as it came.
    """

    graph: Graph
    report: GateReport
    rejected: tuple[Rejection, ...]
    warnings: tuple[tuple[URIRef, str], ...]

    @property
    def article_admitted(self) -> bool:
        """Tell whether anything may enter."""
        return len(self.graph) > 0


def admit(graph: Graph, check: Callable[[Graph], GateReport]) -> Admission:
    """Return what of one article's graph may enter.

    A violation counts against every claim that reaches its focus node: a wrong quote against the claims that rest on
    it. A claim that alleges or denies a rejected one loses only this link. A violation of the article itself rejects
    everything. What is left is checked again until nothing more has to go.
    """
    first = report = check(graph)
    rejected: defaultdict[URIRef, set[str]] = defaultdict(set)
    while report.violations and len(graph):
        reasons = _Blame(graph).reasons(report.violations)
        for node, messages in reasons.items():
            rejected[node].update(messages)
        kept = _without(graph, reasons.keys())
        graph = kept if len(kept) < len(graph) else graph_of()  # nothing that could be left out would mend it
        report = check(graph)
    reasons = _Blame(graph).reasons(report.results)
    warnings = tuple((node, text) for node in sorted(reasons) for text in reasons[node])
    return Admission(
        graph=graph_of(chain(graph, _stored(warnings))) if warnings else graph,
        report=first,
        rejected=tuple(Rejection(node, tuple(sorted(rejected[node]))) for node in sorted(rejected)),
        warnings=warnings,
    )


class _Blame:
    """Finds the claims that answer for a node: those that reach it, other than through another claim or the article."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.ends = {*graph.subjects(RDF.type, DEM.Claim), *graph.subjects(RDF.type, DEM.Article)}

    def reasons(self, results: Iterable[Result]) -> Reasons:
        """Return the messages of the results by claim or article."""
        found: defaultdict[URIRef, set[str]] = defaultdict(set)
        for result in results:
            for node in self._answerable(result.focus):
                found[node].add(result.message)
        return {node: tuple(sorted(messages)) for node, messages in found.items()}

    def _answerable(self, focus: Node) -> set[URIRef]:
        seen: set[Node] = set()
        todo = [focus]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(() if node in self.ends else self.graph.subjects(None, node))
        return cast("set[URIRef]", seen & self.ends)


def _without(graph: Graph, rejected: Set[Node]) -> Graph:
    """Return the article and its other claims with what they lead to; nothing if the article is among the rejected."""
    articles = set(graph.subjects(RDF.type, DEM.Article))
    kept, seen = graph_of(), set(rejected)
    todo: list[Node] = [] if articles & rejected else [*articles, *graph.subjects(RDF.type, DEM.Claim)]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in graph.triples((node, None, None)):
            if triple[2] not in rejected:
                kept.add(triple)
                todo.append(triple[2])
    return kept


def _stored(warnings: Iterable[tuple[URIRef, str]]) -> Iterator[tuple[Node, Node, Node]]:
    return ((node, DEM.warning, Literal(text)) for node, text in warnings)
