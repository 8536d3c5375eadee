"""Clustering: the claims of one block as groups, one for each event.

Greedy in one fixed order, with complete links: a claim joins a group only if it fits every claim in it, so that a chain
of neighbouring dates never brings distant ones together. The order makes the result independent of that of loading:

1. claims that say from when to when, then those known to the day: the nearest group that fits;
2. claims with coarser dates, finest first: the only finer group that fits;
3. claims without a date, which their article's date bounds: the only dated group that fits.

Where several groups fit in 2 and 3, the one with a claim of the same article counts, else the one nearest to the
publication, within a month. What still fits none or several joins its own kind, or stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.resolve.blocks import CLASSES
from kb.resolve.matching import RECENT, Features, alike, distance, overlap


@dataclass
class Group:
    """Claims about one event. The first one is the most exact."""

    members: list[Features] = field(default_factory=list)
    anchors: list[Features] = field(default_factory=list)
    """Those whose dates a claim must overlap: with each extent if there is any, because a day of a visit may be far
    from its other days; else with every date; without dates, with all."""

    def add(self, claim: Features) -> None:
        """Take a claim in; claims come in the order of their rank."""
        self.members.append(claim)
        if claim.rank <= self.rank or (not self.members[0].extent and claim.dated):
            self.anchors.append(claim)

    @property
    def rank(self) -> tuple[int, int]:
        """How exactly its date is known."""
        return self.members[0].rank

    def fits(self, claim: Features) -> bool:
        """Tell whether a claim can be about the same event as all that are in."""
        return all(overlap(claim, anchor) for anchor in self.anchors) and all(alike(claim, one) for one in self.members)

    def away(self, day: date) -> int:
        """Return how many days its dates lie from a day."""
        return min(distance(anchor, day) for anchor in self.anchors)


def clusters(claims: Sequence[Features]) -> list[list[Features]]:
    """Return the claims of a block, or of one component of it, in groups, one for each event."""
    by_iri = sorted(claims, key=lambda claim: claim.record.iri)
    if CLASSES[by_iri[0].record.event].standing:
        return [by_iri]
    groups: list[Group] = []
    for claim in sorted(by_iri, key=lambda claim: (claim.rank, claim.first, claim.last)):
        group = _home(claim, [group for group in groups if group.fits(claim)])
        if group is None:
            groups.append(group := Group())
        group.add(claim)
    return [sorted(group.members, key=lambda member: member.record.iri) for group in groups]


def _home(claim: Features, fitting: Sequence[Group]) -> Group | None:
    if claim.exact:
        return min(fitting, key=lambda group: group.away(claim.first), default=None)
    finer = [group for group in fitting if group.rank < claim.rank]
    chosen = finer[0] if len(finer) == 1 else _of_the_article(claim, finer) or _of_the_day(claim, finer)
    return chosen or next((group for group in fitting if group.rank >= claim.rank), None)


def _of_the_article(claim: Features, groups: Sequence[Group]) -> Group | None:
    """Return the only group with a claim of the same article."""
    article = claim.record.article
    own = [group for group in groups if any(member.record.article == article for member in group.members)]
    return own[0] if len(own) == 1 else None


def _of_the_day(claim: Features, groups: Sequence[Group]) -> Group | None:
    """Return the group nearest to the publication, if it is near."""
    day = claim.record.published
    near = [group for group in groups if day and group.away(day) <= RECENT.days]
    return min(near, key=lambda group: group.away(day) if day else 0, default=None)
