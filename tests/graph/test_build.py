"""From claims to triples."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, XSD, BNode, Graph, Literal, URIRef

from kb.dev.samples import CHINA, EGYPT, sample_extraction
from kb.errors import LexiconError
from kb.graph import Run, article_iri, build_graph, to_nquads
from kb.graph.iris import ArticleNames
from kb.graph.namespaces import NIF, OA
from kb.model import Argument, Claim, Entity, EntityKind, Extraction, Span
from kb.vocab import CLAIM_CLASSES, DEM, VERBATIM

RUN = Run("0.1.0", "aa", "bb")
SAMPLE = sample_extraction()
NAMES = ArticleNames(SAMPLE.article.key)
ARTICLE = NAMES.article
CHINA_IRI, EGYPT_IRI = NAMES.entity(CHINA), NAMES.entity(EGYPT)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_graph(SAMPLE, RUN)


def claim_of(type_: str) -> Claim:
    return next(claim for claim in SAMPLE.claims if claim.type == type_)


def of(graph: Graph, type_: str, *properties: str) -> list[set[object]]:
    """Return the values that the sample's claim of one class has for each property."""
    iri = NAMES.claim(claim_of(type_).id)
    return [set(graph.objects(iri, DEM[name])) for name in properties]


# --- claims -----------------------------------------------------------------------------------------------------------


def test_each_claim_has_its_class(graph: Graph) -> None:
    for claim in SAMPLE.claims:
        types = set(graph.objects(NAMES.claim(claim.id), RDF.type))
        assert types == {DEM.Claim, DEM[CLAIM_CLASSES[claim.type]]}


def test_roles_hold_entities_concepts_numbers_and_words(graph: Graph) -> None:
    assert of(graph, "Visit", "destination", "firstInYears") == [{EGYPT_IRI}, {Literal(12)}]
    assert of(graph, "SanctionsAction", "action", "measure") == [
        {DEM["sanction-extend"]},
        {DEM["measure-arms-embargo"]},
    ]
    assert of(graph, "Stance", "kind", "about") == [{DEM["stance-urge"]}, {Literal("to show restraint")}]
    assert of(graph, "Meeting", "kind") == [{DEM["meeting-in-person"]}]
    assert of(graph, "Transfer", "goods", "goodsKind") == [{Literal("drones")}, {DEM["goods-arms"]}]
    assert of(graph, "Tenure", "role") == [{Literal("foreign minister")}]


def test_times_are_given_twice(graph: Graph) -> None:
    day = Literal("2031-05-12", datatype=XSD.date)
    assert of(graph, "Visit", "start", "end", "date", "earliest", "latest") == [{day}, set(), set(), {day}, {day}]
    assert of(graph, "SanctionsAction", "date", "start", "datePrecision") == [
        {Literal("2030", datatype=XSD.gYear)},
        set(),
        {DEM["precision-year"]},
    ]
    assert of(graph, "Stance", "date", "earliest", "datePrecision") == [set(), set(), set()]


def test_factuality_has_a_label_and_four_axes(graph: Graph) -> None:
    assert of(graph, "MilitaryAction", "factuality", "certainty", "polarity", "temporal") == [
        {DEM["factuality-not-occurred"]},
        {DEM["certainty-certain"]},
        {DEM["polarity-positive"]},
        {DEM["temporal-past"]},
    ]


def test_the_chain_of_attributions_goes_inwards(graph: Graph) -> None:
    claim = claim_of("Transfer")
    links = [NAMES.attribution(claim.id, depth) for depth in (1, 2)]
    assert set(graph.objects(NAMES.claim(claim.id), DEM.attribution)) == set(links)
    assert [graph.value(link, DEM.depth) for link in links] == [Literal(1), Literal(2)]
    assert [graph.value(link, DEM.cue) for link in links] == [Literal("told"), Literal("quoting")]
    assert [graph.value(link, DEM.commitment) for link in links] == [
        DEM["commitment-neutral"],
        DEM["commitment-doubtful"],
    ]
    assert of(graph, "Transfer", "accordingTo") == [{EGYPT_IRI}]
    assert set(graph.objects(NAMES.claim(claim.id), PROV.hadPrimarySource)) == {EGYPT_IRI}


def test_an_unnamed_source_is_left_open(graph: Graph) -> None:
    link = NAMES.attribution(claim_of("WeaponsTest").id, 1)
    assert graph.value(link, DEM.cue) == Literal("reportedly")
    assert (link, DEM.attributedTo, None) not in graph
    assert of(graph, "WeaponsTest", "accordingTo") == [set()]


def test_accusations_and_denials_point_to_their_content(graph: Graph) -> None:
    content = NAMES.claim(claim_of("Transfer").id)
    assert of(graph, "Accusation", "alleges", "denies") == [{content}, set()]
    assert of(graph, "Denial", "alleges", "denies") == [set(), {content}]


def test_each_claim_says_where_it_comes_from(graph: Graph) -> None:
    for claim in SAMPLE.claims:
        iri = NAMES.claim(claim.id)
        assert graph.value(iri, PROV.wasDerivedFrom) == ARTICLE
        assert graph.value(iri, PROV.wasGeneratedBy) == RUN.iri
        assert graph.value(iri, DEM.rule) == Literal(claim.rule)
        assert graph.value(iri, DEM.trigger) == Literal(claim.trigger.of(SAMPLE.article.text))


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_each_claim_reaches_a_position_and_a_quote_that_agree_with_the_text(graph: Graph) -> None:
    text = str(graph.value(ARTICLE, NIF.isString))
    for claim in SAMPLE.claims:
        for node in graph.objects(NAMES.claim(claim.id), DEM.evidence):
            position, quote = sorted(graph.objects(node, OA.hasSelector))
            start, end = (graph.value(position, name).toPython() for name in (OA.start, OA.end))
            assert str(graph.value(quote, OA.exact)) == text[start:end]
            assert str(graph.value(quote, OA.prefix)) == text[max(0, start - 32) : start]
            assert str(graph.value(quote, OA.suffix)) == text[end : end + 32]
            assert str(graph.value(node, DEM.sha256)) == hashlib.sha256(text[start:end].encode()).hexdigest()
            assert str(node).endswith(f"#char={start},{end}")


def test_evidence_is_shared(graph: Graph) -> None:
    first, second, *rest = SAMPLE.claims
    both = replace(second, evidence=(*first.evidence, *second.evidence))
    shared = build_graph(replace(SAMPLE, claims=(first, both, *rest)), RUN)
    assert set(shared) - set(graph) == {
        (NAMES.claim(second.id), DEM.evidence, NAMES.evidence(first.evidence[0])),
        (NAMES.claim(second.id), DEM.mainEvidence, NAMES.evidence(first.evidence[0])),
    }


def test_offsets_count_code_points() -> None:
    text = "😀 é\u0301: Ana Duarte left."
    start = text.index("Ana")
    article = replace(SAMPLE.article, text=text)
    claim = replace(SAMPLE.claims[0], evidence=(Span(start, len(text)),), trigger=Span(start, start + 3))
    graph = build_graph(Extraction(article, (claim,)), RUN)
    assert {str(value) for value in graph.objects(None, OA.exact)} == {"Ana Duarte left."}
    assert {str(value) for value in graph.objects(None, OA.prefix)} == {"😀 é\u0301: "}


# --- how much text is kept --------------------------------------------------------------------------------------------


def test_quotes_without_the_text(graph: Graph) -> None:
    quotes = build_graph(SAMPLE, RUN, "quotes")
    assert {p for _, p, _ in set(graph) - set(quotes)} == {NIF.isString, DEM.textKept, RDF.type}
    assert (ARTICLE, DEM.textKept, Literal("quotes")) in quotes


def test_no_text_at_all(graph: Graph) -> None:
    none = build_graph(SAMPLE, RUN, "none")
    words = [str(value) for value in none.objects() if isinstance(value, Literal)]
    assert [word for word in words if len(word) > 20 and word in SAMPLE.article.text] == []
    assert {DEM[name] for name in VERBATIM}.isdisjoint(none.predicates())
    assert set(graph.objects(None, DEM.sha256)) == set(none.objects(None, DEM.sha256))
    assert len(list(none.subjects(RDF.type, OA.TextPositionSelector))) == len(SAMPLE.claims)


# --- article, run, entities -------------------------------------------------------------------------------------------


def test_the_article_is_described(graph: Graph) -> None:
    assert set(graph.objects(ARTICLE, RDF.type)) == {DEM.Article, SDO.NewsArticle, NIF.Context, PROV.Entity}
    for prop, value in (
        (SDO.headline, Literal("Duarte in Cairo")),
        (SDO.publisher, Literal("The Invented Times")),
        (SDO.datePublished, Literal("2031-05-14", datatype=XSD.date)),
        (DCTERMS.issued, Literal("2031-05-14T09:30:00+02:00", datatype=XSD.dateTime)),
        (SDO.url, Literal("https://news.example/cairo?id=1", datatype=XSD.anyURI)),
        (DCTERMS.identifier, Literal(f"sha256:{SAMPLE.article.sha256}")),
        (DEM.dateline, Literal("CAIRO")),
        (DEM.warning, Literal("an invented article")),
    ):
        assert list(graph.objects(ARTICLE, prop)) == [value]


def test_what_is_not_known_is_not_said() -> None:
    article = replace(SAMPLE.article, title=None, published=None, published_time="soon", publisher=None, url=None)
    graph = build_graph(Extraction(replace(article, dateline=None, warnings=()), ()), RUN)
    assert set(graph.predicates(article_iri(article.key))) == {
        RDF.type,
        DCTERMS.identifier,
        DEM.sha256,
        DEM.source,
        DEM.textKept,
        NIF.isString,
    }


def test_the_run_has_no_time(graph: Graph) -> None:
    assert set(graph.predicates(RUN.iri)) == {RDF.type, SDO.softwareVersion, DEM.rulesHash, DEM.modelHash}


def test_entities_are_described(graph: Graph) -> None:
    li = NAMES.entity(Entity("official/li-qun", EntityKind.OFFICIAL, "Li Qun"))
    assert set(graph.predicate_objects(li)) == {
        (RDF.type, DEM.Official),
        (RDF.type, DEM.Actor),
        (RDFS.label, Literal("Li Qun")),
        (DEM.serves, CHINA_IRI),
    }
    assert set(graph.predicate_objects(NAMES.entity(SAMPLE.claims[1].arguments[3].value))) == {
        (RDF.type, DEM.Place),
        (RDFS.label, Literal("Cairo")),
        (DEM.inState, EGYPT_IRI),
    }


def test_a_state_that_no_claim_names_is_looked_up() -> None:
    envoy = Entity("official/envoy", EntityKind.OFFICIAL, "An Envoy", state="XYZ")
    organ = Entity("id/organisation/XYZ", EntityKind.ORGANISATION, "Organ", code="XYZ", state="CHN", known=True)
    claim = replace(claim_of("Denial"), arguments=(Argument("speaker", envoy),), about_claims=())
    extraction = replace(SAMPLE, claims=(claim,))
    found = build_graph(extraction, RUN, by_code={"XYZ": organ, "CHN": CHINA}.get)
    assert found.value(NAMES.entity(envoy), DEM.serves) == NAMES.entity(organ)
    assert found.value(NAMES.entity(organ), DEM.serves) == CHINA_IRI
    assert (CHINA_IRI, RDF.type, DEM.State) in found
    assert (None, DEM.serves, None) not in build_graph(extraction, RUN)


def test_of_two_descriptions_the_first_counts() -> None:
    names = ("Ana Duarte", "Duarte")
    twins = [Argument("speaker", Entity("official/ana-duarte", EntityKind.OFFICIAL, name)) for name in names]
    claim = replace(claim_of("Denial"), arguments=tuple(twins), about_claims=())
    found = build_graph(replace(SAMPLE, claims=(claim,)), RUN)
    assert list(found.objects(NAMES.entity(twins[0].value), RDFS.label)) == [Literal("Ana Duarte")]


def test_a_state_serves_nobody() -> None:
    island = Entity("id/state/ABW", EntityKind.STATE, "Aruba", code="ABW", state="ABW", known=True)
    claim = replace(claim_of("Denial"), arguments=(Argument("speaker", island),), about_claims=())
    assert (None, DEM.serves, None) not in build_graph(replace(SAMPLE, claims=(claim,)), RUN)


# --- the graph as a whole ---------------------------------------------------------------------------------------------


def test_there_are_no_blank_nodes(graph: Graph) -> None:
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_every_node_is_reached_from_the_claims(graph: Graph) -> None:
    described = set(graph.subjects())
    used = {value for value in graph.objects() if isinstance(value, URIRef)}
    claims = {NAMES.claim(claim.id) for claim in SAMPLE.claims}
    assert described - claims <= used


def test_a_store_keeps_the_graph_as_it_is(graph: Graph) -> None:
    text = to_nquads(graph, ARTICLE)
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.N_QUADS)
    kept = store.dump(format=ox.RdfFormat.N_QUADS).decode()
    assert "".join(sorted(f"{line}\n" for line in kept.split("\n") if line)) == text


def test_the_same_text_gives_the_same_bytes() -> None:
    program = (
        "from kb.dev.samples import sample_extraction; from kb.graph import *;"
        "x = sample_extraction(); g = build_graph(x, Run('0.1.0', 'aa', 'bb'));"
        "import hashlib; print(hashlib.sha256(to_nquads(g, article_iri(x.article.key)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert digests == {hashlib.sha256(to_nquads(build_graph(SAMPLE, RUN), ARTICLE).encode()).hexdigest() + "\n"}


# --- rules that the ontology does not cover ---------------------------------------------------------------------------

FLAWED = [
    (replace(SAMPLE.claims[0], type="Vizit"), "Vizit is not a term"),
    (replace(SAMPLE.claims[0], arguments=(Argument("vizitor", CHINA),)), "vizitor is not a term"),
    (replace(SAMPLE.claims[4], arguments=(Argument("action", "urj"),)), "urj is not in sanction-scheme"),
    (replace(SAMPLE.claims[0], about_claims=("x",)), "Tenure"),
]


@pytest.mark.parametrize(("claim", "message"), FLAWED)
def test_a_flawed_rule_is_named(claim: Claim, message: str) -> None:
    with pytest.raises(LexiconError, match=rf"rule {claim.rule}: .*{message}"):
        build_graph(replace(SAMPLE, claims=(claim,)), RUN)
