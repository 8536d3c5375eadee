"""What a fact of each type consists of, by the project's annotation guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fact = Mapping[str, Any]
"""A fact in the flat view of `kb extract`, or as annotated."""

CORE: Mapping[str, tuple[str, ...]] = {
    "office": ("person", "of"),
    "visit": ("visitors", "to"),
    "meeting": ("participants",),
    "regime": ("imposers", "targets"),
    "sanction_action": ("actors", "targets", "action"),
    "agreement": ("parties",),
    "accuse": ("speakers", "targets"),
    "deny": ("speakers",),
    "stance": ("speakers", "targets", "kind"),
    "transfer": ("suppliers", "recipients"),
    "weapons_test": ("actors",),
    "diplomatic_action": ("actors", "action"),
    "military_action": ("actors", "targets"),
}
"""The slots that make two facts of a type the same."""

EXTRA: Mapping[str, tuple[str, ...]] = {
    "office": ("role",),
    "visit": ("start", "end", "status", "place", "from", "companions", "first_in_years"),
    "meeting": ("date", "status", "place", "kind"),
    "regime": ("reason",),
    "sanction_action": ("date", "status", "action"),
    "agreement": ("action", "status", "date"),
    "accuse": (),
    "deny": (),
    "stance": ("kind",),
    "transfer": ("goods", "status"),
    "weapons_test": ("weapon", "date", "status"),
    "diplomatic_action": ("targets", "date", "status"),
    "military_action": ("action", "date", "status"),
}
"""The slots that are judged by themselves, for facts that are the same."""

DATES = ("date", "start", "end")
CLOSED = ("action", "kind")
"""Slots whose values come from a closed list."""

AGENTS = frozenset(slot for slots in CORE.values() for slot in (*slots, "from", "companions") if slot not in CLOSED)
"""Slots filled by states, organisations, officials and groups."""

WORDS = frozenset({"role", "reason", "goods", "weapon", "about", "place"})
"""Slots filled by free text: one word in common is enough."""

_ALIKE = {  # values of closed lists that count as one kind
    **dict.fromkeys(("impose", "extend", "tighten", "designate"), "impose"),
    **dict.fromkeys(("ease", "lift"), "ease"),
    **dict.fromkeys(("threaten", "urge", "propose", "demand", "warn"), "press"),
    **dict.fromkeys(("promise", "support", "praise", "thank"), "support"),
    **dict.fromkeys(("violate", "evade"), "break"),
    **dict.fromkeys(("veto", "oppose", "reject"), "oppose"),
    **dict.fromkeys(("condemn", "criticise"), "condemn"),
}


def alike(value: str) -> str:
    """Return the kind that a folded value of a closed list counts as."""
    return _ALIKE.get(value, value)
