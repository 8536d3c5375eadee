"""Items 14 to 18 of the list of requirements, and what updates may not do to the base."""

from threading import Thread
from urllib.parse import quote

import pytest

from api.app import create_app
from api.protocol import FORM, UPDATE
from kb.intake import Input
from kb.pipeline import Base, Reader
from kb.recheck import recheck
from kb.settings import Settings
from kb.store import memory_store

MINE = "http://notes.example/mine"
ARTICLE = Input("samples/notes.txt", None, b"text", "text")
INSERT = f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> 1 }} }}"


@pytest.fixture
def served(make_client, owner):
    """A function from settings to a client of an empty store, or of a base that is given."""

    def served(token="secret-of-the-test", base=None, **settings):
        settings = Settings(store="memory", **settings)
        base = base or Base(settings, memory_store(), Reader(settings))
        client = make_client(create_app(base.settings, base, token))
        client.base = base
        client.update = lambda text, headers=owner, **parameters: client.request(
            "POST", "/sparql", content=text, params=parameters, headers={"content-type": UPDATE, **headers}
        )
        return client

    return served


@pytest.fixture
def open_client(served):
    return served(updates="graphs")


@pytest.fixture
def full_client(served, make_base):
    """A client of a base with ontology and the sample article, in which graphs of others may be written."""
    base = make_base(Settings(store="memory", updates="graphs"))
    assert base.load(ARTICLE).outcome == "loaded"
    return served(base=base)


def problem(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()


def ask(client, query):
    return client.get("/sparql", params={"query": query}).json()["boolean"]


# --- who may ----------------------------------------------------------------------------------------------------------


def test_off_by_default(served):
    client = served()
    assert "kb load" in problem(client.update(INSERT), 403)["hint"]
    assert not ask(client, f"ASK {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}")


def test_only_the_owner(open_client):
    response = open_client.update(INSERT, headers={})
    problem(response, 401)
    assert response.headers["www-authenticate"].startswith("Bearer")
    problem(open_client.update(INSERT, headers={"authorization": "Bearer other"}), 401)
    problem(open_client.update("not an update", headers={}), 401)


def test_nobody_without_a_token_on_the_server(served):
    problem(served(token=None, updates="all").update(INSERT), 403)


# --- the protocol: 14 to 18 -------------------------------------------------------------------------------------------


def test_14_direct(open_client):
    response = open_client.update(INSERT)
    assert (response.status_code, response.content) == (204, b"")
    assert ask(open_client, f"ASK {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> 1 }} }}")


@pytest.mark.parametrize("media", [FORM, f"{FORM}; charset=utf-8"])
def test_14_form(open_client, owner, media):
    headers = {"content-type": media, **owner}
    assert open_client.request("POST", "/sparql", content=f"update={quote(INSERT)}", headers=headers).status_code == 204
    assert ask(open_client, f"ASK {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> 1 }} }}")


def test_15_never_by_get(open_client, owner):
    problem(open_client.get(f"/sparql?update={quote(INSERT)}", headers=owner), 400)
    problem(open_client.request("PUT", "/sparql", content=INSERT, headers={"content-type": UPDATE, **owner}), 405)
    problem(open_client.get(f"/sparql?query={quote(INSERT)}", headers=owner), 400)


def test_16_the_dataset_of_the_protocol(open_client):
    other = "http://notes.example/other"
    open_client.update(
        f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> 1 }} GRAPH <{other}> {{ <urn:c> <urn:d> 2 }} }}"
    )
    copy = "INSERT { GRAPH <http://notes.example/copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert open_client.update(copy, **{"using-graph-uri": other}).status_code == 204
    assert open_client.base.store.graph("http://notes.example/copy").startswith("<urn:c> <urn:d>")
    copy = "INSERT { GRAPH <http://notes.example/named> { ?s ?p ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert open_client.update(copy, **{"using-named-graph-uri": [MINE]}).status_code == 204
    assert open_client.base.store.graph("http://notes.example/named") == f"<urn:a> <urn:b> <{MINE}> .\n"


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
@pytest.mark.parametrize(
    "text",
    [
        f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} USING <{MINE}> WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} USING NAMED <{MINE}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_16_two_datasets(open_client, name, text):
    assert "WITH or USING" in problem(open_client.update(text, **{name: MINE}), 400)["detail"]


def test_17_several_updates(open_client, owner):
    headers = {"content-type": FORM, **owner}
    for body in (f"update={quote(INSERT)}&update={quote(INSERT)}", f"update={quote(INSERT)}&query={quote('ASK {}')}"):
        problem(open_client.request("POST", "/sparql", content=body, headers=headers), 400)
    assert not ask(open_client, f"ASK {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    "text", [f"{INSERT} ; CREATE GRAPH <{MINE}>", f"{INSERT} ; INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> }} }}"]
)
def test_18_all_or_nothing(open_client, text):
    problem(open_client.update(text), 400)
    assert not ask(open_client, f"ASK {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}")


def test_a_syntax_error_has_its_place(open_client):
    found = problem(open_client.update(f"INSERT DATA {{\n  GRAPH <{MINE}> {{ <urn:a> <urn:b> }}\n}}"), 400)
    assert (found["code"], found["line"]) == ("KB030", 2)
    assert found["column"] > 8


def test_a_relative_iri_is_relative_to_the_endpoint(open_client):
    assert open_client.update("INSERT DATA { GRAPH <notes/1> { <#a> <b> 1 } }").status_code == 204
    assert open_client.base.store.graph("http://kb.example/notes/1").startswith("<http://kb.example/sparql#a> ")


def test_nothing_is_fetched(open_client):
    problem(open_client.update(f"LOAD <http://127.0.0.1:1/x> INTO GRAPH <{MINE}>"), 403)
    text = f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}"
    problem(open_client.update(text), 403)


def test_size(served):
    client = served(updates="graphs", max_update_bytes=200)
    problem(client.update(INSERT + "#" * 200), 413)
    assert client.update(INSERT).status_code == 204


def test_updates_take_turns(open_client):
    text = f"""DELETE {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> ?n }} }} INSERT {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> ?m }} }}
        WHERE {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> ?n }} BIND(?n + 1 AS ?m) }}"""
    open_client.update(INSERT)
    threads = [Thread(target=lambda: [open_client.update(text) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert open_client.base.store.graph(MINE).count(f'"{1 + 4 * 5}"^^') == 1


# --- what stays as it is ----------------------------------------------------------------------------------------------


def forbidden(base):
    article = base.status()["articles"][0]["article"]
    own = [article, "https://w3id.org/demarche/graph/canonical", "https://w3id.org/demarche/graph/ontology"]
    statement = "<urn:a> <urn:b> 1"
    return [
        *(f"INSERT DATA {{ GRAPH <{graph}> {{ {statement} }} }}" for graph in own),
        f"DELETE WHERE {{ GRAPH <{article}> {{ ?s ?p ?o }} }}",
        f"WITH <{article}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"{INSERT} ; DROP GRAPH <{own[1]}>",
        "PREFIX d: <https://w3id.org/demarche/> CLEAR GRAPH d:graph\\/canonical",
        f"BASE <https://w3id.org/demarche/> MOVE <graph/reference> TO <{MINE}>",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"INSERT DATA {{ {statement} }}",
        "CLEAR ALL",
        "DROP NAMED",
        "CLEAR DEFAULT",
    ]


def test_the_graphs_of_the_base_stay_as_they_are(full_client):
    base = full_client.base
    before = b"".join(base.store.export(format_of("nq")))
    for text in forbidden(base):
        problem(full_client.update(text), 403)
    assert b"".join(base.store.export(format_of("nq"))) == before


def test_graphs_of_others_may_be_copied_from_ours(full_client):
    reference = "https://w3id.org/demarche/graph/ontology"
    assert full_client.update(f"COPY <{reference}> TO <{MINE}>").status_code == 204
    assert full_client.base.store.graph(MINE) == full_client.base.store.graph(reference)


def test_a_graph_that_looks_like_an_article_is_none(full_client):
    """What articles make is made of articles only, whatever else the store holds about them."""
    base = full_client.base
    article = base.status()["articles"][0]["article"]
    local = next(iri for iri in base.store.graph(article).split() if "#official-" in iri)
    dem = "https://w3id.org/demarche/ontology#"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    text = f"INSERT DATA {{ GRAPH <{MINE}> {{ <{MINE}> a <{dem}Article> . {local} {label} 'A', 'B' }} }}"
    assert full_client.update(text).status_code == 204
    assert recheck(base.store).canonical_in_step
    assert base.load(Input("samples/second.txt", None, b"text", "text")).outcome == "loaded"
    assert recheck(base.store).canonical_in_step
    base.remove(article)
    assert recheck(base.store).canonical_in_step


def test_everything_is_open_where_the_owner_says_so(served):
    client = served(updates="all")
    assert client.update("CLEAR ALL").status_code == 204
    assert client.update("INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204
    assert ask(client, "ASK { <urn:a> <urn:b> 1 }")


def format_of(suffix):
    from api.formats import by_suffix

    return by_suffix(f"x.{suffix}")[1].engine
