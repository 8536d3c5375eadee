"""What an article has said of sanctions: whose they are, on whom, and what was done about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.extract.drafts import Draft
from kb.extract.parties import is_unnamed
from kb.model import Entity, EntityKind

SANCTIONS = ("SanctionsAction", "SanctionsRegime")


@dataclass(frozen=True)
class Record:
    """Sanctions spoken of at a token: the imposers (and their codes, alike bodies as one), the targets, and the act."""

    trigger: int
    codes: frozenset[str]
    imposers: tuple[Entity, ...]
    targets: tuple[Entity, ...]
    action: str | None = None


def is_by_imposer(draft: Draft, family: Mapping[str, Any]) -> bool:
    """Tell whether who acts is whose the sanctions are; `family` is that of sanctions actions."""
    return draft.type == "SanctionsRegime" or draft.value("action") in family["imposers_acts"]


def first_on_body(records: Iterable[Record]) -> Record | None:
    """Return the first record on a state, organisation or known group, else the first (on persons or the like)."""
    listed = list(records)
    return next((r for r in listed if any(_is_body(e) for e in r.targets)), None) or next(iter(listed), None)


def _is_body(entity: Entity) -> bool:
    return entity.kind is not EntityKind.OFFICIAL and not is_unnamed(entity)
