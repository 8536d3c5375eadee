"""The base as it was known on a day: what follows from the articles that had been published until then alone."""

from __future__ import annotations

from collections.abc import Iterable

from kb.graph.iris import ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kb.resolve.change import rebuild
from kb.resolve.terms import CANONICAL, in_graph
from kb.store import Change, Store, memory_store

FOUNDATION = (str(ONTOLOGY_GRAPH), str(REFERENCE_GRAPH))


def as_known_from(store: Store, articles: Iterable[str]) -> Store:
    """Return a base in memory that holds these articles of a store, by IRI, and what follows from them alone.

    Events, their dates and their status are those that would be known had nothing else been read: they are computed
    anew from the claims, so a visit that a later article cancels is still planned.

    Raises:
        StoreError: the store cannot answer.
    """
    known = memory_store()
    for graph in (*FOUNDATION, *articles):
        known.apply(Change(insert=in_graph(store.graph(graph), graph)))
    known.apply(Change(insert=in_graph(rebuild(known), CANONICAL)))
    return known
