"""Who takes a stance towards whom, of which kind; and attitudes that are none."""

from __future__ import annotations

import pytest


def _stances(claims):
    found = set()
    for claim in (c for c in claims if c.type == "Stance"):
        values = {}
        for a in claim.arguments:
            values.setdefault(a.role, []).append(getattr(a.value, "code", None) or getattr(a.value, "name", a.value))
        found |= {(who, values["kind"][0], whom) for who in values["speaker"] for whom in values.get("target", [None])}
    return found


ENVOY = "Oman's envoy Ana Duarte"

STANCES = [
    ("Fiji condemned Tonga's drill.", {("FJI", "condemn", "TON")}),
    ("Tonga's drill was condemned by Fiji.", {("FJI", "condemn", "TON")}),
    ("Tonga fired a missile on Monday. Fiji condemned the firing.", {("FJI", "condemn", "TON")}),
    ("Fiji criticised Tonga over the drill.", {("FJI", "criticise", "TON")}),
    ("Fiji regretted Tonga's decision.", {("FJI", "criticise", "TON")}),
    ("Fiji voiced concern over Tonga's drills.", {("FJI", "criticise", "TON")}),
    ("Fiji called Tonga's step premature.", {("FJI", "criticise", "TON")}),
    ("Tonga recalled its ambassador, a step Fiji called premature.", {("FJI", "criticise", "TON")}),
    ("Fiji said the drills by Tonga were provocative.", {("FJI", "criticise", "TON")}),
    ("Fiji's criticism of Tonga was sharp.", {("FJI", "criticise", "TON")}),
    ("Fiji praised Tonga for its patience.", {("FJI", "praise", "TON")}),
    ("Tonga and Samoa signed a treaty. Fiji hailed the deal.", {("FJI", "praise", "TON"), ("FJI", "praise", "WSM")}),
    ("Fiji hailed Tonga's step as courageous.", {("FJI", "praise", "TON")}),
    ("Fiji supports Tonga's bid.", {("FJI", "support", "TON")}),
    ("Fiji expressed its support for the candidature of Tonga.", {("FJI", "support", "TON")}),
    ("Fiji thanked Tonga for the boats.", {("FJI", "thank", "TON")}),
    ("Fiji reiterated its gratitude for the gift by Tonga.", {("FJI", "thank", "TON")}),
    ("Fiji urged Tonga to withdraw.", {("FJI", "urge", "TON")}),
    ("Fiji urged Tonga to withdraw “every last man”.", {("FJI", "urge", "TON")}),
    ("Fiji called on Tonga to withdraw.", {("FJI", "urge", "TON")}),
    ("Tonga was asked by Fiji to halt the drills.", {("FJI", "urge", "TON")}),
    ("Fiji recommended that Tonga halt the drills.", {("FJI", "urge", "TON")}),
    ("Fiji demanded an apology from Tonga.", {("FJI", "demand", "TON")}),
    ("Fiji says Tonga should account for the crew.", {("FJI", "demand", "TON")}),
    ("Fiji warned Tonga of a response.", {("FJI", "warn", "TON")}),
    ("Fiji threatened Tonga with war.", {("FJI", "threaten", "TON")}),
    (f"“Qatar will pay a price,” {ENVOY} said.", {("Ana Duarte", "threaten", "QAT")}),
    ("Fiji rejected Tonga's offer.", {("FJI", "reject", "TON")}),
    ("Fiji opposes Tonga's bid.", {("FJI", "reject", "TON")}),
    ("Fiji promised to help Tonga.", {("FJI", "promise", "TON")}),
    ("Fiji called Tonga's vote an irresponsible act.", {("FJI", "criticise", "TON")}),
    ("Fiji wants Tonga to hand over the crew.", {("FJI", "demand", "TON")}),
    (f"“We will never let Qatar cross the line,” {ENVOY} said.", {("Ana Duarte", "warn", "QAT")}),
    ("Tongan troops landed in Samoa. Fiji called the troops a threat.", {("FJI", "criticise", "TON")}),
    ("Fiji vowed to punish Tonga.", {("FJI", "threaten", "TON")}),
    ("Fiji lodged a protest with Tonga over the drill.", {("FJI", "criticise", "TON")}),
    (
        "Fiji regretted Tonga's ban and demanded that it be lifted at once.",
        {("FJI", "criticise", "TON"), ("FJI", "demand", "TON")},
    ),
    (
        "The ban has been lifted, Fiji's President Ana Duarte said, welcoming Tonga's decision.",
        {("Ana Duarte", "praise", "TON")},
    ),
]

NO_STANCES = [
    "Baker Ana Duarte condemned the squirrels.",
    "Fiji condemned the sanctions on Tonga.",
    "Fiji did not condemn Tonga's drill.",
    "Fiji may condemn Tonga's drill.",
    "Critics condemned the film.",
    "The court condemned him to death.",
    "Police said the road was dangerous.",
    "Fiji said the weather was a disaster.",
    "Fiji welcomed the guests at the airport.",
    "The pillars support the roof.",
    "Fiji threatens nobody.",
    "Forecasters warned of storms.",
    "Fiji insisted on television that Tonga had paid.",
    "Fiji declined to comment on Tonga.",
    "Fiji asked Tonga about the drills.",
    "“Fiji will pay a price,” Fiji's President Ana Duarte said.",
]


@pytest.mark.parametrize(("text", "expected"), STANCES)
def test_stance(text, expected, claims_of):
    assert _stances(claims_of(text)) == expected


@pytest.mark.parametrize("text", NO_STANCES)
def test_no_stance(text, claims_of):
    assert _stances(claims_of(text)) == set()


def test_urging_from_outside_is_on_both_sides(claims_of):
    text = (
        "Chad expelled the Nigerien consul. Niger expelled the Chadian consul. Chad recalled its envoy from Niger. "
        "Fiji urged restraint."
    )
    assert _stances(claims_of(text)) == {("FJI", "urge", "TCD"), ("FJI", "urge", "NER")}
