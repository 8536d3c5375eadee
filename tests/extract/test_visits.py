"""Who travels where, and who does not."""

from __future__ import annotations

import pytest

from kb.model import Entity


def _visits(claims):
    found = set()
    for claim in claims:
        if claim.type == "Visit":
            who = next(a.value.code or a.value.name for a in claim.arguments if a.role == "visitor")
            to = next(a.value.code for a in claim.arguments if a.role == "destination")
            found.add((who, to, claim.factuality.label.value))
    return found


def _value(claims, role):
    found = [a.value for c in claims if c.type == "Visit" for a in c.arguments if a.role == role]
    return {v.name if isinstance(v, Entity) else v for v in found}


AKANA = "Kenyan President Tom Akana"

TRAVELS = [
    (f"{AKANA} arrived in Beijing on Monday for a four-day state visit.", {("Tom Akana", "CHN", "ongoing")}),
    (f"{AKANA} landed in the Chinese capital on Monday.", {("Tom Akana", "CHN", "ongoing")}),
    (f"{AKANA} is on a three-day official visit to China.", {("Tom Akana", "CHN", "ongoing")}),
    (f"{AKANA} is in China for the opening of a dam.", {("Tom Akana", "CHN", "ongoing")}),
    (f"{AKANA} has been in Beijing since Tuesday.", {("Tom Akana", "CHN", "ongoing")}),
    (f"{AKANA}, who had spent Monday in Beijing, kept quiet.", {("Tom Akana", "CHN", "occurred")}),
    (f"{AKANA} left Beijing on Tuesday after a two-day visit.", {("Tom Akana", "CHN", "occurred")}),
    (f"{AKANA} returned to Nairobi on Tuesday from a visit to China.", {("Tom Akana", "CHN", "occurred")}),
    (
        f"{AKANA} flew on to Cairo and Rome on Thursday.",
        {("Tom Akana", "EGY", "occurred"), ("Tom Akana", "ITA", "occurred")},
    ),
    (f"{AKANA} was received by Chinese President Li Qun in Beijing.", {("Tom Akana", "CHN", "occurred")}),
    (
        f"{AKANA} and Chinese President Li Qun met in Cairo as guests of the Egyptian king.",
        {("Tom Akana", "EGY", "occurred")},
    ),
    (f"{AKANA} spoke by telephone from Cairo, where he was attending a meeting.", {("Tom Akana", "EGY", "occurred")}),
    (
        "The visit of the Foreign Minister of Kenya, Ruth Wanjiru, to Egypt began.",
        {("Ruth Wanjiru", "EGY", "occurred")},
    ),
    (f"The plane carrying {AKANA} landed in Oslo.", {("Tom Akana", "NOR", "occurred")}),
]

NOT_YET = [
    (f"{AKANA} will visit Beijing next week.", {("Tom Akana", "CHN", "planned")}),
    (f"{AKANA} is expected in Beijing on Friday.", {("Tom Akana", "CHN", "planned")}),
    (f"{AKANA} may visit Hanoi in the autumn.", {("Tom Akana", "VNM", "possible")}),
    (f"An invitation to {AKANA} to visit Hanoi still stands.", {("Tom Akana", "VNM", "proposed")}),
    (f"{AKANA} called off his visit to Brussels because of floods.", {("Tom Akana", "BEL", "cancelled")}),
    (f"{AKANA} will not travel to Brussels after all.", {("Tom Akana", "BEL", "cancelled")}),
    (f"{AKANA} was to have gone on to Brussels on Friday.", {("Tom Akana", "BEL", "cancelled")}),
    (f"{AKANA} has withdrawn from a conference in Brussels.", {("Tom Akana", "BEL", "cancelled")}),
    (f"{AKANA}'s visit to Brussels, scheduled for June, has been postponed.", {("Tom Akana", "BEL", "postponed")}),
    (f"{AKANA}'s trip to Brussels was announced in May but was dropped.", {("Tom Akana", "BEL", "cancelled")}),
]

IN_FOCUS = [
    (
        f"{AKANA} visited Hanoi on Monday. The visitor continues to Laos on Friday.",
        {("Tom Akana", "VNM", "occurred"), ("Tom Akana", "LAO", "planned")},
    ),
    (
        f"{AKANA} visited Hanoi on Monday. A third leg, to Laos, was cancelled.",
        {("Tom Akana", "VNM", "occurred"), ("Tom Akana", "LAO", "cancelled")},
    ),
    (
        f"{AKANA} met Vietnamese President Le Van Phu in Hanoi on Monday. Akana had flown in on Sunday.",
        {("Tom Akana", "VNM", "occurred")},
    ),
    (
        f"Parliament refused {AKANA} leave to go abroad, sinking a nine-day tour of Egypt, Jordan and Oman.",
        {("Tom Akana", code, "cancelled") for code in ("EGY", "JOR", "OMN")},
    ),
]

NO_JOURNEY = [
    "Tourists from Kenya visited Vietnam in record numbers.",
    "Kenyan refugees arrived in Uganda on Monday.",
    f"{AKANA} visited the coastal city of Mombasa.",
    f"{AKANA} returned to Nairobi on Friday.",
    f"{AKANA} promised to continue military aid to Uganda.",
    f"{AKANA} reached a decision on Uganda.",
    f"{AKANA} is in government.",
    f"{AKANA} praised tourist visits to Uganda.",
    "A second leg, to Laos, was cancelled.",
    "The Kenyan delegate's luggage arrived in Oslo.",
]


@pytest.mark.parametrize(("text", "expected"), TRAVELS + NOT_YET + IN_FOCUS)
def test_visits(text, expected, claims_of):
    assert _visits(claims_of(text)) == expected


@pytest.mark.parametrize("text", NO_JOURNEY)
def test_no_visit(text, claims_of):
    assert _visits(claims_of(text)) == set()


def test_companions_of_the_same_sentence(claims_of):
    text = f"{AKANA}, accompanied by Foreign Minister Ruth Wanjiru, visited Hanoi in March."
    assert _value(claims_of(text), "companion") == {"Ruth Wanjiru"}
    assert _visits(claims_of(text)) == {("Tom Akana", "VNM", "occurred")}


def test_own_minister_is_a_companion_not_a_visitor(claims_of):
    text = f"{AKANA} visited Hanoi. His delegation includes Foreign Minister Ruth Wanjiru."
    assert _value(claims_of(text), "companion") == {"Ruth Wanjiru"}
    assert _value(claims_of(text), "visitor") == {"Tom Akana"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Chinese President Li Qun will pay a state visit to Kenya from 16 to 17 May.", "2031-05-16", "2031-05-17"),
        ("Chinese President Li Qun visited Kenya on Monday, a spokesman said on Tuesday.", "2031-05-12", None),
        ("Chinese President Li Qun left for Kenya in April 2030.", "2030-04", None),
    ],
)
def test_dates(text, start, end, claims_of):
    visit = next(c for c in claims_of(text) if c.type == "Visit")
    assert (visit.time.value, visit.time.end_value) == (start, end)


def test_years_after_an_earlier_visit(claims_of):
    text = (
        f"{AKANA} and Vietnamese President Le Van Phu met in Hanoi on Monday, 24 years after Akana had visited Vietnam."
    )
    assert [c.time.value for c in claims_of(text) if c.type == "Visit"] == ["2007"]


def test_the_next_stop_is_not_on_the_same_day(claims_of):
    text = f"{AKANA} flies to Berlin on Thursday before heading to Paris."
    times = {
        next(a.value.code for a in c.arguments if a.role == "destination"): c.time and c.time.value
        for c in claims_of(text)
        if c.type == "Visit"
    }
    assert times == {"DEU": "2031-05-15", "FRA": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan foreign minister landed in Beijing on Monday.", {("KEN", "CHN", "ongoing")}),
        ("A delegation led by Kenyan President Tom Akana visited Beijing.", {("Tom Akana", "CHN", "occurred")}),
        ("Kenyan miners landed in Beijing on Monday.", set()),
    ],
)
def test_an_unnamed_official_travels_for_his_state_and_a_delegation_as_its_leader(text, expected, claims_of):
    assert _visits(claims_of(text)) == expected
