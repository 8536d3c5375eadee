"""The client, against the oxigraph server of the wheel and against servers that misbehave."""

import json
import time

import httpx
import pyoxigraph as ox
import pytest

from kb.errors import QueryError, StoreDamagedError, StoreError, StoreFullError, StoreReadOnlyError
from kb.store import AnswerKind, Change, memory_store, normalised, open_store
from kb.store.remote import RemoteStore

EX = "http://example.org/"
A, B = f"{EX}a", f"{EX}b"
DATA = (
    f'<{EX}s> <{EX}p> "one" <{A}> .\n'
    f'<{EX}s> <{EX}p> "zwei \\" \\n \\\\u0041 \\u0001 🕊"@de <{A}> .\n'
    f'<{EX}s> <{EX}q> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <{B}> .\n'
)


@pytest.fixture
def remote(oxigraph):
    store = open_store(f"{oxigraph}/query {oxigraph}/update")
    store.apply(Change(drop=(A, B), insert=DATA))
    yield store
    store.apply(Change(drop=(A, B)))
    store.close()


@pytest.fixture
def embedded():
    store = memory_store()
    store.apply(Change(insert=DATA))
    return store


def test_location_is_the_url_that_is_queried(remote, oxigraph):
    assert remote.location == f"{oxigraph}/query"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?g ?o ?nothing { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?o",
        "SELECT ?none { GRAPH ?g { ?s <http://example.org/none> ?none } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_select_is_as_embedded(remote, embedded, query):
    assert remote.select(query) == embedded.select(query)


def test_ask_construct_and_graph_are_as_embedded(remote, embedded):
    for value in ("one", "two"):
        ask = f'ASK {{ GRAPH ?g {{ ?s ?p "{value}" }} }}'
        assert remote.ask(ask) is embedded.ask(ask)
    construct = "CONSTRUCT { ?o ?p ?g } { GRAPH ?g { ?o ?p ?s } }"
    assert remote.construct(construct) == embedded.construct(construct)
    assert remote.graph(A) == embedded.graph(A) == normalised(remote.graph(A))
    assert remote.graph(f"{EX}none") == ""


@pytest.mark.parametrize("format_", [ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE], ids=str)
@pytest.mark.parametrize("graph", [None, A])
def test_export_is_as_embedded(remote, embedded, format_, graph):
    assert b"".join(remote.export(format_, graph)) == b"".join(embedded.export(format_, graph))


@pytest.mark.parametrize(
    ("query", "kind", "format_"),
    [
        (f"SELECT ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} ORDER BY ?o", AnswerKind.ROWS, ox.QueryResultsFormat.JSON),
        (f"SELECT ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} ORDER BY ?o", AnswerKind.ROWS, ox.QueryResultsFormat.CSV),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", AnswerKind.BOOLEAN, ox.QueryResultsFormat.XML),
        (f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{B}> {{ ?s ?p ?o }} }}", AnswerKind.GRAPH, ox.RdfFormat.TURTLE),
    ],
)
def test_answer_is_as_embedded(remote, embedded, query, kind, format_):
    answer = remote.answer(query, lambda _kind: format_)
    assert answer == embedded.answer(query, lambda _kind: format_)
    assert answer.kind is kind


def test_dataset_of_the_protocol(remote):
    answer = remote.answer("SELECT ?p { ?s ?p ?o }", lambda _kind: ox.QueryResultsFormat.JSON, default_graphs=[B])
    assert [row["p"]["value"] for row in json.loads(answer.body)["results"]["bindings"]] == [f"{EX}q"]


def test_default_graph_is_the_servers_affair(remote):
    """Plain `oxigraph serve` has an empty default graph; --union-default-graph makes it what the embedded store has."""
    assert remote.select("SELECT ?o { ?s ?p ?o }").rows == ()


def test_a_change_is_one_step_in_order(remote):
    remote.apply(Change(drop=(A,), delete=DATA.splitlines()[2], insert=f'<{EX}s> <{EX}p> "new" <{A}> .\n'))
    assert remote.graph(A) == f'<{EX}s> <{EX}p> "new" .\n'
    assert remote.graph(B) == ""


def test_a_query_the_server_cannot_parse(remote):
    with pytest.raises(QueryError, match=r"HTTP 400.*error at 1:\d+"):
        remote.select("SELECT * { ?s ?p }")


@pytest.mark.parametrize(
    ("method", "query"), [("select", "ASK {}"), ("ask", "SELECT * {}"), ("construct", "ASK {}"), ("select", "DROP ALL")]
)
def test_the_wrong_form_is_not_even_sent(method, query):
    store = RemoteStore("http://127.0.0.1:1/sparql")
    with pytest.raises(QueryError):
        getattr(store, method)(query)
    store.close()


def test_nobody_listens():
    store = open_store("http://127.0.0.1:1/sparql")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1") as caught:
        store.ask("ASK {}")
    assert "running" in caught.value.hint
    store.close()


def test_open_for_reading_sends_no_update():
    store = open_store("http://127.0.0.1:1/sparql", read_only=True)
    with pytest.raises(StoreReadOnlyError):
        store.apply(Change(drop=(A,)))
    store.close()


def answering(handler):
    return RemoteStore("http://store.example/sparql", token="secret", transport=httpx.MockTransport(handler))


@pytest.mark.parametrize(
    ("status", "asking", "changing"),
    [
        (400, QueryError, StoreError),
        (401, StoreError, StoreReadOnlyError),
        (403, StoreError, StoreReadOnlyError),
        (404, StoreError, StoreError),
        (405, StoreError, StoreReadOnlyError),
        (500, StoreError, StoreError),
        (503, StoreError, StoreError),
        (507, StoreFullError, StoreFullError),
    ],
)
def test_http_status_becomes_an_error_with_the_servers_words(status, asking, changing):
    store = answering(lambda _request: httpx.Response(status, text="because of the\nweather"))
    with pytest.raises(asking, match=f"HTTP {status}.*because of the weather") as caught:
        store.ask("ASK {}")
    assert type(caught.value) is asking
    with pytest.raises(changing) as caught:
        store.apply(Change(drop=(A,)))
    assert type(caught.value) is changing


@pytest.mark.parametrize(
    ("problem", "kind", "message"),
    [
        (QueryError("line 1, column 2: no\n x\n ^").as_problem(), QueryError, "line 1, column 2: no\n x\n ^"),
        (StoreFullError("base: the disk is full").as_problem(), StoreFullError, "base: the disk is full"),
        (
            {"type": "about:blank", "detail": "because of\nthe weather"},
            QueryError,
            "http://store.example/sparql: HTTP 400 Bad Request: because of the weather",
        ),
    ],
)
def test_a_problem_object_says_it_in_its_own_words(problem, kind, message):
    store = answering(lambda _request: httpx.Response(400, json=problem))
    with pytest.raises(kind) as caught:
        store.ask("ASK {}")
    assert type(caught.value) is kind
    assert caught.value.message == message


def test_no_answer_in_time():
    def slow(request):
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(StoreError, match="no answer in time"):
        answering(slow).ask("ASK {}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", "<html>a page</html>"),
        (
            "application/sparql-results+json",
            '{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", ',
        ),
        ("application/sparql-results+json", '{"head": {}, "boolean": true}'),
        ("application/sparql-results+xml", "<sparql>"),
    ],
)
def test_what_is_no_result_is_not_taken_for_an_empty_one(media_type, body):
    store = answering(lambda _request: httpx.Response(200, text=body, headers={"content-type": media_type}))
    with pytest.raises(StoreDamagedError, match="the server sent"):
        store.select("SELECT * {}")


@pytest.mark.parametrize(("media_type", "body"), [("text/html", "<html>"), ("application/n-triples", "<a:a> <a:b> ")])
def test_what_is_no_graph_is_not_taken_for_an_empty_one(media_type, body):
    store = answering(lambda _request: httpx.Response(200, text=body, headers={"content-type": media_type}))
    with pytest.raises(StoreDamagedError, match="the server sent"):
        store.graph(A)


def test_requests_are_forms_with_the_token():
    seen = []

    def record(request):
        seen.append((request.headers["content-type"], request.headers["authorization"], request.content.decode()))
        return httpx.Response(200, json={"head": {}, "boolean": True})

    store = answering(record)
    assert store.ask("ASK { ?s ?p 'ü&=+' }") is True
    form = "application/x-www-form-urlencoded"
    assert seen == [(form, "Bearer secret", "query=ASK+%7B+%3Fs+%3Fp+%27%C3%BC%26%3D%2B%27+%7D")]


def test_queries_and_updates_may_go_to_different_urls():
    seen = []

    def record(request):
        seen.append(str(request.url))
        return httpx.Response(200, json={"head": {}, "boolean": True})

    store = RemoteStore("http://store.example/q  http://store.example/u", transport=httpx.MockTransport(record))
    store.ask("ASK {}")
    store.apply(Change(drop=(A,)))
    assert seen == ["http://store.example/q", "http://store.example/u"]


def test_an_answer_that_never_ends_is_given_up():
    """Each piece comes in time, but there is always another."""

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                time.sleep(0.02)
                yield b" "

    transport = httpx.MockTransport(lambda _request: httpx.Response(200, stream=Endless()))
    store = RemoteStore("http://127.0.0.1:1/sparql", query_seconds=0.2, transport=transport)
    started = time.monotonic()
    with pytest.raises(StoreError, match="no answer in time"):
        store.ask("ASK {}")
    assert time.monotonic() - started < 5
