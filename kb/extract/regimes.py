"""Which of the known sanctions regimes a fact about sanctions belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kb.extract.drafts import Draft
from kb.model import Argument, Entity, EntityKind

if TYPE_CHECKING:
    from kb.link.records import Regime

RegimesOf = Callable[[str, str], Sequence["Regime"]]
"""Returns the known regimes of an imposer on a target, by their codes."""


def no_regimes(_imposer: str, _target: str) -> Sequence[Regime]:
    """Know no regimes."""
    return ()


def with_regime(draft: Draft, regimes_of: RegimesOf, published: date | None) -> Draft:
    """Return the draft with the known regime it is about, where there is just one that was in force."""
    imposers = draft.entities("imposer") or draft.entities("actor")
    pairs = [(i.code, t.code) for i in imposers for t in draft.entities("target") if i.code and t.code]
    if draft.type not in ("SanctionsRegime", "SanctionsAction") or len(pairs) != 1:
        return draft
    found = [r for r in regimes_of(*pairs[0]) if _in_force(r, published)]
    if len(found) != 1:
        return draft
    regime = Entity(f"id/regime/{found[0].id}", EntityKind.REGIME, found[0].name, known=True)
    return draft.adding([Argument("underRegime", regime, "the only known regime of this imposer on this target")])


def _in_force(regime: Regime, day: date | None) -> bool:
    if day is None:
        return regime.ended is None
    return regime.since <= day and (regime.ended is None or day <= regime.ended)
