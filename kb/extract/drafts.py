"""A claim in the making, and what the stages between match and claim ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kb.model import Argument, Entity, EntityKind, Factuality, Span, TimeExpression

StateOf = Callable[[Entity], str | None]


@dataclass(frozen=True)
class Draft:
    """One reading of one trigger; `tokens` are those its evidence covers, `content` those of a clause it reports."""

    type: str
    rule: str
    trigger: int
    arguments: tuple[Argument, ...]
    tokens: frozenset[int]
    factuality: Factuality
    time: TimeExpression | None = None
    evidence: tuple[Span, ...] = ()
    about: tuple[Draft, ...] = field(default=(), compare=False)

    def entities(self, *roles: str) -> tuple[Entity, ...]:
        """Return the entities that fill the given roles."""
        return tuple(a.value for a in self.arguments if a.role in roles and isinstance(a.value, Entity))

    def value(self, role: str) -> Entity | str | int | None:
        """Return the first filler of a role, or None."""
        return next((a.value for a in self.arguments if a.role == role), None)

    def adding(self, arguments: Iterable[Argument]) -> Draft:
        """Return the draft with more arguments; a filler it already has is not added twice."""
        present = {(a.role, _key(a.value)) for a in self.arguments}
        new = tuple(a for a in arguments if (a.role, _key(a.value)) not in present)
        return replace(self, arguments=self.arguments + new) if new else self

    def without(self, role: str, unwanted: Iterable[Entity] | None = None) -> Draft:
        """Return the draft without a role, or without some of its fillers."""
        ids = None if unwanted is None else {entity.id for entity in unwanted}
        kept = tuple(a for a in self.arguments if a.role != role or (ids is not None and _key(a.value) not in ids))
        return replace(self, arguments=kept)


def states(entities: Iterable[Entity], state_of: StateOf) -> frozenset[str]:
    """Return the codes of the states and organisations that the entities are or serve, else their own ids."""
    return frozenset(entity.code or state_of(entity) or entity.id for entity in entities)


def told_before(draft: Draft, role: str) -> list[Argument]:
    """Return the fillers of a role for a later draft that leaves it out."""
    return [replace(a, how=f"{role} in focus") for a in draft.arguments if a.role == role]


def in_public(speakers: Iterable[Entity], state_of: StateOf) -> bool:
    """Tell whether one of the speakers is or serves a state or body; a private person takes no stance of theirs."""
    return any(e.kind is not EntityKind.OFFICIAL or state_of(e) for e in speakers)


def _key(value: Entity | str | int) -> object:
    return value.id if isinstance(value, Entity) else value
