"""A store with what every base holds, two invented articles, and the data of one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.foundation import ontology_quads
from kb.query import NamedQuery, load_queries
from kb.store import Change, Store, memory_store

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def queries() -> Mapping[str, NamedQuery]:
    return load_queries()


@pytest.fixture(scope="session")
def ontology() -> str:
    return ontology_quads()


@pytest.fixture
def store_of(ontology: str) -> Callable[[str], Store]:
    """Return a function from the name of a query to a store with its data."""

    def store_of(name: str) -> Store:
        store = memory_store()
        files = [*sorted((HERE / "common").glob("*.trig")), HERE / name / "data.trig"]
        for text in (ontology, *(nquads(path) for path in files if path.exists())):
            store.apply(Change(insert=text))
        return store

    return store_of


def nquads(path: Path) -> str:
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TRIG)
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS).decode()
