"""Who agrees with whom, and what becomes of agreements."""

from __future__ import annotations

import pytest


def _agreements(claims):
    found = set()
    for claim in claims:
        if claim.type == "Agreement":
            who = frozenset(a.value.code or a.value.name for a in claim.arguments if a.role == "party")
            action = next(a.value for a in claim.arguments if a.role == "action")
            found.add((who, action, claim.factuality.label.value))
    return found


STATES = frozenset({"KEN", "UGA"})
KENYA = frozenset({"KEN"})
MET = "Kenyan President Tom Akana visited Kampala on Friday."

DEALS = [
    ("Kenya signed a trade agreement with Uganda on Friday.", {(STATES, "sign", "occurred")}),
    ("Kenya and Uganda put their names to a trade treaty.", {(STATES, "sign", "occurred")}),
    ("Kenya and Uganda are to sign the extension of a currency swap.", {(STATES, "sign", "planned")}),
    ("Kenya and Uganda agreed to a truce.", {(STATES, "sign", "occurred")}),
    ("Kenya and Uganda have agreed to reopen the border.", {(STATES, "sign", "occurred")}),
    ("Kenya and Uganda failed to reach an agreement on water.", {(STATES, "sign", "not-occurred")}),
    ("Under a deal with Uganda, Kenya will export tea.", {(STATES, "sign", "occurred")}),
    ("Kenya and Uganda are negotiating a free trade agreement.", {(STATES, "negotiate", "ongoing")}),
    ("Kenya proposed a ceasefire in Sudan.", {(KENYA, "propose", "occurred")}),
    ("A joint inspection proposed by Kenya was turned down.", {(KENYA, "propose", "occurred")}),
    ("Kenya renewed its proposal for a ban on missile tests.", {(KENYA, "propose", "occurred")}),
    ("A Kenyan counter-proposal was withdrawn on Monday.", {(KENYA, "withdraw", "occurred")}),
    ("Kenya has pulled out of the fisheries accord.", {(KENYA, "withdraw", "occurred")}),
    ("Kenya suspended its participation in the treaty.", {(KENYA, "suspend", "occurred")}),
    ("Kenya's parliament has yet to ratify it.", {(KENYA, "ratify", "proposed")}),
    ("Kenya accused Uganda of violating the ceasefire.", {(frozenset({"UGA"}), "violate", "alleged")}),
    ("Uganda denied violating the ceasefire.", {(frozenset({"UGA"}), "violate", "denied")}),
    (f"{MET} The two sides signed seven agreements.", {(STATES, "sign", "occurred")}),
    (f"{MET} Negotiations on a tax treaty continue.", {(STATES, "negotiate", "ongoing")}),
    (f"{MET} A treaty, signed in 1996, covers tea.", set()),
]

NO_DEAL = [
    "The president signed the bill into law.",
    "Kenyan striker Tom Akana signed a contract with Arsenal.",
    "The unions reached a deal with Kenya's government.",
    "Kenyan ministers agreed on Monday to suspend sanctions on Uganda.",
    "Kenya and Uganda agreed to come.",
    "Kenya could not agree on an extension.",
    "Kenya secured sensitive documents.",
    "Kenya proposed a toast.",
]


@pytest.mark.parametrize(("text", "expected"), DEALS)
def test_agreements(text, expected, claims_of):
    assert _agreements(claims_of(text)) == expected


@pytest.mark.parametrize("text", NO_DEAL)
def test_no_agreement(text, claims_of):
    assert _agreements(claims_of(text)) == set()


def test_agreements_on_different_matters_are_two(claims_of):
    text = "Kenya and Uganda signed a treaty on fisheries.\nKenya and Uganda signed a pact on railways."
    assert sum(claim.type == "Agreement" for claim in claims_of(text)) == 2


def test_one_agreement_told_twice_is_one(claims_of):
    text = "Kenya and Uganda signed a fisheries treaty.\nThe fishing pact was signed by Kenya and Uganda."
    assert sum(claim.type == "Agreement" for claim in claims_of(text)) == 1
