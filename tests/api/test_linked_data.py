"""Suffixes, versions of the ontology, and the JSON-LD context."""

import json

import pyoxigraph as ox
import pytest

from api import versions

DEM = "https://w3id.org/demarche/ontology#"


def triples(response):
    assert response.status_code == 200, response.text
    media = response.headers["content-type"].split(";")[0]
    format_ = ox.RdfFormat.JSON_LD if media == "application/json" else ox.RdfFormat.from_media_type(media)
    return {quad.triple for quad in ox.parse(response.content, format=format_)}


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf", "json"])
def test_a_suffix_answers_whatever_is_accepted(client, article_key, suffix):
    for path in ("/id/state/EGY", f"/article/{article_key}", "/graph/reference"):
        response = client.get(f"{path}.{suffix}", "image/png")
        assert triples(response) == triples(client.get(f"{path}.nt")), path
        assert "Accept" in response.headers["vary"]


def test_json_is_json_ld_by_another_name(client):
    response = client.get("/id/state/EGY.json")
    assert response.headers["content-type"] == "application/json"
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in response.headers["link"]
    assert client.get("/context.jsonld").status_code == 200


# --- versions of the ontology ---

OLD = f"<{DEM}Visit> a <http://www.w3.org/2002/07/owl#Class> ."


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    for name in ("0.0.9", "0.0.10"):
        (tmp_path / f"{name}.ttl").write_text(OLD)
    found = versions.frozen_versions(tmp_path)
    monkeypatch.setattr("api.routers.ontology.frozen_versions", lambda: found)
    return found


def test_versions_are_in_order(frozen):
    assert list(frozen) == ["0.0.9", "0.0.10"]


def test_a_frozen_version(client, frozen):
    response = client.get("/ontology/0.0.9")
    assert len(triples(response)) == 1
    assert "max-age" in response.headers["cache-control"]
    assert triples(client.get("/ontology/0.0.10.rdf", "image/png")) == triples(response)
    assert client.get("/ontology/0.0.9", "image/png").status_code == 406


def test_the_version_in_use(client):
    version = next(
        t.object.value for t in triples(client.get("/ontology")) if t.predicate.value.endswith("versionInfo")
    )
    assert triples(client.get(f"/ontology/{version}")) == triples(client.get("/ontology"))
    response = client.get(f"/ontology/{version}.nt", "image/png")
    assert response.headers["content-type"] == "application/n-triples"
    assert client.page(f"/ontology/{version}").headers["content-type"].startswith("text/html")


def test_no_such_version(client, frozen):
    response = client.get("/ontology/7.0.0")
    assert response.status_code == 404
    assert "0.0.9" in response.json()["detail"]


def test_a_published_version_is_not_changed_afterwards(client):
    """Whoever changes the ontology after it was published gives it a new version."""
    now = triples(client.get("/ontology"))
    current = next(t.object.value for t in now if t.predicate.value.endswith("versionInfo"))
    path = versions.frozen_versions().get(current)
    assert path is None or set(versions.parse_version(path)) == now


# --- the context ---


def test_the_context_names_our_terms(client):
    response = client.get("/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    document = {
        **response.json(),
        "id": "urn:x:v",
        "type": "Visit",
        "visitor": "urn:x:a",
        "start": "2024-05-01",
        "rdfs:label": "a visit",
    }
    found = {quad.triple for quad in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)}
    visit = ox.NamedNode("urn:x:v")
    assert ox.Triple(visit, ox.NamedNode(f"{DEM}visitor"), ox.NamedNode("urn:x:a")) in found
    assert {t.predicate.value.rpartition("#")[2] for t in found} == {"type", "visitor", "start", "label"}
    assert any(t.object == ox.NamedNode(f"{DEM}Visit") for t in found)
