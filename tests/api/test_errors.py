from types import SimpleNamespace

import pytest

from api.app import create_app
from kb import errors
from kb.settings import Settings

STORE = "the store"


def client_of(error, make_client):
    """A client of a base whose every use raises the error."""

    def fail(*_arguments, **_options):
        raise error

    store = SimpleNamespace(location=STORE, version=None, answer=fail, ask=fail, select=fail, graph=fail)
    return make_client(create_app(Settings(), SimpleNamespace(store=store, status=fail, load=fail), "token"))


def tree(kind):
    yield kind
    for below in kind.__subclasses__():
        yield from tree(below)


@pytest.mark.parametrize("kind", sorted(tree(errors.KBError), key=lambda kind: kind.code), ids=lambda kind: kind.code)
def test_every_error_is_a_problem_object(kind, make_client):
    client = client_of(kind("what happened", hint="what to do"), make_client)
    response = client.get("/articles")
    assert response.status_code == kind.status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": f"https://w3id.org/demarche/errors#{kind.code}",
        "title": kind.__name__,
        "status": kind.status,
        "detail": "what happened",
        "code": kind.code,
        "hint": "what to do",
    }


def test_for_browsers_it_is_a_page(make_client):
    page = client_of(errors.StoreFullError("no <space> left"), make_client).page("/articles")
    assert (page.status_code, page.headers["content-type"]) == (507, "text/html; charset=utf-8")
    assert "no &lt;space&gt; left" in page.text
    assert "507 Insufficient Storage" in page.text


def test_a_store_in_trouble_says_when_to_come_back(make_client):
    response = client_of(errors.StoreError("busy"), make_client).get("/sparql?query=ASK%7B%7D")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_defect_leaks_nothing(make_client, accept, caplog):
    client = client_of(RuntimeError("secret path /home/somebody"), make_client)
    response = client.get("/articles", accept)
    assert response.status_code == 500
    assert "KB000" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "secret path" in caplog.text


def test_nothing_there(client):
    response = client.get("/no/such/place")
    assert (response.status_code, response.json()["code"]) == (404, "KB040")
    assert "/no/such/place" in response.json()["detail"]
