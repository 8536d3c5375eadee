"""The words of labels: what an act is called, with and without its target."""

from __future__ import annotations

from collections.abc import Mapping

CLAUSES = {
    "Visit": ("visitor", "visit", "destination"),
    "Agreement": ("party", "deal with an agreement", ""),
    "Accusation": ("speaker", "accuse", "target"),
    "Denial": ("speaker", "deny", "an accusation"),
    "WeaponsTest": ("actor", "test", "a weapon"),
}
"""Who does, what, and to whom (a role) or what (words), of classes without kinds of acts."""

TARGETED: Mapping[str, Mapping[str, str]] = {
    "SanctionsAction": {
        "impose": "impose sanctions on",
        "extend": "extend sanctions on",
        "tighten": "tighten sanctions on",
        "ease": "ease sanctions on",
        "lift": "lift sanctions on",
        "threaten": "threaten sanctions on",
        "urge": "urge sanctions on",
        "propose": "propose sanctions on",
        "veto": "veto sanctions on",
        "violate": "violate sanctions on",
        "evade": "evade sanctions on",
        "oppose": "oppose sanctions on",
        "designate": "put under sanctions",
    },
    "Stance": {name: name for name in ("support", "praise", "condemn", "criticise", "warn", "threaten", "urge")}
    | {"reject": "reject", "demand": "make demands on", "promise": "make promises to", "thank": "thank"},
    "DiplomaticAction": {
        "expel": "expel envoys of",
        "recall": "recall envoys from",
        "summon": "summon envoys of",
        "appoint": "appoint envoys to",
        "sever-ties": "sever ties with",
        "restore-ties": "restore ties with",
        "recognise": "recognise",
        "open-embassy": "open an embassy in",
        "close-embassy": "close an embassy in",
        "invite": "invite",
    },
    "MilitaryAction": {
        "invade": "invade",
        "attack": "attack",
        "exercise": "hold exercises with",
        "deploy": "deploy forces to",
        "withdraw": "withdraw forces from",
    },
}
"""The words for an act and its target, by class and concept."""

ALONE: Mapping[str, Mapping[str, str]] = {
    "MilitaryAction": {"exercise": "hold exercises", "deploy": "deploy forces", "withdraw": "withdraw forces"},
    "Stance": {
        "support": "voice support",
        "praise": "voice praise",
        "condemn": "voice condemnation",
        "criticise": "voice criticism",
        "warn": "give a warning",
        "threaten": "make threats",
        "urge": "make an appeal",
        "reject": "voice rejection",
        "demand": "make demands",
        "promise": "make promises",
        "thank": "give thanks",
    },
}
"""The words for an act without a target."""

PERSONAL = {"expel": "expel", "recall": "recall", "summon": "summon", "appoint": "appoint"}
"""The words for a diplomatic action whose target is a person."""

AGREEMENTS = {
    "sign": "sign an agreement",
    "negotiate": "negotiate an agreement",
    "propose": "propose an agreement",
    "ratify": "ratify an agreement",
    "withdraw": "withdraw from an agreement",
    "violate": "violate an agreement",
    "suspend": "suspend an agreement",
}

NOT_SO = {"occurred": "", "ongoing": "", "not-occurred": " (did not happen)"}
"""What is added to the label of an event by its status; of another status, its name."""

MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English whatever the locale."""
