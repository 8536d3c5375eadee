"""One official across articles: by name and state, never by name alone."""

from __future__ import annotations

import pytest

from kb.model import Entity, EntityKind
from kb.resolve.identity import canonical_iri, slug

KEYS = [f"{number:016x}" for number in range(1, 20)]
ARTICLE = "https://w3id.org/demarche/article/0123456789abcdef"
IDS = "https://w3id.org/demarche/id/"

SLUGS = {
    "Kim Jong-un": "kim-jong-un",
    "KIM JONG UN": "kim-jong-un",
    "Kim  Jong Un": "kim-jong-un",
    "Recep Tayyip Erdoğan": "recep-tayyip-erdogan",
    "J. D. Vance": "jd-vance",
    "J.D. Vance": "jd-vance",
    "Michelle O’Neill": "michelle-oneill",
    "Владимир Путин": "vladimir-putin",
}


@pytest.mark.parametrize("name", SLUGS)
def test_slug(name):
    assert slug(name) == SLUGS[name]


def test_a_name_without_letters_has_a_slug_of_its_own():
    assert slug("!!!") != slug("???")
    assert slug("!!!").isalnum()


def test_canonical_iri():
    home = f"{IDS}state/PRK"
    assert canonical_iri("official", "Kim Jong-un", home, ARTICLE) == f"{IDS}official/kim-jong-un-prk"
    alone = canonical_iri("official", "Kim Jong-un", None, ARTICLE)
    assert alone.startswith(f"{IDS}official/kim-jong-un-")
    assert alone != canonical_iri("official", "Kim Jong-un", None, ARTICLE + "0")


def stance(fact, speaker):
    return fact("Stance", kind="warn", speaker=speaker, target="USA", about="the drills at sea")


def test_spellings_of_one_name_are_one_official(base, fact, person):
    for key, name in zip(KEYS, ["Kim Jong-un", "Kim Jong Un", "Kim Jong Un"], strict=False):
        base.load(key, stance(fact, person(name, "PRK")))
    thing = base.thing("Official")
    assert thing["iri"] == [f"{IDS}official/kim-jong-un-prk"]
    assert (thing["label"], thing["serves"]) == (["Kim Jong Un"], ["state/PRK"])
    assert len(thing["mentionedAs"]) == 3
    assert base.thing("Stance")["speaker"] == ["official/kim-jong-un-prk"]


def test_the_label_follows_the_most_frequent_name(base, fact, person):
    for key, name in zip(KEYS, ["Kim Jong-un", "KIM JONG UN"], strict=False):
        base.load(key, stance(fact, person(name, "PRK")))
    assert base.thing("Official")["label"] == ["KIM JONG UN"]  # as often, as long, smaller
    base.load(KEYS[2], stance(fact, person("Kim Jong-un", "PRK")))
    assert base.thing("Official")["label"] == ["Kim Jong-un"]
    base.load(KEYS[0], stance(fact, person("KIM JONG UN", "PRK")))
    assert base.thing("Official")["label"] == ["KIM JONG UN"]
    base.remove(KEYS[0])
    base.remove(KEYS[1])
    assert base.thing("Official")["label"] == ["Kim Jong-un"]


def test_namesakes_of_different_states_stay_apart(base, fact, person):
    for key, code in zip(KEYS, ["PRK", "KOR"], strict=False):
        base.load(key, stance(fact, person("Kim Young-ho", code)))
    assert sorted(thing["iri"][0].rpartition("/")[2] for thing in base.things("Official")) == [
        "kim-young-ho-kor",
        "kim-young-ho-prk",
    ]
    assert len(base.things("Stance")) == 2


def test_a_name_without_a_state_links_no_articles(base, fact, person):
    for key in KEYS[:2]:
        base.load(key, stance(fact, person("John Smith")), stance(fact, person("John Smith")))
    assert len(base.things("Official")) == 2
    assert [thing["claimCount"] for thing in base.things("Stance")] == [["2"], ["2"]]


@pytest.mark.parametrize("kind", [EntityKind.ORGANISATION, EntityKind.GROUP])
def test_bodies_of_a_state_are_one_across_articles(base, fact, kind):
    ministry = Entity(f"{kind}/foreign-ministry", kind, "Foreign Ministry", state="PRK")
    for key in KEYS[:2]:
        base.load(key, stance(fact, ministry))
    assert base.thing(kind.value.capitalize())["iri"] == [f"{IDS}{kind}/foreign-ministry-prk"]
    assert base.thing("Stance")["speaker"] == [f"{kind}/foreign-ministry-prk"]


def test_places_too(base, fact):
    hall = Entity("place/kumsusan-hall", EntityKind.PLACE, "Kumsusan Hall", state="PRK")
    for key in KEYS[:2]:
        base.load(key, fact("Meeting", when="2024-06-19", participant=["RUS", "PRK"], place=hall))
    assert base.thing("Place")["inState"] == ["state/PRK"]
    assert base.thing("Meeting")["place"] == ["place/kumsusan-hall-prk"]


def test_who_is_only_quoted_is_known_too(base, fact, person):
    base.load(KEYS[0], fact("Visit", "planned", by=[person("Yuri Ushakov", "RUS")], visitor="RUS", destination="PRK"))
    assert base.thing("Official")["label"] == ["Yuri Ushakov"]
    base.load(KEYS[0], fact("Visit", "planned", visitor="RUS", destination="PRK"))
    assert base.things("Official") == []


def test_known_entities_stay(base, fact):
    base.load(KEYS[0], fact("Visit", visitor="RUS", destination="PRK", place="pyongyang-prk"))
    assert base.thing("Visit")["place"] == ["place/pyongyang-prk"]
    assert base.things("State") == base.things("Place") == []
