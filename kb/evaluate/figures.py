"""Precision, recall, F1 and slot accuracy of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.evaluate.agreement import Serves, pairs, serves_of, slot_right
from kb.evaluate.scheme import CORE, DATES, EXTRA, Fact


@dataclass(frozen=True)
class Ratio:
    """Counts behind precision, recall and F1."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted facts that are in the gold."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold facts that were predicted."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Slip:
    """A slot of a matched fact that is wrong."""

    article: str
    slot: str
    gold: Fact
    predicted: Fact


@dataclass
class Evaluation:
    """The figures of one run: per type, per remaining slot, and the facts missed or spurious."""

    articles: int = 0
    types: dict[str, Ratio] = field(default_factory=dict)
    slots: Counter[tuple[str, str]] = field(default_factory=Counter)
    slots_right: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, Fact]] = field(default_factory=list)
    spurious: list[tuple[str, Fact]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    @property
    def micro(self) -> Ratio:
        """All types together."""
        return sum(self.types.values(), Ratio())

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the types that occur in the gold."""
        present = [ratio.f1 for ratio in self.types.values() if ratio.gold]
        return sum(present) / len(present) if present else 0.0

    @property
    def slot_accuracy(self) -> float:
        """Share of the non-core slots of matched facts that are right."""
        seen = self.slots.total()
        return self.slots_right.total() / seen if seen else 0.0

    def slot_counts(self) -> dict[str, tuple[int, int]]:
        """Return for each slot, summed over types, how often it is right and of how many.

        `status` and `dates` (date, start and end together) come first; a slot that never counts is left out.
        """
        names = dict.fromkeys(slot for slots in EXTRA.values() for slot in slots)
        groups = {"status": ("status",), "dates": DATES} | {n: (n,) for n in names if n not in ("status", *DATES)}
        counts = {group: (self._sum(self.slots_right, of), self._sum(self.slots, of)) for group, of in groups.items()}
        return {group: count for group, count in counts.items() if count[1]}

    @staticmethod
    def _sum(counter: Counter[tuple[str, str]], slots: Iterable[str]) -> int:
        return sum(count for (_kind, slot), count in counter.items() if slot in slots)

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for JSON output."""
        micro = self.micro
        return {
            "articles": self.articles,
            "precision": micro.precision,
            "recall": micro.recall,
            "f1": micro.f1,
            "macro_f1": self.macro_f1,
            "slot_accuracy": self.slot_accuracy,
            "types": {kind: self._type_as_dict(kind, ratio) for kind, ratio in self.types.items()},
            "slots": {slot: list(count) for slot, count in self.slot_counts().items()},
        }

    def _type_as_dict(self, kind: str, ratio: Ratio) -> dict[str, Any]:
        slots = {s: [self.slots_right[kind, s], self.slots[kind, s]] for s in EXTRA[kind] if self.slots[kind, s]}
        return {
            "precision": ratio.precision,
            "recall": ratio.recall,
            "f1": ratio.f1,
            "gold": ratio.gold,
            "predicted": ratio.predicted,
            "slots": slots,
        }


def evaluate(gold: Mapping[str, Sequence[Fact]], predicted: Mapping[str, Sequence[Fact]]) -> Evaluation:
    """Compare predictions with the gold, both by article name; an article without prediction counts as none."""
    result = Evaluation(articles=len(gold), types={kind: Ratio() for kind in CORE})
    for name in sorted(gold):
        _evaluate_article(result, name, gold[name], predicted.get(name, ()))
    return result


def _evaluate_article(result: Evaluation, name: str, gold: Sequence[Fact], predicted: Sequence[Fact]) -> None:
    serves = serves_of(gold)
    for kind in CORE:
        left = [f for f in gold if f["type"] == kind]
        right = [f for f in predicted if f["type"] == kind]
        loyal = {} if kind == "office" else serves
        matched = pairs(kind, left, right, loyal)
        result.types[kind] += Ratio(len(matched), len(right), len(left))
        for i, j in matched:
            _count_slots(result, name, left[i], right[j], loyal)
        result.missed += [(name, f) for i, f in enumerate(left) if i not in {p[0] for p in matched}]
        result.spurious += [(name, f) for j, f in enumerate(right) if j not in {p[1] for p in matched}]


def _count_slots(result: Evaluation, article: str, gold: Fact, predicted: Fact, serves: Serves) -> None:
    kind = gold["type"]
    for slot in EXTRA[kind]:
        if gold.get(slot) not in (None, [], ""):
            right = slot_right(slot, gold[slot], predicted.get(slot), serves)
            result.slots[kind, slot] += 1
            result.slots_right[kind, slot] += right
            result.slips += [] if right else [Slip(article, slot, gold, predicted)]
