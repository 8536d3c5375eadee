"""A server of an empty store in which everything may be written, and the outcomes of all suites on it."""

import threading

import pytest
import uvicorn

from api.app import create_app
from api.server import address, bound
from kb.dev.w3c.endpoint import Endpoint
from kb.dev.w3c.manifests import Suite
from kb.dev.w3c.suites import run
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import memory_store

TOKEN = "secret-of-the-test"


@pytest.fixture(scope="session")
def endpoint():
    """A client of a server that listens on a free port of this machine."""
    settings = Settings(store="memory", updates="all", default_graph="unnamed")
    base = Base(settings, memory_store(union=False), Reader(settings))
    with bound("127.0.0.1", 0) as listener:
        config = uvicorn.Config(create_app(settings, base, TOKEN), log_level="warning", proxy_headers=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        client = Endpoint(address(listener), TOKEN)
        yield client
        client.close()
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def outcomes(shared, endpoint):
    """What came of each test."""
    folder = shared / "suites" / "sparql"
    if not folder.is_dir():
        pytest.skip(f"the W3C suites are not at {folder}")
    return list(run(Suite(folder), endpoint))
