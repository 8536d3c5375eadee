"""The gazetteer as a graph."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import ORG, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef

from kb.errors import ResourceError
from kb.graph import graph_of, known_iri
from kb.graph.reference import reference_triples
from kb.link.records import Organisation, Place, Regime, State
from kb.model import Entity, EntityKind
from kb.vocab import DEM

EGYPT = State(code="EGY", name="Egypt", full_name="Arab Republic of Egypt", qid="Q79", names=("Misr", "Egypt"))
UN = Organisation(code="UN", name="United Nations", kind="igo", names=("UN",))
COUNCIL = Organisation(code="UNSC", name="UN Security Council", kind="organ", part_of="UN")
CAIRO = Place(id="cairo-egy", name="Cairo", kind="city", state="EGY", names=("Al Qahira",))
REGIME = Regime(
    id="UN-X",
    name="UN sanctions on X",
    imposer="UNSC",
    since=date(2006, 10, 14),
    names=("resolution 0000",),
    targets=("EGY",),
    legal_basis="Resolution 0000",
    measures=("arms-embargo",),
)
BODIES = {
    "EGY": Entity("id/state/EGY", EntityKind.STATE, "Egypt", code="EGY", known=True),
    "UN": Entity("id/organisation/UN", EntityKind.ORGANISATION, "United Nations", code="UN", known=True),
    "UNSC": Entity("id/organisation/UNSC", EntityKind.ORGANISATION, "UN Security Council", code="UNSC", known=True),
}
STATE, COUNCIL_IRI = known_iri("id/state/EGY"), known_iri("id/organisation/UNSC")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(reference_triples([EGYPT], [UN, COUNCIL], [CAIRO], [REGIME], BODIES.get))


def test_states(graph: Graph) -> None:
    assert set(graph.predicate_objects(STATE)) == {
        (RDF.type, DEM.State),
        (RDF.type, DEM.Actor),
        (RDFS.label, Literal("Egypt")),
        (SKOS.altLabel, Literal("Arab Republic of Egypt")),
        (SKOS.altLabel, Literal("Misr")),
        (DEM.code, Literal("EGY")),
        (SDO.sameAs, URIRef("http://www.wikidata.org/entity/Q79")),
    }


def test_organisations_and_places(graph: Graph) -> None:
    assert graph.value(COUNCIL_IRI, ORG.subOrganizationOf) == known_iri("id/organisation/UN")
    assert set(graph.predicate_objects(known_iri("id/place/cairo-egy"))) == {
        (RDF.type, DEM.Place),
        (RDFS.label, Literal("Cairo")),
        (SKOS.altLabel, Literal("Al Qahira")),
        (DEM.inState, STATE),
    }


def test_regimes(graph: Graph) -> None:
    assert set(graph.predicate_objects(known_iri("id/regime/UN-X"))) == {
        (RDF.type, DEM.SanctionsRegime),
        (RDFS.label, Literal("UN sanctions on X")),
        (SKOS.altLabel, Literal("resolution 0000")),
        (DEM.imposer, COUNCIL_IRI),
        (DEM.target, STATE),
        (DEM.measure, DEM["measure-arms-embargo"]),
        (SDO.startDate, Literal("2006-10-14", datatype=XSD.date)),
        (SDO.isBasedOn, Literal("Resolution 0000")),
    }


@pytest.mark.parametrize(
    ("regime", "message"),
    [
        (Regime(id="R", name="R", imposer="XX", since=date(2000, 1, 1)), "organisation XX"),
        (Regime(id="R", name="R", imposer="UN", since=date(2000, 1, 1), measures=("ban",)), "regime R: ban is not"),
    ],
)
def test_a_row_that_refers_to_nothing_is_named(regime: Regime, message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        list(reference_triples([], [], [], [regime], BODIES.get))
