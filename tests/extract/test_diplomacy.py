"""Diplomatic acts: envoys, ties, recognition, embassies, invitations; in pairs with traps."""

from __future__ import annotations

import pytest


def facts(claims):
    """The diplomatic acts as (action, actors, targets)."""
    found = set()
    for claim in claims:
        if claim.type == "DiplomaticAction":
            sides = {}
            for argument in claim.arguments:
                value = getattr(argument.value, "code", None) or getattr(argument.value, "name", argument.value)
                sides.setdefault(argument.role, set()).add(value)
            found.add(tuple(" ".join(sorted(sides.get(role, set()))) for role in ("action", "actor", "target")))
    return found


ACTS = [
    ("Chad expelled four Sudanese diplomats.", {("expel", "TCD", "SDN")}),
    ("Chad expelled four Sudanese miners.", set()),
    ("Five Russian diplomats were expelled from Moldova.", {("expel", "MDA", "RUS")}),
    ("Chad gave the Sudanese ambassador 48 hours to leave the country.", {("expel", "TCD", "SDN")}),
    ("Chad told tourists to leave the country.", set()),
    ("Chad declared the Sudanese ambassador persona non grata.", {("expel", "TCD", "SDN")}),
    ("Peru is bringing home its ambassador to Bolivia.", {("recall", "PER", "BOL")}),
    ("Peru is bringing home its team from Bolivia.", set()),
    ("Peru's ambassador to Bolivia was called home.", {("recall", "PER", "BOL")}),
    ("The ambassador recalled that Peru had helped Bolivia.", set()),
    ("Turkey called in the German envoy.", {("summon", "TUR", "DEU")}),
    ("Turkey called the German envoy a friend.", set()),
    ("The German ambassador was summoned to the Turkish foreign ministry.", {("summon", "TUR", "DEU")}),
    ("The judge summoned a witness.", set()),
    ("Iran and Saudi Arabia agreed to resume diplomatic ties.", {("restore_ties", "IRN", "SAU")}),
    ("Ties between Iran and Morocco were broken off in April.", {("sever_ties", "IRN", "MAR")}),
    ("Iran cut trade ties with Morocco.", set()),
    ("Norway recognised the State of Palestine.", {("recognise", "NOR", "PSE")}),
    ("Norway recognised the efforts of Kosovo.", set()),
    ("Peru has withdrawn its recognition of Kosovo.", {("sever_ties", "PER", "XKX")}),
    ("India reopened its embassy in Kabul.", {("open_embassy", "IND", "AFG")}),
    ("India reopened a mine in Kabul.", set()),
    ("The Indian consulate in Kabul reopens on Monday.", {("open_embassy", "IND", "AFG")}),
    ("An invitation to President Ana Duarte to visit Japan still stands.", {("invite", "JPN", "Ana Duarte")}),
    ("An invitation to visit the museum still stands.", set()),
    ("A high commissioner, Ruth Palmer, has been nominated by Australia.", {("appoint", "AUS", "Ruth Palmer")}),
    ("Australia named Ruth Palmer as captain.", set()),
]


@pytest.mark.parametrize(("text", "expected"), ACTS)
def test_acts(text, expected, claims_of):
    assert facts(claims_of(text)) == expected


def test_host_of_an_expelled_envoy(claims_of):
    """Who expelled is the other state of the article, where the passive does not say."""
    text = (
        "Peru and Bolivia have quarrelled for months. Peru closed the border; Bolivia stopped buying. "
        "Peru's consul, Marta Soto, was expelled."
    )
    assert ("expel", "BOL", "Marta Soto") in facts(claims_of(text))


def test_no_host_where_two_are_as_likely(claims_of):
    """Of two other states spoken of equally often neither is taken."""
    text = "Peru, Bolivia and Chile met. Bolivia and Chile agreed. Peru's consul, Marta Soto, was expelled."
    assert facts(claims_of(text)) == set()
