"""The parts of a block that have nothing to do with each other, so that a change recomputes one of them only.

Whether claims are about one event, and what the event is named after, depends only on claims whose days overlap or that
share a month. Stretches of time that are connected in this way, directly or through others, are one component.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kb.resolve.matching import DAY, ahead

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """The days, both included, that something can mean."""

    first: date
    last: date
    of: T


def components(stretches: Iterable[Stretch[T]]) -> list[list[T]]:
    """Return what the stretches are of, by component, in the order of time."""
    found: list[list[T]] = []
    reached = date.min
    for stretch in sorted(stretches, key=lambda stretch: (stretch.first, stretch.last)):
        if not found or (stretch.first > ahead(reached, DAY) and _month(stretch.first) > _month(reached)):
            found.append([])
        found[-1].append(stretch.of)
        reached = max(reached, stretch.last)
    return found


def connected(stretches: Iterable[Stretch[T]], to: Set[T]) -> set[T]:
    """Return what is in one component with any of `to`."""
    return {one for component in components(stretches) if not to.isdisjoint(component) for one in component}


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
