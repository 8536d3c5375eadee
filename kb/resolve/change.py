"""The change of the canonical graph that one article causes, and the whole graph from nothing."""

from __future__ import annotations

import pyoxigraph as ox

from kb.resolve import fetch
from kb.resolve.blocks import blocks_of
from kb.resolve.entities import entity_change, entity_triples, mentioned
from kb.resolve.events import block_triples
from kb.resolve.reading import ArticleView
from kb.resolve.terms import CANONICAL, Triples, to_nquads, to_ntriples
from kb.store.base import Change, Store


def change_for(store: Store, article: str, graph: str) -> Change:
    """Return the one step in which `graph` (N-Triples) becomes the named graph `article` and the base follows.

    It drops the article's old graph, inserts the new one, and deletes and inserts the canonical triples that differ.
    Only the blocks that the old and the new claims touch are recomputed.

    Raises:
        StoreError, QueryError: the store cannot answer.
    """
    new = ArticleView.parse(article, graph)
    deleted, inserted = _canonical_change(store, article, new)
    quads = to_nquads(ox.parse(graph, format=ox.RdfFormat.N_TRIPLES), article)
    return Change((article,), to_nquads(deleted, CANONICAL), quads + to_nquads(inserted, CANONICAL))


def removal_of(store: Store, article: str) -> Change:
    """Return the one step in which the article goes, and what rests on it alone; raises like `change_for`."""
    return change_for(store, article, "")


def rebuild(store: Store) -> str:
    """Return the canonical graph as it follows from all claims, as sorted N-Triples; raises like `change_for`.

    This is the definition of the canonical graph: whatever was loaded, replaced and removed in whatever order,
    `change_for` ends in the same bytes.
    """
    views = [ArticleView.parse(article, store.graph(article)) for article in fetch.article_graphs(store)]
    blocks = blocks_of(record for view in views for record in view.records())
    triples = {triple for block in blocks.values() for triple in block_triples(block)}
    return to_ntriples(triples | entity_triples(mentioned(views)))


def _canonical_change(store: Store, article: str, new: ArticleView) -> tuple[Triples, Triples]:
    old = ArticleView.parse(article, store.graph(article))
    fresh = list(new.records())
    keys = sorted({*blocks_of(old.records()), *blocks_of(fresh)})
    others = {claim for claim in fetch.claims_of_blocks(store, keys) if not claim.startswith(f"{article}#")}
    blocks = blocks_of([*fresh, *fetch.records_of(store, others)])
    has = {triple for block in blocks.values() for triple in block_triples(block)}
    had = fetch.triples_of_blocks(store, keys)
    gone, came = entity_change(store, article, old, new)
    return (had - has) | gone, (has - had) | came
