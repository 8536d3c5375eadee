"""Manifests of tests: a small reader of RDF graphs, and the tests of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
PUBLISHED_AT = "https://w3c.github.io/rdf-tests/sparql/"

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass
class Graph:
    """The triples of one file by subject and property."""

    triples: list[ox.Triple] = field(repr=False)

    @cached_property
    def _values(self) -> dict[tuple[Value, str], list[Value]]:
        found: dict[tuple[Value, str], list[Value]] = {}
        for triple in self.triples:
            found.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)
        return found

    def values(self, subject: Value, property_: str) -> list[Value]:
        """Return all values of a property."""
        return self._values.get((subject, property_), [])

    def value(self, subject: Value | None, property_: str) -> Value | None:
        """Return the value of a property, None if there is none."""
        found = self.values(subject, property_) if subject is not None else []
        return found[0] if found else None

    def text(self, subject: Value | None, property_: str) -> str:
        """Return the IRI or the text of a value, "" if there is none."""
        found = self.value(subject, property_)
        return "" if found is None or isinstance(found, ox.Triple) else found.value

    def items(self, head: Value | None) -> Iterator[Value]:
        """Yield the items of a list."""
        while head is not None and head != ox.NamedNode(f"{RDF}nil"):
            yield from self.values(head, f"{RDF}first")
            head = self.value(head, f"{RDF}rest")

    def subjects(self, property_: str) -> list[Value]:
        """Return what has a property."""
        return [subject for subject, name in self._values if name == property_]


@dataclass(frozen=True)
class Test:
    """One test: `folder` is that of its manifest (``sparql11/bind``), `kind` the local name of its type."""

    suite: Suite
    graph: Graph
    node: Value
    folder: str
    name: str
    kind: str

    @property
    def action(self) -> Value | None:
        """What is done."""
        return self.graph.value(self.node, f"{MF}action")

    @property
    def result(self) -> Value | None:
        """What is expected of it."""
        return self.graph.value(self.node, f"{MF}result")


@dataclass(frozen=True)
class Suite:
    """A copy of the suites: `root` is the folder that has ``sparql11`` in it."""

    root: Path

    def path(self, iri: str) -> Path:
        """Return where a file of the suites is in this copy."""
        return self.root / iri.removeprefix(PUBLISHED_AT)

    def tests(self, manifest: str) -> Iterator[Test]:
        """Yield the tests of a manifest (``sparql11/bind/manifest.ttl``) and of those it includes, in their order."""
        iri = PUBLISHED_AT + manifest
        triples = ox.parse(path=str(self.path(iri)), format=ox.RdfFormat.TURTLE, base_iri=iri)
        graph = Graph([quad.triple for quad in triples])
        for head in (value for node in graph.subjects(f"{MF}include") for value in graph.values(node, f"{MF}include")):
            for included in graph.items(head):
                yield from self.tests(_iri(included).removeprefix(PUBLISHED_AT))
        for node in graph.subjects(f"{MF}entries"):
            for entry in graph.items(graph.value(node, f"{MF}entries")):
                name = _iri(entry).rpartition("#")[2]
                kind = graph.text(entry, f"{RDF}type").rpartition("#")[2]
                yield Test(self, graph, entry, manifest.rpartition("/")[0], name, kind)


def _iri(node: Value) -> str:
    assert isinstance(node, ox.NamedNode)
    return node.value
