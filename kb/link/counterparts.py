"""Nouns that make one person's office another's: "his French counterpart, X", "her deputy, Y"."""

from __future__ import annotations

from collections.abc import Mapping

from kb.link import trees
from kb.link.persons import Person, Persons
from kb.link.words import Words
from kb.model import Document


def counterparts(doc: Document, persons: Persons, words: Words) -> Mapping[int, Person]:
    """Return the nouns such as "counterpart" and "deputy" that a name is set beside, each with the person named."""
    found: dict[int, Person] = {}
    for token in doc.tokens:
        if trees.listed(doc, token.i, words.counterpart | words.second):
            span = persons.span_at.get(_name_start(doc, persons, words, token.i + 1))
            if span is not None and span[0] > token.i:
                found[token.i] = persons.at[span[0]]
    return found


def _name_start(doc: Document, persons: Persons, words: Words, i: int) -> int:
    """Return where a name may begin at or behind token i, a comma and honorifics left out."""
    if i < len(doc.tokens) and doc.tokens[i].text == ",":
        i += 1
    while (
        i < len(doc.tokens) and i not in persons.at and doc.tokens[i].text.lower().rstrip(".") in {*words.honorific, ""}
    ):
        i += 1
    return i
