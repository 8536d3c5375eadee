"""Tests of the query and update languages: what a text gives, and whether it is taken at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

from kb.dev.w3c.answers import Answer, Table, by_value, difference, expected, parsed, quads_of
from kb.dev.w3c.endpoint import Endpoint, Response
from kb.dev.w3c.manifests import PUBLISHED_AT, QT, RDFS, UT, Test, Value

LITERAL = "only the form of literals differs"

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_ACCEPT = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def query_evaluation(test: Test, endpoint: Endpoint) -> str | None:
    """Run a test of what a query gives; return what is wrong, None if nothing is, `LITERAL` if only that."""
    query = test.graph.text(test.action, f"{QT}query")
    text = _text(test.suite.path(query))
    endpoint.fill(_query_data(test, query, text))
    wanted_at = test.suite.path(_iri(test.result))
    accept = _ACCEPT.get(wanted_at.suffix, f"{_ROWS}, {_TRIPLES}")
    answer = endpoint.query(f"BASE <{query}>\n{text}", accept)
    if answer.status != HTTPStatus.OK:
        return str(answer)
    wanted, got = expected(wanted_at, _iri(test.result)), _answer(answer)
    wrong = difference(wanted, got)
    return LITERAL if wrong and difference(by_value(wanted), by_value(got)) is None else wrong


def _query_data(test: Test, query: str, text: str) -> Iterator[ox.Quad]:
    """Yield the data of a test: its default graph, its named graphs, and those that FROM names."""
    assert test.action is not None
    for data in test.graph.values(test.action, f"{QT}data"):
        yield from quads_of(test.suite.path(_iri(data)), _iri(data))
    named = {_iri(data) for data in test.graph.values(test.action, f"{QT}graphData")}
    named |= {iri for found in _FROM.findall(text) if (iri := urljoin(query, found)).startswith(PUBLISHED_AT)}
    for iri in sorted(named):
        if test.suite.path(iri).exists():
            yield from quads_of(test.suite.path(iri), iri, iri)


def _answer(answer: Response) -> Answer:
    if answer.media == _TRIPLES:
        return list(ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES))
    if answer.media == "text/csv":
        return Table(answer.body.decode())
    format_ = ox.QueryResultsFormat.from_media_type(answer.media)
    assert format_ is not None, answer
    return parsed(answer.body, format_)


def update_evaluation(test: Test, endpoint: Endpoint) -> str | None:
    """Run a test of what an update makes of a store; return what is wrong, None if nothing is."""
    request = test.graph.text(test.action, f"{UT}request")
    endpoint.fill(_update_data(test, test.action))
    answer = endpoint.update(f"BASE <{request}>\n{_text(test.suite.path(request))}")
    if answer.status != HTTPStatus.NO_CONTENT:
        return str(answer)
    return difference(list(_update_data(test, test.result)), _held(endpoint))


def _update_data(test: Test, node: Value | None) -> Iterator[ox.Quad]:
    assert node is not None
    for data in test.graph.values(node, f"{UT}data"):
        yield from quads_of(test.suite.path(_iri(data)), _iri(data))
    for named in test.graph.values(node, f"{UT}graphData"):
        iri = test.graph.text(named, f"{UT}graph")
        yield from quads_of(test.suite.path(iri), iri, test.graph.text(named, f"{RDFS}label"))


def _held(endpoint: Endpoint) -> list[ox.Quad]:
    """Return all that the store holds; blank nodes are the same in all of its graphs."""
    rows = ox.parse_query_results(endpoint.query(_EVERYTHING, _ROWS).body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    return [ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in rows]


def syntax(test: Test, endpoint: Endpoint) -> str | None:
    """Run a test of whether a text is taken; return what is wrong, None if nothing is.

    A text that is understood may still fail, or ask for what is not offered: only a malformed one has a place,
    or cannot be parsed.
    """
    text = _text(test.suite.path(_iri(test.action)))
    if "Update" in test.kind:
        endpoint.fill()
        answer = endpoint.update(text)
    else:
        answer = endpoint.query(text, f"{_ROWS}, {_TRIPLES}")
    malformed = answer.status == HTTPStatus.BAD_REQUEST and _is_malformed(json.loads(answer.body))
    if malformed != test.kind.startswith("Negative") or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return str(answer)
    return None


def _is_malformed(problem: Mapping[str, object]) -> bool:
    return "line" in problem or "cannot be parsed" in str(problem["detail"])


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogatepass")


def _iri(node: Value | None) -> str:
    assert isinstance(node, ox.NamedNode), node
    return node.value
