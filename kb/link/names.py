"""Names the gazetteer knows, where they stand in a document and what each can mean there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii

from kb.link.trees import joined, span_head
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind

_MAX_TOKENS = 9


@dataclass(frozen=True, slots=True)
class Name:
    """A gazetteer name on tokens [start, end).

    `actor` is the state or organisation it can act as, `place` the place it can be; a capital is both. A `demonym` is
    an adjective or noun of nationality. A `modifier` is the first part of a compound such as "US-led": no actor.
    """

    start: int
    end: int
    head: int
    form: str
    actor: Entity | None = None
    place: Entity | None = None
    modifier: bool = False


def find_names(doc: Document, gazetteer: Any, words: Words) -> tuple[Name, ...]:
    """Return the longest names of the document that its context supports, in text order, not overlapping."""
    finder = _Finder(doc, gazetteer, words)
    return tuple(_with_local(doc, list(finder.names()), words))


def _with_local(doc: Document, names: list[Name], words: Words) -> list[Name]:
    """Add the organisations that the model sees and the gazetteer does not know ("Mahdi Army")."""
    found = list(names)
    for span in doc.names:
        if span.label != "ORG":
            continue
        start, end = _trimmed(doc, span.start, span.end)
        start = next((n.start for n in names if n.end == start and n.form == "demonym"), start)
        inner = [n for n in names if n.start < end and start < n.end]
        if end <= start or not _is_local(doc, start, end, inner, words):
            continue
        state = next((n.actor.code for n in inner if n.actor), None)
        name = doc.words(start, end)
        entity = Entity("organisation/" + slug(name), EntityKind.ORGANISATION, name, state=state)
        found = [n for n in found if n not in inner]
        found.append(Name(start, end, span_head(doc, start, end), "local", entity))
    found += _repeated(doc, found)
    return sorted(found, key=lambda n: n.start)


def _repeated(doc: Document, names: list[Name]) -> list[Name]:
    """Find the local organisations of several words again where the model has missed them."""
    taken = {i for name in names for i in range(name.start, name.end)}
    local = {tuple(t.text for t in doc.tokens[n.start : n.end]): n.actor for n in names if n.form == "local" and n.end - n.start > 1}
    found = []
    for words, actor in sorted(local.items()):
        for i in range(len(doc.tokens) - len(words) + 1):
            span = range(i, i + len(words))
            if not taken & set(span) and tuple(doc.tokens[j].text for j in span) == words:
                found.append(Name(i, i + len(words), span_head(doc, i, i + len(words)), "local", actor))
    return found


def slug(name: str) -> str:
    """Return a name in plain lower-case letters joined by hyphens, for a local id."""
    return "-".join("".join(c if c.isalnum() else " " for c in anyascii(name).lower().replace("'", "")).split())


def _trimmed(doc: Document, start: int, end: int) -> tuple[int, int]:
    while start < end and doc.tokens[start].upos in ("DET", "PUNCT"):
        start += 1
    while end > start and (doc.tokens[end - 1].text in ("'s", "’s") or doc.tokens[end - 1].upos == "PUNCT"):
        end -= 1
    return start, end


def _is_local(doc: Document, start: int, end: int, inner: list[Name], words: Words) -> bool:
    """Tell an organisation of its own ("Bolivian Senate") from a state's arm ("Russian Foreign Ministry")."""
    if not doc.tokens[start].text[0].isupper() or any(n.start < start or n.end > end for n in inner):
        return False
    if any(n.actor is None or n.actor.kind is not EntityKind.STATE for n in inner):
        return False
    covers = any(n.start == start and n.end == end for n in inner)
    arm = doc.tokens[end - 1].lemma.lower() in words.bodies - words.body_of_states
    return not covers and not arm and slug(doc.words(start, end)) != ""


class _Finder:
    def __init__(self, doc: Document, gazetteer: Any, words: Words) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = words
        self.label = {i: span.label for span in doc.names for i in range(span.start, span.end)}
        self.span = {i: (span.start, span.end) for span in doc.names for i in range(span.start, span.end)}
        self.vocabulary = {t.text for t in doc.tokens}

    def names(self) -> Iterator[Name]:
        i = 0
        while i < len(self.doc.tokens):
            found = self._longest(i)
            if found is None:
                i += 1
                continue
            end, candidates = found
            name = self._name(i, end, candidates)
            if name is not None:
                yield name
            i = end

    def _longest(self, i: int):
        g = self.gazetteer
        t = self.doc.tokens
        limit = min(g.first.get(t[i].text[:2].lower(), 0), _MAX_TOKENS)
        sent_end = self.doc.sentences[t[i].sentence].end
        for end in range(min(i + limit, sent_end), i, -1):
            text = self.doc.words(i, end)
            hit = g.index.get(text) or (g.index.get("the " + text) if i and t[i - 1].text.lower() == "the" else None)
            if not hit and text.isupper() and len(text) > 3:
                hit = g.index.get(text.title())
            if hit:
                return end, hit
        return None

    def _name(self, start: int, end: int, candidates) -> Name | None:
        if candidates[0][0] == "nothing":
            return None
        tokens = self.doc.tokens
        if self._inside_person(start, end):
            return None
        text = self.doc.words(start, end)
        amb = self.gazetteer.ambiguous.get(text)
        if amb is not None:
            candidates = self._disambiguate(amb, candidates)
            if amb.person and self.label.get(start) == "PER":
                return None
        g = self.gazetteer
        actor = place = None
        form = "name"
        for kind, key in candidates:
            if kind in ("state", "organisation") and actor is None:
                actor = g.entity(key)
            elif kind == "demonym" and actor is None:
                actor, form = g.entity(key), "demonym"
            elif kind == "metonym" and actor is None:
                m = next((m for m in g.metonyms if text in m.names or "the " + text in m.names), None)
                if m is None or (m.context and not set(m.context) & self.vocabulary):
                    continue
                actor, form = g.entity(key), "metonym"
            elif kind == "place" and place is None:
                p = g.places[key]
                if p.weak and not self._supported(start):
                    continue
                place = g.place(key)
                if actor is None and key in g.capital_of:
                    actor, form = g.entity(g.capital_of[key]), "capital"
                elif actor is None:
                    form = "place"
        if actor is None and place is None:
            return None
        if tokens[start].text.islower() and form not in ("name",):
            return None
        return Name(start, end, span_head(self.doc, start, end), form, actor, place, self._modifier(start, end))

    def _disambiguate(self, amb, candidates):
        best = max(amb.readings, key=lambda r: sum(c in self.vocabulary for c in r.cues))
        out = []
        g = self.gazetteer
        keys = [best.entity] + [r.entity for r in amb.readings if r.entity != best.entity]
        demonym = any(k == "demonym" for k, _ in candidates)
        if best.entity in g.states:
            out.append(("demonym" if demonym else "state", best.entity))
        elif best.entity in g.organisations:
            out.append(("organisation", best.entity))
        else:
            out.append(("place", best.entity))
        if best.entity in g.states:
            cap = g.states[best.entity].capital
            if cap in keys:
                out.append(("place", cap))
        return [("place", cap)] if best.entity in g.states and (cap := g.states[best.entity].capital) in keys else out

    def _supported(self, start: int) -> bool:
        if self.label.get(start) == "LOC":
            return True
        before = self.doc.tokens[start - 1].text.lower() if start else ""
        return before in self.words.locative | {"from", "to"} and self.label.get(start) != "PER"

    def _inside_person(self, start: int, end: int) -> bool:
        if any(self.label.get(i) == "PER" for i in range(start, end)):
            a, b = self.span[next(i for i in range(start, end) if self.label.get(i) == "PER")]
            if a < start or b > end:
                return True
        nxt = self.doc.tokens[end] if end < len(self.doc.tokens) else None
        return bool(nxt and nxt.dep == "flat" and start <= nxt.head < end and nxt.upos == "PROPN" and nxt.text[0].isupper() and self.label.get(nxt.i) in (None, "PER") and self.label.get(start) != "LOC")

    def _modifier(self, start: int, end: int) -> bool:
        t = self.doc.tokens
        if end + 1 < len(t) and t[end].text == "-" and joined(t[end - 1], t[end]) and joined(t[end], t[end + 1]):
            if t[end + 1].text.lower() in self.words.suffix:
                return True
        if start >= 2 and t[start - 1].text == "-" and joined(t[start - 1], t[start]) and t[start - 2].text.lower() in self.words.prefix:
            return True
        return False
