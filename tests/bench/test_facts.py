"""How long the flat view of an article takes; the figures are printed (pytest -s)."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest

from kb.dev.samples import sample_extraction
from kb.facts import FlatView
from kb.graph import Run, build_graph, to_nquads

ROUNDS = 15


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median processor time of some runs: other processes do not count."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * median(times)


@pytest.mark.parametrize(("repeat", "triples", "limit"), [(1, 479, 20.0), (4, 1763, 60.0)])
def test_view_of_an_article(repeat: int, triples: int, limit: float, slower: float) -> None:
    graph, view = build_graph(sample_extraction(repeat), Run("0.1.0", "aa", "bb")), FlatView()
    text = to_nquads(graph)
    assert len(graph) == triples
    taken = milliseconds(lambda: view.article_view(graph)), milliseconds(lambda: view.article_view(text))
    print(f"\nflat view of {triples} triples: {taken[0]:.1f} ms, from text {taken[1]:.1f} ms")
    assert max(taken) <= limit * slower


def test_making_the_view(slower: float) -> None:
    taken = milliseconds(FlatView)
    print(f"\nread ontology and queries: {taken:.1f} ms")
    assert taken <= 50.0 * slower
