import json

import pyoxigraph as ox
import pytest

from kb.errors import KBError, QueryError, StoreError
from kb.store import AnswerKind, Change, memory_store, normalised, open_store

EX = "http://example.org/"
A, B = f"{EX}a", f"{EX}b"
TWO = f'<{EX}s> <{EX}p> "one" <{A}> .\n<{EX}s> <{EX}p> "two" <{B}> .\n'


@pytest.fixture(params=["memory", "folder"])
def store(request, tmp_path):
    opened = memory_store() if request.param == "memory" else open_store(str(tmp_path / "base"))
    opened.apply(Change(insert=TWO))
    yield opened
    opened.close()


def values(store, query):
    return sorted(row[0].value for row in store.select(query).rows)


def test_select_gives_variables_and_rows_with_none_for_unbound(store):
    table = store.select("SELECT ?o ?nothing { ?s ?p ?o } ORDER BY ?o")
    assert table.variables == ("o", "nothing")
    assert table.rows == ((ox.Literal("one"), None), (ox.Literal("two"), None))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?o { ?s ?p ?o }", ["one", "two"]),
        (f"SELECT ?o FROM <{A}> {{ ?s ?p ?o }}", ["one"]),
        (f"SELECT ?o from<{A}> {{ ?s ?p ?o }}", ["one"]),
        (f"SELECT ?o FROM NAMED <{A}> {{ ?s ?p ?o }}", []),
        (f"SELECT ?o FROM NAMED <{A}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", ["one"]),
        (f"SELECT ?o {{ GRAPH <{B}> {{ ?s ?p ?o }} }}", ["two"]),
        ('SELECT ?o { ?s ?p ?o FILTER(?o != "FROM <x>") } # FROM nowhere', ["one", "two"]),
        (f"PREFIX from: <{EX}> SELECT ?o {{ ?from from:p ?o }}", ["one", "two"]),
    ],
)
def test_default_graph_is_the_union_unless_the_query_says_from(store, query, expected):
    assert values(store, query) == expected


@pytest.mark.parametrize(
    ("defaults", "named", "query", "expected"),
    [
        ([A], [], "SELECT ?o { ?s ?p ?o }", ["one"]),
        ([A, B], [], "SELECT ?o { ?s ?p ?o }", ["one", "two"]),
        ([A], [], f"SELECT ?o FROM <{B}> {{ ?s ?p ?o }}", ["one"]),
        ([A], [], "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", []),
        ([], [B], "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", ["two"]),
        ([], [B], "SELECT ?o { ?s ?p ?o }", []),
    ],
)
def test_dataset_of_the_protocol_overrides_from(store, defaults, named, query, expected):
    answer = store.answer(query, lambda _kind: ox.QueryResultsFormat.JSON, default_graphs=defaults, named_graphs=named)
    assert sorted(row["o"]["value"] for row in json.loads(answer.body)["results"]["bindings"]) == expected


@pytest.mark.parametrize(
    ("query", "kind", "format_", "expected"),
    [
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", AnswerKind.ROWS, ox.QueryResultsFormat.CSV, b"o\r\none\r\ntwo\r\n"),
        ("ASK { ?s ?p ?o }", AnswerKind.BOOLEAN, ox.QueryResultsFormat.JSON, b'{"head":{},"boolean":true}'),
        (
            f"CONSTRUCT {{ ?s <{EX}q> ?s }} {{ ?s ?p ?o }}",
            AnswerKind.GRAPH,
            ox.RdfFormat.N_TRIPLES,
            f"<{EX}s> <{EX}q> <{EX}s> .\n".encode(),
        ),
        (
            f"DESCRIBE <{EX}s>",
            AnswerKind.GRAPH,
            ox.RdfFormat.N_TRIPLES,
            f'<{EX}s> <{EX}p> "one" .\n<{EX}s> <{EX}p> "two" .\n'.encode(),
        ),
    ],
)
def test_answer_lets_the_caller_choose_by_kind(store, query, kind, format_, expected):
    asked = []
    answer = store.answer(query, lambda k: asked.append(k) or format_)
    assert asked == [kind]
    assert (answer.kind, answer.format) == (kind, format_)
    lines = sorted(answer.body.splitlines()) if kind is AnswerKind.GRAPH else answer.body
    assert lines == (expected.splitlines() if kind is AnswerKind.GRAPH else expected)


def test_nothing_is_answered_when_the_chooser_refuses(store):
    def refuse(_kind):
        raise QueryError("not acceptable")

    with pytest.raises(QueryError, match="not acceptable"):
        store.answer("SELECT ?o { ?s ?p ?o }", refuse)


def test_construct_and_graph_give_sorted_ntriples(store):
    assert store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").splitlines() == [
        f'<{EX}s> <{EX}p> "one" .',
        f'<{EX}s> <{EX}p> "two" .',
    ]
    assert store.graph(A) == f'<{EX}s> <{EX}p> "one" .\n'
    assert store.graph(f"{EX}none") == ""


def test_ask(store):
    assert store.ask(f'ASK {{ ?s <{EX}p> "one" }}') is True
    assert store.ask(f'ASK {{ ?s <{EX}p> "three" }}') is False


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("select", "ASK {}"),
        ("ask", "SELECT * {}"),
        ("construct", "SELECT * {}"),
        ("select", "INSERT DATA { <a:a> <a:b> <a:c> }"),
        ("select", ""),
    ],
)
def test_wrong_form_is_a_query_error(store, method, query):
    with pytest.raises(QueryError):
        getattr(store, method)(query)


def test_change_drops_first_then_deletes_then_inserts(store):
    again = f'<{EX}s> <{EX}p> "again" <{A}> .\n'
    store.apply(Change(drop=(A,), delete=f'<{EX}s> <{EX}p> "two" <{B}> .\n{again}', insert=again))
    assert store.graph(A) == f'<{EX}s> <{EX}p> "again" .\n'
    assert store.graph(B) == ""


def test_an_empty_change_and_a_missing_graph_are_no_errors(store):
    store.apply(Change())
    store.apply(Change(drop=(f"{EX}none",), delete=f'<{EX}s> <{EX}p> "none" <{EX}none> .\n'))
    assert values(store, "SELECT ?o { ?s ?p ?o }") == ["one", "two"]


@pytest.mark.parametrize(
    "change",
    [
        Change(drop=("no iri",)),
        Change(drop=(f"{EX}a> ; CLEAR ALL #",)),
        Change(insert=f'<{EX}s> <{EX}p> "no graph" .\n'),
        Change(insert=f'_:b <{EX}p> "blank" <{A}> .\n'),
        Change(insert=f"<{EX}s> <{EX}p> _:b <{A}> .\n"),
        Change(insert=f'<{EX}s> <{EX}p> "open <{A}> .\n'),
        Change(insert=f'<{EX}s> <{EX}p> "x" <{A}> . }} }} ; CLEAR ALL ; INSERT DATA {{ GRAPH <{A}> {{'),
        Change(delete=f"<{EX}s> <{EX}p> <no iri> <{A}> .\n"),
    ],
)
def test_a_malformed_change_changes_nothing(store, change):
    with pytest.raises(KBError) as caught:
        store.apply(Change(drop=change.drop, delete=change.delete, insert=TWO + change.insert))
    assert caught.value.code == "KB000"
    assert values(store, "SELECT ?o { ?s ?p ?o }") == ["one", "two"]


def test_normalised_is_what_the_store_gives_back(store):
    article = f"{EX}article"
    text = (
        f'<{article}> <{EX}n> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        f'<{article}> <{EX}d> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        f'<{article}> <{EX}t> "2024-06-19T12:51:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
        f'<{article}> <{EX}l> "Besuch"@DE .\n'
    )
    store.apply(Change(insert="".join(f"{line[:-1]}<{article}> .\n" for line in text.splitlines())))
    assert store.graph(article) == normalised(text)
    assert normalised(normalised(text)) == normalised(text)


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.ask("ASK {}")
    store.close()
