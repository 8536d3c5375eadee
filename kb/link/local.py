"""Organisations and places that the gazetteer does not know ("Mahdi Army"): entities of the article's own."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from kb.link.gazetteer import Gazetteer
from kb.link.localplaces import find_places
from kb.link.names import Name, find_known_names, slug
from kb.link.trees import POSSESSIVES, span_head
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind


def find_names(doc: Document, gazetteer: Gazetteer, titles: Container[str], words: Words) -> tuple[Name, ...]:
    """Return the names of the gazetteer and of local organisations, in text order, not overlapping.

    What is one of the `titles` as a whole ("State Councilor") is no organisation, though the model may take it for one.
    """
    known = find_known_names(doc, gazetteer, words)
    found = _with_local(doc, known, titles, words)
    found += find_places(doc, found, words)
    return tuple(sorted([*found, *_repeated(doc, found)], key=lambda name: name.start))


def _with_local(doc: Document, known: Sequence[Name], titles: Container[str], words: Words) -> list[Name]:
    """Return the names with local organisations in place of what they hold."""
    found = list(known)
    for span in doc.names:
        start, end = _trimmed(doc, span.start, span.end)
        if span.label != "ORG" or end <= start or doc.words(start, end).lower() in titles:
            continue
        start = next((n.start for n in known if n.end == start and n.form == "demonym"), start)
        inner = [n for n in known if n.start < end and start < n.end]
        if _is_local(doc, start, end, inner, words):
            state = next((n.actor.code for n in inner if n.actor), None)
            name = doc.words(start, end)
            entity = Entity("organisation/" + slug(name), EntityKind.ORGANISATION, name, state=state)
            found = [n for n in found if n not in inner]
            found.append(Name(start, end, span_head(doc, start, end), "local", entity))
    return found


def _trimmed(doc: Document, start: int, end: int) -> tuple[int, int]:
    """Leave out articles and possessive endings."""
    while start < end and doc.tokens[start].upos in ("DET", "PUNCT"):
        start += 1
    while end > start and (doc.tokens[end - 1].text in POSSESSIVES or doc.tokens[end - 1].upos == "PUNCT"):
        end -= 1
    return start, end


def _is_local(doc: Document, start: int, end: int, inner: Sequence[Name], words: Words) -> bool:
    """Tell an organisation of its own ("Bolivian Senate") from a state's arm ("Russian Foreign Ministry")."""
    capitals = doc.tokens[start].text[0].isupper() and not doc.tokens[end - 1].text[0].islower()
    if not capitals or any(n.start < start or n.end > end for n in inner):
        return False
    if any(n.actor is None or n.actor.kind is not EntityKind.STATE for n in inner):
        return False
    covers = any(n.start == start and n.end == end for n in inner)
    arm = doc.tokens[end - 1].lemma.lower() in words.bodies - words.body_of_states
    return not covers and not arm and slug(doc.words(start, end)) != ""


def _repeated(doc: Document, names: Sequence[Name]) -> list[Name]:
    """Find the local places, and the local organisations of several words where the model has missed them, again."""
    taken = {i for name in names for i in range(name.start, name.end)}
    forms: dict[tuple[str, ...], Name] = {}
    for name in names:
        several = name.form == "local" and name.end - name.start > 1
        if several or (name.place is not None and not name.place.known):
            forms.setdefault(_texts(doc, name.start, name.end), name)
    found: list[Name] = []
    for words, name in sorted(forms.items()):
        for start in range(len(doc.tokens) - len(words) + 1):
            span = range(start, start + len(words))
            if taken.isdisjoint(span) and _texts(doc, start, span.stop) == words:
                taken.update(span)
                found.append(replace(name, start=start, end=span.stop, head=span_head(doc, start, span.stop)))
    return found


def _texts(doc: Document, start: int, end: int) -> tuple[str, ...]:
    return tuple(token.text for token in doc.tokens[start:end])
