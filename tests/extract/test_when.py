"""Which time expression dates an event; published on Wednesday 2031-05-14."""

from __future__ import annotations

import pytest

DUARTE, ROSSI = "Kenyan Foreign Minister Ana Duarte", "Italian Foreign Minister Carla Rossi"

DATES = [
    ("Kenya has imposed sanctions on Fiji, the foreign ministry said on Tuesday.", "SanctionsAction", "2031-05-13"),
    ("Kenya spoke on Monday, urging Italy to impose sanctions on Fiji.", "SanctionsAction", "2031-05-12"),
    ("Kenya spoke on Monday after imposing sanctions on Fiji.", "SanctionsAction", None),
    (f"{DUARTE} flies to Rome on Friday, where she will meet {ROSSI}.", "Meeting", "2031-05-16"),
    (f"{DUARTE} flies to Rome on Friday after meeting {ROSSI}.", "Meeting", None),
    (f"{DUARTE} and {ROSSI} will discuss the return of a drum taken from a palace in 1910.", "Meeting", None),
    (f"{DUARTE} and {ROSSI} will discuss the return of a drum in June.", "Meeting", "2031-06"),
    ("Kenya ratified on Monday the Agreement on Fisheries of 2019 with Italy.", "Agreement", "2031-05-12"),
]


@pytest.mark.parametrize(("text", "type_", "value"), DATES)
def test_date(text, type_, value, claims_of):
    times = [c.time.value if c.time else None for c in claims_of(text) if c.type == type_]
    assert times == [value]
