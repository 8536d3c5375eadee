"""The parts of a block that have nothing to do with each other."""

from __future__ import annotations

from datetime import date

import pytest

from kb.resolve.components import Stretch, components, connected

CASES = {
    "a 2024-01-05 2024-01-05, b 2024-03-01 2024-03-02": ["a", "b"],
    "a 2024-01-05 2024-01-05, b 2024-01-29 2024-01-29": ["ab"],  # one month
    "a 2024-01-31 2024-01-31, b 2024-02-01 2024-02-01": ["ab"],  # neighbouring days
    "a 2024-01-30 2024-01-30, b 2024-02-01 2024-02-01": ["a", "b"],
    "a 2024-01-01 2024-12-31, b 2024-02-01 2024-02-01, c 2024-12-01 2025-01-01, d 2025-02-01 2025-02-01": ["abc", "d"],
    "a 0001-01-01 9999-12-31, b 2024-02-01 2024-02-01": ["ab"],
}


def stretches(text: str) -> list[Stretch[str]]:
    rows = (row.split() for row in text.split(", "))
    return [Stretch(date.fromisoformat(first), date.fromisoformat(last), name) for name, first, last in rows]


@pytest.mark.parametrize("text", CASES)
def test_components(text):
    found = stretches(text)
    assert ["".join(component) for component in components(found)] == CASES[text]
    assert components(found[::-1]) == components(found)


def test_connected():
    found = stretches("a 2024-01-05 2024-01-05, b 2024-01-29 2024-01-29, c 2024-05-01 2024-05-01")
    assert connected(found, {"b"}) == {"a", "b"}
    assert connected(found, {"c", "x"}) == {"c"}
    assert connected(found, set()) == connected([], {"a"}) == set()
