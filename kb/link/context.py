"""What the resolvers of coreference share: the cast of the article, and what has been read of it so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb.link import trees
from kb.link.discourse import ACTOR, Discourse, Referred, is_organisation, is_person
from kb.link.names import Name
from kb.link.persons import Person, Persons
from kb.link.quotes import quoted_ranges
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity

Entities = tuple[Entity, ...]
StateOf = Callable[[str], Entity | None]
"""Looks a state or organisation up by its code."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, an office of theirs and the code of whom it serves."""

    person: Entity
    role: str
    kind: str
    of: str


@dataclass(frozen=True)
class Cast:
    """Who and what is in the article: names, persons with their entities, titles, who holds which office.

    `held` are the persons whose name stands with a title, `beside` those whose name stands with a noun such as
    "counterpart", by the token of the noun. `state` looks a state or organisation up by its code, `home` the state
    that a body belongs to; `dateline` is the state that the article was written in.
    """

    names: Sequence[Name]
    persons: Persons
    entity_of: Mapping[Person, Entity]
    titles: Sequence[TitlePhrase]
    holders: Sequence[Holder]
    held: Mapping[TitlePhrase, Person]
    beside: Mapping[int, Person]
    state: StateOf
    home: StateOf
    dateline: Entity | None = None


@dataclass
class References:
    """The entities each token refers to, and how that was found.

    `referred` lists them in the order of reading with their prominence; `quoted` are the tokens inside quotations.
    `seats` are the states whose capital a noun means.
    """

    actors: dict[int, Entities] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)
    referred: Sequence[Referred] = ()
    quoted: frozenset[int] = frozenset()
    seats: dict[int, Entity] = field(default_factory=dict)


class Context:
    """One document being read for references."""

    def __init__(self, doc: Document, cast: Cast, words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.cast = cast
        self.words = words
        self.quotes = quoted_ranges(doc)
        self.discourse = Discourse(doc, self.quotes)
        self.found = References(referred=self.discourse.referred, quoted=frozenset(self.discourse.quote_at))
        self.name_at = {i: name for name in cast.names for i in range(name.start, name.end)}
        self.title_at = {title.head: title for title in cast.titles}

    def refer(self, i: int, entities: Entities, how: str, rank: int = ACTOR) -> None:
        """Note what token i refers to; nothing where there are no entities."""
        if entities:
            self.note(i, entities, how)
            self.discourse.add(i, self.found.actors[i], rank)

    def note(self, i: int, entities: Entities, how: str) -> None:
        """Note what token i refers to as part of a name already noted."""
        self.found.actors[i] = tuple(dict.fromkeys(entities))
        self.found.how[i] = how

    def actors(self, i: int) -> Entities:
        """Return what token i refers to; a name is known before it has been read."""
        if i in self.found.actors:
            return self.found.actors[i]
        person = self.cast.persons.at.get(i)
        if person is not None:
            return (self.cast.entity_of[person],)
        name = self.name_at.get(i)
        return (self.acting(name.actor),) if name is not None and name.actor and not name.modifier else ()

    def is_press(self, entities: Entities) -> bool:
        """Tell whether the entities are persons introduced as reporters and the like."""
        return all(entity.id in self._press for entity in entities)

    @cached_property
    def times_named(self) -> Mapping[str, int]:
        """How often each person is named, by id."""
        return {entity.id: len(person.spans) for person, entity in self.cast.entity_of.items()}

    @cached_property
    def _press(self) -> frozenset[str]:
        """The ids of the persons beside whose name such a noun stands: "Ana Ruiz, a Reuters reporter"."""
        found = set()
        for i, span in self.cast.persons.span_at.items():
            near = [self.tokens[c] for c in trees.children(self.doc, i, "appos", "nmod:desc", "compound")]
            near += [self.tokens[self.tokens[i].head]] if self.tokens[i].dep in ("appos", "flat") else []
            if any(t.lemma.lower() in self.words.press for t in near):
                found.add(self.cast.entity_of[self.cast.persons.at[span[0]]].id)
        return frozenset(found)

    def acting(self, entity: Entity) -> Entity:
        """Return the state or organisation that an organ acts for: the State Department is the USA."""
        if is_organisation(entity) and entity.known and entity.state not in (None, entity.code):
            return self.cast.state(str(entity.state)) or entity
        return entity

    def served(self, entity: Entity) -> Entity:
        """Return whom a possessor's people act for: Putin's government is Russia's."""
        if is_person(entity) and entity.state:
            return self.cast.state(entity.state) or entity
        return entity
