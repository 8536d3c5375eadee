"""From other domains nothing is learnt: words of our field in another sense yield no fact."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kb.intake.inputs import TEXT, Input
from kb.model import ArticleInfo

TABLES = tomllib.loads((Path(__file__).parent / "no_facts.toml").read_text(encoding="utf-8"))
DOMAINS, KNOWN = TABLES["domains"], TABLES["known"]
CONTROL = "Brazilian President Ana Duarte arrived in Egypt on Tuesday."


@pytest.fixture(scope="module")
def alarms(reader):
    """A function from sentences to those of them that yield a fact; each is a paragraph of one article."""

    def alarms(sentences):
        text = "\n\n".join(sentences)
        report = reader.try_out(Input("test", None, text.encode(), TEXT, ArticleInfo(title="News of the week")))
        assert report.error is None, report.error
        return {_paragraph(text, fact["evidence"]["start"]): fact["rule"] for fact in report.facts}

    return alarms


def _paragraph(text, offset):
    return (
        text[: text.find("\n\n", offset)].rpartition("\n\n")[2]
        if "\n\n" in text[offset:]
        else text.rpartition("\n\n")[2]
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_fact(domain, alarms):
    assert {sentence: rule for sentence, rule in alarms(DOMAINS[domain]).items() if sentence not in KNOWN} == {}


def test_a_fact_among_them_is_found(alarms):
    """The test could fail: a sentence of ours in the midst of a domain yields its facts, and is named."""
    sentences = DOMAINS["science"]
    assert set(alarms([*sentences[:3], CONTROL, *sentences[3:]])) == {CONTROL}


def test_known_faults_are_few_and_listed():
    every = [sentence for sentences in DOMAINS.values() for sentence in sentences]
    assert len(every) == len(set(every)) >= 200
    assert set(KNOWN) < set(every)
    assert len(KNOWN) <= 10


def test_known_faults_are_still_faults(alarms):
    """One that is mended leaves the list, so that it cannot come back unseen."""
    found = {sentence for sentences in DOMAINS.values() for sentence in alarms(sentences)}
    assert set(KNOWN) - found == set()
