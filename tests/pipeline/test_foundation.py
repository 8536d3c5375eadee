"""What lies in a store before the first article, and when it is written again."""

import pytest

import kb.foundation
from kb.errors import StoreFullError
from kb.foundation import lay_foundation
from kb.pipeline import Base, open_base
from kb.settings import Settings
from kb.store import memory_store

ONTOLOGY = "https://w3id.org/demarche/graph/ontology"
REFERENCE = "https://w3id.org/demarche/graph/reference"


@pytest.fixture
def lay(reader):
    """Lay the foundation of a store; return whether the gazetteer was needed."""

    def lay(store):
        asked = []
        lay_foundation(store, lambda: asked.append(1) or reader.gazetteer)
        return bool(asked)

    return lay


def test_ontology_states_and_regimes(lay):
    store = memory_store()
    assert lay(store)
    assert store.ask(f"ASK {{ GRAPH <{ONTOLOGY}> {{ <https://w3id.org/demarche/ontology#Visit> ?p ?o }} }}")
    assert store.ask(f"ASK {{ GRAPH <{REFERENCE}> {{ <https://w3id.org/demarche/id/state/PRK> ?p ?o }} }}")


def test_it_is_written_once(lay):
    store = memory_store()
    lay(store)
    before = store.graph(REFERENCE), store.graph(ONTOLOGY)
    assert lay(store) is False
    assert (store.graph(REFERENCE), store.graph(ONTOLOGY)) == before


def test_it_is_written_again_when_its_files_change(lay, monkeypatch):
    store = memory_store()
    lay(store)
    before = set(store.graph(REFERENCE).splitlines())
    monkeypatch.setattr(kb.foundation, "digest_of", lambda folder: "changed")
    assert lay(store)
    after = set(store.graph(REFERENCE).splitlines())
    assert len(before ^ after) == 2  # the digest
    assert lay(store) is False


def test_it_leaves_articles_alone(lay, reader, article):
    base = Base(Settings(), memory_store(), reader)
    report = base.load(article())
    lay(base.store)
    assert base.store.graph(report.article["iri"]) == report.graph
    assert base.load(article()).outcome == "unchanged"


def test_a_store_that_cannot_be_written_is_closed(monkeypatch, tmp_path):
    closed = []

    class Full:
        location = "full"

        def ask(self, query):
            return False

        def apply(self, change):
            raise StoreFullError("the disk is full")

        def close(self):
            closed.append(1)

    monkeypatch.setattr("kb.store.open_store", lambda location, **_options: Full())
    with pytest.raises(StoreFullError):
        open_base(Settings(store=str(tmp_path / "x")))
    assert closed == [1]
