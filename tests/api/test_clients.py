"""What well-known clients send, and that each gets what it can read."""

import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.protocol import FORM, UPDATE
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import Change, memory_store

SELECT = "SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
DESCRIBE = "DESCRIBE <https://w3id.org/demarche/id/state/EGY>"
DATA = """<https://w3id.org/demarche/id/state/EGY> <http://www.w3.org/2000/01/rdf-schema#label> "Egypt" <urn:x:g> .
<https://w3id.org/demarche/id/state/EGY> <https://w3id.org/demarche/ontology#code> "EGY" <urn:x:h> .
"""
SRJ, SRX = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.fixture(scope="module")
def client(make_client):
    settings = Settings(store="memory", updates="graphs")
    base = Base(settings, memory_store(), Reader(settings))
    base.store.apply(Change(insert=DATA))
    return make_client(create_app(settings, base, "secret-of-the-test"))


def rows(response):
    format_ = ox.QueryResultsFormat.from_media_type(response.headers["content-type"])
    return list(ox.parse_query_results(response.content, format=format_))


def triples(response):
    format_ = ox.RdfFormat.from_media_type(response.headers["content-type"])
    return {quad.triple for quad in ox.parse(response.content, format=format_)}


READERS = {
    "Jena, rows": (
        f"{SRJ}, {SRX};q=0.9, text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, "
        "application/xml;q=0.2, */*;q=0.1",
        SELECT,
        SRJ,
    ),
    "Jena, graph": (
        "text/turtle, application/n-triples;q=0.9, application/ld+json;q=0.8, application/rdf+xml;q=0.7, */*;q=0.3",
        CONSTRUCT,
        "text/turtle",
    ),
    "Comunica, rows": (f"{SRJ};q=1.0,{SRX};q=0.7", SELECT, SRJ),
    "Comunica, graph": (
        "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
        "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/html;q=0.2",
        CONSTRUCT,
        "application/n-quads",
    ),
    "SPARQLWrapper, JSON": (f"{SRJ},application/json,text/javascript,application/javascript", SELECT, SRJ),
    "SPARQLWrapper, anything": (
        f"{SRX},text/turtle,application/rdf+xml,text/n3,application/n-triples,*/*",
        SELECT,
        SRX,
    ),
    "rdflib, graph": (f"{SRX}, application/rdf+xml", CONSTRUCT, "application/rdf+xml"),
    "rdflib, rows": (f"{SRX}, application/rdf+xml", SELECT, SRX),
    "RDF4J, rows": (
        f"application/x-binary-rdf-results-table, {SRX};q=0.8, application/xml;q=0.8, {SRJ};q=0.8, text/csv;q=0.8",
        SELECT,
        SRJ,
    ),
    "YASGUI, rows": (f"{SRJ},*/*;q=0.9", SELECT, SRJ),
    "YASGUI, graph": ("text/turtle,*/*;q=0.9", DESCRIBE, "text/turtle"),
    "a notebook, graph": (f"{SRJ},text/turtle", CONSTRUCT, "text/turtle"),
    "curl": ("*/*", SELECT, SRJ),
    "a profile": (f"{SRJ}; version=1.2; q=0.9, text/csv;q=0.1", SELECT, SRJ),
    "a profile of JSON-LD": (
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
        CONSTRUCT,
        "application/ld+json",
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_each_reader_gets_what_it_reads(client, reader, way):
    accept, query, media = READERS[reader]
    if way == "get":
        response = client.get("/sparql", accept, params={"query": query})
    else:
        body = f"query={quote(query)}" if way == "form" else query
        kind = f"{FORM}; charset=utf-8" if way == "form" else "application/sparql-query"
        response = client.request("POST", "/sparql", content=body, headers={"content-type": kind, "accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].split(";")[0] == media
    assert len(rows(response) if query == SELECT else triples(response)) == 2


@pytest.mark.parametrize(
    "name", ["format", "output", "results", "debug", "timeout", "infer", "queryLn", "default-graph"]
)
def test_parameters_of_other_servers_do_no_harm(client, name):
    response = client.get("/sparql", params={"query": ASK, name: "nonsense"})
    assert response.json()["boolean"] is True


def test_an_empty_dataset_parameter_is_an_error_that_says_so(client):
    response = client.get("/sparql", params={"query": ASK, "default-graph-uri": ""})
    assert response.status_code == 400
    assert "default-graph-uri" in response.json()["detail"]


@pytest.mark.parametrize("media", [UPDATE, f"{UPDATE}; charset=utf-8", f"{UPDATE};charset=UTF-8"])
def test_an_update_with_a_charset(client, owner, media):
    text = "INSERT DATA { GRAPH <urn:x:é> { <urn:x:a> <urn:x:b> 'ü' } } ; DROP GRAPH <urn:x:é>".encode()
    assert client.request("POST", "/sparql", content=text, headers={"content-type": media, **owner}).status_code == 204


def test_an_update_in_another_charset(client, owner):
    headers = {"content-type": f"{UPDATE}; charset=iso-8859-1", **owner}
    assert client.request("POST", "/sparql", content=b"CLEAR ALL", headers=headers).status_code == 415


def test_an_update_has_no_formats(client, owner):
    headers = {"content-type": UPDATE, "accept": "image/png", **owner}
    response = client.request("POST", "/sparql", content="DROP SILENT GRAPH <urn:x:i>", headers=headers)
    assert response.status_code == 204


@pytest.mark.parametrize("media", ["text/turtle", "application/trig"])
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_graphs_have_the_prefixes_of_the_house(client, query, media):
    text = client.get("/sparql", media, params={"query": query}).text
    assert "@prefix dem: <https://w3id.org/demarche/ontology#> ." in text
    assert re.search(r'dem:code "EGY"', text)
    assert client.get("/sparql", media, params={"query": query}).text == text, "the same bytes each time"


def test_the_union_is_asked_without_naming_a_graph(client):
    """oxigraph/oxigraph#292: data in named graphs, and an empty answer."""
    assert len(rows(client.get("/sparql", SRJ, params={"query": SELECT}))) == 2


@pytest.mark.parametrize(
    "path", ["/sparql", "/sparql/", "/graphs", "/graphs/x", "/articles", "/ontology", "/id/state/EGY"]
)
def test_preflight(client, path):
    headers = {
        "origin": "https://elsewhere.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "content-type, authorization, if-match",
    }
    response = client.request("OPTIONS", path, headers=headers)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    allowed = response.headers["access-control-allow-headers"].lower()
    assert all(name in allowed for name in ("content-type", "authorization", "if-match"))
    assert "PUT" in response.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT, "SELECT"])
def test_head_says_what_get_would(client, query):
    got, head = (client.request(method, "/sparql", params={"query": query}) for method in ("GET", "HEAD"))
    assert head.content == b""
    ids = {answer.headers.pop("X-Request-Id") for answer in (head, got)}
    assert len(ids) == 2
    assert (head.status_code, head.headers) == (got.status_code, got.headers)


def test_every_requirement_has_a_test():
    """The numbers of the list; 24 is about streams."""
    found = {
        int(number)
        for path in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r"^def test_([\d_and]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        for number in re.findall(r"\d+", name)
    }
    assert found >= set(range(1, 38)) - {24}
