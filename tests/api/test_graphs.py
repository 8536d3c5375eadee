"""The graph store: items 25 to 35 of the list of requirements."""

from urllib.parse import quote

import pyoxigraph as ox
import pytest

from api.app import create_app
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import Change, memory_store

MINE = "http://notes.example/mine"
PLACE = f"/graphs?graph={quote(MINE, safe='')}"
TURTLE = {"content-type": "text/turtle"}
TWO = "<urn:a> <urn:b> 1, 2 ."


OURS = "https://w3id.org/demarche/graph/reference"


@pytest.fixture
def served(make_client, owner):
    """A function from settings to a client of a store that holds one graph, of the base."""

    def served(**settings):
        settings = Settings(store="memory", **{"updates": "graphs", **settings})
        base = Base(settings, memory_store(union=settings.default_graph == "union"), Reader(settings))
        base.store.apply(Change(insert=f'<urn:x:EGY> <urn:x:code> "EGY" <{OURS}> .\n'))
        client = make_client(create_app(base.settings, base, "secret-of-the-test"))
        client.base = base
        client.send = lambda method, path, content=None, **headers: client.request(
            method, path, content=content, headers={**owner, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )
        client.put = lambda path, content=TWO, **headers: client.send("PUT", path, content, **{**TURTLE, **headers})
        return client

    return served


@pytest.fixture
def store(served):
    return served()


@pytest.fixture
def unnamed(served):
    """A graph store whose default graph is a graph of its own, and in which everything may be written."""
    return served(updates="all", default_graph="unnamed")


def problem(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()


def count(response):
    assert response.status_code == 200, response.text
    media = response.headers["content-type"].split(";")[0]
    return len(list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))))


# --- which graph: 25 to 28 --------------------------------------------------------------------------------------------


def test_25_percent_decoded_once(store):
    assert store.put("/graphs?graph=http%3A%2F%2Fnotes.example%2Fa%2520b").status_code == 201
    assert store.base.store.graph("http://notes.example/a%20b")


def test_25_a_relative_name(store):
    assert store.put("/graphs?graph=notes/1").status_code == 201
    assert store.base.store.graph("http://kb.example/notes/1")
    assert store.put("/graphs?graph=urn:x:1").status_code == 201


def test_26_the_default_graph(served, unnamed):
    assert unnamed.put("/graphs?default").status_code == 204
    assert count(unnamed.get("/graphs?default")) == 2
    assert count(unnamed.get("/graphs?default=")) == 2
    assert unnamed.send("DELETE", "/graphs?default").status_code == 204
    assert count(unnamed.get("/graphs?default")) == 0


def test_26_the_default_graph_is_what_a_query_sees(store):
    before = count(store.get("/graphs?default"))
    store.put(PLACE)
    assert count(store.get("/graphs?default", "application/n-triples")) == before + 2
    problem(store.put("/graphs?default"), 403)
    problem(store.send("DELETE", "/graphs?default"), 403)


def test_27_the_address_is_the_name(store):
    assert store.put("/graphs/people/ana%20b").status_code == 201
    assert store.base.store.graph("http://kb.example/graphs/people/ana%20b")
    assert count(store.get("/graphs/people/ana%20b")) == 2
    assert store.send("DELETE", "/graphs/people/ana%20b").status_code == 204
    problem(store.get("/graphs/people/ana%20b"), 404)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_28_no_graph(store, method):
    assert "?graph=" in problem(store.send(method, "/graphs", TWO, **TURTLE), 400)["hint"]


@pytest.mark.parametrize("query", ["graph=urn:a&graph=urn:b", "graph=urn:a&default", "graph=http://a%20b", "graph=%ff"])
def test_28_not_one_graph(store, query):
    problem(store.put(f"/graphs?{query}"), 400)


def test_28_a_new_graph(store):
    response = store.send("POST", "/graphs", TWO, **TURTLE)
    assert response.status_code == 201
    location = response.headers["location"]
    assert location.startswith("http://kb.example/graphs/")
    assert count(store.get(location)) == 2
    assert store.send("POST", "/graphs", TWO, **TURTLE).headers["location"] != location


# --- what is done: 29 to 34 -------------------------------------------------------------------------------------------


def test_29_life_of_a_graph(store):
    problem(store.get(PLACE), 404)
    made = store.put(PLACE)
    assert (made.status_code, made.headers["location"]) == (201, MINE)
    assert store.put(PLACE, "<urn:a> <urn:c> 3 .").status_code == 204
    assert count(store.get(PLACE)) == 1
    assert store.send("POST", PLACE, TWO, **TURTLE).status_code == 204
    assert count(store.get(PLACE)) == 3
    assert store.send("DELETE", PLACE).status_code == 204
    problem(store.send("DELETE", PLACE), 404)
    assert store.send("POST", PLACE, TWO, **TURTLE).status_code == 201


def test_30_head(store):
    assert store.request("HEAD", PLACE).status_code == 404
    store.put(PLACE)
    got, head = store.get(PLACE), store.request("HEAD", PLACE)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["etag"] == got.headers["etag"]


FORM = "multipart/form-data; boundary=b-o-u-n-d"


def part(name, content, media):
    return (
        f'--b-o-u-n-d\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: {media}\r\n\r\n{content}\r\n"
    )


def test_31_files_of_a_form(store):
    body = part("a", '_:x <urn:b> "é" .', "text/turtle; charset=utf-8")
    body += part("b", '_:x <urn:b> "é" .', "application/n-triples") + "--b-o-u-n-d--\r\n"
    assert store.send("POST", PLACE, body.encode(), content_type=FORM).status_code == 201
    graph = store.base.store.graph(MINE)
    assert graph.count('"é"') == 2, "a blank node is one of its file"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (part("a", TWO, "text/turtle") + part("b", "<urn:a> <urn:b>", "text/turtle") + "--b-o-u-n-d--\r\n", 400),
        (part("a", TWO, "text/turtle") + part("b", "a,b", "text/csv") + "--b-o-u-n-d--\r\n", 415),
        ("no form", 400),
    ],
)
def test_31_a_form_is_taken_whole_or_not(store, body, status):
    problem(store.send("POST", PLACE, body, content_type=FORM), status)
    problem(store.get(PLACE), 404)


@pytest.mark.parametrize("headers", [{}, {"content_type": "text/csv"}, {"content_type": "application/n-quads"}])
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_32_other_types(store, method, headers):
    assert "text/turtle" in problem(store.send(method, PLACE, TWO, **headers), 415)["detail"]
    problem(store.get(PLACE), 404)


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("content", [f"{TWO} <urn:a> <urn:b>", b"\xff", "<relative> <urn:b> 1 . ."])
def test_32_no_partial_effect(store, method, content):
    store.put(PLACE)
    before = store.base.store.graph(MINE)
    problem(store.send(method, PLACE, content, **TURTLE), 400)
    assert store.base.store.graph(MINE) == before


def test_33_what_iris_are_relative_to(store):
    store.put(PLACE, "<#a> <b> <> .")
    assert store.base.store.graph(MINE) == f"<{MINE}#a> <http://notes.example/b> <{MINE}> .\n"


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("headers", [{}, TURTLE])
def test_34_empty(store, method, headers):
    assert store.send(method, PLACE, None, **headers).status_code == 201
    response = store.get(PLACE, "application/n-triples")
    assert (response.status_code, response.text) == (200, "")


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_formats_there_and_back(store, media):
    store.put(PLACE, "<urn:a> <urn:b> 1, 'x'@en, [ <urn:c> '2' ] .")
    body = store.get(PLACE, media).content
    other = f"{PLACE}2"
    assert store.put(other, body, **{"content-type": media}).status_code == 201
    assert count(store.get(other)) == 4


@pytest.mark.parametrize("accept", ["text/csv", "image/png"])
def test_none_acceptable(store, accept):
    store.put(PLACE)
    problem(store.get(PLACE, accept), 406)
    assert store.get(PLACE, "text/html").status_code == 406


def test_prefixes_of_the_house(store):
    store.put(PLACE, "<urn:a> a <https://w3id.org/demarche/ontology#Visit> .")
    text = store.get(PLACE).text
    assert "@prefix dem: <https://w3id.org/demarche/ontology#> ." in text
    assert "a dem:Visit" in text


# --- 35: nobody's change is lost --------------------------------------------------------------------------------------


def test_35_if_match(store):
    store.put(PLACE)
    tag = store.get(PLACE).headers["etag"]
    assert store.get(PLACE, "application/n-triples").headers["etag"] != tag, "another representation"
    assert store.put(PLACE, "<urn:a> <urn:b> 3 .", if_match=tag).status_code == 204
    assert problem(store.put(PLACE, TWO, if_match=tag), 412)["code"] == "KB078"
    problem(store.send("DELETE", PLACE, if_match=tag), 412)
    problem(store.send("POST", PLACE, TWO, **TURTLE, if_match=f'"other", {tag}'), 412)
    assert count(store.get(PLACE)) == 1
    assert store.send("DELETE", PLACE, if_match="*").status_code == 204
    problem(store.put(PLACE, if_match="*"), 412)


def test_35_if_none_match(store):
    assert store.put(PLACE, if_none_match="*").status_code == 201
    problem(store.put(PLACE, "<urn:a> <urn:b> 3 .", if_none_match="*"), 412)
    assert count(store.get(PLACE)) == 2


def test_35_not_modified(store):
    store.put(PLACE)
    tag = store.get(PLACE).headers["etag"]
    response = store.get(PLACE, headers={"if-none-match": tag})
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
    store.put(PLACE, "<urn:a> <urn:b> 3 .")
    assert store.get(PLACE, headers={"if-none-match": tag}).status_code == 200


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_who_may_write(served, method):
    store = served()
    problem(store.request(method, PLACE, content=TWO, headers=TURTLE), 401)
    problem(served(updates="off").send(method, PLACE, TWO, **TURTLE), 403)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("name", ["article/0123456789abcdef", "graph/canonical", "graph/reference"])
def test_graphs_of_the_base(store, method, name):
    place = f"/graphs?graph=https://w3id.org/demarche/{name}"
    problem(store.send(method, place, TWO, **TURTLE), 403)
    assert "<urn:a>" not in store.base.store.graph(f"https://w3id.org/demarche/{name}")


def test_reading_is_open(store):
    assert count(store.get(f"/graphs?graph={OURS}")) == 1


def test_size(served):
    store = served(max_update_bytes=100)
    problem(store.put(PLACE, "#" * 101), 413)
    assert store.put(PLACE).status_code == 201


def test_other_methods(store):
    response = store.send("PATCH", PLACE, "")
    problem(response, 405)
    assert response.headers["allow"] == "GET, POST, PUT, DELETE, HEAD, OPTIONS"
