import pytest

from kb.query import load_queries


def test_list(client):
    found = {row["name"]: row for row in client.get("/queries").json()["queries"]}
    queries = load_queries()
    assert set(found) == set(queries)
    for name, row in found.items():
        assert row["sparql"] == queries[name].text
        assert [p["name"] for p in row["parameters"]] == [p.name for p in queries[name].parameters]


def test_no_parameter_is_called_like_one_of_ours():
    assert not [q.name for q in load_queries().values() for p in q.parameters if p.name == "format"]


@pytest.mark.parametrize("name", sorted(load_queries()))
def test_each_answers_as_it_stands(client, name):
    response = client.get(f"/queries/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert client.page(f"/queries/{name}").status_code == 200


def rows(response):
    return response.json()["results"]["bindings"]


@pytest.mark.parametrize("state", ["EGY", "Egypt", "id/state/EGY"])
def test_parameters(client, state):
    assert len(rows(client.get("/queries/visits", params={"state": state}))) == 1
    assert rows(client.get("/queries/visits", params={"state": "BRA"})) == []


def test_an_empty_parameter_asks_about_everything(client):
    assert rows(client.get("/queries/visits?state=&visitor=")) == rows(client.get("/queries/visits"))


@pytest.mark.parametrize("query", ["?state=Atlantis", "?nothing=1", "?from=yesterday"])
def test_bad_parameters(client, query):
    response = client.get(f"/queries/visits{query}")
    assert (response.status_code, response.json()["code"]) == (400, "KB032")
    page = client.page(f"/queries/visits{query}")
    assert page.status_code == 400
    assert "KB032" in page.text


def test_unknown_query(client):
    response = client.get("/queries/visit")
    assert (response.status_code, response.json()["code"]) == (404, "KB031")
    assert "visits" in response.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "parameters", "media"),
    [
        ("text/csv", {}, "text/csv"),
        ("application/sparql-results+xml", {}, "application/sparql-results+xml"),
        ("text/html", {"format": "tsv"}, "text/tab-separated-values"),
        ("text/html", {"format": "html"}, "text/html"),
    ],
)
def test_negotiation(client, accept, parameters, media):
    response = client.get("/queries/visits", accept, params=parameters)
    assert response.headers["content-type"].split(";")[0] == media
    assert "Accept" in response.headers["vary"]


def test_not_acceptable(client):
    assert client.get("/queries/visits", "text/turtle").status_code == 406
    assert client.get("/queries", "text/turtle").status_code == 406


def test_page(client):
    page = client.page("/queries/visits", params={"state": "EGY"}).text
    assert "1 row" in page
    assert "Ana Duarte" in page
    assert 'value="EGY"' in page


def test_hostile_parameter_is_text(client):
    page = client.page("/queries/visits", params={"state": '"><script>alert(1)</script>'})
    assert page.status_code == 400
    assert "<script" not in page.text
