"""Transfers of arms, aid and money, and weapons tests; in pairs with traps."""

from __future__ import annotations

import pytest


def facts(claims, kind):
    """The claims of a class as (roles joined by a blank, label)."""
    found = set()
    for claim in claims:
        if claim.type == kind:
            sides = {}
            for argument in claim.arguments:
                value = getattr(argument.value, "code", None) or getattr(argument.value, "name", argument.value)
                sides.setdefault(argument.role, set()).add(str(value))
            roles = ("actor", "supplier", "recipient")
            found.add((*(" ".join(sorted(sides[r])) for r in roles if r in sides), claim.factuality.label.value))
    return found


TRANSFERS = [
    ("Turkey sent drones to Kyrgyzstan.", {("TUR", "KGZ", "occurred")}),
    ("Turkey sent a delegation to Kyrgyzstan.", set()),
    ("France sold Saudi Arabia 30 patrol boats.", {("FRA", "SAU", "occurred")}),
    ("France sold Saudi Arabia the rights to the film.", set()),
    ("Pakistan bought missiles from China.", {("CHN", "PAK", "occurred")}),
    ("Iran provided Russia with drones.", {("IRN", "RUS", "occurred")}),
    ("Iran provided Russia with an answer.", set()),
    ("Canada approved the sale of jets to Turkey.", {("CAN", "TUR", "planned")}),
    ("Canada halted the sale of arms to Turkey.", {("CAN", "TUR", "cancelled")}),
    ("A shipment of Chinese weapons arrived in Serbia on Sunday.", {("CHN", "SRB", "occurred")}),
    ("A shipment of Chinese tea arrived in Serbia on Sunday.", set()),
    ("Seoul says North Korea has supplied Russia with shells.", {("PRK", "RUS", "alleged")}),
    (
        "Turkey sent drones to Mali. Norway has also sent tanks.",
        {("TUR", "MLI", "occurred"), ("NOR", "MLI", "occurred")},
    ),
    ("Iraq gave up its arms.", set()),
    (  # what goes to a body of the state the article is about
        "Malawi is short of maize, Malawi says. Japan has given the hospital two ambulances.",
        {("JPN", "MWI", "occurred")},
    ),
    ("Malawi is short of maize, Malawi says. Japan has given the winner two ambulances.", set()),
    (  # the supplier told before
        "Turkey sold drones to Mali. Ten more drones were delivered to Mali in May.",
        {("TUR", "MLI", "occurred")},
    ),
    (  # a verb left out
        "Norway has shipped rifles to Kenya, and Denmark howitzers.",
        {("NOR", "KEN", "occurred"), ("DNK", "KEN", "occurred")},
    ),
    ("Norway lends Kenya money.", {("NOR", "KEN", "ongoing")}),
    ("Spain must return a helicopter to Chile.", set()),
]


@pytest.mark.parametrize(("text", "expected"), TRANSFERS)
def test_transfers(text, expected, claims_of):
    assert facts(claims_of(text), "Transfer") == expected


TESTS = [
    ("North Korea fired two ballistic missiles into the sea.", {("PRK", "occurred")}),
    ("North Korea test-fired a hypersonic missile on Tuesday.", {("PRK", "occurred")}),
    ("Russia fired missiles into Ukraine.", set()),
    ("Russia fired missiles at Kyiv.", set()),
    ("Israel launched an investigation.", set()),
    ("North Korea conducted its sixth nuclear test in September 2017.", {("PRK", "occurred")}),
    ("Kenya conducted its sixth blood test in September 2017.", set()),
    (
        "Iran fired a ballistic missile in May. A second Iranian test was called off.",
        {("IRN", "occurred"), ("IRN", "cancelled")},
    ),
    ("A second Iranian test was called off.", set()),
    ("Rebels in India exploded bombs in the capital.", set()),
]


@pytest.mark.parametrize(("text", "expected"), TESTS)
def test_weapons_tests(text, expected, claims_of):
    assert facts(claims_of(text), "WeaponsTest") == expected
