"""How much of what the base holds, for descriptions of it: counted when asked for, and kept until the store changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

import pyoxigraph as ox

from kb.graph import CANONICAL_GRAPH
from kb.settings import BASE_IRI
from kb.store import Store

ARTICLES = f"{BASE_IRI}article/"
"""Stands for the graphs of all articles together."""

MIN_AGE_S = 60.0
"""While the store is written all the time, it is counted no more often than this."""

_WHERE = f'BIND(IF(STRSTARTS(STR(?g), "{ARTICLES}"), <{ARTICLES}>, ?g) AS ?where)'
_PROPERTIES = f"""SELECT ?where ?p (COUNT(*) AS ?count) {{
  GRAPH ?g {{ ?s ?p ?o }} {_WHERE}
}} GROUP BY ?where ?p"""
_CLASSES = f"""SELECT ?where ?class (COUNT(DISTINCT ?s) AS ?count) {{
  GRAPH ?g {{ ?s a ?class }} {_WHERE} FILTER (isIRI(?class))
}} GROUP BY ?where ?class"""
_CANONICAL = f"""SELECT ?class ?p (COUNT(*) AS ?count) {{
  GRAPH <{CANONICAL_GRAPH}> {{ ?s a ?class ; ?p ?o }}
}} GROUP BY ?class ?p"""

Counts = Mapping[str, Mapping[str, int]]
"""Numbers by two IRIs; the outer ones and the inner ones are sorted."""


@dataclass(frozen=True)
class Statistics:
    """Statements and things, counted graph by graph; the graphs of articles are counted as one, `ARTICLES`.

    `properties` has the statements by graph and property, `classes` the things by graph and class, `canonical` the
    statements of the canonical graph by class and property.
    """

    properties: Counts
    classes: Counts
    canonical: Counts

    @property
    def triples(self) -> int:
        """The number of statements in all graphs."""
        return sum(self.of_graph(graph) for graph in self.properties)

    def of_graph(self, graph: str) -> int:
        """Return the number of statements in a graph."""
        return sum(self.properties.get(graph, {}).values())


def count(store: Store) -> Statistics:
    """Count everything: three queries, of which two read the whole store (about 0.1 s for a million statements).

    Raises:
        StoreError: the store cannot answer.
    """
    return Statistics(*(_counts(store, query) for query in (_PROPERTIES, _CLASSES, _CANONICAL)))


def _counts(store: Store, query: str) -> Counts:
    found: dict[str, dict[str, int]] = {}
    for row in store.select(query).rows:
        outer, inner, number = (term.value for term in row if isinstance(term, ox.NamedNode | ox.Literal))
        found.setdefault(outer, {})[inner] = int(number)
    return {outer: dict(sorted(found[outer].items())) for outer in sorted(found)}


class Counted:
    """Keeps the statistics of one store: until its version is another, and for `MIN_AGE_S` at least."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = Lock()
        self._kept: tuple[object, float, Statistics] | None = None

    def of(self, store: Store, version: object) -> Statistics:
        """Return the statistics; `version` is None where it is not known whether the store has changed."""
        with self._turn:  # whoever comes while it is counted waits for the result
            if self._kept is None or not self._is_fresh(version):
                self._kept = (version, self._clock(), count(store))
            return self._kept[2]

    def _is_fresh(self, version: object) -> bool:
        assert self._kept is not None
        known, counted, _ = self._kept
        return (version is not None and version == known) or self._clock() - counted < MIN_AGE_S
