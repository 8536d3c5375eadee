"""The same thing gets the same IRI, and every IRI is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kb.graph import article_iri, known_iri
from kb.graph.iris import ArticleNames
from kb.graph.provenance import Run
from kb.model import Entity, EntityKind, Span

NAMES = ArticleNames("00ff00ff00ff00ff")
ARTICLE = "https://w3id.org/demarche/article/00ff00ff00ff00ff"

CASES = [
    (NAMES.article, ARTICLE),
    (NAMES.claim("visit-1"), ARTICLE + "#visit-1"),
    (NAMES.attribution("visit-1", 2), ARTICLE + "#visit-1-a2"),
    (NAMES.evidence(Span(3, 40)), ARTICLE + "#char=3,40"),
    (NAMES.selector("quote", Span(3, 40)), ARTICLE + "#quote-3-40"),
    (NAMES.entity(Entity("official/ana-duarte", EntityKind.OFFICIAL, "Ana Duarte")), ARTICLE + "#official-ana-duarte"),
    (
        NAMES.entity(Entity("id/state/BRA", EntityKind.STATE, "Brazil", code="BRA", known=True)),
        "https://w3id.org/demarche/id/state/BRA",
    ),
    (known_iri("id/place/são-tomé stp"), "https://w3id.org/demarche/id/place/s%C3%A3o-tom%C3%A9%20stp"),
    (known_iri("id/place/sa\u0303o"), "https://w3id.org/demarche/id/place/s%C3%A3o"),
    (NAMES.claim('a"b<c>#d'), ARTICLE + "#a%22b%3Cc%3E%23d"),
]


@pytest.mark.parametrize(("made", "expected"), CASES)
def test_made(made: URIRef, expected: str) -> None:
    assert str(made) == expected


@given(st.text())
def test_any_text_gives_an_ascii_iri_that_n_triples_can_hold(text: str) -> None:
    for iri in (article_iri(text), NAMES.claim(text), NAMES.entity(Entity(text, EntityKind.GROUP, text))):
        assert str(iri).isascii()
        assert not set(str(iri)) & set('<>" {}|\\^`')
        assert str(iri).count("#") <= 1


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Run("0.1.0", "rules", "model"), True),
        (Run("0.1.1", "rules", "model"), False),
        (Run("0.1.0", "other", "model"), False),
        (Run("0.1.0", "rules", "other"), False),
        (Run("0.1.0", "rulesmodel", ""), False),
    ],
)
def test_a_run_is_named_by_all_that_makes_it(other: Run, same: bool) -> None:
    assert (Run("0.1.0", "rules", "model").iri == other.iri) is same
