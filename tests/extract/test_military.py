"""Who attacks, deploys, exercises and withdraws, and where."""

from __future__ import annotations

import pytest


def _acts(claims):
    found = set()
    for claim in claims:
        if claim.type == "MilitaryAction":
            sides = [
                frozenset(a.value.code or a.value.name for a in claim.arguments if a.role == role)
                for role in ("actor", "target")
            ]
            action = next(a.value for a in claim.arguments if a.role == "action")
            found.add((*sides, action))
    return found


def _act(actors, targets, action):
    return (frozenset(actors.split()), frozenset(targets.split()), action)


ACTS = [
    ("Russia invaded Ukraine in February 2022.", {_act("RUS", "UKR", "invade")}),
    ("Iraq's invasion of Kuwait began in 1990.", {_act("IRQ", "KWT", "invade")}),
    ("Russian missiles hit Kyiv on Friday.", {_act("RUS", "UKR", "attack")}),
    ("Israeli warplanes struck targets in Syria on Monday.", {_act("ISR", "SYR", "attack")}),
    ("An Israeli airstrike killed three people in southern Lebanon.", {_act("ISR", "LBN", "attack")}),
    ("The attack on Ukraine by Russia was condemned.", {_act("RUS", "UKR", "attack")}),
    ("Indian and Chinese troops clashed on the border.", {_act("IND CHN", "IND CHN", "attack")}),
    ("Iran seized a British tanker in the Strait of Hormuz.", {_act("IRN", "GBR", "attack")}),
    ("The Philippines says two Chinese cutters rammed a supply boat.", {_act("CHN", "PHL", "attack")}),
    ("The United States and South Korea will hold joint military exercises.", {_act("USA KOR", "", "exercise")}),
    ("China began military drills around Taiwan on Thursday.", {_act("CHN", "TWN", "exercise")}),
    ("French and Egyptian warships launched ten days of war games.", {_act("FRA EGY", "", "exercise")}),
    ("NATO will send 4,000 troops to Poland.", {_act("NATO", "POL", "deploy")}),
    ("Rwanda has 3,000 soldiers in Congo.", {_act("RWA", "COD", "deploy")}),
    ("American soldiers are stationed in Germany.", {_act("USA", "DEU", "deploy")}),
    ("France said it would withdraw its troops from Mali.", {_act("FRA", "MLI", "withdraw")}),
    ("French troops have left Mali.", {_act("FRA", "MLI", "withdraw")}),
    (
        "Kenya sent 400 police officers to Haiti. Benin may contribute 2,000 soldiers.",
        {_act("KEN", "HTI", "deploy"), _act("BEN", "HTI", "deploy")},
    ),
    (  # what is hit without a name lies in the other state
        "Iraq and Kuwait are at war, and Kuwait asked for help. Iraqi jets bombed a fishing village.",
        {_act("IRQ", "KWT", "attack")},
    ),
    (  # what was hit before is hit by the same
        "Iraqi jets bombed Kuwait City on Monday. On Tuesday Kuwait City was shelled again.",
        {_act("IRQ", "KWT", "attack")},
    ),
    (  # troops leave where they were sent
        "Kenya sent soldiers to Haiti. The Kenyan soldiers must leave by May.",
        {_act("KEN", "HTI", "deploy"), _act("KEN", "HTI", "withdraw")},
    ),
]

NOTHING = [
    "Russia attacked the plan to expand NATO.",
    "The European Union has struck 70 Russians off its sanctions list.",
    "The United States hit China with tariffs.",
    "Kenya beat Uganda in the first strike of the match.",
    "Teachers in Kenya went on strike.",
    "French helicopters evacuated the wounded from Mali.",
    "French troops fought, leaving 20 people dead.",
    "Israel struck a deal.",
    "The critic attacked the film from Iran.",
    "Kuwait City was shelled on Tuesday.",
    "The Kenyan soldiers must leave by May.",
    "Spain must return a helicopter to Chile.",
]


@pytest.mark.parametrize(("text", "expected"), ACTS)
def test_acts(text, expected, claims_of):
    assert _acts(claims_of(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_act(text, claims_of):
    assert _acts(claims_of(text)) == set()
