"""Readers and writers at the same time, in threads and in processes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from kb.errors import StoreLockedError
from kb.store import Change, open_store

ARTICLE = "http://example.org/article"
OPEN = """
import sys
from kb.errors import KBError
from kb.store import open_store
try:
    store = open_store(sys.argv[1], read_only=sys.argv[2] == "read")
    print("opened", len(store.graph("http://example.org/article").splitlines()))
except KBError as error:
    print(type(error).__name__, error.message)
"""


def version_of(ntriples):
    lines = ntriples.splitlines()
    (version,) = {line.rpartition("version ")[2] for line in lines} or {"none"}
    return len(lines), version


def test_readers_never_see_half_an_article(on_disk, make_quads):
    """Version 1 has 50 quads and version 2 has 300; each read must be one of them, whole."""
    articles = [Change(drop=(ARTICLE,), insert=make_quads(ARTICLE, n, v)) for v, n in ((1, 50), (2, 300))]
    on_disk.apply(articles[0])
    seen, limit = [], monotonic() + 1.5

    def read():
        while monotonic() < limit:
            seen.append(version_of(on_disk.graph(ARTICLE)))
            rows = on_disk.select("SELECT ?o { ?s ?p ?o }").rows
            seen.append((len(rows), rows[0][0].value.rpartition(" ")[2] + '" .'))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    while monotonic() < limit:
        for article in articles:
            on_disk.apply(article)
    for reader in readers:
        reader.join()
    assert set(seen) == {(50, '1" .'), (300, '2" .')}


def test_changes_from_many_threads_are_all_made(on_disk, make_quads):
    def write(i):
        on_disk.apply(Change(drop=(f"{ARTICLE}{i}",), insert=make_quads(f"{ARTICLE}{i}", 5)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100)))
    rows = on_disk.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows
    assert len(rows) == 100
    assert {row[1].value for row in rows} == {"5"}


def test_a_store_may_be_used_and_exported_across_threads(python, folder):
    """A pyoxigraph result that crosses threads aborts the process, hence one of its own."""
    code = """
import sys, threading
import pyoxigraph as ox
from concurrent.futures import ThreadPoolExecutor
from kb.store import Change, open_store
store = open_store(sys.argv[1])
for g in range(30):
    store.apply(Change(insert="".join(f'<a:s{i}> <a:p> "{i}" <a:g{g}> .\\n' for i in range(50))))
def work(i):
    table = store.select("SELECT ?s { ?s ?p ?o }")
    answer = store.answer("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", lambda kind: ox.RdfFormat.TURTLE)
    return table.rows[0][0].value, len(table.rows), len(answer.body)
with ThreadPoolExecutor(6) as pool:
    assert len(set(pool.map(work, range(30)))) == 1
chunks = store.export(ox.RdfFormat.N_QUADS)
collected = []
def take(count):
    for _, chunk in zip(range(count), chunks):
        collected.append(chunk)
for count in (5, 5, 100):
    thread = threading.Thread(target=take, args=(count,))
    thread.start(); thread.join()
assert b"".join(collected).count(b"\\n") == 1500, len(collected)
print("done")
"""
    process = python(code, folder)
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, output, errors) == (0, "done\n", "")


def test_a_second_writer_is_told_that_the_store_is_held(python, folder, make_quads):
    store = open_store(folder)
    with pytest.raises(StoreLockedError, match="another process holds"):
        open_store(folder)
    output, _errors = python(OPEN, folder, "write").communicate(timeout=60)
    assert output == f"StoreLockedError {folder}: another process holds this store\n"

    store.apply(Change(insert=make_quads(ARTICLE, 7)))
    output, _errors = python(OPEN, folder, "read").communicate(timeout=60)
    assert output == "opened 7\n"  # a reader sees what is committed

    store.close()
    output, _errors = python(OPEN, folder, "write").communicate(timeout=60)
    assert output == "opened 7\n"


def test_readers_open_while_another_process_writes(python, folder):
    writer = python(
        """
import sys
from kb.store import Change, open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
for i in range(100000):
    g = f"http://example.org/article{i % 20}"
    store.apply(Change(drop=(g,), insert="".join(f'<{g}#s{j}> <a:p> "{i} {j}" <{g}> .\\n' for j in range(40))))
    if i % 10 == 0:
        store.flush()
""",
        folder,
    )
    assert writer.stdout.readline() == "ready\n"
    for _ in range(15):
        reader = open_store(folder, read_only=True)
        rows = reader.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows
        assert {row[1].value for row in rows} <= {"40"}
        reader.close()
    assert writer.poll() is None
