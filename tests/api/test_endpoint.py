"""The endpoint as `kb serve` runs it: a process of its own with query workers, asked over the network."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kb.foundation import ontology_quads
from kb.store import Change, open_store

pytestmark = pytest.mark.slow

SECONDS = 3
PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from conftest import SampleReader
import api.server, kb.pipeline
from kb.settings import Settings
from kb.store import open_store

def sample_base(settings):
    return kb.pipeline.Base(settings, open_store(settings.store), SampleReader(settings))

api.server.open_base = sample_base
api.server.run(Settings.from_environment())
"""
"""`kb serve` with a reader that knows the sample article only, and so is quick."""

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?x ?y ?z } }"
SORT = "SELECT * { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } } ORDER BY ?f ?c ?e ?b"
ROWS = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
CROSS = "SELECT ?a ?c ?d ?f { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }"


class Server:
    """A serving process, and clients of it."""

    def __init__(self, folder, **settings):
        self.folder, self.log = folder, folder.parent / "access.log"
        store = open_store(str(folder))
        store.apply(Change(insert=ontology_quads()))
        store.close()
        given = {"STORE": folder, "PORT": 0, "QUERY_SECONDS": SECONDS, "QUERY_QUEUE": 20, "ACCESS_LOG": self.log}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
        environment |= {f"KB_{name}": str(value) for name, value in (given | settings).items()}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(Path(__file__).parent)], env=environment, stderr=subprocess.PIPE
        )
        file = folder / "server.json"
        until = time.monotonic() + 60
        while not file.exists():
            assert self.process.poll() is None, self.process.stderr.read().decode()
            assert time.monotonic() < until
            time.sleep(0.05)
        said = json.loads(file.read_text())
        self.url, self.token = said["url"], said["token"]
        plain = {"accept-encoding": "identity"}
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=60, headers=plain)

    def ask(self, query, accept="text/csv", **options):
        headers = {"accept": accept} | options.pop("headers", {})
        return self.http.get("/sparql", params={"query": query}, headers=headers, **options)

    def load(self, source):
        """Post an article; its source decides its key."""
        body = {"source": source, "data_base64": base64.b64encode(b"text").decode()}
        return self.http.post("/articles", json=body, headers={"authorization": f"Bearer {self.token}"})

    def figure(self, name):
        """Return a figure of /metrics."""
        lines = self.http.get("/metrics").text.splitlines()
        return next(float(line.split()[-1]) for line in lines if line.split(" ")[0] == name)

    def workers(self):
        """Return the process ids of the workers by the system's own list."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.append(int(path.parent.name))
        return found

    def busy_seconds(self):
        """Return the processor time of all workers."""
        total = 0
        for process_id in self.workers():
            fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def logged(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def stop(self, number=signal.SIGTERM):
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(number)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said.decode()


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Start servers; they are stopped at the end."""
    started = []

    def start(**settings):
        started.append(Server(tmp_path_factory.mktemp("endpoint") / "store", **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def server(start):
    server = start()
    assert server.load("samples/first.txt").status_code == 201
    return server


def until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def problem(response, status, code):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == code
    return response


# --- runaways ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [COUNT, SORT])
def test_a_runaway_is_stopped_while_others_are_answered(server, query):
    killed = server.figure("demarche_workers_killed_total")

    def small(number):
        started = time.monotonic()
        found = server.ask(f"SELECT ?p {{ <http://example.org/{number}> ?p ?o }}")
        return found.status_code, time.monotonic() - started

    with ThreadPoolExecutor(10) as threads:
        started = time.monotonic()
        runaway = threads.submit(server.ask, query)
        until(lambda: server.figure("demarche_workers_busy") == 1)
        others = list(threads.map(small, range(8)))
        assert [status for status, _ in others] == [200] * 8
        out_of_memory = runaway.result().status_code == 503  # a fast machine fills it before the time is up
        problem(runaway.result(), *((503, "KB034") if out_of_memory and query == SORT else (504, "KB033")))
        took = time.monotonic() - started
    assert took < SECONDS + 2, took
    assert out_of_memory or took > SECONDS - 0.1, took
    if not out_of_memory:  # else it has ended by itself
        until(lambda: server.figure("demarche_workers_killed_total") == killed + 1, 1)
    until(lambda: server.figure("demarche_workers_busy") == 0, 1)
    before = server.busy_seconds()
    time.sleep(0.5)
    assert server.busy_seconds() - before < 0.2
    assert server.ask("ASK { ?s ?p ?o }").text == "true"


def test_memory(start):
    server = start(QUERY_MEMORY=700, QUERY_SECONDS=30)
    problem(server.ask(SORT), 503, "KB034")
    assert server.ask("ASK { ?s ?p ?o }").text == "true"


def test_a_full_queue(start):
    server = start(QUERY_WORKERS=1, QUERY_QUEUE=1)
    with ThreadPoolExecutor(2) as threads:
        running = threads.submit(server.ask, COUNT)
        until(lambda: server.figure("demarche_workers_busy") == 1)
        waiting = threads.submit(server.ask, "ASK {}")
        until(lambda: server.figure("demarche_queries_waiting") == 1)
        refused = problem(server.ask("ASK {}"), 503, "KB056")
        assert int(refused.headers["retry-after"]) > 0
        assert server.http.get("/healthz").status_code == server.http.get("/readyz").status_code == 200
        problem(running.result(), 504, "KB033")
        assert waiting.result().status_code in (200, 503)  # it may have waited as long as one may


def read_to_the_end(server, query):
    """Return how many bytes came, and whether they came as a whole."""
    got = 0
    with server.http.stream("GET", "/sparql", params={"query": query}) as response:
        assert response.status_code == 200
        try:
            for piece in response.iter_raw():
                got += len(piece)
        except httpx.RemoteProtocolError:
            return got, False
    return got, True


def test_rows(start):
    """Before the first byte the client is told of the limit; after it the answer stays without an end."""
    server = start(QUERY_ROWS=100, QUERY_SECONDS=30)
    assert read_to_the_end(server, f"{CROSS} LIMIT 100")[1]
    found = problem(server.ask(f"{CROSS} LIMIT 101"), 503, "KB034")
    assert "100 rows" in found.json()["detail"]
    server = start(QUERY_ROWS=20_000, QUERY_SECONDS=30)
    assert read_to_the_end(server, f"{CROSS} LIMIT 20000")[1]
    got, whole = read_to_the_end(server, f"{CROSS} LIMIT 20001")
    assert got > 0
    assert not whole
    assert server.figure('demarche_queries_total{outcome="limit"}') == 1
    assert server.figure("demarche_workers_started_total") == 1


def test_bytes(start):
    server = start(QUERY_BYTES=1_000_000, QUERY_SECONDS=30)
    got, whole = read_to_the_end(server, CROSS)
    assert 0 < got <= 1_000_000
    assert not whole
    assert server.ask("ASK { ?s ?p ?o }").text == "true"


def test_an_answer_that_is_stopped_in_the_middle_never_looks_complete(server):
    got, whole = read_to_the_end(server, CROSS)
    assert not whole
    assert got > 1_000_000
    until(lambda: not server.logged()[-1]["complete"])
    assert server.logged()[-1]["outcome"] == "timeout"
    assert server.ask("ASK { ?s ?p ?o }").text == "true"


def test_a_slow_reader_is_not_cut_off_by_the_time_limit(server):
    """Time in which the client does not take what is there is not the query's."""
    lines = 0
    query = f"{CROSS} LIMIT 60000"
    with server.http.stream("GET", "/sparql", params={"query": query}, headers={"accept": "text/csv"}) as response:
        for number, piece in enumerate(response.iter_raw()):
            lines += piece.count(b"\r\n")
            if number == 0:
                time.sleep(SECONDS + 1)
    assert lines == 60_001


@pytest.mark.parametrize("query", [COUNT, CROSS])
def test_a_client_that_leaves(server, query):
    """Its query is over within a second, before and after the first byte."""
    url = httpx.URL(server.url, path="/sparql", params={"query": query})
    with socket.create_connection((url.host, url.port)) as line:
        line.sendall(b"GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (url.raw_path, url.netloc))
        until(lambda: server.figure("demarche_workers_busy") == 1)
        time.sleep(0.3)
    until(lambda: server.figure("demarche_workers_busy") == 0, 1)
    assert any(entry.get("outcome") == "left" for entry in server.logged())


def test_a_worker_that_is_killed(server):
    with ThreadPoolExecutor(1) as threads:
        runaway = threads.submit(server.ask, COUNT)
        until(lambda: server.figure("demarche_workers_busy") == 1)
        for process_id in server.workers():
            os.kill(process_id, signal.SIGKILL)
        problem(runaway.result(), 503, "KB050")
    assert server.ask("ASK { ?s ?p ?o }").text == "true"
    assert server.http.get("/readyz").json() == {"status": "ready"}


# --- streams ----------------------------------------------------------------------------------------------------------


def test_the_first_byte_comes_long_before_the_last(server):
    query = f"{CROSS} LIMIT 100000"
    started = time.monotonic()
    with server.http.stream("GET", "/sparql", params={"query": query}, headers={"accept": "text/csv"}) as response:
        pieces = response.iter_raw()
        next(pieces)
        first = time.monotonic() - started
        rows = sum(piece.count(b"\r\n") for piece in pieces)
    assert rows > 90_000
    assert first < 0.5 * (time.monotonic() - started)


def test_compressed_streams(server):
    query = f"{ROWS} ORDER BY ?s ?p ?o"
    plain = server.ask(query, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for encodings in ("gzip", "br;q=1, gzip;q=0.5", "*"):
        packed = server.ask(query, headers={"accept-encoding": encodings})
        assert packed.headers["content-encoding"] == "gzip"
        assert {"accept", "accept-encoding"} <= {name.strip().lower() for name in packed.headers["vary"].split(",")}
        assert packed.content == plain.content
        assert packed.num_bytes_downloaded < len(plain.content) / 3
    for encodings in ("gzip;q=0", "*;q=0", "br"):
        assert "content-encoding" not in server.ask(query, headers={"accept-encoding": encodings}).headers
    page = server.http.get("/ontology.ttl", headers={"accept-encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in server.http.get("/ontology.ttl", headers={"accept-encoding": "gzip;q=0"}).headers


def test_head_of_a_long_answer_is_quick(server):
    started = time.monotonic()
    response = server.http.head("/sparql", params={"query": CROSS})
    assert (response.status_code, response.content) == (200, b"")
    assert time.monotonic() - started < SECONDS - 1
    until(lambda: server.figure("demarche_workers_busy") == 0, 1)


# --- conditional requests ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query=" + "SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205",
        "/articles",
        "/queries/visits",
        "/ontology.ttl",
    ],
)
def test_what_has_not_changed_is_not_sent_again(server, path):
    first = server.http.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = server.http.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert set(first.headers["vary"].split(", ")) <= set(again.headers["vary"].split(", "))
    assert server.http.head(path, headers={"if-none-match": tag}).status_code == 304
    assert server.http.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    server.load(f"samples/{time.time_ns()}.txt")
    changed = server.http.get(path, headers={"if-none-match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_a_tag_is_that_of_one_format(server):
    query = "SELECT * { ?s ?p ?o } LIMIT 1"
    tags = {media: server.ask(query, media).headers["etag"] for media in ("text/csv", "application/json")}
    assert len(set(tags.values())) == 2
    assert server.ask(query, "text/csv", headers={"if-none-match": tags["application/json"]}).status_code == 200


def test_last_modified(server):
    """It is told only when it can no longer be that of two states."""
    server.load(f"samples/{time.time_ns()}.txt")
    assert "last-modified" not in server.ask("ASK {}").headers
    time.sleep(2.5)
    date = server.ask("ASK {}").headers["last-modified"]
    assert server.ask("ASK {}", headers={"if-modified-since": date}).status_code == 304
    old = {"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert server.ask("ASK {}", headers=old).status_code == 200
    both = {"if-modified-since": date, "if-none-match": '"other"'}
    assert server.ask("ASK {}", headers=both).status_code == 200


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?t) {}", "SELECT (STRUUID() AS ?i) {}"])
def test_an_answer_that_changes_by_itself_has_no_tag(server, query):
    response = server.ask(query)
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


# --- writes -----------------------------------------------------------------------------------------------------------


def test_a_client_sees_what_it_has_written(server):
    for number in range(5):
        report = server.load(f"samples/own-{number}.txt")
        iri = f"https://w3id.org/demarche/article/{report.json()['article']['key']}"
        assert server.ask(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}").text == "true"
        removed = server.http.delete(
            "/articles", params={"reference": iri}, headers={"authorization": f"Bearer {server.token}"}
        )
        assert removed.status_code == 200
        assert server.ask(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}").text == "false"


def test_articles_are_seen_whole_or_not_at_all(server):
    """Readers count the claims of each article while articles come and go."""
    article = "https://w3id.org/demarche/ontology#Article"
    query = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?g a <{article}> . ?s ?p ?o }} }} GROUP BY ?g"
    counts, stop, failures = set(), threading.Event(), []

    def read():
        with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as http:
            while not stop.is_set():
                found = http.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
                if found.status_code != 200:
                    failures.append(found.text)
                counts.update(line.rpartition(",")[2] for line in found.text.splitlines()[1:])

    with ThreadPoolExecutor(6) as threads:
        readers = [threads.submit(read) for _ in range(6)]
        for number in range(10):
            assert server.load(f"samples/whole-{number}.txt").status_code == 201
        stop.set()
        for reader in readers:
            reader.result()
    assert failures == []
    assert len(counts) == 1, counts


# --- for whoever runs it ----------------------------------------------------------------------------------------------


def test_every_answer_has_an_id(server):
    ids = [server.http.get(path).headers["x-request-id"] for path in ("/healthz", "/nothing", "/sparql?query=x")]
    assert len(set(ids)) == 3
    assert server.http.get("/healthz", headers={"x-request-id": "proxy-17"}).headers["x-request-id"] == "proxy-17"
    assert server.http.get("/healthz", headers={"x-request-id": "<b>"}).headers["x-request-id"] != "<b>"


def test_the_log_says_nothing_of_what_was_asked(server):
    secret = "a question about nobody"
    server.ask(f"ASK {{ ?s ?p '{secret}' }}", headers={"x-request-id": "log-1"})
    server.http.get("/queries/visits", params={"state": "PRK", "x": secret}, headers={"x-request-id": "log-2"})
    until(lambda: {"log-1", "log-2"} <= {entry["request_id"] for entry in server.logged()})
    asked = next(entry for entry in server.logged() if entry["request_id"] == "log-1")
    assert asked["query"]["characters"] == len(f"ASK {{ ?s ?p '{secret}' }}")
    assert len(asked["query"]["sha256"]) == 64
    assert (asked["route"], asked["status"], asked["outcome"], asked["complete"]) == ("/sparql", 200, "answered", True)
    text = server.log.read_text()
    assert secret not in text
    assert "PRK" not in text


def test_metrics(server):
    from prometheus_client.parser import text_string_to_metric_families

    response = server.http.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert response.headers["cache-control"] == "no-store"
    names = {family.name for family in text_string_to_metric_families(response.text)}
    assert {"demarche_http_requests", "demarche_queries", "demarche_query_seconds", "demarche_workers"} <= names
    assert {"demarche_store_writes", "demarche_copies_behind", "process_cpu_seconds"} <= names


def test_cors_without_credentials(server):
    origin = {"origin": "https://elsewhere.example"}
    for response in (server.ask("ASK {}", headers=origin), server.ask(f"{CROSS} LIMIT 9999", headers=origin)):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
        assert "x-request-id" in response.headers["access-control-expose-headers"].lower()


def test_browsers(server):
    page = server.ask(f"{CROSS} LIMIT 2000", "text/html")
    assert "2000 rows, of which the first 1000 are shown" in page.text
    assert "Yes" in server.ask("ASK { ?s ?p ?o }", "text/html").text
    assert "@prefix" in server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "text/html").text
    error = server.ask("SELECT <script>", "text/html")
    assert (error.status_code, "line 1, column" in error.text, "<script" in error.text) == (400, True, False)


def test_service_and_load(server, start):
    """No request goes out, unless to a server that is on the list."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve():
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    calls.append(line.recv(65536))
                    body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
                    line.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n"
                        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
                    )

        threading.Thread(target=serve, daemon=True).start()
        far = f"http://127.0.0.1:{port}/sparql"
        query = f"SELECT ?x {{ SERVICE <{far}> {{ ?x ?y ?z }} }}"
        problem(server.ask(query), 400, "KB030")
        problem(server.ask(f"LOAD <{far}>"), 400, "KB030")
        assert calls == []
        other = start(QUERY_SERVICES=far)
        problem(other.ask(query.replace("/sparql", "/other")), 400, "KB030")
        assert calls == []
        found = other.ask(query)
        assert (found.status_code, found.text) == (200, "x\r\nfar\r\n")
        assert "etag" not in found.headers
        assert len(calls) == 1
        listener.shutdown(socket.SHUT_RDWR)


def test_it_ends_with_all_its_workers(start):
    server = start(QUERY_SECONDS=60)
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as http, ThreadPoolExecutor(1) as threads:
        running = threads.submit(http.get, "/sparql", params={"query": COUNT})
        until(lambda: server.figure("demarche_workers_busy") == 1)
        workers = server.workers()
        started = time.monotonic()
        code, said = server.stop()
        assert problem(running.result(), 503, "KB056").json()["detail"] == "the server is shutting down"
    assert time.monotonic() - started < 20
    assert (code, "Traceback" in said) == (0, False), said
    assert workers
    assert not any(Path(f"/proc/{process_id}").exists() for process_id in workers)
    assert not list(server.folder.glob("snapshot-*"))
    assert not (server.folder / "server.json").exists()
