"""Every rule fires on its own examples, and not on their twins.

It fires where it matches and a fact of its class comes of it, be it merged with what another rule has found.
"""

from __future__ import annotations

import pytest

from kb.extract import load_lexicon
from kb.resources import resource

RULES = load_lexicon(resource("data", "lexicon")).rules
YES = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.yes]
NO = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.no]


@pytest.mark.parametrize(("rule", "text"), YES)
def test_fires(rule, text, claims_of, rules_fired):
    assert rule.id in rules_fired(text)
    assert rule.event in {claim.type for claim in claims_of(text)}


@pytest.mark.parametrize(("rule", "text"), NO)
def test_does_not_fire(rule, text, claims_of):
    assert rule.event not in {claim.type for claim in claims_of(text)}
