"""Blocking: which claims could be about one event.

Claims share a block if they are of one class, if the same states stand behind their participants in each role, and if
they are about the same kind of act. Only claims of one block are ever compared, and a block is recomputed as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.resolve.records import ClaimRecord
from kb.resolve.terms import short


@dataclass(frozen=True, slots=True)
class EventClass:
    """How events of one class are told apart.

    The states behind `roles` are equal in all claims about an event; `act` is the property with the kind of act, its
    concepts taken together as `same` says. A `standing` thing has no date of its own: a block is one of it. Of `speech`
    it also matters what it is about. `local` events happen in one place.
    """

    roles: tuple[str, ...]
    act: str | None = None
    same: Mapping[str, str] | None = None
    standing: bool = False
    speech: bool = False
    local: bool = True


SAME_STANCE = {"criticise": "condemn", "threaten": "warn", "praise": "support", "demand": "urge"}
"""Stances that different outlets report of one speech, by the one that stands for them."""

BRITISH = {"defense": "defence", "labor": "labour", "organization": "organisation", "program": "programme"}
"""Words of titles in the spelling by which titles are compared."""

CLASSES: Mapping[str, EventClass] = {
    "Visit": EventClass(("visitor", "destination"), local=False),
    "Meeting": EventClass(("participant",)),
    "SanctionsAction": EventClass(("actor", "target"), "action"),
    "SanctionsRegime": EventClass(("imposer", "target"), standing=True),
    "Agreement": EventClass(("party",), "action"),
    "Accusation": EventClass(("speaker", "target"), speech=True),
    "Denial": EventClass(("speaker", "target"), speech=True),
    "Stance": EventClass(("speaker", "target"), "kind", SAME_STANCE, speech=True),
    "Transfer": EventClass(("supplier", "recipient")),
    "WeaponsTest": EventClass(("actor",)),
    "DiplomaticAction": EventClass(("actor", "target"), "action"),
    "MilitaryAction": EventClass(("actor", "target"), "action"),
    "Tenure": EventClass(("officeHolder", "officeOf"), standing=True),
}


def known_regime(record: ClaimRecord) -> str | None:
    """Return the IRI of the known regime that a claim about a regime names."""
    regimes = [value.value for value in record.values.get("underRegime", ())]
    return min(regimes, default=None) if record.event == "SanctionsRegime" else None


def block_key(record: ClaimRecord) -> str:
    """Return the key of a claim's block, readable, such as ``Visit; visitor state/RUS; destination state/PRK``."""
    regime = known_regime(record)
    parts = [f"underRegime {short(regime)}"] if regime else list(_parts(record))
    return "; ".join([record.event, *parts])


def _parts(record: ClaimRecord) -> Iterable[str]:
    event = CLASSES[record.event]
    for role in event.roles:
        # What stands is one person's, or the state's: there a person is never taken for his or her state.
        iris = {agent.iri if event.standing and agent.person else agent.body for agent in record.agents.get(role, ())}
        yield " ".join([role, *sorted(map(short, iris))])
    if event.act and (act := record.concept(event.act)):
        yield f"{event.act} {(event.same or {}).get(act, act)}"
    if record.event == "Tenure":
        words = " ".join(value.value.casefold() for value in record.values.get("role", ())).split()
        yield " ".join(["role", *(BRITISH.get(word, word) for word in words)])


def blocks_of(records: Iterable[ClaimRecord]) -> dict[str, list[ClaimRecord]]:
    """Return the records by the key of their block."""
    found: dict[str, list[ClaimRecord]] = {}
    for record in records:
        found.setdefault(block_key(record), []).append(record)
    return found
