"""Whose sanctions, or on whom, where an article tells the one without the other: "EU sanctions", "the Mali embargo".

Where no fact has told both sides, what lacks one takes it from the nearest words that name it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from kb.extract.drafts import Draft
from kb.extract.measures import Measures
from kb.extract.sanctionrecords import SANCTIONS, is_by_imposer
from kb.model import Entity, EntityKind

Named = tuple[int, tuple[Entity, ...]]
"""Entities, and the token at which they are named."""


class SanctionSides:
    """The imposers and targets that the words for sanctions and the drafts of an article name."""

    def __init__(self, measures: Measures, drafts: Sequence[Draft]) -> None:
        family = measures.lexicon.families["SanctionsAction"]
        told = [d for d in drafts if d.type in SANCTIONS]
        own = [d for d in told if is_by_imposer(d, family)]
        nouns = tuple(measures.all_nouns())
        self._targets = [(d.trigger, d.entities("target")) for d in told] + list(_targets(measures, nouns))
        self._imposers = [(d.trigger, d.entities("actor", "imposer")) for d in own]
        self._imposers += [(i, measures.imposers(i, frozenset())) for i in nouns]

    def target(self, at: int, barred: Collection[str]) -> tuple[Entity, ...]:
        """Return the targets named nearest to a token, before it rather than after, none of the ids in `barred`."""
        return _nearest(self._targets, at, barred)

    def imposer(self, at: int, barred: Collection[str]) -> tuple[Entity, ...]:
        """Return the imposers named nearest to a token, before it rather than after, none of the ids in `barred`.

        None where the article names different ones: whose act it is then nobody can tell.
        """
        every = [e for _, entities in self._imposers for e in entities]
        bodies = {e.code or e.id for e in every if e.kind is not EntityKind.OFFICIAL}
        return _nearest(self._imposers, at, barred) if len(bodies) < 2 else ()


def _targets(measures: Measures, nouns: Iterable[int]) -> Iterator[Named]:
    for i in nouns:
        yield i, measures.targets(i) or measures.in_front(i)


def _nearest(named: Iterable[Named], at: int, barred: Collection[str]) -> tuple[Entity, ...]:
    allowed = [(i, entities) for i, entities in named if entities and not {e.id for e in entities} & set(barred)]
    before, after = ([n for n in allowed if (n[0] <= at) is earlier] for earlier in (True, False))
    if before:
        return max(before, key=lambda n: n[0])[1]
    return min(after, key=lambda n: n[0])[1] if after else ()
