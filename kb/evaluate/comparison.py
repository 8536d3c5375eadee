"""What changed between two runs over the same gold, both in the form of `kb eval --json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.errors import InputError
from kb.evaluate.scheme import CORE

Figures = Mapping[str, Any]
OVERALL = ("precision", "recall", "f1", "macro_f1", "slot_accuracy")


@dataclass(frozen=True)
class Change:
    """A figure before and now; None where it did not exist (a slot that no matched fact had)."""

    before: float | None
    now: float | None

    @property
    def difference(self) -> float:
        """How much it rose."""
        return (self.now or 0.0) - (self.before or 0.0)


@dataclass(frozen=True)
class Comparison:
    """What changed.

    `types` are precision, recall and F1 of each type of fact; `slots` the accuracy of each slot, those of one type as
    ``visit.start``; only what differs is in them. The rest are faults as `kb eval --json` lists them: `newly_right`
    were missed, `newly_missed` were right, `newly_spurious` are new false alarms, `gone` false alarms no more.
    """

    overall: Mapping[str, Change]
    types: Mapping[str, Mapping[str, Change]]
    slots: Mapping[str, Change]
    newly_right: tuple[Figures, ...]
    newly_missed: tuple[Figures, ...]
    newly_spurious: tuple[Figures, ...]
    gone: tuple[Figures, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON output; a figure is [before, now]."""
        return {
            "overall": _pairs(self.overall),
            "types": {kind: _pairs(changes) for kind, changes in self.types.items()},
            "slots": _pairs(self.slots),
            "newly_right": list(self.newly_right),
            "newly_missed": list(self.newly_missed),
            "newly_spurious": list(self.newly_spurious),
            "gone": list(self.gone),
        }


def _pairs(changes: Mapping[str, Change]) -> dict[str, list[float | None]]:
    return {name: [change.before, change.now] for name, change in changes.items()}


def compare(before: Figures, now: Figures) -> Comparison:
    """Return what changed between two runs.

    Raises:
        InputError: they are of different annotations.
    """
    if before["gold"] != now["gold"]:
        raise InputError("the two runs are of different annotations", hint="Compare runs over the same folder.")
    missed, spurious = _counted(before, "missed"), _counted(before, "spurious")
    missed_now, spurious_now = _counted(now, "missed"), _counted(now, "spurious")
    return Comparison(
        overall={name: Change(before[name], now[name]) for name in OVERALL},
        types=_types(before, now),
        slots=_slots(before, now),
        newly_right=_faults(before["missed"], missed - missed_now),
        newly_missed=_faults(now["missed"], missed_now - missed),
        newly_spurious=_faults(now["spurious"], spurious_now - spurious),
        gone=_faults(before["spurious"], spurious - spurious_now),
    )


def _types(before: Figures, now: Figures) -> dict[str, dict[str, Change]]:
    changes = {
        kind: {
            name: Change(before["types"].get(kind, {}).get(name), figures[name])
            for name in ("precision", "recall", "f1")
        }
        for kind, figures in now["types"].items()
    }
    return {kind: found for kind, found in changes.items() if any(c.before != c.now for c in found.values())}


def _slots(before: Figures, now: Figures) -> dict[str, Change]:
    old, new = _accuracies(before), _accuracies(now)
    changes = {name: Change(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old))}
    return {name: change for name, change in changes.items() if change.before != change.now}


def _accuracies(figures: Figures) -> dict[str, float]:
    counts = dict(figures["slots"])
    for kind, of_type in figures["types"].items():
        counts |= {f"{kind}.{slot}": count for slot, count in of_type["slots"].items()}
    return {name: right / seen for name, (right, seen) in counts.items()}


def _counted(figures: Figures, side: str) -> Counter[str]:
    if side not in figures:
        raise InputError("a run without its facts cannot be compared", hint="Run `kb eval --json` without --no-facts.")
    return Counter(map(_key, figures[side]))


def _key(fault: Figures) -> str:
    """Name a fact by what makes it itself, so that a change of its other slots is no new fact."""
    fact = fault["fact"]
    return json.dumps([fault["article"], fact["type"], *(fact.get(slot) for slot in CORE[fact["type"]])])


def _faults(faults: Iterable[Figures], wanted: Counter[str]) -> tuple[Figures, ...]:
    left, found = Counter(wanted), []
    for fault in faults:
        if left[_key(fault)] > 0:
            left[_key(fault)] -= 1
            found.append(fault)
    return tuple(found)
