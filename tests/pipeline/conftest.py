"""Bases in memory that share one prepared reader."""

from datetime import date

import pyoxigraph as ox
import pytest

from kb.intake import Input
from kb.model import ArticleInfo
from kb.pipeline import Base, Reader
from kb.settings import Settings
from kb.store import memory_store

TEXT = """Duarte flies to Cairo for talks

CAIRO (Test Wire) - Brazilian President Ana Duarte visited Egypt on Tuesday. She met Egyptian President Samir Fahmy in \
Cairo.

Egypt accused Ethiopia of violating an agreement, and Ethiopia denied the accusation.
"""


@pytest.fixture(scope="session")
def reader():
    """A reader with all its parts."""
    reader = Reader(Settings())
    reader.prepare()
    return reader


@pytest.fixture
def base(reader):
    """An empty base."""
    return Base(Settings(), memory_store(), reader)


@pytest.fixture(scope="session")
def article():
    """Make an input of our sample text, or of another."""

    def article(text=TEXT, source="a.txt", **info):
        return Input(source, None, text.encode(), "text", ArticleInfo(**{"published": date(2031, 5, 13)} | info))

    return article


@pytest.fixture(scope="session")
def quads():
    """All of a base, as sorted lines."""
    return lambda base: b"".join(base.store.export(ox.RdfFormat.N_QUADS)).decode()
