"""Fixtures shared by all packages: the parser, the founders' shared material, and sentences ready to use."""

import hashlib
import os
import re
from pathlib import Path

import pytest

from kb.model import Article, Span, Zone, ZoneKind
from kb.nlp import analyse, load_parser
from kb.resources import resource

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/*.json anew; review the diff")


@pytest.fixture(scope="session")
def parser():
    """The shipped model, loaded once."""
    return load_parser(resource("data", "model"))


@pytest.fixture(scope="session")
def shared():
    """The folder of shared material (gold, suites, treebanks), or a skip where there is none."""
    folder = Path(os.environ.get("DEMARCHE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared material at {folder}; set DEMARCHE_SHARED")
    return folder


def _article_of(text, title=None, kind=ZoneKind.BODY, **info):
    """Return an article with one zone for each line of `text` that is not blank, below its title if it has one."""
    body, full = text, text
    zones = []
    if title is not None:
        full = f"{title}\n\n{body}"
        zones.append(Zone(ZoneKind.TITLE, Span(0, len(title))))
    start = len(full) - len(body)
    zones += [Zone(kind, Span(start + m.start(), start + m.end())) for m in re.finditer(r"\S[^\n]*", body)]
    sha = hashlib.sha256(full.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(key=sha[:16], text=full, sha256=sha, source="test", zones=tuple(zones), title=title, **info)


@pytest.fixture(scope="session")
def article_of():
    """A function from text (and title, and other fields of `Article`) to an article of one zone for each line."""
    return _article_of


@pytest.fixture(scope="session")
def analysed(parser):
    """A function from text (one paragraph a line; `title` and other fields of `Article` if wanted) to a Document."""

    def analysed(text, title=None, **info):
        return analyse(_article_of(text, title, **info), parser)

    return analysed
