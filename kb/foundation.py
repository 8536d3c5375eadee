"""What lies in a store before the first article: the ontology, and the states, organisations and regimes we know.

Both are graphs of their own, written again only when the files they are made of have changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kb.graph.iris import ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kb.resources import digest_of, resource
from kb.store import Change

if TYPE_CHECKING:
    from kb.link.gazetteer import Gazetteer
    from kb.store import Store

_IDENTIFIER = "http://purl.org/dc/terms/identifier"


def lay_foundation(store: Store, gazetteer: Callable[[], Gazetteer]) -> None:
    """Write the ontology and the reference graph into a store that lacks them or has others.

    `gazetteer` is called only when the reference graph has to be written.

    Raises:
        StoreError: the store cannot be written; it is as it was.
    """
    for graph, folder, build in (
        (str(ONTOLOGY_GRAPH), resource("ontology"), ontology_quads),
        (str(REFERENCE_GRAPH), resource("data", "gazetteer"), lambda: reference_quads(gazetteer())),
    ):
        mark = f'<{graph}> <{_IDENTIFIER}> "sha256:{digest_of(folder)}" '
        if not store.ask(f"ASK {{ GRAPH <{graph}> {{ {mark} }} }}"):
            store.apply(Change(drop=(graph,), insert=build()))
            store.apply(Change(insert=f"{mark}<{graph}> .\n"))  # last: a graph without its mark is written again


def ontology_quads() -> str:
    """Return the ontology with its lists and alignments as N-Quads in its graph."""
    graph = ox.NamedNode(str(ONTOLOGY_GRAPH))
    quads = {
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for path in sorted(resource("ontology").glob("*.ttl"))
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    }
    return "".join(sorted(f"{quad} .\n" for quad in quads))


def reference_quads(gazetteer: Gazetteer) -> str:
    """Return the gazetteer's states, organisations, places and regimes as N-Quads in the reference graph.

    Not the thousands of small towns: an article that names one describes it.
    """
    from kb.graph import to_nquads
    from kb.graph.reference import reference_triples

    triples = reference_triples(
        gazetteer.states.values(),
        gazetteer.organisations.values(),
        (place for place in gazetteer.places.values() if not place.weak),
        gazetteer.regimes,
        gazetteer.entity,
    )
    return to_nquads(triples, str(REFERENCE_GRAPH))
