"""Sentences to claims, with the shipped model, gazetteer and rules."""

from __future__ import annotations

from datetime import date

import pytest

from kb.extract import extract, load_lexicon
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
def claims_of(analysed, gazetteer, lexicon):
    """A function from text to the claims it makes, read as published on Wednesday 2031-05-14."""
    cache = {}

    def claims_of(text, published=PUBLISHED):
        if (text, published) not in cache:
            doc = analysed(text, published=published)
            linked = link(doc, gazetteer, find_times(doc, published))
            cache[text, published] = extract(linked, lexicon).claims
        return cache[text, published]

    return claims_of
