"""A real server on a free port of this machine, asked over the network."""

import base64
import json
import os
import signal
import subprocess
import sys
import threading
import time

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.server import address, bound
from kb.errors import OptionError
from kb.handover import find_server
from kb.intake import Input
from kb.settings import Settings


@pytest.fixture(scope="module")
def server(make_base, owner):
    """The address of a server of the sample article."""
    base = make_base(Settings(store="memory"))
    assert base.load(Input("samples/cairo.txt", None, b"text", "text")).outcome == "loaded"
    token = owner["authorization"].removeprefix("Bearer ")
    with bound("127.0.0.1", 0) as listener:
        running = uvicorn.Server(uvicorn.Config(create_app(base.settings, base, token), log_level="warning"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        yield address(listener)
        running.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.fixture
def http(server):
    with httpx.Client(base_url=server, trust_env=False, timeout=20) as client:
        yield client


def test_select(http):
    query = "SELECT ?visit WHERE { ?visit a <https://w3id.org/demarche/ontology#Visit> }"
    response = http.post("/sparql", data={"query": query}, headers={"accept": "text/csv"})
    assert (response.status_code, response.text.count("\r\n")) == (200, 2)


def test_construct(http):
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    response = http.get("/sparql", params={"query": query}, headers={"accept": "application/n-triples"})
    assert response.headers["content-type"] == "application/n-triples"
    assert response.text.count("\n") > 100


def test_ontology(http):
    assert "<h1>The Demarche ontology</h1>" in http.get("/ontology", headers={"accept": "text/html"}).text
    assert "@prefix dem:" in http.get("/ontology.ttl").text


def test_head(http):
    response = http.head("/ontology")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == http.get("/ontology").headers["content-length"]


def test_post_an_article(http, owner):
    data = base64.b64encode(b"Some text.").decode()
    body = {"source": "samples/other.txt", "data_base64": data}
    assert http.post("/articles", json=body).status_code == 401
    response = http.post("/articles", json=body, headers=owner)
    assert (response.status_code, response.json()["outcome"]) == (201, "loaded")
    assert len(http.get("/articles").json()["articles"]) == 2
    assert http.get(response.headers["location"], headers={"accept": "text/html"}).status_code == 200


def test_many_at_once(http, server):
    """Results of the engine stay in their threads: answers, refusals and errors side by side."""
    query = "SELECT * WHERE { ?s ?p ?o }"
    outcomes = []

    def ask(accept, text):
        with httpx.Client(base_url=server, trust_env=False, timeout=60) as client:
            outcomes.append(client.get("/sparql", params={"query": text}, headers={"accept": accept}).status_code)

    cases = [("text/csv", query), ("text/turtle", query), ("text/csv", query + "}"), ("text/csv", "ASK {}")] * 5
    threads = [threading.Thread(target=ask, args=case) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [200] * 10 + [400] * 5 + [406] * 5
    assert http.get("/health").json()["status"] == "ok"


def test_a_port_that_is_taken():
    with bound("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(OptionError, match=str(port)), bound("127.0.0.1", port):
            pass


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:"), ("0.0.0.0", "http://127.0.0.1:")])
def test_address(host, url):
    with bound(host, 0) as listener:
        assert address(listener).startswith(url)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_until_it_is_told_to_stop(tmp_path, number):
    folder = str(tmp_path / "store")
    code = (
        "import sys; from api.server import run; from kb.settings import Settings\nrun(Settings(sys.argv[1], port=0))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code, folder], env=environment, stderr=subprocess.PIPE) as process:
        try:
            server = waited_for(folder, process)
            store = httpx.get(f"{server.url}/health", trust_env=False).json()["store"]
            process.send_signal(number)
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
    assert store == folder
    assert (process.returncode, server.url in said.decode()) == (0, True), said
    assert find_server(folder) is None
    assert not (tmp_path / "store" / "server.json").exists()
    assert json.dumps(server.token) not in said.decode()


def waited_for(folder, process):
    """Return the server of a folder as soon as it answers."""
    for _ in range(300):
        if server := find_server(folder):
            return server
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(process.stderr.read().decode())
