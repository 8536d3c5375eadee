"""The figures are those of the annotation guide's own scorer, and obvious cases come out as they must."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date

import pytest

from kb.errors import InputError, MissingInputError
from kb.evaluate import Ratio, evaluate, load_articles, load_gold, load_predicted

VISIT = {"type": "visit", "visitors": ["Ana Duarte"], "to": "EGY", "start": "2031-05-13", "status": "occurred"}
MEETING = {"type": "meeting", "participants": ["Ana Duarte", "Li Qun"], "date": None, "kind": "talks"}
OFFICE = {"type": "office", "person": "Ana Duarte", "role": "president", "of": "BRA", "status": "ongoing"}
GOLD = {"one": [VISIT, MEETING, OFFICE]}


def agent(name, code=None):
    return {"name": name, "code": code, "kind": "official", "id": "x"}


CASES = {
    "the same": ([VISIT], 1),
    "agents as objects": ([VISIT | {"visitors": [agent("Ana Duarte")]}], 1),
    "surname alone": ([VISIT | {"visitors": ["Duarte"]}], 1),
    "the state of the official": ([VISIT | {"visitors": ["BRA"]}], 1),
    "a misspelt name": ([VISIT | {"visitors": ["Ana Duartte"]}], 1),
    "another destination": ([VISIT | {"to": "CHN"}], 0),
    "another visitor": ([VISIT | {"visitors": ["Li Qun"]}], 0),
    "another type": ([{"type": "deny", "speakers": ["Ana Duarte"]}], 0),
    "one of two participants": ([MEETING | {"participants": ["Ana Duarte"]}], 0),
    "an office is of a person, not of a state": ([OFFICE | {"person": "BRA"}], 0),
}


@pytest.mark.parametrize("name", CASES)
def test_what_counts_as_the_same_fact(name):
    predicted, hits = CASES[name]
    assert evaluate(GOLD, {"one": predicted}).micro == Ratio(hits, len(predicted), 3)


def test_every_gold_fact_is_used_once():
    assert evaluate(GOLD, {"one": [VISIT, VISIT]}).types["visit"] == Ratio(1, 2, 1)


def test_closed_values_agree_by_kind():
    gold = {"a": [{"type": "sanction_action", "actors": ["EU"], "targets": ["RUS"], "action": "tighten"}]}
    near = [{"type": "sanction_action", "actors": ["EU"], "targets": ["RUS"], "action": "extend"}]
    far = [{"type": "sanction_action", "actors": ["EU"], "targets": ["RUS"], "action": "lift"}]
    assert evaluate(gold, {"a": near}).micro.hits == 1
    assert evaluate(gold, {"a": far}).micro.hits == 0


def test_slots_are_counted_for_matched_facts_only():
    result = evaluate(GOLD, {"one": [VISIT | {"start": "2031-05-14"}]})
    assert result.slots["visit", "start"] == 1
    assert result.slots_right["visit", "start"] == 0
    assert result.slots_right["visit", "status"] == 1
    assert not result.slots["meeting", "kind"]


def test_status_and_dates_are_summed_over_types():
    planned = MEETING | {"date": "2031-05-13", "status": "planned"}
    found = evaluate({"one": [VISIT, planned]}, {"one": [VISIT, planned | {"status": "occurred"}]})
    assert found.slot_counts() == {"status": (1, 2), "dates": (2, 2), "kind": (1, 1)}
    assert list(found.slot_counts()) == ["status", "dates", "kind"]
    assert [(slip.slot, slip.gold["type"]) for slip in found.slips] == [("status", "meeting")]


def test_articles_come_with_the_date_of_their_annotation(tmp_path):
    for name, published in (("a", '"2031-05-14"'), ("b", "null"), ("c", '"2031-05"')):
        (tmp_path / f"{name}.gold.json").write_text(f'{{"published": {published}, "facts": []}}', encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text("Text", encoding="utf-8")
    found = load_articles(tmp_path)
    assert {name: item.info.published for name, item in found.items()} == {"a": date(2031, 5, 14), "b": None, "c": None}
    assert found["a"].path == tmp_path / "a.txt"


def test_an_article_without_prediction_counts_as_none():
    result = evaluate(GOLD, {})
    assert result.micro == Ratio(0, 0, 3)
    assert [fact["type"] for _name, fact in result.missed] == ["office", "visit", "meeting"]


def test_a_folder_without_gold_is_an_error(tmp_path):
    with pytest.raises(MissingInputError, match=r"no \*\.gold\.json"):
        load_gold(tmp_path)


def test_a_broken_gold_file_is_named(tmp_path):
    (tmp_path / "x.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.gold\.json"):
        load_gold(tmp_path)


def test_a_broken_line_of_predictions_is_named(tmp_path):
    path = tmp_path / "facts.jsonl"
    path.write_text('{"source": "a/one.txt", "facts": []}\nnothing\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"facts\.jsonl:2"):
        load_predicted(path)


@pytest.mark.parametrize("folder", ["seed", "dev", "dev2"])
def test_figures_equal_the_guides_scorer(shared, tmp_path, folder):
    """Against facts spoilt at random, so that every rule of comparison has something to do."""
    gold = load_gold(shared / "gold" / folder)
    chance = random.Random(folder)
    predicted = {name: [spoilt(fact, chance) for fact in facts] for name, facts in gold.items()}
    path = tmp_path / "predicted.jsonl"
    rows = [{"source": f"{name}.txt", "facts": facts} for name, facts in predicted.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, shared / "gold" / "score.py", shared / "gold" / folder, path, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = evaluate(gold, load_predicted(path))
    assert ours.as_dict()["slot_accuracy"] == pytest.approx(theirs["slot_accuracy"])
    assert ours.micro.f1 == pytest.approx(theirs["f1"])
    for kind, figures in theirs["types"].items():
        assert ours.types[kind].f1 == pytest.approx(figures["f1"]), kind


def spoilt(fact, chance):
    """Return a fact with names shortened, slots emptied or exchanged."""
    found = dict(fact)
    for slot, value in fact.items():
        if slot == "type" or chance.random() > 0.25 or not value:
            continue
        if isinstance(value, list):
            found[slot] = chance.choice([value[:1], [str(v).split()[-1] for v in value], [], [*value, "FRA"]])
        else:
            found[slot] = chance.choice([None, "FRA", value])
    return found
