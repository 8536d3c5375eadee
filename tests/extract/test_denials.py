"""Who denies, and who only says no."""

from __future__ import annotations

import pytest


def _deniers(claims):
    return {
        a.value.code or a.value.name for c in claims if c.type == "Denial" for a in c.arguments if a.role == "speaker"
    }


ENVOY = "Oman's envoy Ana Duarte"

DENIALS = [
    ("Niger denied the charge.", {"NER"}),
    ("Niger denies arming the rebels.", {"NER"}),
    ("Niger denied that it had armed the rebels.", {"NER"}),
    ("Niger, which has always denied the charge, said so.", {"NER"}),
    ("Niger rejected the accusation.", {"NER"}),
    ("Niger dismissed the pictures as forgeries.", {"NER"}),
    ("Niger brushed aside the allegations.", {"NER"}),
    ("Niger rejected as baseless the findings of the panel.", {"NER"}),
    ("Niger said the report was false.", {"NER"}),
    ("Niger called the reports nonsense.", {"NER"}),
    ("Niger said it had nothing to do with the raid.", {"NER"}),
    ("Niger said it had not armed the rebels.", {"NER"}),
    (f"“We have tested no missile,” {ENVOY} said.", {"Ana Duarte"}),
    (f"“We are not moving troops,” {ENVOY} said.", {"Ana Duarte"}),
    (f"“Oman is not being used to move arms,” {ENVOY} told reporters.", {"Ana Duarte"}),
    ("Niger fired a missile on Monday, Chad said. Niger said there had been no launch.", {"NER"}),
    ("Chad accused Niger of a raid. Niger said nothing of the kind had happened.", {"NER"}),
    ("Niger issued a denial.", {"NER"}),
    ("Rumours of a coup were denied in Niamey.", {"NER"}),
]

NO_DENIALS = [
    "Niger did not deny the charge.",
    "Niger denied entry to the envoy.",
    "Niger denied the envoy a visa.",
    "Niger rejected the offer.",
    "Niger dismissed the minister.",
    "Niger said the report was serious.",
    "Niger said it would not arm the rebels.",
    "Niger said there had been no rain.",
    "Niger said it had no intention of leaving.",
    f"“We have not decided,” {ENVOY} said.",
    f"“We have not seen the report,” {ENVOY} said.",
    f"“There is no hurry,” {ENVOY} said.",
    "Niger called the raid a mistake.",
]


@pytest.mark.parametrize(("text", "expected"), DENIALS)
def test_denies(text, expected, claims_of):
    assert _deniers(claims_of(text)) == expected


@pytest.mark.parametrize("text", NO_DENIALS)
def test_does_not_deny(text, claims_of):
    assert _deniers(claims_of(text)) == set()


def test_the_accused_denies_not_the_accuser(claims_of):
    text = "Chad's President Ana Duarte accused Niger's President Moussa Ide of a raid; he denied it."
    assert _deniers(claims_of(text)) == {"Moussa Ide"}
