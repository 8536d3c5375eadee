"""/api: the views answer with what the base holds, in three formats, by page, filter and day."""

import csv
import io
import urllib.parse
from datetime import date

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from api.app import create_app
from api.known import EarlierStates
from api.views import load_catalogue
from api.views.openapi import columns_of
from kb.errors import OptionError, ResourceError
from kb.graph import article_iri
from kb.intake import Input
from kb.model import ArticleInfo
from kb.query import load_queries
from kb.settings import BASE_IRI, Settings

CATALOGUE = load_catalogue(load_queries())
LISTS = [f"/api/{view.name}/{view.example}" if view.of else f"/api/{view.name}" for view in CATALOGUE.views]
SINGLES = [view for view in CATALOGUE.views if view.one]


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json()


def schema_of(document, path):
    parts = path.split("/")
    known = (
        path if path in document["paths"] else f"/api/{parts[2]}/{{{'entity' if parts[2] == 'timelines' else 'id'}}}"
    )
    return document["paths"][known]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def items(response):
    assert response.status_code == 200, response.text
    return response.json()["items"]


def names(response, column="name"):
    return [item[column] for item in items(response)]


def first_id(client, view):
    return items(client.get(f"/api/{view.name}"))[0]["id"].removeprefix(f"{BASE_IRI}id/{view.one.kind}/")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_as_described(client, document, path):
    response = client.get(path, params={"limit": 20})
    assert response.headers["content-type"] == "application/json"
    Draft202012Validator(schema_of(document, path)).validate(response.json())
    if "PRK" not in path:
        assert response.json()["total"] >= len(items(response)) > 0


def test_every_example_is_as_described(document):
    shown = 0
    for path, methods in document["paths"].items():
        if path.startswith("/api/"):
            content = methods["get"]["responses"]["200"]["content"]["application/json"]
            Draft202012Validator(content["schema"]).validate(content["example"])
            assert all("example" in parameter for parameter in methods["get"]["parameters"]), path
            shown += 1
    assert shown == len(LISTS) + len(SINGLES)


@pytest.mark.parametrize("view", SINGLES, ids=lambda view: view.name)
def test_every_single_thing_is_as_described(client, document, view):
    path = f"/api/{view.name}/{urllib.parse.quote(first_id(client, view))}"
    response = client.get(path)
    assert response.status_code == 200
    Draft202012Validator(schema_of(document, path)).validate(response.json())
    assert {part.name for part in view.one.parts} < set(response.json())
    assert client.get(f"{path}.csv").text.count("\n") == 2
    missing = client.get(f"/api/{view.name}/nothing-like-it")
    assert (missing.status_code, missing.json()["code"]) == (404, "KB040")


@pytest.mark.parametrize("path", LISTS)
def test_json_ld_says_what_the_base_says(client, base, path):
    response = client.get(path, "application/ld+json", params={"limit": 50})
    assert response.headers["content-type"] == "application/ld+json"
    said = {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.JSON_LD)}
    stored = base.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    known = {quad.triple for quad in ox.parse(stored, format=ox.RdfFormat.N_TRIPLES)}
    assert said <= known
    assert bool(said) == bool(items(response))


@pytest.mark.parametrize("path", LISTS)
def test_csv_has_the_rows_of_the_query(client, path):
    response = client.get(f"{path}.csv", "application/json")
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    header, *rows = csv.reader(io.StringIO(response.text))
    view = next(view for view in CATALOGUE.views if view.name == path.split("/")[2])
    assert header == columns_of(view.query)
    assert len(rows) == min(int(response.headers["x-total-count"]), 100)


@pytest.mark.parametrize("name", sorted(load_queries()))
def test_columns_are_read_from_the_query(base, name):
    query = load_queries()[name]
    assert tuple(columns_of(query)) == base.store.select(query.text).variables


def test_a_visit(client, article_key):
    (visit,) = items(client.get("/api/visits"))
    assert visit["visitors"][0]["name"] == "Ana Duarte"
    assert visit["to"] == {"id": f"{BASE_IRI}id/state/EGY", "name": "Egypt", "code": "EGY", "kind": "state"}
    assert (visit["companions"], visit["start"], visit["disputed"], visit["claims"]) == ([], "2031-05-12", False, 1)
    event = client.get(f"/api/events/{visit['id'].rpartition('/')[2]}").json()
    assert event["type"] == "visit"
    assert event["visitors"] == visit["visitors"]
    (evidence,) = event["evidence"]
    assert evidence["article"] == f"{BASE_IRI}article/{article_key}"
    assert evidence["quote"].startswith("President Ana Duarte arrived")
    assert evidence["end"] - evidence["start"] == len(evidence["quote"])


@pytest.mark.parametrize(
    ("path", "given", "count"),
    [
        ("visits", {"who": "Duarte", "where": "Egypt"}, 1),
        ("visits", {"who": "CHN"}, 0),
        ("visits", {"from": "2031-05-12", "to": "2031-05"}, 1),
        ("visits", {"to": "2031-05-11"}, 0),
        ("visits", {"status": "planned"}, 0),
        ("visits", {"status": ["planned", "occurred"]}, 1),
        ("visits", {"publisher": "nobody"}, 0),
        ("meetings", {"where": "EGY", "status": "planned"}, 1),
        ("events", {"type": ["visit", "meeting"]}, 2),
        ("states", {"name": "Korea"}, 2),
        ("officials", {"of": "CHN"}, 1),
        ("articles", {"who": "Li Qun"}, 1),
        ("articles", {"who": "PER"}, 0),
        ("timelines/Ana Duarte", {"type": "visit"}, 1),
        ("timelines/id/state/EGY", {"type": "visit"}, 1),
        ("visits", {"who": "", "status": " "}, 1),
    ],
)
def test_filters(client, path, given, count):
    response = client.get(f"/api/{path}", params=given)
    assert len(items(response)) == response.json()["total"] == count
    assert response.headers["x-total-count"] == str(count)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("visits?who=Nobody", "KB032"),
        ("visits?colour=red", "KB032"),
        ("visits?status=perhaps", "KB032"),
        ("visits?from=soon", "KB032"),
        ("visits?as_of=soon", "KB032"),
        ("visits?limit=-1", "KB018"),
        ("visits?limit=10001", "KB018"),
        ("visits?offset=%C2%B2", "KB018"),
        ("visits?limit=1&limit=2", "KB018"),
        ("visits?format=pdf", "KB018"),
        ("states/PRK?who=RUS", "KB032"),
        ("timelines/Nobody", "KB032"),
    ],
)
def test_what_cannot_be_asked(client, path, code):
    response = client.get(f"/api/{path}")
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert "param " not in response.json()["hint"]


def test_formats(client):
    assert client.get("/api/visits", "text/turtle").status_code == 406
    assert client.get("/api/visits", "text/csv").headers["content-type"].startswith("text/csv")
    assert client.get("/api/visits", "text/csv", params={"format": "json"}).json()["total"] == 1
    assert client.get("/api/states/PRK.jsonld?format=csv").json()["@type"] == "dem:State"
    assert "Accept" in client.get("/api/visits").headers["vary"].split(", ")


def links(response):
    found = (link.strip().partition(">; rel=") for link in response.headers.get("link", "").split(", <"))
    return {rel.strip('"'): url.strip("<") for url, _, rel in found if rel}


def test_pages_join_to_the_whole(client):
    whole = names(client.get("/api/states", params={"name": "an", "limit": 1000}))
    assert len(whole) > 20
    response = client.get("/api/states", params={"name": "an", "limit": 9})
    seen = names(response)
    assert set(links(response)) == {"next"}
    while "next" in links(response):
        response = client.get(links(response)["next"])
        seen += names(response)
    assert seen == whole
    assert set(links(response)) == {"first", "prev"}
    assert names(client.get(links(response)["first"])) == whole[:9]


def test_an_empty_page(client):
    response = client.get("/api/states?limit=0")
    assert (items(response), "link" in response.headers) == ([], False)
    assert items(client.get("/api/states?offset=1000000000")) == []


def test_addresses_of_pages_are_encoded(client):
    response = client.get("/api/timelines/Ana Duarte.csv", params={"limit": 1, "status": "occurred"})
    assert links(response)["next"] == "/api/timelines/Ana%20Duarte.csv?status=occurred&limit=1&offset=1"


# --- as it was known --------------------------------------------------------------------------------------------------


@pytest.fixture
def two_days(make_base, make_client):
    """A base with the same claims published by two papers, a month apart, and once without a date."""
    base = make_base(Settings(store="memory"))
    for name, day in (("The Early Post", date(2031, 5, 14)), ("The Late Post", date(2031, 6, 14))):
        report = base.load(Input(name, None, b"text", "text", ArticleInfo(published=day, publisher=name)))
        assert report.outcome == "loaded"
    return make_client(create_app(base.settings, base))


@pytest.mark.parametrize(
    ("day", "claims"), [("2031-06-14", [2]), ("2031", [2]), ("2031-06-13", [1]), ("2031-05", [1]), ("2031-05-13", [])]
)
def test_as_of(two_days, day, claims):
    assert [visit["claims"] for visit in items(two_days.get(f"/api/visits?as_of={day}"))] == claims
    published = [article["published"] for article in items(two_days.get(f"/api/articles?as_of={day}"))]
    assert published == ["2031-06-14", "2031-05-14"][2 - sum(claims) :]


def test_as_of_goes_with_other_filters_and_single_things(two_days):
    assert items(two_days.get("/api/visits?as_of=2031-05&publisher=late")) == []
    assert len(items(two_days.get("/api/visits?publisher=late"))) == 1
    event = items(two_days.get("/api/visits"))[0]["id"].rpartition("/")[2]
    assert len(two_days.get(f"/api/events/{event}").json()["evidence"]) == 2
    assert len(two_days.get(f"/api/events/{event}?as_of=2031-05").json()["evidence"]) == 1
    assert two_days.get(f"/api/events/{event}?as_of=2030").status_code == 404


def test_earlier_states_are_kept_until_articles_change(base, article_key):
    states = EarlierStates(load_queries()["articles"])
    known = states.known_on(base.store, "2031-05-14")
    assert states.known_on(base.store, "2040") is known
    assert known.graph(str(article_iri(article_key)))
    assert states.known_on(base.store, "2030") is not known


def test_too_many_articles_for_an_earlier_state(base, monkeypatch):
    monkeypatch.setattr("api.known.MOST_ARTICLES", 0)
    with pytest.raises(OptionError, match="1 articles"):
        EarlierStates(load_queries()["articles"]).known_on(base.store, "2031")


def test_a_catalogue_that_names_what_there_is_not(tmp_path):
    path = tmp_path / "views.toml"
    path.write_text('[[view]]\nname = "a"\nquery = "visits"\nkey = "event"\nfilters = { who = "whom" }\n')
    with pytest.raises(ResourceError, match="whom"):
        load_catalogue(load_queries(), path)


def test_an_empty_base_has_no_rows(make_base, make_client):
    base = make_base(Settings(store="memory"))
    client = make_client(create_app(base.settings, base))
    assert items(client.get("/api/events")) == []
