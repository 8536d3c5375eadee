"""`kb validate`: a sound base passes, and what was damaged behind our back is named."""

import json
import re

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph

from kb.store import Change, open_store

DEM = "https://w3id.org/demarche/ontology#"
CANONICAL = "https://w3id.org/demarche/graph/canonical"


@pytest.fixture
def damage(copied):
    """Change the copied store directly: delete and insert quads, given as a SPARQL pattern to be bound once."""

    def damage(pattern, change):
        store = open_store(str(copied))
        try:
            names = "?a ?b ?c ?d"
            (row, *_) = store.select(f"SELECT {names} {{ {pattern} }} ORDER BY ?a ?b ?c ?d LIMIT 1").rows
            terms = {name: str(term) for name, term in zip("abcd", row, strict=True) if term is not None}
            store.apply(change(terms))
        finally:
            store.close()
        return terms

    return damage


def test_a_sound_base(kb, sample):
    code, out, err = kb("validate", "--store", sample)
    assert (code, err) == (0, "")
    assert re.fullmatch(r"8 graphs checked: 0 violations, \d+ warnings?", out.splitlines()[-1])
    assert "violation: " not in out


def test_a_sound_base_in_json(kb, sample):
    code, out, _ = kb("validate", "--format", "json", "--store", sample)
    assert code == 0
    found = json.loads(out)
    assert {result.pop("severity") for result in found.pop("results")} <= {"warning"}
    assert found == {"graphs_checked": 8, "violations": 0, "canonical_in_step": True}


def test_a_sound_base_as_a_shacl_report(kb, store, write, texts):
    kb("load", write("a.txt", texts["sanctions"]), "--store", store)
    report = Graph().parse(data=kb("validate", "--format", "turtle", "--store", store).out, format="turtle")
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(node, SH.conforms).toPython() is True


def test_a_base_without_articles(kb, store):
    assert kb("validate", "--store", store) == (0, "1 graph checked: 0 violations, 0 warnings\n", "")


@pytest.fixture
def without_destination(damage):
    """Take the destination of a visit out of its article's graph."""
    return damage(
        f"GRAPH ?a {{ ?b a <{DEM}Claim> ; <{DEM}destination> ?c }}",
        lambda t: Change(delete=f"{t['b']} <{DEM}destination> {t['c']} {t['a']} .\n"),
    )


def test_a_visit_without_destination(kb, copied, without_destination):
    graph, claim = (without_destination[name].strip("<>") for name in "ab")
    code, out, err = kb("validate", "--store", copied)
    assert (code, err) == (1, "")
    assert f"violation: {graph}\n  {claim}: " in out
    assert "violation: the canonical graph is not what the claims make it; " in out
    assert "8 graphs checked: 1 violation, " in out


def test_the_shacl_report_has_the_violation(kb, copied, without_destination):
    code, out, _ = kb("validate", "--format", "turtle", "--store", copied)
    report = Graph().parse(data=out, format="turtle")
    assert code == 1
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(node, SH.conforms).toPython() is False
    (result,) = report.subjects(SH.resultSeverity, SH.Violation)
    assert (node, SH.result, result) in report
    assert str(report.value(result, SH.focusNode)) == without_destination["b"].strip("<>")


def test_evidence_that_is_not_in_the_text(kb, copied, damage):
    exact = "http://www.w3.org/ns/oa#exact"
    terms = damage(
        f"GRAPH ?a {{ ?b <{exact}> ?c }}",
        lambda t: Change(
            delete=f"{t['b']} <{exact}> {t['c']} {t['a']} .\n",
            insert=f"{t['b']} <{exact}> {ox.Literal('what nobody wrote')} {t['a']} .\n",
        ),
    )
    code, out, _ = kb("validate", "--store", copied)
    assert code == 1
    assert f"violation: {terms['a'].strip('<>')}\n" in out


def test_a_canonical_event_that_no_claim_makes(kb, copied, damage):
    damage(
        f"GRAPH <{CANONICAL}> {{ ?a a <{DEM}Visit> }}",
        lambda t: Change(
            insert=f"{t['a']} <{DEM}destination> <https://w3id.org/demarche/id/state/FRA> <{CANONICAL}> .\n"
        ),
    )
    code, out, _ = kb("validate", "--store", copied)
    assert code == 1
    assert "violation: the canonical graph is not what the claims make it; " in out
    found = json.loads(kb("validate", "--format", "json", "--store", copied).out)
    assert found["canonical_in_step"] is False


def test_a_missing_canonical_graph(kb, copied, damage):
    damage(f"GRAPH ?a {{ ?b a <{DEM}Visit> }}", lambda _: Change(drop=(CANONICAL,)))
    assert kb("validate", "--store", copied).code == 1


@pytest.mark.slow
def test_plain_pyshacl_finds_the_same(kb, store, write, texts):
    kb("load", write("a.txt", texts["sanctions"]), "--store", store)
    damaged = open_store(str(store))
    graph = kb_graph(damaged)
    (claim, target), *_ = damaged.select(
        f"SELECT ?claim ?target {{ GRAPH <{graph}> {{ ?claim a <{DEM}Claim> ; <{DEM}target> ?target }} }}"
    ).rows
    damaged.apply(Change(delete=f"{claim} <{DEM}target> {target} <{graph}> .\n"))
    damaged.close()
    quick = kb("validate", "--format", "json", "--store", store)
    assert kb("validate", "--format", "json", "--reference", "--store", store) == quick
    assert quick.code == 1


def kb_graph(store):
    """The IRI of the only article."""
    ((article,),) = store.select(f"SELECT ?article {{ GRAPH ?article {{ ?article a <{DEM}Article> }} }}").rows
    return article.value
