"""Items 36 and 37 of the list of requirements: the service description and the description of the dataset."""

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, VOID, Graph, Literal, Namespace, URIRef

from api.app import create_app
from api.statistics import MIN_AGE_S, Counted, count
from kb.pipeline import Base, Reader
from kb.query import load_queries
from kb.settings import Settings
from kb.store import Change, memory_store

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SCHEMA = Namespace("https://schema.org/")
DEM = Namespace("https://w3id.org/demarche/ontology#")
ARTICLE = "https://w3id.org/demarche/article/0123456789abcdef"
CANONICAL = "https://w3id.org/demarche/graph/canonical"
DATA = f"""<{ARTICLE}> <{RDF.type}> <{DEM.Article}> <{ARTICLE}> .
<{ARTICLE}#v> <{RDF.type}> <{DEM.VisitClaim}> <{ARTICLE}> .
<{ARTICLE}2> <{RDF.type}> <{DEM.Article}> <{ARTICLE}2> .
<urn:x:v> <{RDF.type}> <{DEM.Visit}> <{CANONICAL}> .
<urn:x:v> <{DEM.visitor}> <urn:x:a> <{CANONICAL}> .
<urn:x:v> <{DEM.visitor}> <urn:x:b> <{CANONICAL}> .
<urn:x:n> <{RDFS.label}> "note" <urn:x:notes> .
"""


@pytest.fixture
def served(make_client):
    """A function from settings to a client of a small base."""

    def served(token="secret-of-the-test", **settings):
        settings = Settings(store="memory", **settings)
        base = Base(settings, memory_store(union=settings.default_graph == "union"), Reader(settings))
        base.store.apply(Change(insert=DATA))
        client = make_client(create_app(settings, base, token))
        client.base = base
        return client

    return served


def read(response):
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.content, format=response.headers["content-type"].split(";")[0])


def described(client, **options):
    graph = read(client.get("/sparql", "application/n-triples", **options))
    return graph, graph.value(None, RDF.type, SD.Service, any=False)


# --- the service ------------------------------------------------------------------------------------------------------


def test_36_what_the_service_can_do(served):
    graph, service = described(served())
    assert list(graph.objects(service, SD.endpoint)) == [URIRef("http://kb.example/sparql")]
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL10Query, SD.SPARQL11Query}
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
    assert not set(graph.objects(service, SD.inputFormat))


def test_36_with_updates_and_a_default_graph_of_its_own(served):
    graph, service = described(served(updates="all", default_graph="unnamed"))
    assert SD.SPARQL11Update in set(graph.objects(service, SD.supportedLanguage))
    assert not set(graph.objects(service, SD.feature))
    assert len(set(graph.objects(service, SD.inputFormat))) == 4


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_36_with_and_without_a_slash(served, path):
    graph = read(served().get(path, "text/turtle"))
    assert list(graph.objects(None, SD.endpoint)) == [URIRef("http://kb.example/sparql")]


FORWARDED = [
    ({"x-forwarded-proto": "https", "x-forwarded-host": "data.example"}, "https://data.example/sparql"),
    ({"x-forwarded-proto": "https"}, "https://kb.example/sparql"),
    ({"x-forwarded-host": "data.example:8443", "x-forwarded-proto": "https"}, "https://data.example:8443/sparql"),
    (
        {"x-forwarded-host": "data.example", "x-forwarded-proto": "https", "x-forwarded-port": "8443"},
        "https://data.example:8443/sparql",
    ),
    (
        {"x-forwarded-host": "data.example", "x-forwarded-proto": "https", "x-forwarded-port": "443"},
        "https://data.example/sparql",
    ),
    (
        {"x-forwarded-host": "data.example, inner", "x-forwarded-proto": "https, http", "x-forwarded-prefix": "/kb/"},
        "https://data.example/kb/sparql",
    ),
    ({"x-forwarded-for": "192.0.2.1"}, "http://kb.example/sparql"),
]


@pytest.mark.parametrize(("headers", "endpoint"), FORWARDED)
def test_36_behind_a_proxy(served, headers, endpoint):
    graph, service = described(served(), headers=headers)
    assert list(graph.objects(service, SD.endpoint)) == [URIRef(endpoint)]


def test_36_a_proxy_that_is_not_trusted(served):
    graph, service = described(served(trusted_proxies=""), headers=FORWARDED[0][0])
    assert list(graph.objects(service, SD.endpoint)) == [URIRef("http://kb.example/sparql")]


def test_36_the_setting_is_certain(served):
    graph, service = described(served(public_url="https://kb.example.org/d/"), headers=FORWARDED[0][0])
    assert list(graph.objects(service, SD.endpoint)) == [URIRef("https://kb.example.org/d/sparql")]


@pytest.mark.parametrize("host", ["a b", "<", 'x"y'])
def test_36_a_host_that_makes_no_iri(served, host):
    assert served().get("/sparql", headers={"x-forwarded-host": host}).status_code == 400


def test_36_the_dataset(served):
    graph, service = described(served())
    dataset = graph.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert graph.value(graph.value(dataset, SD.defaultGraph), VOID.triples) == Literal(7)
    named = {
        graph.value(n, SD.name): graph.value(graph.value(n, SD.graph), VOID.triples)
        for n in graph.objects(dataset, SD.namedGraph)
    }
    assert named == {URIRef(CANONICAL): Literal(3), URIRef("urn:x:notes"): Literal(1)}


def test_36_examples_run_as_they_stand(served):
    client = served()
    graph, _ = described(client)
    examples = list(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(e).rpartition("/")[2] for e in examples} == set(load_queries())
    for example in examples:
        assert graph.value(example, SCHEMA.target) == URIRef("http://kb.example/sparql")
        assert graph.value(example, RDFS.comment).language == "en"
        text = graph.value(example, SH.select) or graph.value(example, SH.construct) or graph.value(example, SH.ask)
        assert client.get("/sparql", params={"query": text}).status_code == 200
        assert client.get(str(example)).status_code == 200


def test_36_prefixes(served):
    graph, _ = described(served())
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for prefixes in set(graph.objects(None, SH.prefixes))
        for node in graph.objects(prefixes, SH.declare)
    }
    assert declared["dem"] == str(DEM)
    assert len(declared) > 10


def test_36_the_same_bytes(served):
    client = served()
    assert client.get("/sparql").content == client.get("/sparql").content


# --- the dataset ------------------------------------------------------------------------------------------------------


def partitions(graph, of, kind, key, number):
    return {graph.value(p, key): graph.value(p, number).toPython() for p in graph.objects(of, kind)}


def test_37_void(served):
    graph = read(served().get("/.well-known/void"))
    assert graph.value(None, RDF.type, VOID.DatasetDescription) == URIRef("http://kb.example/.well-known/void")
    dataset = URIRef("http://kb.example/.well-known/void#dataset")
    assert graph.value(dataset, VOID.sparqlEndpoint) == URIRef("http://kb.example/sparql")
    assert graph.value(dataset, VOID.triples) == Literal(7)
    assert graph.value(dataset, VOID.documents) == Literal(2)
    assert partitions(graph, dataset, VOID.propertyPartition, VOID.property, VOID.triples) == {
        RDF.type: 4,
        DEM.visitor: 2,
        RDFS.label: 1,
    }


def test_37_parts(served):
    graph = read(served().get("/.well-known/void"))
    articles, canonical = (URIRef(f"http://kb.example/.well-known/void#{name}") for name in ("articles", "canonical"))
    assert set(graph.objects(None, VOID.subset)) == {articles, canonical}
    assert partitions(graph, articles, VOID.classPartition, VOID["class"], VOID.entities) == {
        DEM.Article: 2,
        DEM.VisitClaim: 1,
    }
    assert partitions(graph, articles, VOID.propertyPartition, VOID.property, VOID.triples) == {RDF.type: 3}
    visits = graph.value(canonical, VOID.classPartition)
    assert (graph.value(visits, VOID["class"]), graph.value(visits, VOID.entities)) == (DEM.Visit, Literal(1))
    assert partitions(graph, visits, VOID.propertyPartition, VOID.property, VOID.triples) == {
        RDF.type: 1,
        DEM.visitor: 2,
    }


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_37_formats(served, media):
    client = served()
    response = client.get("/.well-known/void", media)
    assert response.headers["content-type"].split(";")[0] == media
    assert len(list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(media)))) == len(
        read(client.get("/.well-known/void"))
    )
    assert "Accept" in response.headers["vary"]


def test_37_not_acceptable(served):
    assert served().get("/.well-known/void", "image/png").status_code == 406


@pytest.mark.parametrize(("ending", "media"), [("nq", "application/n-quads"), ("trig", "application/trig")])
def test_37_dumps(served, ending, media):
    client = served()
    graph = read(client.get("/.well-known/void"))
    assert URIRef(f"http://kb.example/dump.{ending}") in set(graph.objects(None, VOID.dataDump))
    response = client.get(f"/dump.{ending}")
    assert response.headers["content-type"].split(";")[0] == media
    quads = {str(quad) for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}
    assert quads == {line.removesuffix(" .") for line in DATA.splitlines()}
    assert client.get("/dump.csv").status_code == 404


# --- counting ---------------------------------------------------------------------------------------------------------


def test_it_is_counted_when_the_store_has_changed():
    store, now = memory_store(), [0.0]
    counted = Counted(lambda: now[0])
    store.apply(Change(insert=DATA))
    first = counted.of(store, 1)
    store.apply(Change(insert="<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:g> .\n"))
    assert counted.of(store, 2) is first, "not within a minute"
    now[0] += MIN_AGE_S
    assert counted.of(store, 1) is first, "nothing has changed"
    assert counted.of(store, 2).triples == first.triples + 1 == 8
    now[0] += MIN_AGE_S
    second = counted.of(store, None)
    now[0] += MIN_AGE_S
    assert counted.of(store, None) is not second, "whether it has changed is not known"


def test_an_empty_store():
    found = count(memory_store())
    assert (found.triples, found.classes, found.canonical) == (0, {}, {})
