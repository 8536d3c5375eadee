from api.app import create_app
from kb import __version__
from kb.handover import fingerprint
from kb.settings import Settings


def test_health(client, owner):
    found = client.get("/health").json()
    token = owner["authorization"].removeprefix("Bearer ")
    assert found == {
        "status": "ok",
        "store": "memory",
        "version": __version__,
        "owner": False,
        "instance": fingerprint(token),
    }
    assert client.get("/health", headers=owner).json()["owner"] is True
    assert client.get("/health", headers={"authorization": "Bearer x"}).json()["owner"] is False


def test_health_without_a_token(base, make_client, owner):
    found = make_client(create_app(Settings(), base)).get("/health", headers=owner).json()
    assert (found["owner"], found["instance"]) == (False, None)


def test_start_page(client, article_key):
    page = client.page("/").text
    assert f'href="/article/{article_key}"' in page
    assert 'href="/queries/visits"' in page
    assert '<form action="/sparql"' in page


def test_the_example_has_an_answer(client):
    from api.routers.sparql import EXAMPLE

    query = EXAMPLE.replace("/PRK>", "/EGY>")
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [(row["visitor"]["value"], row["date"]["value"]) for row in rows] == [("Ana Duarte", "2031-05-12")]
