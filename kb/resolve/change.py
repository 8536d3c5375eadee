"""The change of the canonical graph that one article causes, and the whole graph from nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from kb.resolve import fetch
from kb.resolve.blocks import blocks_of
from kb.resolve.components import connected
from kb.resolve.entities import Mentioned, add_mentions, entity_change, entity_triples
from kb.resolve.events import block_triples, stretch
from kb.resolve.matching import features
from kb.resolve.reading import ArticleView
from kb.resolve.records import ClaimRecord
from kb.resolve.terms import CANONICAL, Triples, dem, in_graph, to_nquads, to_ntriples
from kb.store.base import Change, Store

CLAIM = dem("claim")


def change_for(store: Store, article: str, graph: str) -> Change:
    """Return the one step in which `graph` (N-Triples) becomes the named graph `article` and the base follows.

    It drops the article's old graph, inserts the new one, and deletes and inserts the canonical triples that differ.
    Only the components of blocks that the old and the new claims touch are recomputed.

    Raises:
        StoreError, QueryError: the store cannot answer.
    """
    new = ArticleView.parse(article, graph)
    deleted, inserted = _canonical_change(store, article, new)
    quads = in_graph(graph, article)
    return Change((article,), to_nquads(deleted, CANONICAL), quads + to_nquads(inserted, CANONICAL))


def removal_of(store: Store, article: str) -> Change:
    """Return the one step in which the article goes, and what rests on it alone; raises like `change_for`."""
    return change_for(store, article, "")


def rebuild(store: Store) -> str:
    """Return the canonical graph as it follows from all claims, as sorted N-Triples; raises like `change_for`.

    This is the definition of the canonical graph: whatever was loaded, replaced and removed in whatever order,
    `change_for` ends in the same bytes.
    """
    entities: dict[str, Mentioned] = {}
    records: list[ClaimRecord] = []
    for article in fetch.article_graphs(store):
        view = ArticleView.parse(article, store.graph(article))
        add_mentions(entities, view)
        records.extend(view.records())
    triples = (triple for block in blocks_of(records).values() for triple in block_triples(block))
    return to_ntriples({*triples, *entity_triples(entities)})


def _canonical_change(store: Store, article: str, new: ArticleView) -> tuple[Triples, Triples]:
    old = ArticleView.parse(article, store.graph(article))
    fresh = list(new.records())
    had = fetch.triples_of(store, _events_touched(store, fresh, list(old.records())))
    claims = (triple.object for triples in had.values() for triple in triples if triple.predicate == CLAIM)
    others = {one.value for one in claims if isinstance(one, ox.NamedNode) and not one.value.startswith(f"{article}#")}
    blocks = blocks_of([*fresh, *fetch.records_of(store, others)])
    before = set().union(*had.values())
    after = {triple for block in blocks.values() for triple in block_triples(block)}
    gone, came = entity_change(store, article, old, new)
    return (before - after) | gone, (after - before) | came


def _events_touched(store: Store, fresh: Sequence[ClaimRecord], stale: Sequence[ClaimRecord]) -> set[str]:
    """Return the stored events in one component of a block with any claim that comes or goes."""
    blocks = blocks_of(fresh)
    start = {record.iri for record in fresh} | fetch.events_of(store, [record.iri for record in stale])
    stretches = {key: [stretch(features(record)) for record in block] for key, block in blocks.items()}
    for key, found in fetch.stretches_of_blocks(store, sorted({*blocks, *blocks_of(stale)})):
        stretches.setdefault(key, []).append(found)
    touched = {iri for found in stretches.values() for iri in connected(found, start)}
    return touched - {record.iri for record in fresh}
