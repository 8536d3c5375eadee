"""The W3C's tests of the SPARQL 1.1 Protocol, described in the HTTP-in-RDF vocabulary.

The runner's rules: the path ``/sparql/`` stands for the endpoint, graphs that a test names are loaded beforehand.
"""

from types import SimpleNamespace

import pyoxigraph as ox
import pytest
from rdflib import RDFS, Graph
from rdflib.collection import Collection
from rdflib.namespace import Namespace

from api.app import create_app
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import Change, memory_store

BASE = "https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

FORMATS = {
    "boolean": {"application/sparql-results+json"},
    "tabular": {"application/sparql-results+json"},
    "RDF": {"text/turtle", "application/rdf+xml"},
}


@pytest.fixture(scope="module")
def manifest(shared):
    folder = shared / "suites" / "sparql" / "sparql11" / "protocol"
    graph = Graph()
    graph.parse(folder / "manifest.ttl", format="turtle", publicID=BASE + "manifest.ttl")
    entries = list(Collection(graph, next(graph.objects(None, MF.entries))))
    return SimpleNamespace(folder=folder, graph=graph, entries=entries)


def by_name(manifest):
    return {str(entry).rpartition("#")[2]: entry for entry in manifest.entries}


def test_the_suite_is_whole(manifest):
    assert len(manifest.entries) == 34


def loaded(manifest, entry):
    store = memory_store(union=False)
    for data in manifest.graph.objects(entry, UT.graphData):
        path = manifest.folder / str(manifest.graph.value(data, UT.graph)).removeprefix(BASE)
        name = ox.NamedNode(str(manifest.graph.value(data, RDFS.label)))
        quads = ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES)
        lines = [f"{ox.Quad(q.subject, q.predicate, q.object, name)} .\n" for q in quads]
        store.apply(Change(insert="".join(lines)))
    return store


def exchanges(manifest, entry):
    """Yield method, path, headers, body and the node of the expected response."""
    graph = manifest.graph
    for request in Collection(graph, graph.value(graph.value(entry, MF.action), HT.requests)):
        listed = graph.value(request, HT.headers)
        headers = {
            str(graph.value(h, HT.fieldName)).lower(): str(graph.value(h, HT.fieldValue))
            for h in (Collection(graph, listed) if listed else ())
        }
        body = graph.value(request, HT.body)
        content = None
        if body is not None:
            encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
            content = str(graph.value(body, CNT.chars) or "").encode(encoding)
        path = str(graph.value(request, HT.absolutePath))
        yield str(graph.value(request, HT.methodName)), path, headers, content, graph.value(request, HT.resp)


def failure(manifest, entry, client, owner):
    """Return what is wrong with the answers to a test, or None."""
    graph = manifest.graph
    for method, path, headers, content, expected in exchanges(manifest, entry):
        response = client.request(method, path, headers={**headers, **owner}, content=content)
        if expected is None:
            continue
        statuses = [str(s).rpartition("#")[2] for s in graph.objects(expected, MF.expectedStatus)]
        if statuses and not any(fits(response.status_code, status) for status in statuses):
            return f"{method} {path}: {response.status_code} instead of {statuses}: {response.text}"
        boolean = graph.value(expected, MF.expectedBoolean)
        if boolean is not None and response.json()["boolean"] != boolean.toPython():
            return f"{method} {path}: {response.text}"
        format_ = graph.value(expected, MF.expectedFormat)
        media = response.headers.get("content-type", "").partition(";")[0]
        if format_ is not None and media not in FORMATS[str(format_)]:
            return f"{method} {path}: {media} is not {format_}"
    return None


def fits(status, expected):
    names = {"OK": 200, "BadRequest": 400, "MethodNotAllowed": 405, "UnsupportedMediaType": 415}
    return names.get(expected) == status or expected == f"StatusCode{status // 100}xx"


def test_all(manifest, make_client, owner):
    settings = Settings(store="memory", updates="all", default_graph="unnamed")
    for entry in by_name(manifest).values():
        app = create_app(settings, Base(settings, loaded(manifest, entry), Reader(settings)), "secret-of-the-test")
        assert failure(manifest, entry, make_client(app, "http://www.example"), owner) is None
