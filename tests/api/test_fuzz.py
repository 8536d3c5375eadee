"""Whatever is sent, the answer is one of ours: no defect, no trace of the program, nothing written without the token.

DEMARCHE_FUZZ gives the number of inputs for each test; a long run has 100000.
"""

import os
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import Change, memory_store

EXAMPLES = int(os.environ.get("DEMARCHE_FUZZ", "150"))
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

DATA = '<urn:x:a> <urn:x:b> "1" <urn:x:g> .\n<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:h> .\n'


@pytest.fixture(scope="module")
def server(make_client):
    settings = Settings(store="memory", updates="graphs")
    base = Base(settings, memory_store(), Reader(settings))
    base.store.apply(Change(insert=DATA))
    client = make_client(create_app(settings, base, "secret-of-the-test"))
    client.base = base
    return client


def checked(response):
    assert response.status_code < 500, (response.status_code, response.text)
    assert "Traceback" not in response.text
    assert ".py" not in response.text
    if response.status_code >= 400 and not response.headers["content-type"].startswith("text/html"):
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == response.status_code
    return response


_WORDS = """SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES SERVICE EXISTS
    NOT DISTINCT REDUCED ORDER BY GROUP HAVING LIMIT OFFSET COUNT( SUM( GROUP_CONCAT( STR( REGEX( IRI( BNODE( IF(
    COALESCE( BASE
    PREFIX x: <urn:x:> <urn:x:a> <urn:x:b> <rel> ?s ?p ?o * + ? / ^ | ! { } ( ) [ ] . ; , = != < > && || "1" 'a'@en
    AS "2024-01-01"^^x:date 1 1.5 1e400 -7 true a _:b << >> {| |} # \\u0041 INSERT DELETE DATA CLEAR ALL WITH LOAD é
    999999999999999999999999"""
WORDS = _WORDS.split()
QUERIES = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map(lambda words: f"SELECT * WHERE {{ {' '.join(words)} }}"),
    st.text(max_size=60),
)
MEDIA = st.one_of(
    st.sampled_from(
        [
            "*/*",
            "text/html",
            "text/turtle",
            "text/csv;q=0.1",
            "application/sparql-results+json",
            "application/*;q=x",
            "",
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)


@fuzzed
@given(query=QUERIES, accept=MEDIA)
def test_queries_by_get(server, query, accept):
    checked(server.get(f"/sparql?query={quote(query, errors='replace')}", accept))


@fuzzed
@given(
    body=st.one_of(QUERIES.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=60)),
    media=st.one_of(
        st.sampled_from(
            [
                "application/sparql-query",
                "application/sparql-update",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=a",
                "application/sparql-query; charset=utf-16",
            ]
        ),
        MEDIA,
    ),
    owner=st.booleans(),
)
def test_bodies(server, owner, body, media):
    headers = {"content-type": media, **({"authorization": "Bearer secret-of-the-test"} if owner else {})}
    before = None if owner else server.base.store.graph("urn:x:g")
    checked(server.request("POST", "/sparql", content=body, headers=headers))
    assert before is None or server.base.store.graph("urn:x:g") == before


ADDRESSES = st.one_of(
    st.sampled_from(
        ["/", "/sparql", "/graphs", "/id/state/EGY", "/articles", "/ontology", "/.well-known/void", "/dump.nq"]
    ),
    st.builds(
        "/{}/{}".format,
        st.sampled_from(
            ["id", "graphs", "article", "articles", "page", "run", "graph", "queries", "ontology", "static"]
        ),
        st.text(max_size=20).map(lambda text: quote(text, errors="replace")),
    ),
)
PARAMETERS = st.dictionaries(
    st.sampled_from(["query", "update", "graph", "default", "default-graph-uri", "named-graph-uri", "format", "state"]),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode()),
    max_size=3,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "accept",
            "if-match",
            "if-none-match",
            "x-forwarded-host",
            "x-forwarded-proto",
            "authorization",
            "origin",
            "range",
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=30).map(
        lambda text: text.encode("latin-1")
    ),
    max_size=3,
)


@fuzzed
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]),
    address=ADDRESSES,
    parameters=PARAMETERS,
    headers=HEADERS,
)
def test_addresses_and_headers(server, method, address, parameters, headers):
    response = server.request(method, address, params=parameters, headers=headers)
    assert response.status_code < 500, (response.status_code, response.text)
    assert "Traceback" not in response.text
