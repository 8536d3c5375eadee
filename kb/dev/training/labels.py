"""The labels of the event tasks."""

from __future__ import annotations

_ACTIONS = {
    "visit": "",
    "meeting": "in-person call summit talks",
    "regime": "",
    "accuse": "",
    "deny": "",
    "transfer": "",
    "test": "",
    "sanction": "impose extend tighten ease lift threaten urge propose veto violate evade oppose designate",
    "agreement": "sign negotiate propose ratify withdraw violate suspend",
    "stance": "support praise condemn criticise warn threaten urge reject demand promise thank",
    "diplomacy": "expel recall summon appoint sever_ties restore_ties recognise open_embassy close_embassy invite",
    "military": "invade attack exercise deploy withdraw",
}
EVENTS = tuple(
    f"{kind}.{action}" if action else kind for kind, actions in _ACTIONS.items() for action in actions.split() or [""]
)
"""Types of events with their actions, in the order of the network's scores; its column 0 is "no event"."""

STATUSES = ("occurred", "ongoing", "planned", "possible", "alleged", "denied", "cancelled")
ROLES = ("agent", "target", "to", "from", "place", "time", "companion", "object")
"""Roles of arguments, in the order of the network's scores; its column 0 is "no role"."""

CLASSES = {
    "visit": "Visit",
    "meeting": "Meeting",
    "regime": "SanctionsRegime",
    "accuse": "Accusation",
    "deny": "Denial",
    "transfer": "Transfer",
    "test": "WeaponsTest",
    "sanction": "SanctionsAction",
    "agreement": "Agreement",
    "stance": "Stance",
    "diplomacy": "DiplomaticAction",
    "military": "MilitaryAction",
}
"""The ontology's class of each type."""
