"""Looking up whom a name means."""

from __future__ import annotations

import pytest

from kb.errors import QueryParameterError
from kb.query import Names, ParameterType, load_queries, run
from kb.store import Change, memory_store

BASE = "https://w3id.org/demarche/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ALSO = "<http://www.w3.org/2004/02/skos/core#altLabel>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
KNOWN = [
    ("reference", "state/PRK", "State", ["North Korea", "PRK"], ["DPRK", "the North"]),
    ("reference", "state/KOR", "State", ["South Korea", "KOR"], ["Korea"]),
    ("reference", "state/UAE-X", "State", ["Utopia"], ["UAE"]),
    ("reference", "organisation/NATO", "Organisation", ["North Atlantic Treaty Organization", "NATO"], []),
    ("reference", "place/kim-prk", "Place", ["Kim"], []),
    ("canonical", "official/kim-jong-un-prk", "Official", ["Kim Jong Un"], []),
    ("canonical", "official/kim-yo-jong-prk", "Official", ["Kim Yo-jong"], []),
]


@pytest.fixture
def store():
    store = memory_store()
    lines = []
    for graph, path, kind, names, others in KNOWN:
        triples = [f"{TYPE} <{BASE}ontology#{kind}>", *(f'{LABEL} "{name}"' for name in names)]
        triples += [f'{ALSO} "{name}"' for name in others]
        lines += [f"<{BASE}id/{path}> {triple} <{BASE}graph/{graph}> .\n" for triple in triples]
    store.apply(Change(insert="".join(lines)))
    return store


@pytest.mark.parametrize(
    ("name", "type_", "found"),
    [
        ("North Korea", "state", ["state/PRK"]),
        ("north korea", "actor", ["state/PRK"]),
        ("prk", "state", ["state/PRK"]),
        ("Korea", "state", ["state/KOR"]),  # a whole name wins over a part of others
        ("UAE", "state", ["state/UAE-X"]),  # so does a name over what looks like a code
        ("NATO", "actor", ["organisation/NATO"]),
        ("Kim", "actor", ["official/kim-jong-un-prk", "official/kim-yo-jong-prk"]),
        ("jong", "actor", ["official/kim-jong-un-prk", "official/kim-yo-jong-prk"]),
        ("yo-jong", "actor", ["official/kim-yo-jong-prk"]),
        ("FRA", "state", ["state/FRA"]),  # not known, but a code
        ("XYZ", "actor", ["state/XYZ", "organisation/XYZ"]),
    ],
)
def test_find(store, name, type_, found) -> None:
    assert Names(store).find(name, ParameterType(type_)) == [f"{BASE}id/{path}" for path in found]


def test_a_state_is_no_official(store) -> None:
    with pytest.raises(ValueError, match="no state is known by that name"):
        Names(store).find("Kim Jong Un", ParameterType.STATE)


def test_similar_names_are_offered(store) -> None:
    with pytest.raises(ValueError, match="did you mean Kim Jong Un"):
        Names(store).find("Kim Jong Um", ParameterType.ACTOR)


def test_a_part_of_a_word_is_no_name(store) -> None:
    with pytest.raises(ValueError, match="no state, organisation, group or official"):
        Names(store).find("Kore", ParameterType.ACTOR)


def test_run_says_which_parameter(store) -> None:
    with pytest.raises(QueryParameterError, match="visits: state=Nowhere: no state is known by that name"):
        run(store, load_queries()["visits"], {"state": "Nowhere"})
    assert run(store, load_queries()["visits"], {"state": "North Korea"}).rows == ()
