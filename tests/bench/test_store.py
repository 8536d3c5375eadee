"""What the embedded store costs on a base of 1,000 articles; the figures are printed (pytest -s).

The limits are on processor time (with that of RocksDB's own threads), so that other processes count little.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import pytest

from kb.store import Change, open_store

pytestmark = pytest.mark.slow

ARTICLE = "http://example.org/article"
CANONICAL = "http://example.org/canonical"
ARTICLES, QUADS, ROUNDS = 1000, 500, 200


def article(i: int, version: int = 0) -> str:
    """Return 500 quads of about the length that those of a real article have."""
    name = f"{ARTICLE}/{i:016x}"
    lines = []
    for j in range(QUADS):
        subject, predicate = f"<{name}#claim-{j // 8}>", f"<http://example.org/ontology#property{j % 8}>"
        lines.append(f'{subject} {predicate} "value {j} of version {version}" <{name}> .\n')
    return "".join(lines)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "base"
    open_store(str(folder)).close()
    engine = ox.Store(str(folder / "oxigraph"))
    engine.bulk_load("".join(map(article, range(ARTICLES))), format=ox.RdfFormat.N_QUADS)
    engine.flush()
    return folder


def timed(work: Callable[[int], object], rounds: int) -> tuple[list[float], float]:
    """Return the processor milliseconds of each round, sorted, and the median of the wall-clock milliseconds."""
    processor, wall = [], []
    for i in range(rounds):
        start, started = time.process_time(), time.perf_counter()
        work(i)
        processor.append(1000 * (time.process_time() - start))
        wall.append(1000 * (time.perf_counter() - started))
    return sorted(processor), median(wall)


def change(i: int, number: int) -> Change:
    """Return the change that loading makes: an article's graph, and a line of the canonical graph."""
    return Change(
        drop=(f"{ARTICLE}/{number:016x}",),
        delete=f'<a:last> <a:is> "{i - 1}" <{CANONICAL}> .\n',
        insert=article(number, 1) + f'<a:last> <a:is> "{i}" <{CANONICAL}> .\n',
    )


@pytest.mark.parametrize(("what", "first"), [("replace", 0), ("add", ARTICLES)])
def test_apply(base: Path, what: str, first: int) -> None:
    changes = [change(i, first + i) for i in range(ROUNDS)]
    store = open_store(str(base))
    times, wall = timed(lambda i: store.apply(changes[i]), ROUNDS)
    store.close()
    p50, p99 = times[ROUNDS // 2], times[ROUNDS * 99 // 100]
    print(f"\n{what} {QUADS} quads: p50 {p50:.1f} ms, p99 {p99:.1f} ms; wall-clock p50 {wall:.1f} ms")
    assert p50 <= 60
    assert p99 <= 400


@pytest.mark.parametrize("read_only", [False, True])
def test_open(base: Path, read_only: bool) -> None:
    """Open the store and ask it for one article."""

    def work(i: int) -> None:
        store = open_store(str(base), read_only=read_only)
        assert store.ask(f"ASK {{ GRAPH <{ARTICLE}/{i:016x}> {{ ?s ?p ?o }} }}")
        store.close()

    times, wall = timed(work, 7)
    print(f"\nopen to {'read' if read_only else 'write'}: median {times[3]:.1f} ms, wall {wall:.1f} ms")
    assert times[3] <= 1000


def test_graph(base: Path) -> None:
    store = open_store(str(base), read_only=True)
    times, wall = timed(lambda i: store.graph(f"{ARTICLE}/{i:016x}"), 50)
    store.close()
    print(f"\nread a graph of {QUADS} quads: median {times[25]:.1f} ms, wall {wall:.1f} ms")
    assert times[25] <= 60
