"""Which state an article speaks of at a token: the guess behind "the foreign minister" without a country."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from kb.link.context import References, StateOf
from kb.link.discourse import Referred
from kb.model import Document, Entity, EntityKind

_COUNT, _NEAR, _HEADLINE, _LIKELY = 1.2, 1.9, 0.4, 2.2
"""Weights of a log-linear choice between the states of an article, fitted on 88 offices of the development articles."""

@dataclass(frozen=True)
class Focus:
    """The states an article refers to and where, quotations left out."""

    doc: Document
    references: References
    state: StateOf

    def at(self, i: int, barred: Collection[str] = (), typical: str | None = None) -> Entity | None:
        """Return the state spoken of most, and named in the sentence of token i or the one before.

        `barred` are the ids of states that are unlikely, `typical` the code of one that is likely.
        """
        here = self._number[self.doc.tokens[i].sentence]
        headline = next(iter(self._mentions.values()), [])

        def score(key: str) -> float:
            items = self._mentions[key]
            near = {here - self._number[item.sentence] for item in items if item.i < i} & {0, 1}
            found = _COUNT * math.log(1 + len(items)) + _NEAR * len(near)
            found += _HEADLINE * (items is headline) + _LIKELY * (self._states[key].code == typical)
            return found - _LIKELY * (key in barred)

        return self._states[max(self._states, key=lambda key: (score(key), key))] if self._states else None

    @cached_property
    def _number(self) -> dict[int, int]:
        """The sentences numbered without those that stand in quotation marks, which take the number of the next."""
        numbers, number = {}, 0
        for sentence in self.doc.sentences:
            numbers[sentence.i] = number
            words = [i for i in range(sentence.start, sentence.end) if self.doc.tokens[i].upos != "PUNCT"]
            number += not all(i in self.references.quoted for i in words)
        return numbers

    @cached_property
    def _mentions(self) -> dict[str, list[Referred]]:
        found: dict[str, list[Referred]] = {}
        for item in self.references.referred:
            for entity in item.entities:
                state = state_served(entity, self.state)
                if state is not None and item.i not in self.references.quoted:
                    found.setdefault(state.id, []).append(item)
        return found

    @cached_property
    def _states(self) -> dict[str, Entity]:
        served = (state_served(e, self.state) for item in self.references.referred for e in item.entities)
        return {state.id: state for state in served if state is not None and state.id in self._mentions}


def state_served(entity: Entity, state: StateOf) -> Entity | None:
    """Return the state an entity is or serves, None where it is or serves none."""
    found = state(entity.state) if entity.kind is EntityKind.OFFICIAL and entity.state else entity
    return found if found is not None and found.kind is EntityKind.STATE else None
