"""The query part of the list of requirements in ENDPOINT.md, section 7.3; the numbers are those of the list."""

import csv
import io
import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.protocol import FORM, MAX_REQUEST_BYTES, QUERY, UPDATE
from kb.settings import Settings

DEM = "https://w3id.org/demarche/ontology#"
SELECT = f"SELECT ?visit ?kind WHERE {{ ?visit a <{DEM}Visit>, ?kind }} ORDER BY ?kind"
ASK = f"ASK {{ ?visit a <{DEM}Visit> }}"
CONSTRUCT = f"CONSTRUCT {{ ?visit a <{DEM}Visit> }} WHERE {{ ?visit a <{DEM}Visit> }}"
DESCRIBE = "DESCRIBE <https://w3id.org/demarche/id/state/EGY>"
SRJ = "application/sparql-results+json"


def ask(client, query, accept=None, **parameters):
    return client.get("/sparql", accept, params={"query": query, **parameters})


def value(response):
    assert response.status_code == 200, response.text
    return response.json()["boolean"]


def problem(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    return found


# --- asking: 1 to 8 ---------------------------------------------------------------------------------------------------


def test_1_get(client):
    assert value(ask(client, ASK)) is True


def test_2_form(client):
    assert value(client.request("POST", "/sparql", data={"query": ASK})) is True


@pytest.mark.parametrize("media", [QUERY, f"{QUERY}; charset=utf-8", f'{QUERY};charset="UTF-8"'])
def test_3_and_4_body(client, media):
    assert value(client.request("POST", "/sparql", content=ASK, headers={"content-type": media})) is True


def test_4_form_with_charset(client):
    response = client.request(
        "POST", "/sparql", content=urlencode({"query": ASK}), headers={"content-type": f"{FORM};charset=UTF-8"}
    )
    assert value(response) is True


@pytest.mark.parametrize("body", ["", f"query={quote(ASK)}&query={quote(ASK)}"])
def test_5_exactly_one_query(client, body):
    problem(client.request("POST", "/sparql", content=body, headers={"content-type": FORM}), 400)


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}, {"content-type": "multipart/form-data"}])
def test_6_other_bodies(client, headers):
    found = problem(client.request("POST", "/sparql", content=ASK, headers=headers), 415)
    assert QUERY in found["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_7_other_methods(client, method):
    response = client.request(method, "/sparql", params={"query": ASK})
    problem(response, 405)
    assert response.headers["allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("media", [FORM, QUERY])
def test_8_not_utf8(client, media):
    problem(client.request("POST", "/sparql", content=b"query=ASK{}\xff", headers={"content-type": media}), 400)


def test_body_over_the_limit(client):
    body = "#" * MAX_REQUEST_BYTES + "\nASK{}"
    problem(client.request("POST", "/sparql", content=body, headers={"content-type": QUERY}), 413)


# --- what is wrong: 9 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "line"),
    [("SELECT * WHERE { ?s ?p }", 1), ("SELECT *\nWHERE {\n  ?s a o }", 3), ("ASK { ?s unknown:p ?o }", 1)],
)
def test_9_syntax_error_has_its_place(client, query, line):
    found = problem(ask(client, query), 400)
    assert (found["code"], found["line"]) == ("KB030", line)
    assert 8 <= found["column"] <= len(query.splitlines()[line - 1]) + 1
    assert found["hint"]


def test_9_the_place_of_an_error_is_that_in_the_text_that_was_sent(client):
    found = problem(ask(client, "ASK { <relative> ?p }"), 400)
    assert found["line"] == 1
    assert found["column"] <= len("ASK { <relative> ?p }") + 1
    assert "BASE" not in found["detail"]


def test_9_service_is_refused(client):
    problem(ask(client, "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 400)


# --- the dataset: 10 to 13 --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def article_graph(article_key):
    return f"https://w3id.org/demarche/article/{article_key}"


def test_10_default_graphs_are_merged(client, article_graph):
    both = f"ASK {{ <{article_graph}> a <{DEM}Article> . <{DEM}Visit> a ?class }}"
    graphs = [article_graph, "https://w3id.org/demarche/graph/ontology"]
    assert value(ask(client, both, **{"default-graph-uri": graphs})) is True
    assert value(ask(client, both, **{"default-graph-uri": graphs[:1]})) is False
    assert value(ask(client, both)) is True


def test_10_named_graphs(client, article_graph):
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    rows = ask(client, query, **{"named-graph-uri": article_graph}).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [article_graph]


def test_11_protocol_overrides_from(client, article_graph):
    query = f"ASK FROM <{article_graph}> {{ <{DEM}Visit> a ?class }}"
    assert value(ask(client, query)) is False
    assert value(ask(client, query, **{"default-graph-uri": "https://w3id.org/demarche/graph/ontology"})) is True


def test_12_unknown_parameters(client):
    assert value(ask(client, ASK, output="json", results="json", format="sparql-json", timeout="5")) is True


def test_13_relative_iris(client):
    iri = ask(client, "SELECT (<a> AS ?b) {}").json()["results"]["bindings"][0]["b"]["value"]
    assert iri == "http://kb.example/a"
    iri = ask(client, "BASE <http://other.example/x/> SELECT (<a> AS ?b) {}").json()["results"]["bindings"][0]["b"][
        "value"
    ]
    assert iri == "http://other.example/x/a"


# --- updates are not taken --------------------------------------------------------------------------------------------


def test_14_updates_are_refused(client):
    body = {"content": "CLEAR ALL", "headers": {"content-type": UPDATE}}
    found = problem(client.request("POST", "/sparql", **body), 403)
    assert "kb load" in found["hint"]
    problem(client.request("POST", "/sparql", data={"update": "CLEAR ALL"}), 403)
    problem(client.get("/sparql?update=CLEAR%20ALL"), 400)
    problem(client.get(f"/sparql?query={quote('CLEAR ALL')}"), 400)
    assert value(ask(client, ASK)) is True


# --- results: 19 to 23 ------------------------------------------------------------------------------------------------


def rows_of(response):
    media = response.headers["content-type"]
    if "csv" in media or "tab" in media:
        reader = csv.reader(io.StringIO(response.text), delimiter="\t" if "tab" in media else ",")
        return len(list(reader)) - 1
    format_ = ox.QueryResultsFormat.JSON if "json" in media else ox.QueryResultsFormat.XML
    return len(list(ox.parse_query_results(response.content, format=format_)))


@pytest.mark.parametrize(
    "media",
    [SRJ, "application/sparql-results+xml", "text/csv", "text/tab-separated-values", "application/json", "text/xml"],
)
def test_19_select(client, media):
    response = ask(client, SELECT, media)
    assert response.headers["content-type"].split(";")[0] == media
    assert rows_of(response) == 2


@pytest.mark.parametrize("media", [SRJ, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_19_ask(client, media):
    response = ask(client, ASK, media)
    assert response.headers["content-type"].split(";")[0] == media
    assert "true" in response.text


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    "media",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_19_graphs(client, query, media):
    response = ask(client, query, media)
    assert response.headers["content-type"].split(";")[0] == media
    found = {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}
    reference = ask(client, query, "application/n-triples").content
    assert found == {quad.triple for quad in ox.parse(reference, format=ox.RdfFormat.N_TRIPLES)}
    assert found


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, f"application/n-triples, text/turtle, {SRJ};q=0.1", SRJ),
        (CONSTRUCT, f"{SRJ}, application/sparql-results+xml, application/n-triples;q=0.1", "application/n-triples"),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        (CONSTRUCT, "application/rdf+xml;q=0.3, application/ld+json;q=0.9, */*;q=0.1", "application/ld+json"),
        (ASK, "text/*", "text/csv"),
    ],
)
def test_20_mixed_lists(client, query, accept, media):
    assert ask(client, query, accept).headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png"), (ASK, "*/*;q=0")]
)
def test_21_none_acceptable(client, query, accept):
    found = problem(ask(client, query, accept), 406)
    assert ("application/trig" if query == CONSTRUCT else SRJ) in found["detail"]


@pytest.mark.parametrize(("query", "media"), [(SELECT, SRJ), (ASK, SRJ), (CONSTRUCT, "text/turtle; charset=utf-8")])
def test_21_default(client, query, media):
    for accept in (None, "*/*"):
        assert ask(client, query, accept).headers["content-type"] == media


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT, "SELECT nonsense", None])
def test_22_vary(client, query):
    parameters = {"query": query} if query else {}
    assert "accept" in client.get("/sparql", params=parameters).headers["vary"].lower()


def test_22_charset(client):
    assert ask(client, SELECT, "text/csv").headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "media"), [("csv", "text/csv; charset=utf-8"), ("xml", "application/sparql-results+xml")]
)
def test_format_parameter(client, name, media):
    assert ask(client, SELECT, "text/html", format=name).headers["content-type"] == media


def test_format_of_another_kind_of_answer_is_ignored(client):
    assert ask(client, SELECT, format="turtle").headers["content-type"] == SRJ


def test_23_head(client):
    got, head = (client.request(method, "/sparql", params={"query": SELECT}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == str(len(got.content))


def test_23_cors(client):
    origin = {"origin": "https://elsewhere.example"}
    preflight = client.request(
        "OPTIONS",
        "/sparql",
        headers={
            **origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, authorization",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert "content-type" in allowed
    assert "authorization" in allowed
    for response in (preflight, ask(client, ASK), client.get("/sparql", params={"query": "no"}, headers=origin)):
        assert "access-control-allow-credentials" not in response.headers
    response = client.get("/sparql", params={"query": ASK}, headers=origin)
    assert response.headers["access-control-allow-origin"] == "*"


def test_options_without_cors(client):
    response = client.request("OPTIONS", "/sparql")
    assert (response.status_code, response.headers["allow"]) == (204, "GET, POST, HEAD, OPTIONS")


# --- the service: 36 --------------------------------------------------------------------------------------------------

SD = "http://www.w3.org/ns/sparql-service-description#"


def description(response):
    media = response.headers["content-type"].split(";")[0]
    return {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}


def test_36_service_description(client):
    triples = description(client.get("/sparql"))
    services = [t.subject for t in triples if t.object == ox.NamedNode(f"{SD}Service")]
    endpoints = {t.object.value for t in triples if t.predicate.value == f"{SD}endpoint"}
    assert len(services) == 1
    assert endpoints == {"http://kb.example/sparql"}
    assert {t.object.value for t in triples if t.predicate.value == f"{SD}feature"} == {f"{SD}UnionDefaultGraph"}
    assert sum(t.predicate.value == f"{SD}resultFormat" for t in triples) == 10


@pytest.mark.parametrize("media", ["application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_36_in_other_formats(client, media):
    assert description(client.get("/sparql", media)) == description(client.get("/sparql"))


def test_36_behind_a_proxy(base, make_client):
    settings = Settings(public_url="https://kb.example.org/demarche/")
    triples = description(make_client(create_app(settings, base)).get("/sparql"))
    endpoints = {t.object.value for t in triples if t.predicate.value == f"{SD}endpoint"}
    assert endpoints == {"https://kb.example.org/demarche/sparql"}


def test_a_malformed_host_header(client):
    problem(client.get("/sparql", headers={"host": "a b<c"}), 400)


# --- browsers ---------------------------------------------------------------------------------------------------------


def test_form_for_browsers(client):
    response = client.page("/sparql")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<textarea id="query" name="query"' in response.text


def test_answers_for_browsers(client):
    page = client.page("/sparql", params={"query": SELECT, "format": "html"})
    assert "2 rows" in page.text
    assert 'href="/page/event/' in page.text
    assert "Yes" in client.page("/sparql", params={"query": ASK}).text
    assert (
        "@prefix" in client.page("/sparql", params={"query": CONSTRUCT}).text
        or "a &lt;" in client.page("/sparql", params={"query": CONSTRUCT}).text
    )


def test_errors_for_browsers(client):
    page = client.page("/sparql", params={"query": "SELECT <script>"})
    assert page.status_code == 400
    assert "line 1, column" in page.text
    assert "&lt;script&gt;</textarea>" in page.text
    assert "<script" not in page.text


def test_many_rows_are_cut_for_a_page_only(client):
    query = "SELECT * WHERE { ?s ?p ?o } LIMIT 1500"
    assert "1500 rows, of which the first 1000 are shown" in client.page("/sparql", params={"query": query}).text
    assert len(json.loads(ask(client, query).content)["results"]["bindings"]) == 1500
