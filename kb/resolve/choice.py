"""The fixed order in which claims decide about an event: its values, its status, whether it is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from kb.model import Precision
from kb.resolve.blocks import CLASSES
from kb.resolve.records import ClaimRecord, When
from kb.resolve.terms import Value

T = TypeVar("T")

STRENGTH = (
    "cancelled",
    "occurred, by the article itself or a participant",
    "occurred",
    "ongoing",
    "not-occurred",
    "postponed",
    "planned",
    "expected",
    "proposed",
    "possible",
    "alleged",
    "hypothetical",
    "denied",
)
"""Which claim decides the status, strongest first; of the strongest ones, the last to be published is the basis."""

REVIVED = frozenset({"occurred", "ongoing", "planned"})
"""What, published on a later day than a cancellation or a postponement, outweighs it."""

SETTLED = frozenset({"occurred", "ongoing", "planned", "cancelled", "not-occurred"})
"""What says how things stand with an office or a regime; the last to be published holds."""

ASSERTED = frozenset({"occurred", "ongoing", "planned", "expected", "possible", "alleged"})
SAID_TO_BE = frozenset({"occurred", "ongoing", "alleged"})
PRECISIONS = {precision.value: rank for rank, precision in enumerate(Precision)}


def preferred(supporters: Mapping[T, Sequence[ClaimRecord]]) -> T:
    """Return one of several values: of the claims with the most exact date, of the own side, of the most publishers.

    Of values that are equal in all this, the smallest as text.
    """
    return min(supporters, key=lambda value: _preference(value, supporters[value]))


def best_value(claims: Iterable[ClaimRecord], role: str) -> Value | None:
    """Return the value of a role that holds one."""
    supporters: dict[Value, list[ClaimRecord]] = {}
    for claim in claims:
        for value in claim.values.get(role, ()):
            supporters.setdefault(value, []).append(claim)
    return preferred(supporters) if supporters else None


def best_time(claims: Iterable[ClaimRecord]) -> When | None:
    """Return the time to be given: as a whole, so that bounds and dates stay together; with an end if one is said."""
    supporters: dict[When, list[ClaimRecord]] = {}
    for claim in claims:
        if claim.when:
            supporters.setdefault(claim.when, []).append(claim)
    finest = min((PRECISIONS.get(when.precision, len(PRECISIONS)) for when in supporters), default=0)
    fine = [when for when in supporters if PRECISIONS.get(when.precision, len(PRECISIONS)) == finest]
    longest = max((len(when.literals) for when in fine), default=0)
    kept = {when: supporters[when] for when in fine if len(when.literals) == longest}
    return preferred(kept) if kept else None


def status_basis(claims: Sequence[ClaimRecord]) -> ClaimRecord:
    """Return the claim that decides the status: the strongest, or of what stands, such as an office, the latest."""
    current = [claim for claim in claims if not _outdated(claim, claims)]
    if CLASSES[claims[0].event].standing:
        current = _latest([claim for claim in claims if claim.factuality in SETTLED]) or current
    strongest = min(map(_strength, current))
    return _latest([claim for claim in current if _strength(claim) == strongest])[-1]


def disputed(claims: Iterable[ClaimRecord]) -> bool:
    """Tell whether one claim asserts or alleges what another denies, or what the article reports a denial of."""
    said = {claim.factuality for claim in claims}
    denied = "denied" in said or any(claim.denied for claim in claims)
    return (denied and not said.isdisjoint(ASSERTED)) or ("not-occurred" in said and not said.isdisjoint(SAID_TO_BE))


def own(claim: ClaimRecord) -> bool:
    """Tell whether the article itself says it, or one of those who take part."""
    return claim.own_side or not claim.attributed


def _latest(claims: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """Return the claims that were published last, in order."""
    last = max((claim.published or date.min for claim in claims), default=date.min)
    return sorted((claim for claim in claims if (claim.published or date.min) == last), key=lambda claim: claim.iri)


def _strength(claim: ClaimRecord) -> int:
    occurred = claim.factuality == "occurred"
    return STRENGTH.index(STRENGTH[1] if occurred and own(claim) else claim.factuality)


def _outdated(claim: ClaimRecord, claims: Iterable[ClaimRecord]) -> bool:
    if claim.factuality not in {"cancelled", "postponed"} or claim.published is None:
        return False
    later = (other for other in claims if other.published and other.published > claim.published)
    return any(other.factuality in REVIVED for other in later)


def _preference(value: object, claims: Sequence[ClaimRecord]) -> tuple[int, bool, int, str]:
    exactness = min(PRECISIONS.get(claim.when.precision if claim.when else "", len(PRECISIONS)) for claim in claims)
    publishers = len({claim.publisher for claim in claims})
    return exactness, not any(claim.own_side for claim in claims), -publishers, str(value)
