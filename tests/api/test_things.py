import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/demarche/"
MEDIA = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
}


def triples(response):
    media = response.headers["content-type"].split(";")[0]
    return {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}


@pytest.fixture(scope="module")
def event(client):
    return client.get("/queries/visits").json()["results"]["bindings"][0]["event"]["value"]


@pytest.fixture(scope="module")
def official(client):
    query = f"SELECT ?o {{ GRAPH <{BASE}graph/canonical> {{ ?o a <{BASE}ontology#Official> }} }}"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return next(row["o"]["value"] for row in rows if "duarte" in row["o"]["value"])


def path_of(iri):
    return "/" + iri.removeprefix(BASE)


# --- things ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (None, "/id/state/EGY.ttl"),
        ("*/*", "/id/state/EGY.ttl"),
        ("application/ld+json", "/id/state/EGY.jsonld"),
        ("application/rdf+xml;q=0.9, application/n-triples", "/id/state/EGY.nt"),
        ("text/html,*/*;q=0.8", "/page/state/EGY"),
    ],
)
def test_a_thing_sends_on(client, accept, place):
    response = client.get("/id/state/EGY", accept)
    assert (response.status_code, response.headers["location"]) == (303, place)
    assert "Accept" in response.headers["vary"]
    assert client.get(place).status_code == 200


@pytest.mark.parametrize("suffix", MEDIA)
def test_data_by_suffix(client, suffix):
    response = client.get(f"/id/state/EGY.{suffix}", "image/png")
    assert response.headers["content-type"].split(";")[0] == MEDIA[suffix]
    found = triples(response)
    assert found == triples(client.get("/id/state/EGY.nt"))
    state = ox.NamedNode(f"{BASE}id/state/EGY")
    assert {t.object.value for t in found if t.subject == state and t.predicate.value.endswith("#code")} == {"EGY"}
    assert any(t.object == state for t in found)


def test_what_nobody_knows(client):
    for path in ("/id/state/XXX", "/id/state/XXX.ttl", "/page/state/XXX", "/article/nothing", "/run/x", "/graph/x"):
        response = client.get(path)
        assert (response.status_code, response.json()["code"]) == (404, "KB040"), path
        assert client.page(path).headers["content-type"].startswith("text/html")


def test_not_acceptable(client, article_key):
    for path in ("/id/state/EGY", f"/article/{article_key}", "/graph/canonical"):
        assert client.get(path, "image/png").status_code == 406


def test_page_of_a_state(client):
    page = client.page("/page/state/EGY").text
    assert "<h1>Egypt</h1>" in page
    assert "https://w3id.org/demarche/id/state/EGY" in page
    assert ">reference data</a> and 1 more" in page
    assert "Brazil and Egypt signed a grain accord on Tuesday." in page


def test_page_of_an_event_has_its_evidence(client, event):
    page = client.page(client.get(path_of(event), "text/html").headers["location"]).text
    assert "President Ana Duarte arrived in Cairo on Monday, the first such visit in 12 years." in page
    assert "occurred" in page
    assert "Duarte in Cairo" in page


def test_page_of_an_official_has_the_claims_about_the_local_name(client, official):
    page = client.page(client.get(path_of(official), "text/html").headers["location"]).text
    assert "<h1>Ana Duarte</h1>" in page
    assert "President Ana Duarte arrived in Cairo" in page


def test_alternates(client, article_key):
    for path, stem in (("/page/state/EGY", "/id/state/EGY"), (f"/article/{article_key}", f"/article/{article_key}")):
        links = client.page(path).headers["link"]
        for suffix, media in MEDIA.items():
            assert f'<{stem}.{suffix}>; rel="alternate"; type="{media}"' in links


# --- documents ------------------------------------------------------------------------------------------------------


def test_article_is_its_graph(client, base, article_key):
    response = client.get(f"/article/{article_key}")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    whole = base.store.graph(f"{BASE}article/{article_key}")
    assert triples(response) == {q.triple for q in ox.parse(whole, format=ox.RdfFormat.N_TRIPLES)}
    assert triples(client.get(f"/article/{article_key}.jsonld")) == triples(response)


def test_article_names_its_graph_in_trig(client, article_key):
    quads = ox.parse(client.get(f"/article/{article_key}.trig").content, format=ox.RdfFormat.TRIG)
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(f"{BASE}article/{article_key}")}


def test_article_page_has_an_anchor_for_each_fact(client, article_key):
    page = client.page(f"/article/{article_key}").text
    facts = client.get(f"/articles/{article_key}").json()["facts"]
    for fact in facts:
        assert f'<li id="{fact["id"]}"' in page
        assert f'id="char={fact["evidence"]["start"]},{fact["evidence"]["end"]}"' in page
    assert 'id="official-ana-duarte"' in page


def test_run(client, article_key):
    found = triples(client.get(f"/article/{article_key}"))
    run = next(t.object.value for t in found if t.predicate.value.endswith("wasGeneratedBy"))
    assert any(t.subject.value == run for t in triples(client.get(path_of(run))))
    assert client.page(path_of(run)).status_code == 200


@pytest.mark.parametrize("name", ["canonical", "ontology", "reference"])
def test_graphs(client, base, name):
    response = client.get(f"/graph/{name}", "application/n-triples")
    assert response.text.count("\n") == base.store.graph(f"{BASE}graph/{name}").count("\n")
    assert client.get(f"/graph/{name}.nq").text.count(f"<{BASE}graph/{name}> .\n") == response.text.count("\n")
