"""Who accuses whom, and what only sounds like it."""

from __future__ import annotations

import pytest

from kb.model import Entity


def _accusations(claims):
    return {
        (who.value.code or who.value.name, whom.value.code or whom.value.name)
        for claim in claims
        if claim.type == "Accusation"
        for who in claim.arguments
        if who.role == "speaker"
        for whom in claim.arguments
        if whom.role == "target" and isinstance(whom.value, Entity)
    }


ENVOY = "Oman's envoy Ana Duarte"

ACCUSATIONS = [
    ("Chad accused Niger of arming the rebels.", {("TCD", "NER")}),
    ("Niger was accused by Chad of arming the rebels.", {("TCD", "NER")}),
    ("Chad expelled the Nigerien consul, Moussa Ide, accusing him of spying.", {("TCD", "Moussa Ide")}),
    ("Chad expelled six Nigerien diplomats accused of spying.", {("TCD", "NER")}),
    ("Chad blamed Niger for the raid.", {("TCD", "NER")}),
    ("Chad blamed the raid on Niger.", {("TCD", "NER")}),
    ("Chad pointed the finger at Niger.", {("TCD", "NER")}),
    ("Chad holds Niger responsible for the raid.", {("TCD", "NER")}),
    ("Chad says Niger has harboured the rebels.", {("TCD", "NER")}),
    ("Chad said that Niger was trying to destabilise the region.", {("TCD", "NER")}),
    ("Niger harboured the rebels, according to Chad.", {("TCD", "NER")}),
    (f"“Niger violates the truce,” {ENVOY} said.", {("Ana Duarte", "NER")}),
    (f"“We signed a truce. Niger violates it,” {ENVOY} said.", {("Ana Duarte", "NER")}),
    (f"{ENVOY} said that Niger's troops had committed atrocities.", {("Ana Duarte", "NER")}),
    ("Chad called the raid by Niger an attack.", {("TCD", "NER")}),
    ("Chad said Niger was biased.", {("TCD", "NER")}),
    ("Chad listed violations by Niger.", {("TCD", "NER")}),
    ("A report by the Chadian foreign ministry says Niger has hacked its servers.", {("TCD", "NER")}),
    ("Chad's claim that Niger had forged the papers was denied.", {("TCD", "NER")}),
    ("Chad says Niger sneaked a clause into the draft.", {("TCD", "NER")}),
    ("Chad said Niger had sent missiles to Mali.", {("TCD", "NER")}),
    ("Chad charged Niger with arming the rebels.", {("TCD", "NER")}),
    ("Chad laid the raid at Niger's door.", {("TCD", "NER")}),
    ("Chad said Niger was in breach of the treaty.", {("TCD", "NER")}),
]

NO_ACCUSATIONS = [
    "Chad did not accuse Niger.",
    "Chad could accuse Niger of arming the rebels.",
    "A baker was accused of fraud in Niger.",
    "Chad blamed the delay on the weather.",
    "Chad says it has broken the deadlock with Niger.",
    "Chad said it had violated the truce.",
    "Chad said that Niger had left the talks.",
    "Chad says Niger has not harboured the rebels.",
    "Chad said Niger might break the truce.",
    f"“We threaten nobody,” {ENVOY} said.",
    f"“Niger must break the deadlock,” {ENVOY} said.",
    "Niger has harboured the rebels.",
    "Chad listed visits by Niger's envoys.",
    "Chad called the visit by Niger's envoy a surprise.",
]


@pytest.mark.parametrize(("text", "expected"), ACCUSATIONS)
def test_accuses(text, expected, claims_of):
    assert _accusations(claims_of(text)) == expected


@pytest.mark.parametrize("text", NO_ACCUSATIONS)
def test_does_not_accuse(text, claims_of):
    assert not [c for c in claims_of(text) if c.type == "Accusation"]


def test_pronoun_is_not_the_accuser(claims_of):
    text = f"Qatar fired a missile over the Gulf. {ENVOY} watched. “It violates the accord,” Duarte said in Qatar."
    assert _accusations(claims_of(text)) == {("Ana Duarte", "QAT")}


def test_what_is_alleged_is_linked(claims_of):
    claims = claims_of("Chad accused Niger of supplying missiles to Mali.")
    accusation = next(c for c in claims if c.type == "Accusation")
    transfer = next(c for c in claims if c.type == "Transfer")
    assert accusation.about_claims == (transfer.id,)
    assert transfer.factuality.label == "alleged"
