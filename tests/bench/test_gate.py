"""How long it takes to build and to check an article's graph; the figures are printed (pytest -s)."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest
from rdflib import Graph

from kb.dev.samples import sample_extraction
from kb.gate import Gate, load_gate
from kb.graph import Run, build_graph, to_nquads
from kb.resources import resource

RUN = Run("0.1.0", "aa", "bb")
ROUNDS = 15


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median processor time of some runs: other processes do not count."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * median(times)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate(resource("shapes"))


def sample(repeat: int) -> Graph:
    return build_graph(sample_extraction(repeat), RUN)


@pytest.mark.parametrize(("repeat", "triples", "limit"), [(1, 479, 30.0), (4, 1763, 100.0)])
def test_check(gate: Gate, repeat: int, triples: int, limit: float, slower: float) -> None:
    graph = sample(repeat)
    assert len(graph) == triples
    taken = milliseconds(lambda: gate.check(graph))
    print(f"\ncheck {triples} triples: {taken:.1f} ms")
    assert taken <= limit * slower


@pytest.mark.parametrize(("repeat", "claims", "limit"), [(4, 52, 40.0)])
def test_build(repeat: int, claims: int, limit: float, slower: float) -> None:
    extraction = sample_extraction(repeat)
    assert len(extraction.claims) == claims
    taken = milliseconds(lambda: build_graph(extraction, RUN))
    print(f"\nbuild {claims} claims: {taken:.1f} ms")
    assert taken <= limit * slower


def test_nquads() -> None:
    graph = sample(4)
    taken = milliseconds(lambda: to_nquads(graph, "http://example.org/g"))
    print(f"\nwrite {len(graph)} triples: {taken:.1f} ms")
    assert taken <= 20.0


def test_load_gate() -> None:
    start = time.process_time()
    load_gate(resource("shapes"))
    taken = 1000 * (time.process_time() - start)
    print(f"\nload the gate: {taken:.0f} ms")
    assert taken <= 500.0
