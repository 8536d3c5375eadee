"""What a query's text tells, and what is said about one that cannot be run."""

import socket
import time

import pytest

from kb.errors import QueryError
from kb.store import Change
from kb.store.sparql import QueryForm, has_dataset_clause, may_change, query_form, refuse_services


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("ask{}", QueryForm.ASK),
        ("# SELECT\nPREFIX select: <http://a/SELECT> BASE <http://b/#c>\nConstruct {} {}", QueryForm.CONSTRUCT),
        ("PREFIX : <http://a/>\r\nDESCRIBE :ask", QueryForm.DESCRIBE),
        ('VERSION "1.2" SELECT * {}', QueryForm.SELECT),
    ],
)
def test_form(query, form):
    assert query_form(query) is form


@pytest.mark.parametrize(
    "query", ["", "# SELECT", "INSERT DATA {}", "PREFIX a: <http://a/> LOAD <http://b/>", "DROP ALL"]
)
def test_what_is_no_query_has_no_form(query):
    with pytest.raises(QueryError):
        query_form(query)


@pytest.mark.parametrize(
    ("query", "says_from"),
    [
        ("SELECT * FROM <http://a/> {}", True),
        ("SELECT * from named <http://a/> {}", True),
        ("SELECT*FROM<http://a/>{}", True),
        ("PREFIX from: <http://a/> SELECT ?from { ?from from:from 'FROM' }", False),
        ("SELECT * { ?s ?p '''a 'quoted' FROM''' , \"\"\"b \"FROM\" \"\"\" }", False),
        (r"SELECT * { ?s ?p 'it\'s FROM', '\\' } # FROM", False),
        ("SELECT * { ?s ?p 'x'@from ; <http://a/FROM#from> _:from , $from }", False),
        ("SELECT * { ?a ?b ?c FILTER(?a<?b && ?c>?b) } # not an IRI", False),
    ],
)
def test_dataset_clause(query, says_from):
    assert has_dataset_clause(query) is says_from


@pytest.fixture
def listener():
    """Give the address of a port; nothing may ever arrive at it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p true.SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
        "SELECT * {SERVICESILENT<URL>{ ?s ?p ?o } }",
        "PREFIX e: <URL> SELECT * { SERVICEe: { ?s ?p ?o } }",
        "PREFIX e: <a:a> SELECT * { ?s ?p e:.SERVICE <URL> { ?s ?p ?o } }",
        r"SELECT * { ?s ?p '''a\''' SERVICE ''b''' SERVICE <URL> { ?s ?p ?o } }",
        r"SELECT * { ?s ?p '\'' SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b)SERVICE?x{ ?s ?p ?o } FILTER(1>0) VALUES ?x { <URL> } }",
        "SELECT * { # '\n SERVICE <URL> { ?s ?p ?o } # '\n }",
    ],
)
def test_no_spelling_of_service_reaches_another_server(memory, listener, query):
    memory.apply(Change(insert='<a:a> <a:b> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> <a:g> .\n'))
    with pytest.raises(QueryError, match="SERVICE is not offered"):
        memory.select(query.replace("URL", listener))


def test_a_service_is_told_from_a_name(memory):
    query = """PREFIX ex: <http://a/service#>
    SELECT ?service { ?service ex:service 'SERVICE', "SERVICE"@en ; ex:a.service <http://a/SERVICE> } # SERVICE"""
    refuse_services(query)
    assert memory.select(query).rows == ()


@pytest.mark.parametrize(
    "text", ["1", "-", ".", "'", '"', "'''", "<", ":", "?", "@", "a:", "\\", "#", "a.", "<a ", "@a-"]
)
def test_no_text_takes_more_than_linear_time(text):
    started = time.process_time()
    refuse_services(text * 100_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("query", "place", "said", "line"),
    [
        ("SELECT * {\n  ?s foo:bar ?o\n}", "line 2, column 13", "Prefix not found", "  ?s foo:bar ?o"),
        ("SELECT ?y { ?s ?p ?x } GROUP BY ?x", "line 1, column 35", "unbound", "SELECT ?y"),
        ("SELECT ?s (1 AS ?s) {}", "line 1", "Duplicated variable", "SELECT ?s"),
        ("SELECT", "line 1, column 7", "expected", "SELECT"),
        ("ASK {\n\n  ?s ?p \n", "line 4, column 1", "unexpected text", ""),
        ("SELECT * {\n ?s ?p <no iri> }", "line 2", "", " ?s ?p <no iri> }"),
    ],
)
def test_a_syntax_error_names_line_and_column_and_shows_the_line(memory, query, place, said, line):
    with pytest.raises(QueryError) as caught:
        memory.select(query)
    head, shown, *_ = caught.value.message.split("\n")
    assert head.startswith(place)
    assert said in head
    assert line in shown


def test_a_query_that_parses_but_cannot_be_evaluated(memory):
    with pytest.raises(QueryError, match="custom function"):
        memory.select("SELECT (<http://a/f>(1) AS ?x) {}")


ONE, TWO = "http://one.example/sparql", "http://two.example/sparql"


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ SERVICE <{ONE}> {{ ?s ?p ?o }} }}",
        f"ASK {{ service silent <{ONE}> {{ ?s ?p ?o }} }}",
        f"ASK {{ SERVICE # a comment <{TWO}>\n <{ONE}> {{ ?s ?p ?o }} }}",
    ],
)
def test_a_server_on_the_list_may_be_called(query):
    refuse_services(query, [ONE])
    for others in ([], [TWO], [ONE + "/x"]):
        with pytest.raises(QueryError, match="SERVICE"):
            refuse_services(query, others)


@pytest.mark.parametrize(
    "called",
    [
        "SERVICE ?any { ?s ?p ?o }",
        "SERVICE SILENT ?any { ?s ?p ?o }",
        f"BIND(<{ONE}> AS ?any) SERVICE ?any {{ ?s ?p ?o }}",
        "SERVICE one:sparql { ?s ?p ?o }",
        "SERVICE :sparql { ?s ?p ?o }",
        "SERVICE <sparql> { ?s ?p ?o }",
        f"SERVICESILENT<{ONE}> {{ ?s ?p ?o }}",
        f"1SERVICE<{ONE}> {{ ?s ?p ?o }}",
        f"SERVICE <{ONE}> {{ SERVICE <{TWO}> {{ ?s ?p ?o }} }}",
        "SERVICE",
    ],
)
def test_a_server_that_is_not_named_by_its_iri_is_refused(called):
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_services(f"ASK {{ {called} }}", [ONE])


@pytest.mark.parametrize("text", ["BIND(NOW() AS ?t)", "FILTER(rand() > 0.5)", "BIND(struuid() AS ?i)"])
def test_answers_that_change_by_themselves(text):
    assert may_change(f"SELECT * WHERE {{ ?s ?p ?o {text} }}")
    assert not may_change(f"SELECT * WHERE {{ ?s ?p '{text}' }}")
