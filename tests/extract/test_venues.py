"""Where meetings are that name no place; published on Wednesday 2031-05-14."""

from __future__ import annotations

import pytest

DUARTE, ROSSI = "Kenyan Foreign Minister Ana Duarte", "Italian Foreign Minister Carla Rossi"
AKANA = "Fijian Foreign Minister Tom Akana"

PLACES = [
    (f"{DUARTE} flew to Oslo on Monday to meet {ROSSI}.", ["Oslo"]),
    (f"{DUARTE} flies to Oslo on Friday, where she will meet {ROSSI}.", ["Oslo"]),
    (f"{DUARTE} flew to Oslo on Monday. She met {ROSSI}.", []),
    (f"{DUARTE} arrived in Rome on Monday. Duarte and {ROSSI} met on Tuesday.", ["Rome"]),
    (f"{DUARTE} arrived in Rome on Monday. Duarte and {AKANA} met on Tuesday.", []),
    (f"{DUARTE} arrived in Rome on Monday. Duarte and {ROSSI} last met in March.", []),
    (f"{DUARTE} arrived in Rome on Monday. Duarte and {ROSSI} spoke by telephone on Tuesday.", []),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_place(text, places, claims_of):
    meeting = next(c for c in claims_of(text) if c.type == "Meeting")
    assert [a.value.name for a in meeting.arguments if a.role == "place"] == places
