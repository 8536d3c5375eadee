"""What the article has spoken of so far: the mentions before a token, those in focus, and the gender of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb.link import trees
from kb.model import Document, Entity, EntityKind

WEAK, ACTOR, SUBJECT = 1, 2, 3
"""How much a mention is in the foreground: modifiers and places, actors, subjects."""

_PAIR_SENTENCES = 3
"""Within how many sentences "the two" are looked for before those named most."""

Fits = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class Referred:
    """Entities that token `i` has referred to; `verb` governs it."""

    i: int
    entities: tuple[Entity, ...]
    rank: int
    sentence: int
    verb: int


class _Latest:
    """The latest mention of each entity, apart for every quotation: a search need not go through all mentions."""

    def __init__(self) -> None:
        self.number = 0
        self.mentions: dict[int | None, dict[str, tuple[int, Referred, Entity]]] = {}

    def add(self, item: Referred, quote: int | None) -> None:
        """Note a mention inside a quotation, or outside of all."""
        known = self.mentions.setdefault(quote, {})
        for entity in item.entities:
            self.number += 1
            known[entity.id] = (self.number, item, entity)

    def seen(self, quote: int | None) -> list[tuple[Referred, Entity]]:
        """Return the latest mentions that a token of the quotation sees, in text order, each entity once."""
        found = dict(self.mentions.get(None, {}))
        for key, mention in self.mentions.get(quote, {}).items() if quote is not None else ():
            found[key] = max(mention, found.get(key, mention), key=lambda m: m[0])
        return [(item, entity) for _, item, entity in sorted(found.values(), key=lambda m: m[0])]


class Discourse:
    """The mentions of an article in text order, as far as they have been read."""

    def __init__(self, doc: Document, quotes: Sequence[tuple[int, int]] = ()) -> None:
        self.doc = doc
        self.quote_at = {i: start for start, end in quotes for i in range(start, end)}
        self.referred: list[Referred] = []
        self.gender: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.latest = _Latest()
        self.latest_actors = _Latest()

    def add(self, i: int, entities: tuple[Entity, ...], rank: int) -> None:
        """Note that token i refers to the entities."""
        top = self.doc.tokens[trees.top(self.doc, i)]
        if rank == ACTOR and trees.is_subject(top):
            rank = SUBJECT
        item = Referred(i, entities, rank, self.doc.tokens[i].sentence, top.head)
        self.referred.append(item)
        self.latest.add(item, self.quote_at.get(i))
        if rank >= ACTOR:
            self.latest_actors.add(item, self.quote_at.get(i))
        self.counts.update(e.id for e in entities)

    def before(self, i: int, sentences: int, fits: Fits) -> Iterator[Referred]:
        """Yield what was referred to before token i, latest first, at most so many sentences back.

        What stands in a quotation is seen from inside the same quotation only.
        """
        first = self.doc.tokens[i].sentence - sentences
        quote = self.quote_at.get(i)
        for item in reversed(self.referred):
            if item.sentence < first:
                return
            visible = item.i < i and self.quote_at.get(item.i, quote) == quote
            if visible and any(fits(e) for e in item.entities):
                yield item

    def last(self, i: int, sentences: int, fits: Fits) -> Entity | None:
        """Return the fitting entity referred to last before token i."""
        if self._is_ahead(i):
            item = next(self.before(i, sentences, fits), None)
        else:
            first = self.doc.tokens[i].sentence - sentences
            seen = reversed(self.latest.seen(self.quote_at.get(i)))
            item = next((item for item, e in seen if item.sentence >= first and fits(e)), None)
        return next(e for e in item.entities if fits(e)) if item is not None else None

    def _is_ahead(self, i: int) -> bool:
        """Tell whether something behind token i has been read: a name whose head is its last word."""
        return bool(self.referred) and self.referred[-1].i >= i

    def in_focus(self, i: int, sentences: int, state: Callable[[Entity], Entity | None], *, own: bool) -> Entity | None:
        """Return the state in focus at token i: in the nearest sentence that has one, the subject before others.

        `state` gives the state that an entity is or serves. A subject that governs token i is passed over unless `own`:
        "Kenya said the country ..." need not speak of itself, "Kenya said the government ..." does.
        """
        items = list(self.before(i, sentences, lambda e: state(e) is not None))
        above = set(self.doc.ancestors(i))
        items = [item for item in items if own or item.verb not in above] or items
        near = [item for item in items if item.sentence == items[0].sentence]
        chosen = next((item for item in near if item.rank == SUBJECT), next(iter(near), None))
        states = (state(e) for e in reversed(chosen.entities)) if chosen is not None else ()
        return next((found for found in states if found is not None), None)

    def pair(self, i: int, fits: Fits, side: Callable[[Entity], str]) -> tuple[Entity, ...]:
        """Return the two entities that "both" or "the two" means at token i, in text order; () where there are not two.

        Those are the two actors of the nearest of three sentences that has exactly two, in it, in a "between" phrase or
        around one of its verbs, else the two named most often. They stand on different sides: `side` tells an entity's.
        """
        items = [item for item in self.before(i, _PAIR_SENTENCES - 1, fits) if item.rank >= ACTOR]
        for back in range(_PAIR_SENTENCES):
            here = [item for item in items if item.sentence == self.doc.tokens[i].sentence - back]
            for group in (here, self._between(here), *self._around_verbs(here)):
                found = _distinct(group, fits)
                if len(found) == 2 and side(found[0]) != side(found[1]):
                    return tuple(found)
        order = self._actors(i, fits)
        ranked = sorted(order, key=lambda e: (-self.counts[e.id], order.index(e)))
        second = next((e for e in ranked[1:] if side(e) != side(ranked[0])), None)
        return tuple(sorted((ranked[0], second), key=order.index)) if second is not None else ()

    def _actors(self, i: int, fits: Fits) -> list[Entity]:
        """Return the fitting actors before token i, in text order of their latest mentions."""
        if not self._is_ahead(i):
            return [e for _, e in self.latest_actors.seen(self.quote_at.get(i)) if fits(e)]
        items = [item for item in self.before(i, len(self.doc.sentences), fits) if item.rank >= ACTOR]
        return _distinct(items, fits)

    def _between(self, items: Sequence[Referred]) -> list[Referred]:
        """Return the mentions in "between A and B"."""
        return [item for item in items if trees.preposition(self.doc, trees.top(self.doc, item.i)) == "between"]

    def _around_verbs(self, items: Sequence[Referred]) -> Iterator[list[Referred]]:
        """Yield the arguments of each verb that has a subject, those of its object too: "A held talks with B"."""
        for verb in sorted({item.verb for item in items if item.rank == SUBJECT}):
            nouns = trees.children(self.doc, verb, "obj", "obl")
            yield [item for item in items if item.verb == verb]
            yield [item for item in items if item.verb == verb or (item.verb in nouns and item.rank == ACTOR)]


def _distinct(items: Sequence[Referred], fits: Fits) -> list[Entity]:
    """Return the fitting entities of items that come latest first, in text order of their latest mentions."""
    found = {e.id: e for item in items for e in reversed(item.entities) if fits(e)}
    return list(reversed(found.values()))


def is_person(entity: Entity) -> bool:
    """Tell whether an entity is a person."""
    return entity.kind is EntityKind.OFFICIAL


def is_state(entity: Entity) -> bool:
    """Tell whether an entity is a state."""
    return entity.kind is EntityKind.STATE


def is_organisation(entity: Entity) -> bool:
    """Tell whether an entity is an organisation."""
    return entity.kind is EntityKind.ORGANISATION


def is_body(entity: Entity) -> bool:
    """Tell whether an entity is a state, an organisation or a known group."""
    return is_state(entity) or is_organisation(entity) or (entity.kind is EntityKind.GROUP and entity.known)
