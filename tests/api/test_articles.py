import base64
import hashlib
import json

import pytest

from api.app import create_app
from kb.pipeline import base_on
from kb.settings import Settings
from kb.store import memory_store
from tests.api.conftest import TOKEN, Client

SOURCE = "samples/cairo.txt"


def body(text="Some text.", **fields):
    data = base64.b64encode(text.encode()).decode()
    return {"source": SOURCE, "media": "text", "data_base64": data, **fields}


def post(client, headers, **fields):
    return client.request("POST", "/articles", json=body(**fields), headers=headers)


def key_of(source=SOURCE):
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def test_list(client, article_key):
    found = client.get("/articles").json()["articles"]
    assert [row["key"] for row in found] == [article_key]
    assert found[0]["title"] == "Duarte in Cairo"
    assert found[0]["source"] == SOURCE


def test_facts(client, article_key):
    view = client.get(f"/articles/{article_key}").json()
    assert view["article"]["key"] == article_key
    assert len(view["facts"]) == 13
    visit = next(fact for fact in view["facts"] if fact["type"] == "visit")
    assert [visitor["name"] for visitor in visit["visitors"]] == ["Ana Duarte"]
    assert visit["evidence"]["quote"].startswith("President Ana Duarte arrived")


def test_no_such_article(client):
    response = client.get("/articles/0123456789abcdef")
    assert (response.status_code, response.json()["code"]) == (404, "KB040")


def test_an_article_comes_changes_and_goes(writing, owner):
    first = post(writing, owner)
    assert (first.status_code, first.json()["outcome"]) == (201, "loaded")
    assert first.headers["location"] == f"/article/{key_of()}"
    assert len(first.json()["facts"]) == 13

    again = post(writing, owner)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    other = post(writing, owner, info={"title": "Another headline"})
    assert (other.status_code, other.json()["outcome"]) == (200, "replaced")
    assert writing.get(f"/articles/{key_of()}").json()["article"]["title"] == "Another headline"

    gone = writing.request("DELETE", f"/articles/{key_of()}", headers=owner)
    assert gone.json() == {"removed": f"https://w3id.org/demarche/article/{key_of()}"}
    assert writing.get(f"/articles/{key_of()}").status_code == 404
    assert writing.get("/articles").json() == {"articles": []}


@pytest.mark.parametrize("reference", [SOURCE, key_of(), f"https://w3id.org/demarche/article/{key_of()}"])
def test_remove_by_reference(writing, owner, reference):
    post(writing, owner)
    response = writing.request("DELETE", "/articles", params={"reference": reference}, headers=owner)
    assert response.json()["removed"].endswith(key_of())
    assert writing.get("/articles").json() == {"articles": []}


def test_remove_what_is_not_there(writing, owner):
    for path in ("/articles/nothing", "/articles?reference=nothing"):
        response = writing.request("DELETE", path, headers=owner)
        assert (response.status_code, response.json()["code"]) == (404, "KB040")


def test_dry_run_stores_nothing(writing, owner):
    response = post(writing, owner, dry_run=True)
    assert (response.status_code, response.json()["outcome"]) == (200, "checked")
    assert len(response.json()["facts"]) == 13
    assert writing.get("/articles").json() == {"articles": []}


def test_what_is_wrong_with_the_article_is_in_the_report(writing, owner):
    report = post(writing, owner, text=" ").json()
    assert (report["outcome"], report["error"]["code"]) == ("failed", "KB012")
    assert report["exit_code"] == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Bearer "},
        {"authorization": "Basic c2VjcmV0"},
        {"authorization": "Bearer ünicode".encode()},
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_writing_needs_the_token(client, headers, method):
    response = client.request(method, "/articles", params={"reference": SOURCE}, json=body(), headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert len(client.get("/articles").json()["articles"]) == 1


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/articles"), ("DELETE", "/articles/x"), ("DELETE", "/articles")]
)
def test_without_a_token_nobody_writes(base, make_client, owner, method, path):
    client = make_client(create_app(Settings(), base))
    response = client.request(method, path, headers=owner)
    assert (response.status_code, response.json()["code"]) == (403, "KB073")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b"{}", "source"),
        (b'{"source": "a", "data_base64": "%%%"}', "Base64"),
        (b'{"source": "a", "data_base64": "", "surprise": 1}', "surprise"),
        (b'{"source": "a", "data_base64": "", "media": "pdf"}', "media"),
        (b'{"source": "a", "data_base64": "", "info": {"published": "yesterday"}}', "info.published"),
        (b"\xff", "body"),
    ],
)
def test_bad_bodies(client, owner, content, said):
    headers = {**owner, "content-type": "application/json"}
    response = client.request("POST", "/articles", content=content, headers=headers)
    assert response.status_code == 400
    assert (response.json()["code"], said in response.json()["detail"]) == ("KB018", True), response.text


@pytest.mark.parametrize("media", ["text/csv", "multipart/form-data", ""])
def test_other_types_of_body(writing, owner, media):
    headers = {**owner, **({"content-type": media} if media else {})}
    response = writing.request("POST", "/articles", content=b"text", headers=headers)
    assert response.status_code == 415


def test_over_the_limit(writing, owner):
    response = post(writing, owner, text="x" * 100_000)
    assert (response.status_code, response.json()["code"]) == (413, "KB075")


def test_a_body_that_hides_its_length(writing, owner):
    async def chunks():
        for _ in range(100):
            yield b" " * 1000

    headers = {**owner, "content-type": "application/json"}
    response = writing.request("POST", "/articles", content=chunks(), headers=headers)
    assert response.status_code == 413


def test_delete_needs_a_reference(writing, owner):
    response = writing.request("DELETE", "/articles", headers=owner)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert "reference" in response.json()["detail"]


def test_methods(client):
    response = client.request("PUT", "/articles")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "DELETE", "OPTIONS"}


TEXT = "President Ana Duarte of Portugal arrived in Cairo on Monday, officials there said on Tuesday."


def send(client, headers, content, media, **known):
    headers = {**headers, "Content-Type": media}
    return client.request("POST", "/articles", content=content, headers=headers, params=known)


@pytest.fixture(scope="module")
def reading():
    """A client of a base that reads articles itself."""
    base = base_on(memory_store(), Settings(store="memory"))
    yield Client(create_app(base.settings, base, TOKEN))
    base.close()


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("text/plain; charset=utf-8", TEXT),
        ("text/html", f"<html><body><article><h1>Duarte in Cairo</h1><p>{TEXT}</p></article></body></html>"),
    ],
)
def test_the_body_can_be_the_article_itself(reading, owner, media, content):
    known = {"url": f"https://news.example/{media[5:9]}", "published": "2031-05-14", "publisher": "The Example"}
    response = send(reading, owner, content, media, **known)
    assert (response.status_code, response.json()["outcome"]) == (201, "loaded"), response.text
    article = response.json()["article"]
    assert (article["url"], article["published"][:10]) == (known["url"], known["published"])
    visit = next(fact for fact in response.json()["facts"] if fact["type"] == "visit")
    assert visit["start"] == "2031-05-12"
    assert send(reading, owner, content, media, **known).json()["outcome"] == "unchanged"


def test_a_dry_run_of_a_text_stores_nothing(writing, owner):
    response = send(writing, owner, TEXT, "text/plain", source="dry.txt", dry_run="true")
    assert (response.status_code, response.json()["outcome"]) == (200, "checked")
    assert writing.get(f"/articles/{key_of('dry.txt')}").status_code == 404


@pytest.mark.parametrize("known", [{"published": "soon"}, {"colour": "red"}, {"dry_run": "perhaps"}])
def test_what_is_said_of_a_text_must_be_understood(writing, owner, known):
    response = send(writing, owner, TEXT, "text/plain", **known)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert next(iter(known)) in response.json()["detail"]


def test_one_bad_line_does_not_stop_the_others(reading, owner):
    good = {"text": TEXT, "url": "https://news.example/2", "published": "2031-05-14"}
    lines = "\n".join([json.dumps(good), "no JSON", "", json.dumps(good | {"url": "https://news.example/3"})])
    response = send(reading, owner, lines, "application/x-ndjson", source="batch")
    assert response.headers["content-type"] == "application/x-ndjson"
    reports = [json.loads(line) for line in response.text.splitlines()]
    assert [(r["source"], r["outcome"]) for r in reports] == [
        ("batch:1", "loaded"),
        ("batch:2", "failed"),
        ("batch:4", "loaded"),
    ]
    assert reports[1]["error"]["status"] == 400


def test_what_is_said_of_lines_holds_for_each_and_must_be_understood(reading, owner):
    line = json.dumps({"text": TEXT, "url": "https://news.example/4", "published": "2031-05-14", "publisher": "X"})
    lines = "application/x-ndjson"
    report = send(reading, owner, line, lines, source="batch", publisher="The Example", dry_run="true").json()
    assert (report["outcome"], report["article"]["publisher"]) == ("checked", "The Example")
    refused = send(reading, owner, line, lines, dry_run="perhaps")
    assert (refused.status_code, "dry_run" in refused.json()["detail"]) == (400, True)


def test_lines_need_the_token(writing):
    assert send(writing, {}, "{}", "application/x-ndjson").status_code == 401
