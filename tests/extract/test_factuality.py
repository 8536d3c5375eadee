"""What the text presents as fact: modals, negation, plans, purpose, reports."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.link import link


def _labels(claims, type_):
    return [c.factuality.label.value for c in claims if c.type == type_]


VISITS = [
    ("Kenya's President Ana Duarte visited Portugal.", ["occurred"]),
    ("Kenya's President Ana Duarte is visiting Portugal.", ["ongoing"]),
    ("Kenya's President Ana Duarte will visit Portugal.", ["planned"]),
    ("Kenya's President Ana Duarte plans to visit Portugal.", ["planned"]),
    ("Kenya's President Ana Duarte is expected to visit Portugal.", ["expected"]),
    ("Kenya's President Ana Duarte may visit Portugal.", ["possible"]),
    ("Kenya's President Ana Duarte would visit Portugal if she were invited.", ["hypothetical"]),
    ("Kenya's President Ana Duarte said she would visit Portugal.", ["planned"]),
    ("Kenya's President Ana Duarte wants to visit Portugal.", ["proposed"]),
    ("Kenya's President Ana Duarte did not visit Portugal.", ["not-occurred"]),
    ("Kenya's President Ana Duarte refused to visit Portugal.", ["not-occurred"]),
    ("Kenya's President Ana Duarte cancelled a visit to Portugal.", ["cancelled"]),
    ("Kenya's President Ana Duarte postponed a visit to Portugal.", ["postponed"]),
    ("Kenya's President Ana Duarte had planned to visit Portugal.", ["cancelled"]),
    ("Kenya's President Ana Duarte had been due in Portugal on Monday.", ["cancelled"]),
    ("Kenya's President Ana Duarte said she had planned to visit Portugal.", ["planned"]),
    ("Kenya's President Ana Duarte has yet to visit Portugal.", ["proposed"]),
    ("Kenya's President Ana Duarte still has to visit Portugal.", ["proposed"]),
    ("Kenya's President Ana Duarte said she regretted it and would visit Portugal.", ["planned"]),
]


@pytest.mark.parametrize(("text", "expected"), VISITS)
def test_visit(text, expected, claims_of):
    assert _labels(claims_of(text), "Visit") == expected


TRANSFERS = [
    ("Fiji sent missiles to Tonga.", ["occurred"]),
    ("Samoa said Fiji had sent missiles to Tonga.", ["alleged"]),
    ("Fiji said it had sent missiles to Tonga.", ["occurred"]),
    ("Fiji allegedly sent missiles to Tonga.", ["alleged"]),
    ("Fiji denied sending missiles to Tonga.", ["denied"]),
    ("Samoa accused Fiji of sending missiles to Tonga.", ["alleged"]),
    ("Fiji offered to send missiles to Tonga.", ["proposed"]),
]


@pytest.mark.parametrize(("text", "expected"), TRANSFERS)
def test_transfer(text, expected, claims_of):
    assert _labels(claims_of(text), "Transfer") == expected


SPEECH = [
    ("Fiji condemned Tonga's drill.", "Stance", ["occurred"]),
    ("Fiji condemns Tonga's drill.", "Stance", ["occurred"]),
    ("Fiji will condemn Tonga's drill.", "Stance", ["planned"]),
    ("Fiji might condemn Tonga's drill.", "Stance", []),
    ("Fiji has not condemned Tonga's drill.", "Stance", []),
    ("Fiji's accusation that Tonga had armed rebels was denied.", "Accusation", ["occurred"]),
]


@pytest.mark.parametrize(("text", "type_", "expected"), SPEECH)
def test_speech_act(text, type_, expected, claims_of):
    assert _labels(claims_of(text), type_) == expected


ACTS = [
    ("Kenya imposes sanctions on Fiji", "SanctionsAction", ["occurred"]),
    ("Kenya is imposing sanctions on Fiji.", "SanctionsAction", ["occurred"]),
    ("Kenya is launching air strikes on Fiji.", "MilitaryAction", ["ongoing"]),
]


@pytest.mark.parametrize(("text", "type_", "expected"), ACTS)
def test_present_tense_of_acts(text, type_, expected, claims_of):
    assert _labels(claims_of(text), type_) == expected


def test_present_tense_of_a_headline_tells_what_has_happened(analysed, gazetteer, lexicon):
    doc = analysed("It was quiet on the islands.", title="Kenya launches air strikes on Fiji")
    claims = extract(link(doc, gazetteer, ()), lexicon).claims
    assert _labels(claims, "MilitaryAction") == ["occurred"]


def test_violation_told_by_another_is_alleged(claims_of):
    claims = claims_of("Samoa said that Fiji had violated United Nations sanctions on Tonga.")
    assert _labels(claims, "SanctionsAction") == ["alleged"]
    assert _labels(claims, "Accusation") == ["occurred"]
