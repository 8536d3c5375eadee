"""What enters the base and what stays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import PROV, RDF, RDFS, SDO, XSD, Graph, Literal, URIRef

from kb.dev.samples import sample_extraction
from kb.gate import Gate
from kb.graph import Run, build_graph
from kb.graph.namespaces import OA
from kb.vocab import DEM

MUTANTS = 120
Graphs = Callable[..., Graph]


def the(graph: Graph, kind: URIRef) -> URIRef:
    """Return the one node of a class."""
    node = graph.value(None, RDF.type, kind, any=False)
    assert isinstance(node, URIRef)
    return node


def names(graph: Graph) -> set[str]:
    return {str(label) for label in graph.objects(None, RDFS.label)}


def test_a_sound_article_enters_as_it_is(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    admission = gate.admit(graph)
    assert admission.graph is graph
    assert (admission.rejected, admission.warnings, admission.article_admitted) == ((), (), True)


def test_a_rejected_claim_takes_along_what_only_it_used(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    visit = the(graph, DEM.VisitClaim)
    evidence = graph.value(visit, DEM.mainEvidence)
    graph.remove((visit, DEM.visitor, None))
    admission = gate.admit(graph)
    assert [(rejection.node, rejection.reasons) for rejection in admission.rejected] == [
        (visit, ("A visit needs a visitor: nobody is named who travels.",))
    ]
    assert admission.report.violations
    assert {visit, evidence, *graph.objects(evidence, OA.hasSelector)}.isdisjoint(admission.graph.all_nodes())
    assert names(graph) == names(admission.graph)
    assert len(list(admission.graph.subjects(RDF.type, DEM.Claim))) == 12


def test_an_entity_goes_with_its_last_claim(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph(first=1, claims=2)
    graph.remove((the(graph, DEM.VisitClaim), DEM.factuality, None))
    assert names(gate.admit(graph).graph) == {"Ana Duarte", "Li Qun", "Brazil", "Cairo", "Egypt"}
    graph.remove((the(graph, DEM.MeetingClaim), DEM.factuality, None))
    assert names(gate.admit(graph).graph) == set()


def test_an_accusation_loses_only_the_link_to_a_rejected_claim(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    accusation, denial = the(graph, DEM.AccusationClaim), the(graph, DEM.DenialClaim)
    graph.remove((the(graph, DEM.TransferClaim), DEM.recipient, None))
    kept = gate.admit(graph).graph
    assert set(graph.triples((accusation, None, None))) - set(kept) == set(
        graph.triples((accusation, DEM.alleges, None))
    )
    assert set(graph.triples((denial, None, None))) - set(kept) == set(graph.triples((denial, DEM.denies, None)))


def test_wrong_evidence_rejects_all_claims_that_rest_on_it(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    visit, meeting = the(graph, DEM.VisitClaim), the(graph, DEM.MeetingClaim)
    evidence = graph.value(visit, DEM.mainEvidence)
    graph.add((meeting, DEM.evidence, evidence))
    quote = next(node for node in graph.objects(evidence, OA.hasSelector) if (node, OA.exact, None) in graph)
    graph.set((quote, OA.exact, Literal("something else")))
    assert {rejection.node for rejection in gate.admit(graph).rejected} == {visit, meeting}


def test_wrong_attribution_rejects_its_claim(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    meeting = the(graph, DEM.MeetingClaim)
    graph.set((graph.value(meeting, DEM.attribution), DEM.depth, Literal(0)))
    assert [rejection.node for rejection in gate.admit(graph).rejected] == [meeting]


def test_a_wrong_run_rejects_all_claims_but_not_the_article(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    graph.remove((the(graph, DEM.ExtractionRun), SDO.softwareVersion, None))
    admission = gate.admit(graph)
    assert len(admission.rejected) == 13
    assert set(admission.graph.subjects()) == {the(graph, DEM.Article)}


@pytest.mark.parametrize("broken", [DEM.sha256, DEM.textKept, RDF.type])
def test_a_wrong_article_rejects_everything(gate: Gate, article_graph: Graphs, broken: URIRef) -> None:
    graph = article_graph()
    article = the(graph, DEM.Article)
    graph.remove((article, broken, None))
    admission = gate.admit(graph)
    assert (len(admission.graph), admission.article_admitted, admission.warnings) == (0, False, ())
    assert admission.rejected


def test_warnings_enter_with_the_claim_they_are_about(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    visit = the(graph, DEM.VisitClaim)
    graph.set((visit, DEM.earliest, Literal("1815-06-18", datatype=XSD.date)))
    before = set(graph)
    admission = gate.admit(graph)
    text = "The date lies before 1900: a slip, or history."
    assert admission.warnings == ((visit, text),)
    assert set(admission.graph) - before == {(visit, DEM.warning, Literal(text))}
    assert set(graph) == before


def test_a_claim_without_evidence_does_not_enter(gate: Gate) -> None:
    extraction = sample_extraction()
    first, *others = extraction.claims
    graph = build_graph(replace(extraction, claims=(replace(first, evidence=()), *others)), Run("0.1.0", "aa", "bb"))
    assert [rejection.reasons for rejection in gate.admit(graph).rejected] == [
        (
            "A claim needs evidence: a stretch of the article's text.",
            "A claim needs exactly one best piece of evidence.",
        )
    ]


def test_a_claim_without_its_article_does_not_enter(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph(claims=1)
    graph.remove((None, PROV.wasDerivedFrom, None))
    assert [rejection.reasons for rejection in gate.admit(graph).rejected] == [
        ("A claim comes from exactly one article.",)
    ]


def test_a_violation_that_no_claim_answers_for_cannot_block_the_article(gate: Gate, article_graph: Graphs) -> None:
    graph = article_graph()
    before = set(graph)
    graph.add((URIRef("http://example.org/nobody"), RDF.type, DEM.Group))
    admission = gate.admit(graph)
    assert (set(admission.graph), admission.rejected) == (before, ())


def test_what_enters_breaks_no_shape(gate: Gate, mutant: Graphs) -> None:
    admitted = 0
    for seed in range(MUTANTS):
        graph = mutant(seed)
        admission = gate.admit(graph)
        assert gate.check(admission.graph).violations == ()
        assert gate.admit(admission.graph).rejected == ()
        warnings = {(node, DEM.warning, Literal(text)) for node, text in admission.warnings}
        assert set(admission.graph) <= set(graph) | warnings
        admitted += admission.article_admitted
    assert MUTANTS // 4 < admitted < MUTANTS
