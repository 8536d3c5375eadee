"""One fact said twice in an article becomes one claim with several pieces of evidence.

Two drafts of a class are the same fact when their core roles (families.toml) agree, at the level of states where one
of them names only the state, their closed values agree, and their times can be the same. The most specific draft
gives the arguments; the others add what it lacks, and their evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kb.extract.drafts import Draft, StateOf, states
from kb.extract.parties import is_unnamed
from kb.extract.stays import joined
from kb.model import ACTOR_KINDS, Entity, EntityKind, FactualityLabel, Precision

_STRENGTH = {
    label: rank
    for rank, label in enumerate(
        (
            FactualityLabel.CANCELLED,
            FactualityLabel.POSTPONED,
            FactualityLabel.OCCURRED,
            FactualityLabel.ONGOING,
            FactualityLabel.PLANNED,
            FactualityLabel.EXPECTED,
            FactualityLabel.ALLEGED,
            FactualityLabel.PROPOSED,
            FactualityLabel.POSSIBLE,
            FactualityLabel.HYPOTHETICAL,
            FactualityLabel.DENIED,
            FactualityLabel.NOT_OCCURRED,
        )
    )
}


_RECENT = timedelta(days=60)
_REAL = frozenset({FactualityLabel.OCCURRED, FactualityLabel.ONGOING})


def _rank(draft: Draft) -> tuple[int, bool]:
    """Rank readings of one fact: the strongest label first, of equals the one whose source is named."""
    return _STRENGTH[draft.factuality.label], not any(link.sources for link in draft.factuality.chain)


_STEM = 4
"""Letters that two words of one matter share at least: "fisheries", "fishing"."""


class Merger:
    """Merges the drafts of one article."""

    def __init__(
        self,
        families: Mapping[str, Mapping[str, Any]],
        state_of: StateOf,
        sentence_of: Callable[[int], int],
        is_news: Callable[[Draft], bool] = lambda _: False,
        published: date | None = None,
    ) -> None:
        self.families = families
        self.state_of = state_of
        self.sentence_of = sentence_of
        self.is_news = is_news
        self.published = published

    def merge(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the distinct facts, in text order of their best evidence."""
        clusters: list[list[Draft]] = []
        for draft in sorted(drafts, key=lambda d: (-self._specificity(d), d.trigger, d.rule)):
            home = next((c for c in clusters if all(self.same(draft, other) for other in c)), None)
            if home is None:
                clusters.append([draft])
            else:
                home.append(draft)
        return sorted((self._join(cluster) for cluster in clusters), key=lambda d: (d.trigger, d.type, d.rule))

    def same(self, a: Draft, b: Draft) -> bool:
        """Tell whether two drafts state one fact."""
        family = self.families[a.type]
        if a.type != b.type or any(self._differ(a.value(role), b.value(role)) for role in family.get("closed", ())):
            return False
        apart = family.get("apart", ())
        if (a.rule in apart) != (b.rule in apart):
            return False
        if family.get("realis") and (a.factuality.label in _REAL) != (b.factuality.label in _REAL):
            return False
        if family.get("speech") and not self._one_saying(a, b):
            return False
        common = family.get("common", ())
        if any(self._other_matter(a.value(role), b.value(role), common) for role in family.get("matter", ())):
            return False
        core: list[str] = self.families[a.type]["core"]
        return all(self._agree(a, b, role) for role in core) and self._times_agree(a, b)

    def _other_matter(self, a: object, b: object, common: Sequence[str]) -> bool:
        """Tell whether two phrases name different matters: each has a word of its own, and none begins alike."""
        words = (set(str(x or "").casefold().split()) - set(common) for x in (a, b))
        left, right = ({word[:_STEM] for word in found if word[0].isalnum()} for found in words)
        return bool(left) and bool(right) and not left & right

    def _one_saying(self, a: Draft, b: Draft) -> bool:
        """Tell whether two speech acts can be one: said by the same speaker, or in one or two sentences that touch."""
        near = abs(self.sentence_of(a.trigger) - self.sentence_of(b.trigger)) <= 1
        return near or bool({e.id for e in a.entities("speaker")} & {e.id for e in b.entities("speaker")})

    def _differ(self, a: object, b: object) -> bool:
        return a is not None and b is not None and a != b

    def _agree(self, a: Draft, b: Draft, role: str) -> bool:
        left, right = (self._unaliased(x.entities(role), a.type) for x in (a, b))
        if not left or not right:
            return bool(role != self.families[a.type]["core"][0])
        if {e.id for e in left} & {e.id for e in right}:
            return self._enough(a, b, role)
        if role in self.families[a.type].get("unnamed", ()) and any(all(map(is_unnamed, x)) for x in (left, right)):
            return True
        one_is_state = any(e.kind is not EntityKind.OFFICIAL for e in (*left, *right))
        shared = states(left, self.state_of) & states(right, self.state_of)
        return bool(shared) and one_is_state and self._enough(a, b, role)

    def _unaliased(self, entities: tuple[Entity, ...], type_: str) -> tuple[Entity, ...]:
        """Return the entities with bodies that the family takes for one (the UN and its Security Council) as one."""
        alike = self.families[type_].get("alike", {})
        return tuple(replace(e, id=alike[e.code], code=alike[e.code]) if e.code in alike else e for e in entities)

    def _named(self, draft: Draft, cluster: Sequence[Draft]) -> Draft:
        """Return the draft with the name that the family prefers of bodies that count as one, where it is used."""
        used = {e.code: e for other in cluster for a in other.arguments if isinstance(e := a.value, Entity)}
        alike = {old: used[new] for old, new in self.families[draft.type].get("alike", {}).items() if new in used}
        arguments = tuple(
            replace(a, value=alike[a.value.code]) if isinstance(a.value, Entity) and a.value.code in alike else a
            for a in draft.arguments
        )
        return replace(draft, arguments=arguments)

    def _enough(self, a: Draft, b: Draft, role: str) -> bool:
        """Ask for the same circle of participants: all of the smaller side's are on the larger side."""
        if role not in ("participant", "party"):
            return True
        left, right = a.entities(role), b.entities(role)
        circles = [states(side, self.state_of) for side in (left, right)]
        apart = self.sentence_of(a.trigger) != self.sentence_of(b.trigger)
        if apart and all(len(circle) > 1 for circle in circles) and len(circles[0]) != len(circles[1]):
            return False  # a trilateral call is not the talks that two of the three have
        return self._all_among(left, right) or self._all_among(right, left)

    def _all_among(self, some: Sequence[Entity], others: Sequence[Entity]) -> bool:
        return all(any(self._may_be(one, other) for other in others) for one in some)

    def _may_be(self, one: Entity, other: Entity) -> bool:
        """Tell whether two participants can be one: the same, or an official and the state they serve."""
        officials = one.kind is EntityKind.OFFICIAL and other.kind is EntityKind.OFFICIAL
        return one.id == other.id or (
            not officials and bool(states([one], self.state_of) & states([other], self.state_of))
        )

    def _times_agree(self, a: Draft, b: Draft) -> bool:
        if a.time is None or b.time is None:
            return not (self.families[a.type].get("dated_apart") and (self._history(a, b) or self._history(b, a)))
        one, other = a.time.time, b.time.time
        return one.earliest <= other.latest and other.earliest <= one.latest

    def _history(self, old: Draft, new: Draft) -> bool:
        """Tell whether one draft is dated long before the article and the other, without a date, is its news."""
        if old.time is None or new.time is not None or not self.is_news(new):
            return False
        if self.published is None:
            return old.time.time.precision is Precision.YEAR
        return old.time.time.latest < self.published - _RECENT

    def _specificity(self, draft: Draft) -> int:
        """Rank drafts: officials in core roles count more than states, then the roles that are filled, then a date."""
        actors = [
            e for e in draft.entities(*self.families[draft.type]["core"]) if e.kind in ACTOR_KINDS and not is_unnamed(e)
        ]
        named = sum(2 if actor.kind is EntityKind.OFFICIAL else 1 for actor in actors)
        return 4 * named + len({a.role for a in draft.arguments}) + (3 if draft.time else 0)

    def _join(self, cluster: list[Draft]) -> Draft:
        best = self._named(cluster[0], cluster)
        for other in cluster[1:]:
            filled = {a.role for a in best.arguments}
            best = best.adding(a for a in other.arguments if a.role not in filled)
            if best.time is None and other.time is not None:
                best = replace(best, time=other.time)
            elif best.time is not None and other.time is not None:
                best = replace(best, time=joined(best.time, other.time))
            best = replace(best, evidence=best.evidence + other.evidence, about=best.about + other.about)
        strongest = min(cluster, key=_rank)
        return replace(best, factuality=strongest.factuality, evidence=tuple(dict.fromkeys(best.evidence)))
