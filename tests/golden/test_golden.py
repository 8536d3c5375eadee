"""The facts of the sample articles are those of the golden files; `pytest --update-golden` writes them anew.

A golden file holds a digest of the parse as well. The network computes with 8-bit integers, and processors differ in
how they add those up, so that a close decision can fall the other way. Where the parse is the same, the facts must be
the same to the letter; where it is not, nine of ten facts over all articles must be.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import astuple
from pathlib import Path

import pytest

from kb.intake import gather
from kb.model import ArticleInfo
from kb.pipeline import Reader
from kb.settings import Settings

HERE = Path(__file__).resolve().parent
ARTICLES = {path.stem: path for path in sorted((HERE.parents[1] / "data/articles").glob("*.txt"))}
AGREEMENT = 0.9
DERIVED = {"id", "iri"}
"""Names made of the rest: they would change with it and say nothing more."""


@pytest.fixture(scope="module")
def read():
    """A function from the name of a sample article to what should be in its golden file."""
    reader, cache = Reader(Settings()), {}

    def read(name):
        if name not in cache:
            cache[name] = golden_of(reader, ARTICLES[name])
        return cache[name]

    return read


def golden_of(reader, path):
    (item,) = gather([str(path)], ArticleInfo())
    report = reader.try_out(item)
    assert report.error is None, report.error
    doc = reader.linked(item).doc
    parse = repr([*map(astuple, doc.tokens), *map(astuple, doc.names)])
    return {
        "parse": hashlib.sha256(parse.encode()).hexdigest()[:16],
        "article": {key: report.article.get(key) for key in ("title", "published", "publisher", "dateline")},
        "facts": [{key: value for key, value in fact.items() if key not in DERIVED} for fact in report.facts],
    }


@pytest.fixture
def golden(request, read):
    """A function from the name of a sample article to its golden file, written anew if that is wanted."""

    def golden(name):
        path = HERE / f"{name}.json"
        if request.config.getoption("update_golden"):
            text = json.dumps(read(name), indent=1, ensure_ascii=False)
            path.write_text(f"{text}\n", encoding="utf-8")
        return json.loads(path.read_text(encoding="utf-8"))

    return golden


def lines(facts):
    """Return each fact as one line, which shows what differs and can be counted."""
    return Counter(json.dumps(fact, ensure_ascii=False) for fact in facts)


def differences(found, wanted):
    """Return the lines that only one side has, as a diff shows them."""
    return "\n".join([*(f"+ {line}" for line in found - wanted), *(f"- {line}" for line in wanted - found)])


def agreement(found, wanted):
    """Return the Dice coefficient of two collections of lines: 1 if they are the same, 0 if they share none."""
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


@pytest.mark.parametrize("name", ARTICLES)
def test_facts_are_the_same(name, read, golden):
    found, wanted = read(name), golden(name)
    assert found["article"] == wanted["article"]
    if found["parse"] != wanted["parse"]:
        pytest.skip("another parse than in the golden file: another processor, or --update-golden is due")
    assert differences(lines(found["facts"]), lines(wanted["facts"])) == ""
    assert found == wanted


def test_facts_agree_on_any_processor(read, golden):
    found = Counter(f"{name}: {line}" for name in ARTICLES for line in lines(read(name)["facts"]).elements())
    wanted = Counter(f"{name}: {line}" for name in ARTICLES for line in lines(golden(name)["facts"]).elements())
    assert agreement(found, wanted) >= AGREEMENT, differences(found, wanted)


def test_every_golden_file_has_its_article():
    assert {path.stem for path in HERE.glob("*.json")} == set(ARTICLES)


@pytest.mark.parametrize(
    ("found", "wanted", "value"), [("ab", "ab", 1.0), ("", "", 1.0), ("ab", "cd", 0.0), ("abc", "abd", 2 / 3)]
)
def test_agreement(found, wanted, value):
    assert agreement(Counter(found), Counter(wanted)) == pytest.approx(value)
