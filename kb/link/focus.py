"""Which state an article speaks of at a token: the guess behind "the foreign minister" without a country."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link import trees
from kb.link.context import References, StateOf
from kb.link.discourse import SUBJECT, Referred
from kb.model import Document, Entity, EntityKind

WEIGHTS = {
    "count": 0.9,
    "same sentence": 1.6,
    "sentence before": 1.1,
    "paragraph": 1.8,
    "subject": 0.3,
    "subject before": 0.3,
    "behind": 0.3,
    "next": 0.7,
    "located": 1.1,
    "colleague": 1.2,
    "headline": 1.1,
    "first": 0.6,
    "dateline": 0.7,
    "nearest to a speaker": 1.3,
    "typical": 6.0,
    "barred": -1.8,
}
"""A log-linear choice between the states of an article, fitted with a Gaussian prior (Chen and Rosenfeld 1999) on 88
offices that nothing in their text decides, 68 of the development articles and 20 of our own sentences: four in five
come out right, three in four with their own article left out of the fit.
"""

_BEHIND_QUOTE = 3
"""How many tokens behind a quotation its speaker's title begins at most: the closing mark, a verb, an article."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What else is known of whom an office serves, as ids of states.

    `barred` are unlikely; `others` are meant only where the article has no further state; the person is `located` in
    some and was named beside `colleagues` of some. `typical` is the code of a state whose office has such a name.
    """

    barred: Collection[str] = ()
    others: Collection[str] = ()
    located: Collection[str] = ()
    colleagues: Collection[str] = ()
    typical: str | None = None


@dataclass(frozen=True)
class Focus:
    """The states an article refers to and where, quotations left out.

    `state` looks a state or organisation up by its code, `home` the state that a body belongs to. `dateline` is the
    code of the state that the article was written in.
    """

    doc: Document
    references: References
    state: StateOf
    home: StateOf
    dateline: str | None = None

    def states(self) -> Collection[Entity]:
        """Return the states that the article refers to, and the one it was written in."""
        return self._states.values()

    def home_ground(self) -> set[str]:
        """Return the id of the state that the article was written in."""
        return {state.id for state in self.states() if state.code == self.dateline}

    def at(self, i: int, clues: Clues) -> Entity | None:
        """Return the state that the features speak for most; None where the article has none."""

        def score(key: str) -> tuple[float, str]:
            found = self.features(i, key, clues)
            return sum(WEIGHTS[name] * value for name, value in found.items()), key

        choice = self._states.keys() - set(clues.others) or self._states.keys()
        return self._states[max(choice, key=score)] if choice else None

    def colleagues(self, i: int, serving: Mapping[str, Entity]) -> set[str]:
        """Return the states of the officials named in the sentence of token i or the one before, as found so far."""
        first = self.doc.tokens[i].sentence - 1
        return {
            serving[entity.id].id
            for item in self.references.referred
            if item.i < i and item.sentence >= first and item.i not in self.references.quoted
            for entity in item.entities
            if entity.id in serving
        }

    def features(self, i: int, key: str, clues: Clues) -> dict[str, float]:
        """Return the features of the state with id `key` at token i."""
        items = self._mentions.get(key, [])
        here = self._number[self.doc.tokens[i].sentence]
        before = [item for item in items if item.i < i]
        near = {here - self._number[item.sentence] for item in before}
        subjects = {here - self._number[item.sentence] for item in before if item.rank == SUBJECT}
        behind = {
            self._number[item.sentence] - here
            for item in items
            if item.i > i and self._paragraph[item.i] == self._paragraph[i]
        }
        paragraph = {item.sentence for item in before if self._paragraph[item.i] == self._paragraph[i]}
        return {
            "count": math.log(1 + len(items)),
            "same sentence": float(0 in near),
            "sentence before": float(1 in near),
            "subject": float(0 in subjects),
            "subject before": float(1 in subjects),
            "behind": float(0 in behind),
            "next": float(1 in behind),
            "located": float(key in clues.located),
            "colleague": float(key in clues.colleagues),
            "headline": float(bool(items) and items[0].sentence == 0),
            "first": float(next(iter(self._mentions), "") == key),
            "dateline": float(self._states[key].code == self.dateline),
            "typical": float(self._states[key].code == clues.typical),
            "barred": float(key in clues.barred),
            "nearest to a speaker": float(self._speaks(i) and self._nearest(i) == key),
            "paragraph": float(bool(paragraph)),
        }

    def _speaks(self, i: int) -> bool:
        """Tell whether a quotation has just ended: '... ," said military spokesman'."""
        return not self.references.quoted.isdisjoint(range(i - _BEHIND_QUOTE, i))

    def _nearest(self, i: int) -> str | None:
        before = [(items[-1].i, key) for key, all_items in self._mentions.items() if (items := _until(all_items, i))]
        return max(before)[1] if before else None

    @cached_property
    def _paragraph(self) -> list[int]:
        """The number of each token's paragraph."""
        numbers, number = [], 0
        for token in self.doc.tokens:
            number += trees.breaks(self.doc, token.i)
            numbers.append(number)
        return numbers

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
                state = self._state(entity)
                if state is not None and item.i not in self.references.quoted:
                    found.setdefault(state.id, []).append(item)
        return {key: sorted(items, key=lambda item: item.i) for key, items in found.items()}

    @cached_property
    def _states(self) -> dict[str, Entity]:
        served = (self._state(e) for item in self.references.referred for e in item.entities)
        found = {state.id: state for state in served if state is not None and state.id in self._mentions}
        written = self.state(self.dateline) if self.dateline else None
        return found | ({written.id: written} if written is not None and written.kind is EntityKind.STATE else {})

    def _state(self, entity: Entity) -> Entity | None:
        """Return the state that an entity is, serves or is at home in: the Taliban speak for Afghanistan."""
        served = state_served(entity, self.state)
        return served or (self.home(entity.code) if entity.code else None)


def _until(items: Sequence[Referred], i: int) -> list[Referred]:
    return [item for item in items if item.i < i]


def state_served(entity: Entity, state: StateOf) -> Entity | None:
    """Return the state an entity is or serves, None where it is or serves none."""
    found = state(entity.state) if entity.kind is EntityKind.OFFICIAL and entity.state else entity
    return found if found is not None and found.kind is EntityKind.STATE else None
