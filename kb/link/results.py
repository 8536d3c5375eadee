"""The linked document: the entity of each person, the mentions, the places and the states of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.link.context import References
from kb.link.gazetteer import Gazetteer
from kb.link.names import Name
from kb.link.persons import Person, Persons
from kb.link.tenures import Tenure
from kb.model import Document, Entity, EntityKind, LinkedDocument, Mention, Office, TimeExpression

_STATUSES = ("ongoing", "planned", "occurred")
"""Of several offices of a person, the one held now tells whom the person serves."""


def linked_document(
    doc: Document,
    names: Sequence[Name],
    persons: Persons,
    entities: Mapping[Person, Entity],
    tenures: Sequence[Tenure],
    times: Sequence[TimeExpression],
    references: References,
    gazetteer: Gazetteer,
) -> LinkedDocument:
    """Put together what has been found."""
    return LinkedDocument(
        doc,
        tuple(sorted(_mentions(names, persons, references), key=_order)),
        tuple(_office(tenure, entities) for tenure in tenures),
        tuple(times),
        references.actors,
        _seats(references, gazetteer) | {i: found for name in names for i, found in _places_of(name, gazetteer)},
        _bodies(names, references, gazetteer),
    )


# --- persons ------------------------------------------------------------------------------------------------------


def person_entities(
    doc: Document, names: Sequence[Name], persons: Persons, tenures: Sequence[Tenure]
) -> dict[Person, Entity]:
    """Return the entity of each person, with the state it serves or comes from."""
    serving: dict[Person, str] = {}
    for status in _STATUSES:
        for tenure in tenures:
            if tenure.holding.status == status:
                serving.setdefault(tenure.person, tenure.of.state or tenure.of.code or "")
    name_at = {i: name for name in names for i in range(name.start, name.end)}
    entities = {}
    for person in persons.people:
        state = serving.get(person) or _nationality(doc, person, name_at)
        entities[person] = Entity(f"official/{person.slug}", EntityKind.OFFICIAL, person.name, state=state)
    return entities


def _nationality(doc: Document, person: Person, name_at: Mapping[int, Name]) -> str | None:
    """Return the state in "Singaporean lawyer Terence Quek", "Sweden's Pär Lindmarker", "Casals of Spain"."""
    for start, end in person.spans:
        for i in _beside(doc, start, end):
            name = name_at.get(i)
            modifies = doc.tokens[i].dep in ("amod", "nmod:poss", "nmod", "compound")
            if modifies and name is not None and name.actor is not None and name.actor.kind is EntityKind.STATE:
                return name.actor.code
    return None


def _beside(doc: Document, start: int, end: int) -> Iterator[int]:
    """Yield the dependents of a person's name, of the description before it and of the noun it is set beside."""
    below = [c for i in range(start, end) for c in doc.children[i] if not start <= c < end]
    yield from below
    for i in below:
        if doc.tokens[i].dep == "nmod:desc":
            yield from doc.children[i]
    if doc.tokens[start].dep == "appos":
        yield from (c for c in doc.children[doc.tokens[start].head] if doc.tokens[c].dep == "amod")


def _office(tenure: Tenure, entities: Mapping[Person, Entity]) -> Office:
    holding = tenure.holding
    return Office(
        entities[tenure.person], tenure.role, tenure.of, holding.status, holding.start, holding.end, holding.rule
    )


def dateline_state(doc: Document, gazetteer: Gazetteer) -> str | None:
    """Return the code of the state that the article's dateline lies in: KOR for "SEOUL"."""
    for part in (doc.article.dateline or "").split(","):  # "PORT-AU-PRINCE, Haiti"
        place = part.strip()
        found = gazetteer.index.get(place) or gazetteer.index.get(place.title()) or gazetteer.in_capitals.get(place, ())
        for candidate in found:
            if candidate.kind in ("state", "place"):
                return candidate.key if candidate.kind == "state" else gazetteer.places[candidate.key].state
    return None


# --- mentions -----------------------------------------------------------------------------------------------------


def _mentions(names: Sequence[Name], persons: Persons, references: References) -> Iterator[Mention]:
    covered: set[int] = set()
    for name in names:
        covered.update(range(name.start, name.end))
        yield _mention(name, references)
    for start, end in set(persons.span_at.values()):
        covered.update(range(start, end))
        yield Mention(start, end, start, references.actors[start][0], "name")
    for i, entities in references.actors.items():
        how = references.how[i]
        if i not in covered and how != "group":
            yield from (Mention(i, i + 1, i, entity, how) for entity in entities)


def _mention(name: Name, references: References) -> Mention:
    how = "modifier-compound" if name.modifier else references.how.get(name.start, "place")
    entity = name.place if how == "place" and name.place else name.actor or name.place
    return Mention(name.start, name.end, name.head, entity, how)


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.entity.id if mention.entity else ""


# --- places and bodies --------------------------------------------------------------------------------------------


def _seats(references: References, gazetteer: Gazetteer) -> dict[int, tuple[Entity, ...]]:
    """Return the capital and its state at each "the capital"."""
    capital = {code: key for key, code in gazetteer.capital_of.items()}
    found = references.seats.items()
    return {i: (gazetteer.place(capital[s.code]), s) for i, s in found if s.code is not None and s.code in capital}


def _places_of(name: Name, gazetteer: Gazetteer) -> Iterator[tuple[int, tuple[Entity, ...]]]:
    """Yield the place and state, or the state alone, at each token of a name that can be somewhere to be."""
    if name.form == "demonym" or name.modifier:
        return
    found = tuple(e for e in (name.place, _state(name, gazetteer)) if e is not None)
    for i in range(name.start, name.end) if found else ():
        yield i, found


def _state(name: Name, gazetteer: Gazetteer) -> Entity | None:
    if name.place is not None:
        return gazetteer.entity(name.place.state) if name.place.state else None
    return name.actor if name.actor is not None and name.actor.kind is EntityKind.STATE else None


def _bodies(names: Sequence[Name], references: References, gazetteer: Gazetteer) -> dict[str, Entity]:
    """Return the states and organisations that the article refers to, by code."""
    bodies: dict[str, Entity] = {}
    for name in names:
        for entity in (_state(name, gazetteer), name.actor):
            if entity is not None and entity.code:
                bodies.setdefault(entity.code, entity)
    for code in _codes(references.actors.values()):
        body = gazetteer.entity(code)
        if body is not None:
            bodies.setdefault(code, body)
    return bodies


def _codes(actors: Iterable[tuple[Entity, ...]]) -> Iterator[str]:
    for entities in actors:
        for entity in entities:
            yield from (code for code in (entity.code, entity.state) if code)
