"""What events are called."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from rdflib import XSD

from kb.resolve.labels import best_name, date_words, enumeration, third_person
from kb.resolve.phrases import AGREEMENTS, ALONE, TARGETED
from kb.resolve.records import When
from kb.vocab import CONCEPTS

KEY = "0000000000000001"

LABELS = {
    "Vladimir Putin visits North Korea, June 2024": (
        "Visit",
        {"visitor": "PUTIN", "destination": "PRK", "when": "2024-06-18"},
    ),
    "Russia visits North Korea (planned)": ("Visit", {"visitor": "RUS", "destination": "PRK", "label": "planned"}),
    "Kim Jong Un and Vladimir Putin meet in Pyongyang, 18 June 2024": (
        "Meeting",
        {"participant": ["PUTIN", "KIM", "RUS"], "place": "pyongyang-prk", "when": "2024-06-18"},
    ),
    "China and Russia talk by phone, 2024": (
        "Meeting",
        {"participant": ["RUS", "CHN"], "kind": "call", "when": "2024"},
    ),
    "Russia vetoes sanctions on North Korea, March 2024": (
        "SanctionsAction",
        {"actor": "RUS", "target": "PRK", "action": "veto", "when": "2024-03"},
    ),
    "North Korea and Russia sign an agreement": ("Agreement", {"party": ["RUS", "PRK"], "action": "sign"}),
    "Brazil withdraws from an agreement (did not happen)": (
        "Agreement",
        {"party": "BRA", "action": "withdraw", "label": "not-occurred"},
    ),
    "United States accuses North Korea": ("Accusation", {"speaker": "USA", "target": "PRK", "about": "it"}),
    "Russia denies an accusation": ("Denial", {"speaker": "RUS", "about": "it"}),
    "South Korea condemns North Korea": ("Stance", {"speaker": "KOR", "target": "PRK", "kind": "condemn"}),
    "South Korea gives a warning": ("Stance", {"speaker": "KOR", "kind": "warn"}),
    "North Korea transfers arms to Russia (alleged)": (
        "Transfer",
        {"supplier": "PRK", "recipient": "RUS", "goodsKind": "arms", "label": "alleged"},
    ),
    "China transfers goods to Russia": ("Transfer", {"supplier": "CHN", "recipient": "RUS"}),
    "North Korea tests a weapon, 18 June 2024": ("WeaponsTest", {"actor": "PRK", "weapon": "it", "when": "2024-06-18"}),
    "Brazil recalls envoys from China": ("DiplomaticAction", {"actor": "BRA", "target": "CHN", "action": "recall"}),
    "Brazil expels Kim Jong Un": ("DiplomaticAction", {"actor": "BRA", "target": "KIM", "action": "expel"}),
    "Russia attacks China": ("MilitaryAction", {"actor": "RUS", "target": "CHN", "action": "attack"}),
    "China and Russia hold exercises": ("MilitaryAction", {"actor": ["RUS", "CHN"], "action": "exercise"}),
}


@pytest.mark.parametrize("label", LABELS)
def test_label(base, fact, person, label):
    type_, given = LABELS[label]
    people = {"PUTIN": person("Vladimir Putin", "RUS"), "KIM": person("Kim Jong Un", "PRK")}
    roles = {
        role: [people.get(value, value) for value in (values if isinstance(values, list) else [values])]
        for role, values in given.items()
        if role not in ("when", "label")
    }
    base.load(KEY, fact(type_, given.get("label", "occurred"), given.get("when"), **roles))
    assert base.thing(type_)["label"] == [label]


def test_a_visit_of_which_only_the_end_is_told_is_of_that_month():
    end = ox.Literal("2031-03-03", datatype=ox.NamedNode(str(XSD.date)))
    when = When((("end", end),), date(2031, 2, 17), date(2031, 3, 3), "day")
    assert date_words(when, "Visit") == "March 2031"


def test_the_words_of_an_article_are_in_no_label(base, fact):
    base.load(KEY, fact("Transfer", supplier="PRK", recipient="RUS", goods="secret goods", goodsKind="other"))
    assert base.thing("Transfer")["label"] == ["North Korea transfers goods to Russia"]


def test_every_act_has_its_words():
    schemes = {
        "SanctionsAction": "sanction",
        "Stance": "stance",
        "DiplomaticAction": "diplomatic",
        "MilitaryAction": "military",
    }
    for event, scheme in schemes.items():
        notations = {name.partition("-")[2] for name in CONCEPTS[f"{scheme}-scheme"].values()}
        assert set(TARGETED[event]) == notations
    assert set(AGREEMENTS) == set(CONCEPTS["agreement-scheme"])
    assert set(ALONE["Stance"]) == set(TARGETED["Stance"])


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 others"),
    ],
)
def test_enumeration(names, text):
    assert enumeration(names) == text


@pytest.mark.parametrize(
    ("verb", "third"),
    [
        ("visit", "visits"),
        ("veto", "vetoes"),
        ("deny", "denies"),
        ("pay", "pays"),
        ("push on", "pushes on"),
        ("tax", "taxes"),
    ],
)
def test_third_person(verb, third):
    assert third_person(verb) == third


def test_best_name():
    assert best_name({"Kim": 2, "Kim Jong Un": 1}) == "Kim"
    assert best_name({"Kim": 1, "Kim Jong Un": 1}) == "Kim Jong Un"
    assert best_name({"b": 1, "a": 1}) == "a"
