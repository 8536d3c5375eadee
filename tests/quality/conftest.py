"""Facts of annotated articles, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.evaluate import evaluate, load_gold
from kb.intake import gather
from kb.model import ArticleInfo
from kb.pipeline import Reader
from kb.settings import Settings


@pytest.fixture(scope="session")
def reader():
    return Reader(Settings())


@pytest.fixture(scope="session")
def gold_folder(request):
    """A function from the name of a folder of annotated articles to its path; `blind` is part of the project."""

    def gold_folder(name):
        own = Path(__file__).parents[1] / "gold" / name
        return own if own.is_dir() else request.getfixturevalue("shared") / "gold" / name

    return gold_folder


@pytest.fixture(scope="session")
def read_folder(gold_folder, reader):
    """A function from the name of a gold folder to the reports of its articles by name."""
    cache = {}

    def read_folder(name):
        if name not in cache:
            folder = gold_folder(name)
            gold = load_gold(folder)
            items = gather([str(folder / f"{article}.txt") for article in gold], ArticleInfo())
            cache[name] = gold, dict(zip(gold, map(reader.try_out, items), strict=True))
        return cache[name]

    return read_folder


@pytest.fixture(scope="session")
def evaluated(read_folder):
    """A function from the name of a gold folder to the figures."""

    def evaluated(name):
        gold, reports = read_folder(name)
        return evaluate(gold, {article: report.facts for article, report in reports.items()})

    return evaluated
