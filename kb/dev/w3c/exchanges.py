"""Tests of the protocols: requests and the answers expected, described in the HTTP-in-RDF vocabulary.

Rules of the runner: ``/sparql`` stands for the endpoint, ``/gsp`` and ``http://www.example/gsp`` for the graph store,
and a Location that an answer has to name for the later requests of the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kb.dev.w3c.answers import difference, quads_of
from kb.dev.w3c.endpoint import Endpoint, Response
from kb.dev.w3c.manifests import MF, RDFS, UT, Graph, Test, Value

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"

_STATUS = {
    "OK": 200,
    "Created": 201,
    "Accepted": 202,
    "NoContent": 204,
    "BadRequest": 400,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "NotAcceptable": 406,
    "Conflict": 409,
    "UnsupportedMediaType": 415,
}
_ROWS = {"application/sparql-results+xml", "application/sparql-results+json"}
_FORMATS = {"boolean": _ROWS, "tabular": _ROWS, "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"}}


@dataclass
class Exchange:
    """The requests of one test in their order, and what their answers have told."""

    graph: Graph
    endpoint: Endpoint
    told: dict[str, str] = field(default_factory=dict)

    def run(self, request: Value) -> str | None:
        """Send a request; return what is wrong with the answer, None if nothing is."""
        method = self.graph.text(request, f"{HT}methodName")
        path = self._address(self.graph.text(request, f"{HT}absolutePath"))
        answer = self.endpoint.request(method, path, self._body(request), dict(self._headers(request)))
        wrong = next(self._faults(self.graph.value(request, f"{HT}resp"), answer, path), None)
        return f"{method} {path}: {wrong} ({answer})" if wrong else None

    def _headers(self, of: Value) -> Iterator[tuple[str, str]]:
        for header in self.graph.items(self.graph.value(of, f"{HT}headers")):
            yield self.graph.text(header, f"{HT}fieldName").lower(), self.graph.text(header, f"{HT}fieldValue")

    def _body(self, request: Value) -> bytes | None:
        content = self.graph.value(request, f"{HT}body")
        if content is None:
            return None
        encoding = self.graph.text(content, f"{CNT}characterEncoding") or "utf-8"
        return self._here(self.graph.text(content, f"{CNT}chars")).encode(encoding)

    def _address(self, path: str) -> str:
        """Return a path as this endpoint has it; names of graphs in it stay as they are."""
        for name, value in self.told.items():
            path = path.replace(name, value)
        for example, ours in (("/gsp", "/graphs"), ("/sparql/", "/sparql")):
            if path.startswith(example):
                return ours + path.removeprefix(example)
        return path

    def _here(self, text: str) -> str:
        """Return a body with the addresses of this endpoint in it."""
        for name, value in self.told.items():
            text = text.replace(name, value)
        return text.replace("http://www.example/gsp", f"{self.endpoint.root}/graphs")

    def _faults(self, wanted: Value | None, answer: Response, path: str) -> Iterator[str]:
        if wanted is None:
            return
        statuses = [
            str(status).strip("<>").rpartition("#")[2] for status in self.graph.values(wanted, f"{MF}expectedStatus")
        ]
        if statuses and not any(_fits(answer.status, status) for status in statuses):
            yield f"not {' or '.join(statuses)}"
        boolean = self.graph.text(wanted, f"{MF}expectedBoolean")
        if boolean and not _is_boolean(answer, boolean == "true"):
            yield f"not {boolean}"
        format_ = self.graph.text(wanted, f"{MF}expectedFormat")
        if format_ and answer.media not in _FORMATS[format_]:
            yield f"not a format for {format_}"
        location = self.graph.text(wanted, f"{MF}expectedLocation")
        if location:
            self.told[location] = answer.headers.get("location", "")
            if not self.told[location]:
                yield "no Location"
        yield from self._other_content(wanted, answer, path)

    def _other_content(self, wanted: Value, answer: Response, path: str) -> Iterator[str]:
        for name, value in self._headers(wanted):
            if name == "content-type" and answer.media != value.partition(";")[0].strip():
                yield f"not {value}"
        content = self._body(wanted)
        if content is not None and answer.media:
            base = f"{self.endpoint.root}{path}"
            format_ = ox.RdfFormat.from_media_type(answer.media)
            assert format_ is not None, answer.media
            got = list(ox.parse(answer.body, format=format_, base_iri=base))
            expected = list(ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=base))
            if wrong := difference(expected, got):
                yield wrong


def exchange(test: Test, endpoint: Endpoint) -> str | None:
    """Run a test of a protocol; return what is wrong, None if nothing is."""
    endpoint.fill(_data(test))
    running = Exchange(test.graph, endpoint)
    for request in test.graph.items(test.graph.value(test.action, f"{HT}requests")):
        if wrong := running.run(request):
            return wrong
    return None


def _data(test: Test) -> Iterator[ox.Quad]:
    for data in test.graph.values(test.node, f"{UT}graphData"):
        iri = test.graph.text(data, f"{UT}graph")
        yield from quads_of(test.suite.path(iri), iri, test.graph.text(data, f"{RDFS}label"))


def _fits(status: int, expected: str) -> bool:
    return _STATUS.get(expected) == status or expected == f"StatusCode{status // 100}xx"


def _is_boolean(answer: Response, value: bool) -> bool:
    format_ = ox.QueryResultsFormat.from_media_type(answer.media)
    if format_ is None:
        return False
    found = ox.parse_query_results(answer.body, format=format_)
    return isinstance(found, ox.QueryBoolean) and bool(found) is value
