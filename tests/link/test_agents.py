"""What the extractor asks of a linked document, and what holds of any linked document."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.link import agents, agents_with_conjuncts, state_entity, state_of
from kb.model import ACTOR_KINDS, EntityKind

TEXT = "Norwegian Foreign Minister Ingrid Solberg, Denmark and the State Department criticised Mali."


def test_conjuncts_are_added_in_order(linked):
    found = linked(TEXT)
    names = [e.code or e.name for e in agents_with_conjuncts(found.found, found.token("Ingrid"))]
    assert names == ["Ingrid Solberg", "DNK", "USA"]


@pytest.mark.parametrize(
    ("word", "code"), [("Ingrid", "NOR"), ("Denmark", "DNK"), ("Department", "USA"), ("Mali", "MLI")]
)
def test_the_state_of_an_actor(linked, word, code):
    found = linked(TEXT)
    (entity,) = agents(found.found, found.token(word))
    assert state_of(entity, found.found) == code


def test_the_entity_of_a_code(linked):
    found = linked(TEXT).found
    assert state_entity(found, "NOR").id == "id/state/NOR"
    assert state_entity(found, "FJI") is None
    assert state_entity(found, None) is None


def test_a_person_is_an_entity_of_the_article(linked):
    found = linked(TEXT)
    (entity,) = agents(found.found, found.token("Ingrid"))
    assert (entity.id, entity.kind, entity.known) == ("official/ingrid-solberg", EntityKind.OFFICIAL, False)


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        ("The foreign ministers of Peru, Chile and Mali met Lee.", "ministers", ["PER", "CHL", "MLI"]),
        ("Lee met the leaders of Egypt, Jordan and Saudi Arabia in Riyadh.", "leaders", ["EGY", "JOR", "SAU"]),
        ("The foreign minister of Peru, Chile's neighbour, met Lee.", "minister", ["PER"]),
        ("The foreign ministers of Peru, Chile said, met Lee.", "ministers", ["PER"]),
    ],
)
def test_officials_of_several_states(linked, text, word, codes):
    found = linked(text)
    assert [e.code for e in agents(found.found, found.token(word))] == codes


def test_a_title_is_no_organisation(linked):
    """Though it stands in capitals as one does, and the model takes it for one."""
    found = linked("State Councilor Li Qun of China met the foreign minister of Latvia in Riga on Sunday.")
    assert [(e.name, e.kind) for e in agents(found.found, found.token("Li"))] == [("Li Qun", EntityKind.OFFICIAL)]
    assert [e for e in agents(found.found, found.token("Councilor")) if e.kind is EntityKind.ORGANISATION] == []


def test_no_text_gives_no_mentions(linked):
    found = linked("").found
    assert (found.mentions, found.offices, dict(found.references)) == ((), (), {})


SCRAPS = (
    "Russia the President Putin met , and . He his Minister of Foreign Affairs Chad Kim Jong Un North Korea South in "
    "to Moscow said \" Western officials US - led both leaders which Mr EU's former who two countries was ( )"
)
WORDS = re.findall(r"\S+", SCRAPS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_text_links_to_well_formed_mentions(linked, words):
    found = linked(" ".join(words)).found
    size = len(found.doc.tokens)
    assert all(0 <= m.start <= m.head < m.end <= size for m in found.mentions)
    assert all(0 <= i < size and entities for i, entities in found.references.items())
    assert all(e.kind in ACTOR_KINDS for entities in found.references.values() for e in entities)
    assert all(0 <= o.start < o.end <= size and o.role and o.person.kind is EntityKind.OFFICIAL for o in found.offices)
    assert [(m.start, m.end) for m in found.mentions] == sorted((m.start, m.end) for m in found.mentions)
