"""The base as it was known on a day follows from the articles until then, and from nothing else."""

from __future__ import annotations

from kb.graph import article_iri
from kb.resolve import as_known_from, rebuild
from kb.resolve.terms import in_graph
from kb.store import memory_store

CANONICAL = "https://w3id.org/demarche/graph/canonical"


def test_what_later_articles_say_is_not_known_yet(base, fact):
    visit = {"visitor": "RUS", "destination": "PRK", "when": "2024-06-19"}
    base.load("a", fact("Visit", "planned", **visit), published="2024-06-10")
    alone = base.canonical()
    base.load("b", fact("Visit", "cancelled", **visit), published="2024-06-18")
    assert base.thing("Visit")["status"] == ["factuality-cancelled"]
    known = as_known_from(base.store, [str(article_iri("a"))])
    assert known.graph(CANONICAL) == alone
    assert known.graph(str(article_iri("b"))) == ""


def test_from_all_articles_it_is_the_base_itself(base, fact):
    base.load("a", fact("Visit", visitor="RUS", destination="PRK", when="2024-06-19"))
    base.load("b", fact("Meeting", participant=["RUS", "PRK"], when="2024-06-19"))
    known = as_known_from(base.store, [str(article_iri(key)) for key in "ab"])
    assert known.graph(CANONICAL) == base.canonical() == rebuild(known)


def test_from_no_articles_nothing_follows():
    assert as_known_from(memory_store(), []).graph(CANONICAL) == ""


def test_odd_line_breaks_inside_a_literal_end_no_statement():
    text = '<x:s> <x:p> "a\u2028b" .\n<x:s> <x:p> "c\x85d" .\n'
    assert in_graph(text, "x:g") == text.replace(" .\n", " <x:g> .\n")
