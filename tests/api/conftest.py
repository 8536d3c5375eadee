"""A server of the sample article: the real base over a store in memory, with a reader that needs no model."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from kb.dev.samples import sample_extraction
from kb.errors import EmptyInputError
from kb.foundation import ontology_quads, reference_quads
from kb.gate import load_gate
from kb.graph import Run, article_iri, build_graph, to_nquads
from kb.intake import Input
from kb.link.gazetteer import load_gazetteer
from kb.pipeline import Base, Checked, Reader
from kb.resources import resource
from kb.settings import Settings
from kb.store import Change, memory_store

TOKEN = "secret-of-the-test"
SOURCE = "samples/cairo.txt"


class SampleReader(Reader):
    """Reads the sample article whatever it is given: its bytes only decide key and hash."""

    def check(self, item):
        text = item.content(self.settings.max_article_bytes).decode()
        if not text.strip():
            raise EmptyInputError(f"{item.source} is empty")
        extraction = sample_extraction()
        article = replace(
            extraction.article,
            key=hashlib.sha256(item.source.encode()).hexdigest()[:16],
            source=item.source,
            title=item.info.title or extraction.article.title,
            published=item.info.published or extraction.article.published,
            publisher=item.info.publisher or extraction.article.publisher,
        )
        extraction = replace(extraction, article=article)
        graph = build_graph(extraction, Run("0.1.0", "a" * 64, "b" * 64), self.settings.keep_text)
        admission = self.gate.admit(graph)
        return Checked(extraction, str(article_iri(article.key)), admission, to_nquads(admission.graph))


def new_base(settings, quads, gate):
    """Return a base with these quads in it; gate and quads are made once, as they take time."""
    store = memory_store()
    store.apply(Change(insert=quads))
    reader = SampleReader(settings)
    reader.gate = gate
    return Base(settings, store, reader)


class Client:
    """Sends requests to an application without a network; a redirect is not followed."""

    def __init__(self, app, url="http://kb.example"):
        self.app, self.url = app, url

    def request(self, method, path, **options):
        return asyncio.run(self._request(method, path, **options))

    async def _request(self, method, path, **options):
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.url) as client:
            return await client.request(method, path, **options)

    def get(self, path, accept=None, **options):
        headers = {"accept": accept} if accept is not None else {}
        return self.request("GET", path, headers={**headers, **options.pop("headers", {})}, **options)

    def page(self, path, **options):
        return self.get(path, BROWSER, **options)


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="session")
def gate():
    return load_gate(resource("shapes"))


@pytest.fixture(scope="session")
def ontology():
    return ontology_quads()


@pytest.fixture(scope="session")
def base(ontology, gate):
    """A base with ontology, reference data and the sample article in it; only read it."""
    reference = reference_quads(load_gazetteer(resource("data", "gazetteer")))
    base = new_base(Settings(store="memory"), ontology + reference, gate)
    report = base.load(Input(SOURCE, None, b"text", "text"))
    assert report.outcome == "loaded", report.error
    return base


@pytest.fixture(scope="session")
def article_key(base):
    return base.status()["articles"][0]["key"]


@pytest.fixture(scope="session")
def client(base):
    return Client(create_app(base.settings, base, TOKEN))


@pytest.fixture
def writing(ontology, gate):
    """A client of a base of its own, which holds no article yet."""
    base = new_base(Settings(store="memory", max_article_bytes=2000), ontology, gate)
    return Client(create_app(base.settings, base, TOKEN))


@pytest.fixture(scope="session")
def owner():
    return {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="session")
def browser():
    return BROWSER


@pytest.fixture(scope="session")
def shared():
    """The folder of the material that is not part of the project."""
    default = Path(__file__).resolve().parents[2].parent / "shared"
    folder = Path(os.environ.get("DEMARCHE_SHARED", default))
    if not (folder / "suites").is_dir():
        pytest.skip("the W3C suites (DEMARCHE_SHARED) are not here")
    return folder


@pytest.fixture(scope="session")
def make_client():
    return Client


@pytest.fixture(scope="session")
def make_base(ontology, gate):
    return lambda settings: new_base(settings, ontology, gate)
