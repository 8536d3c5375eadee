"""The flat view of an article: what it holds, in which form and order, and that the guide's scorer takes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from kb.dev.samples import sample_extraction
from kb.errors import NotFoundError
from kb.facts import FlatView, article_view, facts_of
from kb.graph import Run, article_iri, build_graph, to_nquads
from kb.graph.iris import ArticleNames
from kb.resources import resource
from kb.store import Change, memory_store
from kb.vocab import DEM

RUN = Run("0.1.0", "aa", "bb")
SAMPLE = sample_extraction()
NAMES = ArticleNames(SAMPLE.article.key)
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
VISIT = NAMES.claim("visit-0000")


@pytest.fixture(scope="module")
def view() -> FlatView:
    return FlatView()


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for name in ("demarche.ttl", "values.ttl"):
        graph.parse(resource("ontology", name))
    return graph


@pytest.fixture
def graph() -> Graph:
    return build_graph(SAMPLE, RUN)


def the_visit(found: dict[str, Any]) -> dict[str, Any]:
    return next(fact for fact in found["facts"] if fact["id"] == "visit-0000")


# --- what it holds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("expected", EXPECTED["facts"], ids=lambda fact: fact["type"])
def test_each_family(view, graph, expected) -> None:
    found = next(fact for fact in view.article_view(graph)["facts"] if fact["id"] == expected["id"])
    assert found == expected
    assert list(found) == list(expected)  # the order of the keys, too


def test_the_whole_view(view, graph) -> None:
    assert view.article_view(graph) == EXPECTED
    assert len({fact["type"] for fact in EXPECTED["facts"]}) == 13


def test_all_types_are_those_of_the_ontology(ontology) -> None:
    assert {fact["type"] for fact in EXPECTED["facts"]} == set(map(str, ontology.objects(None, DEM.factType)))


def test_n_triples_give_the_same(view, graph) -> None:
    assert view.article_view(to_nquads(graph)) == EXPECTED
    assert article_view(graph) == EXPECTED


def test_from_a_store(view, graph) -> None:
    store, iri = memory_store(), str(article_iri(SAMPLE.article.key))
    store.apply(Change(insert=to_nquads(graph, iri)))
    assert facts_of(store, iri, view) == EXPECTED
    with pytest.raises(NotFoundError, match=r"no article https://example\.org/x"):
        facts_of(store, "https://example.org/x", view)


def test_a_graph_without_article(view) -> None:
    with pytest.raises(NotFoundError, match="no article"):
        view.article_view(Graph())


def test_without_text_there_are_offsets(view) -> None:
    found = view.article_view(build_graph(SAMPLE, RUN, "none"))
    assert the_visit(found)["evidence"] == {"quote": None, "start": 61, "end": 143}
    assert the_visit(found)["trigger"] is None
    stance = next(fact for fact in found["facts"] if fact["type"] == "stance")
    assert "about" not in stance


def test_an_article_that_says_nothing_of_itself(view, graph) -> None:
    article = NAMES.article
    kept = {RDF.type, DEM.source, DEM.sha256}
    for triple in [triple for triple in graph.triples((article, None, None)) if triple[1] not in kept]:
        graph.remove(triple)
    found = view.article_view(graph)["article"]
    assert {name for name, value in found.items() if value is None} == {
        "title",
        "published",
        "publisher",
        "url",
        "dateline",
    }


# --- slots ------------------------------------------------------------------------------------------------------------


def test_every_slot_of_the_ontology_is_covered(view, graph, ontology) -> None:
    state = NAMES.entity(next(a.value for c in SAMPLE.claims for a in c.arguments if a.role == "destination"))
    for prop, slot in ontology[: DEM.slot]:
        if prop == DEM.factuality:
            continue
        ranges = set(ontology.objects(prop, RDFS.range))
        literal = not ranges or any(str(range_).startswith("http://www.w3.org/2001/XMLSchema#") for range_ in ranges)
        value = Literal(7) if literal else DEM["measure-travel-ban"] if SKOS.Concept in ranges else state
        fresh = Graph() + graph
        fresh.remove((VISIT, prop, None))
        fresh.add((VISIT, prop, value))
        found = the_visit(view.article_view(fresh))[str(slot)]
        many = (prop, DEM.many, Literal(True)) in ontology
        assert isinstance(found, list) is many, slot
        only = found[0] if many else found
        shown = 7 if literal else "travel-ban" if SKOS.Concept in ranges else "Egypt"
        assert (only["name"] if isinstance(only, dict) else only) == shown, slot


def test_lists_are_in_the_order_of_names(view, graph) -> None:
    for name in ("Zita", "Abel"):
        person = URIRef(f"{NAMES.article}#official-{name}")
        graph.add((person, RDF.type, DEM.Official))
        graph.add((person, RDF.type, DEM.Actor))
        graph.add((person, RDFS.label, Literal(name)))
        graph.add((VISIT, DEM.companion, person))
    found = the_visit(view.article_view(graph))
    assert [agent["name"] for agent in found["companions"]] == ["Abel", "Zita"]


def test_one_slot_with_two_texts_keeps_both(view, graph) -> None:
    stance = NAMES.claim("stance-0000")
    graph.add((stance, DEM.about, Literal("and patience")))
    found = next(fact for fact in view.article_view(graph)["facts"] if fact["type"] == "stance")
    assert found["about"] == "and patience; to show restraint"


def test_every_status_is_one_of_seven(view, graph, ontology) -> None:
    seven = {"occurred", "ongoing", "planned", "possible", "alleged", "denied", "cancelled"}
    for concept in ontology.subjects(SKOS.inScheme, DEM["factuality-scheme"]):
        graph.set((VISIT, DEM.factuality, concept))
        found = the_visit(view.article_view(graph))
        broader = ontology.value(concept, SKOS.broader)
        assert found["label"] == str(ontology.value(concept, SKOS.notation))
        assert found["status"] == str(ontology.value(broader or concept, SKOS.notation))
        assert found["status"] in seven


# --- order ------------------------------------------------------------------------------------------------------------


@given(st.integers(min_value=1, max_value=4))
def test_facts_come_in_text_order(repeat) -> None:
    found = FlatView().article_view(build_graph(sample_extraction(repeat), RUN))["facts"]
    assert len(found) == 13 * repeat
    keys = [(fact["evidence"]["start"], fact["type"], fact["id"]) for fact in found]
    assert keys == sorted(keys)


def test_the_same_graph_gives_the_same_bytes() -> None:
    code = (
        "import json; from kb.dev.samples import sample_extraction; from kb.facts import article_view;"
        "from kb.graph import Run, build_graph;"
        "print(json.dumps(article_view(build_graph(sample_extraction(2), Run('1', 'a', 'b')))))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


# --- the guide's scorer -----------------------------------------------------------------------------------------------


def test_the_scorer_of_the_guide_takes_it(shared, tmp_path) -> None:
    gold = [{slot: as_gold(value) for slot, value in fact.items()} for fact in EXPECTED["facts"]]
    (tmp_path / "cairo.gold.json").write_text(json.dumps({"id": "cairo", "facts": gold}))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(json.dumps({"source": "samples/cairo.txt", **EXPECTED}) + "\n")
    scorer = [sys.executable, str(shared / "gold" / "score.py"), str(tmp_path), str(predicted), "--json"]
    figures = json.loads(subprocess.run(scorer, capture_output=True, check=True, text=True).stdout)
    assert (figures["precision"], figures["recall"], figures["slot_accuracy"]) == (1.0, 1.0, 1.0)
    assert sum(row["gold"] for row in figures["types"].values()) == 13


def as_gold(value: Any) -> Any:
    """Return a value as the guide writes it: codes and names instead of objects."""
    if isinstance(value, list):
        return [as_gold(item) for item in value]
    return (value["code"] or value["name"]) if isinstance(value, dict) and "name" in value else value
