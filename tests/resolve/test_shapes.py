"""What the canonical graph says satisfies the shapes of its classes."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kb.gate import load_gate
from kb.resources import resource

KEYS = [f"{number:016x}" for number in range(1, 4)]


@pytest.fixture
def told(base, fact, person):
    putin, kim = person("Vladimir Putin", "RUS"), person("Kim Jong Un", "PRK")
    base.load(
        KEYS[0],
        fact("Visit", "planned", "2024-06-19", visitor=putin, destination="PRK", place="wonsan-prk"),
        fact("Tenure", "ongoing", officeHolder=putin, role="president", officeOf="RUS"),
        fact("SanctionsRegime", "ongoing", imposer="USA", target="PRK", reason="missiles"),
        fact("Transfer", "alleged", by=["USA"], supplier="PRK", recipient="RUS", goods="shells", goodsKind="arms"),
        published="2024-06-18",
    )
    base.load(
        KEYS[1],
        fact("Visit", when="2024-06-18/2024-06-19", visitor=putin, destination="PRK", place="pyongyang-prk"),
        fact("Meeting", when="2024-06-19", participant=[putin, kim], kind="summit", place="pyongyang-prk"),
        fact("Transfer", "alleged", by=["USA"], supplier="PRK", recipient="RUS", goods="rockets", goodsKind="arms"),
        fact("Accusation", speaker="USA", target="PRK", about="sending rockets", links=[2]),
        fact("Denial", speaker=["PRK", "RUS"], about="it", links=[2]),
    )
    base.load(
        KEYS[2],
        fact("Meeting", when="2024-06", participant=["RUS", kim], kind="talks"),
        fact("SanctionsAction", when="2024-03", actor="RUS", target="PRK", action="veto"),
        fact("Agreement", when="2024-06-19", party=["RUS", "PRK"], action="sign", about="a pact"),
        fact("Stance", speaker="KOR", target="PRK", kind="condemn", about="the pact"),
        fact("WeaponsTest", when="2024", actor="PRK", weapon="a missile"),
        fact("DiplomaticAction", actor="KOR", target="RUS", action="summon"),
        fact("MilitaryAction", actor="RUS", target="EGY", action="attack"),
    )
    return base


def test_all_classes_satisfy_their_shapes(told):
    canonical = Graph().parse(data=told.canonical(), format="nt")
    known = Graph()
    for key in KEYS:  # what the claims and the states are is said by the articles
        known.parse(data=told.store.graph(f"https://w3id.org/demarche/article/{key}"), format="nt")
    results = load_gate(resource("shapes")).check(canonical + known).results
    assert [result for result in results if result.focus in set(canonical.subjects())] == []
