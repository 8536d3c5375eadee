"""Sentences to claims, with the shipped model, gazetteer and rules."""

from __future__ import annotations

from datetime import date

import pytest

from kb.extract import extract, load_lexicon
from kb.extract.claims import Reading
from kb.link import link
from kb.link.gazetteer import load_gazetteer
from kb.resources import resource
from kb.timex import find_times

PUBLISHED = date(2031, 5, 14)  # a Wednesday


@pytest.fixture(scope="session")
def lexicon():
    return load_lexicon(resource("data", "lexicon"))


@pytest.fixture(scope="session")
def gazetteer():
    return load_gazetteer(resource("data", "gazetteer"))


@pytest.fixture(scope="session")
def linked_of(analysed, gazetteer):
    """A function from text to the linked document, read as published on Wednesday 2031-05-14."""
    cache = {}

    def linked_of(text, published=PUBLISHED):
        if (text, published) not in cache:
            doc = analysed(text, published=published)
            cache[text, published] = link(doc, gazetteer, find_times(doc, published))
        return cache[text, published]

    return linked_of


@pytest.fixture(scope="session")
def claims_of(linked_of, lexicon):
    """A function from text to the claims it makes."""

    def claims_of(text, published=PUBLISHED):
        return extract(linked_of(text, published), lexicon).claims

    return claims_of


@pytest.fixture(scope="session")
def rules_fired(linked_of, lexicon):
    """A function from text to the ids of the rules that match in it, before facts said twice are merged."""

    def rules_fired(text):
        return {match.rule.id for match in Reading(linked_of(text), lexicon).matcher.matches()}

    return rules_fired
