"""What the event extractor asks of a linked document: who acts at a token, which place, which state."""

from __future__ import annotations

from kb.model import Entity, EntityKind, LinkedDocument


def agents(linked: LinkedDocument, i: int) -> tuple[Entity, ...]:
    """Return the actors that token i refers to; several for "both sides" or "US and South Korean officials"."""
    return linked.references.get(i, ())


def agents_with_conjuncts(linked: LinkedDocument, i: int) -> tuple[Entity, ...]:
    """Return the actors of token i and of what is coordinated with it ("A, B and C")."""
    found = list(agents(linked, i))
    for child in linked.doc.children[i]:
        if linked.doc.tokens[child].dep == "conj":
            found.extend(agents_with_conjuncts(linked, child))
    return tuple(dict.fromkeys(found))


def places(linked: LinkedDocument, i: int) -> tuple[Entity, ...]:
    """Return the place at token i and the state it lies in, or the state alone."""
    return linked.places.get(i, ())


def state_of(entity: Entity, linked: LinkedDocument) -> str | None:
    """Return the code of the state or organisation that an entity is, serves or lies in, as the article tells."""
    if entity.kind in (EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.GROUP) and entity.code:
        return entity.state or entity.code
    return entity.state


def state_entity(linked: LinkedDocument, code: str | None) -> Entity | None:
    """Return the state or organisation of that code, where the article refers to it."""
    return linked.bodies.get(code) if code else None
