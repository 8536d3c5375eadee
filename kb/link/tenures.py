"""Tenures: a title-name pair with whom it serves, and which of them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.link.context import StateOf
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.model import Entity, EntityKind

_GENERIC = frozenset(
    {"leader", "chief", "head", "minister", "secretary", "envoy", "official", "representative", "diplomat"}
)
_STATE_KINDS = frozenset({"spokesperson", "minister", "envoy", "military", "official", "royal", "adviser"})


@dataclass(frozen=True)
class Tenure:
    """A holding with whom it serves."""

    holding: Holding
    of: Entity

    @property
    def role(self) -> str:
        """The short title."""
        return self.holding.role

    @property
    def kind(self) -> str:
        """The kind of office, as in the gazetteer."""
        return self.holding.title.kind

    @property
    def person(self) -> Person:
        """Who holds it."""
        return self.holding.person


def body_served(owner: Entity, kind: str, state: StateOf) -> Entity:
    """Return the state an organ acts for, unless the office makes sense with the organ alone."""
    if owner.kind is EntityKind.STATE or owner.state is None or owner.state == owner.code:
        return owner
    acts_for_state = owner.known and kind != "legislator"
    return state(owner.state) or owner if acts_for_state or kind in _STATE_KINDS else owner


def served_by(entity: Entity, kind: str, state: StateOf) -> Entity | None:
    """Return whom an office of an entity's serves: the state of a person, what an organ acts for."""
    person = entity.kind is EntityKind.OFFICIAL
    served = state(entity.state) if person and entity.state else entity
    if served is None or served.kind is EntityKind.OFFICIAL or not (served.code or not served.known):
        return None
    return body_served(served, kind, state)


def distinct(tenures: Sequence[Tenure]) -> list[Tenure]:
    """Keep one tenure per person and role; a general word ("minister") yields to a special one ("foreign minister")."""
    kept: list[Tenure] = []
    for tenure in tenures:
        same = next((k for k in kept if k.person is tenure.person and _same(k, tenure)), None)
        if same is None:
            kept.append(tenure)
        elif _better(tenure, same):
            kept[kept.index(same)] = tenure
    return kept


def _same(a: Tenure, b: Tenure) -> bool:
    if a.role == b.role:
        return True
    if a.of != b.of:
        return False
    short, long = sorted((a.role.split(), b.role.split()), key=len)
    return set(short) <= set(long) or a.role in _GENERIC or b.role in _GENERIC


def _better(new: Tenure, old: Tenure) -> bool:
    if old.role in _GENERIC:
        return new.role not in _GENERIC
    return set(old.role.split()) < set(new.role.split()) and new.role not in _GENERIC
