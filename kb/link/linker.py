"""Linking: names, persons and offices of a document, and whom every nominal refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kb.link.coreference import Cast, Holder, References, resolve
from kb.link.names import Name, find_names
from kb.link.offices import Holding, counterparts, find_holdings
from kb.link.persons import Person, Persons, find_persons
from kb.link.tenures import Settler, Tenure, distinct
from kb.link.titles import TitleWords, find_titles
from kb.link.words import Words, load_words
from kb.model import Document, Entity, EntityKind, LinkedDocument, Mention, Office, TimeExpression
from kb.resources import resource


def link(doc: Document, gazetteer, times: Sequence[TimeExpression] = (), words: Words | None = None) -> LinkedDocument:
    """Return the document with its mentions, offices and references.

    `words` are the word lists of linking; without them those of the installation are read.
    """
    words = words or load_words(resource("data", "link"))
    names = find_names(doc, gazetteer, words)
    titles = find_titles(doc, names, TitleWords(gazetteer.titles, gazetteer.modifiers), words)
    persons = find_persons(doc, names, titles, words)
    names = tuple(n for n in names if not any(i in persons.at for i in range(n.start, n.end)))
    holdings = find_holdings(doc, names, titles, persons, words)
    settler = Settler(doc, titles, words, gazetteer.entity)
    beside = counterparts(doc, persons, words)

    def reading(tenures: Sequence[Tenure]) -> tuple[dict[Person, Entity], References]:
        entities = _entities(persons, tenures, doc, names)
        holders = [Holder(entities[t.holding.person], t.role, t.kind, t.of.code or t.of.id) for t in tenures]
        cast = Cast(names, persons, entities, titles, holders, beside, gazetteer.entity)
        return entities, resolve(doc, cast, words)

    explicit = settler.explicit(holdings)
    _, first = reading(explicit)
    tenures = settler.settle(holdings, explicit, first)
    _, second = reading(tenures)
    nouns = {i: persons.at[span[0]] for i, span in beside.items()}
    tenures = distinct([*tenures, *settler.beside(nouns, tenures, second)])
    entities, references = reading(tenures)
    offices = [Office(entities[t.holding.person], t.role, t.of, t.holding.status, t.holding.start, t.holding.end, t.holding.rule) for t in tenures]
    return LinkedDocument(doc, _mentions(doc, names, persons, references), tuple(offices), tuple(times), references.actors, *_places(names, references, gazetteer))


def _entities(persons: Persons, tenures: Iterable[Tenure], doc: Document, names: Sequence[Name]) -> dict[Person, Entity]:
    serving: dict[Person, str] = {}
    for status in ("ongoing", "planned", "occurred"):
        for tenure in tenures:
            if tenure.holding.status == status:
                serving.setdefault(tenure.holding.person, tenure.of.state or tenure.of.code or "")
    return {
        person: Entity(f"official/{person.slug}", EntityKind.OFFICIAL, person.name, state=serving.get(person) or _nationality(person, doc, names))
        for person in persons.people
    }


def _nationality(person: Person, doc: Document, names: Sequence[Name]) -> str | None:
    """Return the state in "Singaporean lawyer Terence Quek", "Sweden's Pär Lindmarker", "Casals of Spain"."""
    name_at = {i: name for name in names for i in range(name.start, name.end)}
    for start, end in person.spans:
        beside = [c for i in range(start, end) for c in doc.children[i] if not start <= c < end]
        beside += [c for b in beside if doc.tokens[b].dep == "nmod:desc" for c in doc.children[b]]
        head = doc.tokens[doc.tokens[start].head]
        if doc.tokens[start].dep == "appos":
            beside += [c for c in doc.children[head.i] if doc.tokens[c].dep == "amod"]
        for i in beside:
            name = name_at.get(i)
            if name is not None and name.actor is not None and name.actor.kind is EntityKind.STATE and doc.tokens[i].dep in ("amod", "nmod:poss", "nmod", "compound"):
                return name.actor.code
    return None


def _mentions(doc: Document, names: Sequence[Name], persons: Persons, references: References) -> tuple[Mention, ...]:
    found: list[Mention] = []
    covered: set[int] = set()
    for name in names:
        covered.update(range(name.start, name.end))
        how = "modifier-compound" if name.modifier else references.how.get(name.start, "place")
        entity = name.place if how == "place" and name.place else name.actor or name.place
        found.append(Mention(name.start, name.end, name.head, entity, how))
    for person in persons.people:
        for start, end in person.spans:
            covered.update(range(start, end))
            entity = references.actors[start][0]
            found.append(Mention(start, end, start, entity, "name"))
    for i, entities in references.actors.items():
        if i not in covered and references.how[i] not in ("group",):
            found.extend(Mention(i, i + 1, i, entity, references.how[i]) for entity in entities)
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.entity.id if m.entity else "")))


def _places(names: Sequence[Name], references: References, gazetteer):
    places: dict[int, tuple[Entity, ...]] = {}
    bodies: dict[str, Entity] = {}
    for name in names:
        state = name.actor if name.actor and name.actor.kind is EntityKind.STATE else None
        if name.place is not None:
            state = gazetteer.entity(name.place.state) if name.place.state else None
        entities = tuple(e for e in (name.place, state) if e is not None)
        if entities and name.form != "demonym" and not name.modifier:
            for i in range(name.start, name.end):
                places[i] = entities
        for entity in (state, name.actor):
            if entity is not None and entity.code:
                bodies.setdefault(entity.code, entity)
    for entities in references.actors.values():
        for entity in entities:
            for code in (entity.code, entity.state):
                if code and code not in bodies and (body := gazetteer.entity(code)):
                    bodies[code] = body
    return places, bodies
