"""`kb explain`: why a fact is in the base, and what cannot be told where the store keeps no text."""

import csv
import io
import json

import pytest

import kb.extract as kb_extract
from kb.model import Extraction


@pytest.fixture(scope="module")
def facts(kb, sample):
    return list(csv.DictReader(io.StringIO(kb("query", "facts", "--format", "csv", "--store", sample).out)))


@pytest.fixture
def explain(kb, sample):
    return lambda *arguments: kb("explain", *arguments, "--store", sample)


@pytest.fixture
def visit(facts):
    """The visit to Pyongyang with its companions."""
    return next(fact for fact in facts if fact["type"] == "visit" and "Pyongyang" not in fact["quote"])["fact"]


def test_sentence_rule_parse_and_slots(explain, facts):
    fact = next(fact for fact in facts if fact["quote"].startswith("Kim travelled to Russia"))
    code, out, err = explain(fact["fact"])
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"visit ({fact['label']}), {fact['fact']}"
    assert lines[1] == "article: Kim and Putin hold talks at Russian space port (2023-09-13)"
    assert lines[2] == f"evidence: characters {fact['start']}-{fact['end']}"
    assert lines[3] == f"  {fact['quote']}"
    assert "said by: the article itself" in lines
    assert f"rule: {fact['rule']}, triggered by “{fact['trigger']}”" in lines
    assert any(line.startswith("  fires on: ") for line in lines)
    assert any(line.startswith("  visitor = Kim Jong Un [official/kim-jong-un]  (") for line in lines)
    assert any(line.startswith("  destination = Russia [id/state/RUS]  (") for line in lines)
    assert f"sentence: {fact['quote']}." in lines
    token = next(line.split() for line in lines if " travelled " in line and "VERB" in line)
    assert token[1:] == ["travelled", "travel", "VERB", "root", "root"]


def test_in_json(explain, visit):
    code, out, _ = explain(visit, "--format", "json")
    (found,) = json.loads(out)
    assert code == 0
    assert set(found) == {"fact", "article", "rule", "sentence", "parse", "slots", "note"}
    assert found["fact"]["iri"] == visit
    assert found["rule"]["id"] == found["fact"]["rule"]
    assert found["rule"]["yes"]
    assert found["note"] == ""
    assert {"i", "text", "lemma", "upos", "dep", "head"} == set(found["parse"][0])
    assert {"role", "value", "how"} == set(found["slots"][0])


def test_by_every_name_it_has(explain, visit):
    full = explain(visit)
    assert full.code == 0
    for name in (visit.rpartition("#")[2], visit.removeprefix("https://w3id.org/demarche/")):
        assert explain(name) == full


def test_reading_again_makes_the_same_claims(explain, facts):
    for fact in facts[::9]:
        (found,) = json.loads(explain(fact["fact"], "--format", "json").out)
        assert (found["note"], found["fact"]["iri"]) == ("", fact["fact"])
        assert found["sentence"]
        assert found["slots"]
        assert found["rule"]["id"] == fact["rule"]


def test_an_event_is_explained_by_its_claims(kb, explain, sample):
    out = kb("query", "visits", "--param", "state=PRK", "--format", "csv", "--store", sample).out
    row = next(row for row in csv.DictReader(io.StringIO(out)) if row["start"] == "2024-06-19")
    event = row["event"]
    for name in (event, event.removeprefix("https://w3id.org/demarche/")):
        found = json.loads(explain(name, "--format", "json").out)
        assert len(found) == int(row["claims"]) >= 2
        assert {one["fact"]["type"] for one in found} == {"visit"}
    text = explain(event).out
    assert text.count("\nrule: ") == int(row["claims"])


@pytest.mark.parametrize("name", ["visit-0000000000", "https://w3id.org/demarche/id/event/0", "article/0#visit-0", "x"])
def test_a_fact_nobody_knows(explain, name, sample):
    code, out, err = explain(name)
    assert (code, out) == (2, "")
    assert err == (
        f"error[KB040]: no fact {name} in {sample}\n"
        "  hint: `kb status` lists the articles; `kb query facts` lists the facts with their identifiers.\n"
    )


def test_what_is_no_name_at_all(explain):
    code, _, err = explain("a/ b")
    assert code == 2
    assert err.startswith("error[KB040]: a/ b: neither an IRI nor the name of a fact\n")


def test_a_rule_that_has_gone(kb, sample, visit, monkeypatch):
    """The rules of the installation no longer make the claim: what the graph says can still be told."""
    monkeypatch.setattr(kb_extract, "extract", lambda linked, *_: Extraction(linked.doc.article, ()))
    code, out, _ = kb("explain", visit, "--store", sample)
    assert code == 0
    assert out.endswith("note: the rules or the model have changed since: they no longer make this claim\n")
    assert "\nsentence: " not in out


@pytest.mark.parametrize("keep", ["quotes", "none"])
def test_without_the_text(kb, store, write, texts, keep):
    kb("load", write("a.txt", texts["visit"]), "--store", store, KB_KEEP_TEXT=keep)
    out = kb("query", "facts", "--format", "csv", "--store", store).out
    row = next(row for row in csv.DictReader(io.StringIO(out)) if row["type"] == "visit")
    code, text, _ = kb("explain", row["fact"], "--store", store)
    assert code == 0
    assert text.endswith("note: the store does not keep the article's text, so it cannot be read again\n")
    assert f"\nevidence: characters {row['start']}-{row['end']}\n" in text
    assert ("(the store keeps no quotes)" in text) == (keep == "none")
    assert ("Ana Duarte arrived in Egypt" in text) == (keep == "quotes")
    (found,) = json.loads(kb("explain", row["fact"], "--format", "json", "--store", store).out)
    assert (found["parse"], found["slots"], found["sentence"]) == ([], [], "")
