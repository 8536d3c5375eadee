"""`kb extract`: facts as plain data."""

import json
import re
from pathlib import Path

import pytest

TYPES = {
    "office",
    "visit",
    "meeting",
    "regime",
    "sanction_action",
    "agreement",
    "accuse",
    "deny",
    "stance",
    "transfer",
    "weapons_test",
    "diplomatic_action",
    "military_action",
}
STATUSES = {"occurred", "ongoing", "planned", "possible", "alleged", "denied", "not_occurred"}
SINGLE = {"person", "of", "to", "from"}
AGENTS = {
    "visitors",
    "companions",
    "participants",
    "imposers",
    "targets",
    "actors",
    "parties",
    "speakers",
    "suppliers",
    "recipients",
    "said_by",
}


@pytest.fixture(scope="module")
def rows(kb, articles):
    code, out, err = kb("extract", "--format", "jsonl", articles)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_an_object_for_each_article_in_the_order_given(rows, articles):
    assert [row["source"] for row in rows] == [str(path) for path in sorted(articles.glob("*.txt"))]
    for row in rows:
        assert list(row) == ["source", "article", "facts"]
        assert row["article"]["source"] == row["source"]


def test_the_evidence_is_in_the_text_at_its_place(rows):
    checked = 0
    for row in rows:
        text = Path(row["source"]).read_text(encoding="utf-8")
        for fact in row["facts"]:
            evidence = fact["evidence"]
            assert set(evidence) == {"quote", "start", "end"}
            assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != ""
            assert fact["trigger"] in text
            checked += 1
    assert checked > 40


def test_the_shape_of_a_fact(rows):
    for fact in (fact for row in rows for fact in row["facts"]):
        assert fact["type"] in TYPES
        assert fact["status"] in STATUSES
        assert fact["iri"].endswith("#" + fact["id"])
        assert re.fullmatch(r"[\w.-]+", fact["rule"])
        assert isinstance(fact["said_by"], list)
        for slot, value in fact.items():
            if slot in AGENTS:
                assert value or slot == "said_by"
                assert all(set(agent) == {"name", "code", "kind", "id"} for agent in value)
            if slot in SINGLE:
                agents = value if isinstance(value, list) else [value]
                assert all(agent["id"].startswith("https://w3id.org/demarche/") for agent in agents)


def test_slots_are_those_of_the_guide(rows):
    """A visit of the sample articles, with every slot it can have filled."""
    (row,) = (row for row in rows if "pyongyang" in row["source"])
    visit = next(fact for fact in row["facts"] if fact["type"] == "visit" and "companions" in fact)
    assert [agent["name"] for agent in visit["visitors"]] == ["Vladimir Putin"]
    assert {agent["name"] for agent in visit["companions"]} == {"Sergey Lavrov", "Andrei Belousov"}
    assert visit["start"] == "2024-06-19"
    destination = visit["to"][0] if isinstance(visit["to"], list) else visit["to"]
    assert (destination["code"], destination["kind"]) == ("PRK", "state")


def test_nothing_is_stored(kb, tmp_path, write, texts, monkeypatch):
    path = write("a.txt", texts["visit"])
    monkeypatch.chdir(tmp_path)
    assert kb("extract", path).code == 0
    assert kb("extract", path, KB_STORE=tmp_path / "store").code == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_the_same_every_time(kb, write, texts):
    path = write("a.txt", texts["visit"])
    assert kb("extract", path).out == kb("extract", path).out


def test_a_bad_file_is_reported_and_the_rest_is_read(kb, tmp_path, write, texts):
    code, out, err = kb("extract", tmp_path / "none.txt", write("a.txt", texts["visit"]))
    assert code == 2
    assert [json.loads(line)["article"]["published"] for line in out.splitlines()] == ["2031-05-13"]
    assert err == (
        f"error[KB011]: {tmp_path}/none.txt: no such file or folder\n"
        "  hint: Check the path; quote a pattern so that the shell does not expand it to nothing.\n"
    )
