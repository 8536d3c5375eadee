"""Query workers: real processes on copies of a real store, killed where nothing else helps."""

import asyncio
import contextlib
import gzip
import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from kb.errors import BusyError, NotAcceptableError, QueryError, QueryLimitError, QueryTimeoutError, StoreError
from kb.store import Change, open_store
from kb.workers.jobs import Job, Limits
from kb.workers.pool import WorkerPool
from kb.workers.running import ClientLeftError, Outcome

pytestmark = pytest.mark.slow

FORMATS = {"rows": "text/csv", "boolean": "text/csv", "graph": "application/n-triples"}
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?x ?y ?z } }"
SORT = "SELECT * { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } } ORDER BY ?f ?c ?e ?b"
ROWS = "SELECT ?s ?o { GRAPH ?g { ?s ?p ?o } }"
MANY = 30_000


def quads(number, graph="http://example.org/g"):
    return "".join(f'<http://example.org/{i}> <http://example.org/p> "value {i}" <{graph}> .\n' for i in range(number))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workers") / "store"
    store = open_store(str(folder))
    store.apply(Change(insert=quads(MANY)))
    store.flush()
    store.close()
    return folder


@pytest.fixture
def run(folder):
    """Run a function of a pool in an event loop; the pool's `size` and so on are named."""

    def run(work, **options):
        async def main():
            store = open_store(str(folder))
            pool = WorkerPool(store, **({"size": 2, "queue": 20, "megabytes": 2000} | options))
            try:
                await pool.start()
                return await work(pool, store)
            finally:
                await pool.close()
                store.close()

        return asyncio.run(main())

    return run


def job(query, seconds=30.0, rows=10**6, size=10**8, **options):
    return Job(query, Limits(seconds, rows, size), FORMATS, **options)


async def answered(pool, asked):
    """Return the whole answer; raise what it raises."""
    running = pool.ask(asked)
    try:
        _head, body = await running.begin()
        return body if body is not None else b"".join([piece async for piece in running.rest()])
    finally:
        running.close()


async def until(condition, seconds=20.0):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def is_running(process_id):
    """Tell whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


# --- answers ----------------------------------------------------------------------------------------------------------


def test_answers_are_those_of_the_store(run):
    async def work(pool, store):
        for query in (ROWS, "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", "SELECT * { ?s"):
            try:
                expected = store.answer(query, lambda kind: _engine(FORMATS[kind])).body
            except QueryError as error:
                with pytest.raises(QueryError, match=re.escape(error.message)):
                    await answered(pool, job(query))
            else:
                assert sorted((await answered(pool, job(query))).splitlines()) == sorted(expected.splitlines())

    run(work)


def _engine(media):
    import pyoxigraph as ox

    return ox.QueryResultsFormat.from_media_type(media) or ox.RdfFormat.from_media_type(media)


def test_small_answers_come_in_one_piece_and_long_ones_compressed(run):
    async def work(pool, _store):
        plain = await answered(pool, job(ROWS))
        packed = await answered(pool, job(ROWS, gzip=True))
        assert len(packed) < len(plain) / 3
        assert sorted(gzip.decompress(packed).splitlines()) == sorted(plain.splitlines())
        running = pool.ask(job("SELECT (1 AS ?n) {}", gzip=True))
        head, body = await running.begin()
        assert (head.gzip, body, running.tail.rows) == (False, b"n\r\n1\r\n", 1)
        running.close()
        assert running.outcome is Outcome.ANSWERED

    run(work)


def test_no_acceptable_format_of_this_kind(run):
    async def work(pool, _store):
        limits = Limits(10, 10, 1000)
        asked = Job("ASK {}", limits, {"graph": "text/turtle"}, {"rows": "no rows", "boolean": "no boolean"})
        with pytest.raises(NotAcceptableError, match="no boolean"):
            await answered(pool, asked)

    run(work)


def test_a_page_has_its_rows_and_the_number_of_all(run):
    async def work(pool, _store):
        page = json.loads(await answered(pool, job(ROWS, page_rows=3)))
        assert (page["count"], len(page["rows"]), page["variables"]) == (MANY, 3, ["s", "o"])
        assert page["rows"][0][0]["type"] == "uri"
        assert page["rows"][0][1]["type"] == "literal"

    run(work)


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [COUNT, SORT])
def test_a_runaway_is_killed_and_harms_nobody(run, query):
    async def work(pool, _store):
        started = time.monotonic()
        runaway = asyncio.ensure_future(answered(pool, job(query, seconds=2)))
        await until(lambda: pool.busy)
        others = [answered(pool, job(f"ASK {{ <http://example.org/{i}> ?p ?o }}")) for i in range(8)]
        (process_id,) = pool.process_ids()[:1]
        assert await asyncio.gather(*others) == [b"true"] * 8
        with pytest.raises(QueryTimeoutError, match="2 s"):
            await runaway
        assert time.monotonic() - started < 2 + 5
        await until(lambda: not is_running(process_id), 1.0)
        assert pool.killed == 1
        assert await answered(pool, job("ASK { ?s ?p ?o }")) == b"true"

    run(work)


def test_memory(run):
    async def work(pool, _store):
        with pytest.raises(QueryLimitError, match="memory"):
            await answered(pool, job(SORT))
        assert await answered(pool, job("ASK { ?s ?p ?o }")) == b"true"

    run(work, megabytes=700)


@pytest.mark.parametrize("kind", ["csv", "json", "xml", "tsv", "graph", "page"])
def test_rows_and_bytes(run, kind):
    media = {"csv": "text/csv", "json": "application/sparql-results+json", "tsv": "text/tab-separated-values"}
    rows = {"rows": media.get(kind, "application/sparql-results+xml"), "graph": "text/turtle"}
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 700" if kind == "graph" else f"{ROWS} LIMIT 700"

    async def work(pool, _store):
        def asked(most_rows, most_bytes):
            shown = 5 if kind == "page" else None
            return Job(query, Limits(30, most_rows, most_bytes), rows, page_rows=shown)

        assert await answered(pool, asked(700, 10**6))
        with pytest.raises(QueryLimitError, match="699 rows"):
            await answered(pool, asked(699, 10**6))
        with pytest.raises(QueryLimitError, match="100 bytes"):
            await answered(pool, asked(700, 100))
        assert pool.started == 1

    run(work)


def test_rows_of_text_with_line_ends_and_quotes(run):
    """What looks like the end of a row inside a literal is none."""
    text = '"a\\n\\"b\\r\\n<result>\\"}},{\\t"'

    async def work(pool, _store):
        query = f"SELECT ?n ?text {{ VALUES ?n {{ 1 2 3 }} BIND({text} AS ?text) }}"
        for media in ("text/csv", "text/tab-separated-values", "application/sparql-results+xml"):
            assert await answered(pool, Job(query, Limits(30, 3, 10**6), {"rows": media}))
            with pytest.raises(QueryLimitError):
                await answered(pool, Job(query, Limits(30, 2, 10**6), {"rows": media}))

    run(work)


def test_the_queue_is_bounded(run):
    async def work(pool, _store):
        runaway = pool.ask(job(COUNT))
        begun = asyncio.ensure_future(runaway.begin())
        await until(lambda: pool.busy)
        waiting = [pool.ask(job("ASK {}")) for _ in range(3)]
        with pytest.raises(BusyError, match="waiting"):
            pool.ask(job("ASK {}"))
        runaway.stop(ClientLeftError())
        with pytest.raises(ClientLeftError):
            await begun
        runaway.close()
        for running in waiting:
            assert (await running.begin())[1] == b"true"
            running.close()
        assert pool.waiting == 0

    run(work, size=1, queue=3)


def test_nobody_waits_for_ever(run):
    async def work(pool, _store):
        runaway = pool.ask(job(COUNT))
        begun = asyncio.ensure_future(runaway.begin())
        await until(lambda: pool.busy)
        with pytest.raises(BusyError, match="no worker was free"):
            await answered(pool, job("ASK {}", seconds=0.3))
        runaway.stop(ClientLeftError())
        with pytest.raises(ClientLeftError):
            await begun
        runaway.close()

    run(work, size=1)


# --- processes that go away -------------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_by_others(run):
    async def work(pool, _store):
        asked = asyncio.ensure_future(answered(pool, job(COUNT)))
        await until(lambda: pool.busy)
        await asyncio.sleep(0.2)
        os.kill(pool.process_ids()[0], signal.SIGKILL)
        with pytest.raises(StoreError, match="ended unexpectedly"):
            await asked
        assert await answered(pool, job("ASK { ?s ?p ?o }")) == b"true"
        os.kill(pool.process_ids()[0], signal.SIGKILL)  # an idle one
        await until(lambda: pool.workers == 0 or pool.started > 2)
        assert await answered(pool, job("ASK { ?s ?p ?o }")) == b"true"

    run(work)


def test_a_worker_ends_with_its_server(folder, tmp_path):
    """Even in the middle of a query, when the server is killed and nobody can tell the worker."""
    code = (
        "import asyncio, sys\nfrom kb.store import open_store\nfrom kb.workers.jobs import Job, Limits\n"
        "from kb.workers.pool import WorkerPool\n"
        "async def main():\n"
        "    pool = WorkerPool(open_store(sys.argv[1]), size=1, queue=1, megabytes=2000)\n"
        "    await pool.start()\n"
        "    running = pool.ask(Job(sys.argv[2], Limits(60, 1, 1), {'rows': 'text/csv'}))\n"
        "    task = asyncio.ensure_future(running.begin())\n"
        "    while not pool.busy: await asyncio.sleep(0.01)\n"
        "    await asyncio.sleep(0.5)\n"
        "    print(*pool.process_ids(), flush=True)\n"
        "    await task\n"
        "asyncio.run(main())\n"
    )

    async def main():
        import sys

        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, str(folder), COUNT, stdout=asyncio.subprocess.PIPE
        )
        worker = int(await asyncio.wait_for(process.stdout.readline(), 60))
        assert is_running(worker)
        process.kill()
        await process.wait()
        await until(lambda: not is_running(worker), 5)

    asyncio.run(main())


def test_closing_ends_all_workers_and_removes_all_copies(run, folder):
    found = []

    async def work(pool, _store):
        runaway = pool.ask(job(COUNT))
        begun = asyncio.ensure_future(runaway.begin())
        await until(lambda: pool.busy)
        found.extend(pool.process_ids())
        assert list(folder.glob("snapshot-*"))
        await pool.close()
        with contextlib.suppress(StoreError):
            await begun

    run(work)
    assert found
    assert not any(map(is_running, found))
    assert not list(folder.glob("snapshot-*"))


# --- writes -----------------------------------------------------------------------------------------------------------


def test_what_was_published_is_seen_and_old_copies_go(run, folder):
    async def work(pool, store):
        for number in range(4):
            graph = f"http://example.org/new/{number}"
            store.apply(Change(insert=quads(3, graph)))
            assert await pool.catch_up(store.version.number)
            assert pool.version == store.version
            found = await answered(pool, job(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))
            assert found == b"n\r\n3\r\n"
        await until(lambda: len(list(folder.glob("snapshot-*"))) == 1)
        store.apply(Change(drop=tuple(f"http://example.org/new/{number}" for number in range(4))))

    run(work)


def test_writes_at_the_same_time_share_a_copy(run):
    async def work(pool, store):
        made = pool.copies.made
        writes = []
        for number in range(5):
            store.apply(Change(insert=f'<a:s> <a:number> "{number}" <http://example.org/w> .\n'))
            writes.append(pool.catch_up(store.version.number))
        assert await asyncio.gather(*writes) == [True] * 5
        assert pool.copies.made <= made + 2
        store.apply(Change(drop=("http://example.org/w",)))

    run(work)


def test_a_query_keeps_the_state_it_began_with(run):
    """A long answer that is written over meanwhile is the one of its beginning."""

    async def work(pool, store):
        running = pool.ask(job(ROWS))
        _head, body = await running.begin()
        assert body is None
        store.apply(Change(drop=("http://example.org/g",)))
        assert await pool.catch_up(store.version.number)
        pieces = [piece async for piece in running.rest()]
        running.close()
        assert running.tail.rows == MANY
        assert b"".join(pieces).count(b"\r\n") == MANY + 1
        assert await answered(pool, job("ASK { GRAPH <http://example.org/g> { ?s ?p ?o } }")) == b"false"
        store.apply(Change(insert=quads(MANY)))

    run(work)


def test_a_copy_that_cannot_be_made_stops_no_queries(run, monkeypatch, caplog):
    async def work(pool, store):
        def full(_folder):
            raise StoreError("no space")

        monkeypatch.setattr(store, "checkpoint", full)
        store.apply(Change(insert=quads(3, "http://example.org/w")))
        assert not await pool.catch_up(store.version.number)
        assert pool.copies.behind == 1
        assert await answered(pool, job("ASK { GRAPH <http://example.org/w> { ?s ?p ?o } }")) == b"false"
        monkeypatch.undo()
        await answered(pool, job("ASK {}"))
        await until(lambda: not pool.copies.behind)
        assert await answered(pool, job("ASK { GRAPH <http://example.org/w> { ?s ?p ?o } }")) == b"true"
        store.apply(Change(drop=("http://example.org/w",)))

    run(work)
    assert "no copy of the store can be made" in caplog.text
