"""Facts of annotated articles, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.dev import floors
from kb.evaluate import evaluate, load_articles, load_gold
from kb.pipeline import Reader
from kb.settings import Settings


@pytest.fixture(scope="session")
def reader():
    return Reader(Settings())


@pytest.fixture(scope="session")
def gold_folder(request):
    """A function from the name of a folder with a floor to its path; `blind` is part of the project."""

    def gold_folder(name):
        own = Path(__file__).parents[1] / "gold" / name
        if own.is_dir():
            return own
        shared = request.getfixturevalue("shared")
        return next(folder for folder in (shared / "gold" / name, shared / "data" / name) if folder.is_dir())

    return gold_folder


@pytest.fixture(scope="session")
def read_folder(gold_folder, reader):
    """A function from the name of a folder of annotated articles to the reports of its articles by name."""
    cache = {}

    def read_folder(name):
        if name not in cache:
            folder = gold_folder(name)
            gold = load_gold(folder)
            cache[name] = gold, {article: reader.try_out(item) for article, item in load_articles(folder).items()}
        return cache[name]

    return read_folder


@pytest.fixture(scope="session")
def figures(read_folder, gold_folder, reader):
    """A function from the name of a folder with a floor to its figures."""

    def figures(name):
        folder = gold_folder(name)
        if not any(folder.glob("*.gold.json")):
            return floors.figures(folder, reader)
        gold, reports = read_folder(name)
        return floors.article_figures(evaluate(gold, {article: report.facts for article, report in reports.items()}))

    return figures
