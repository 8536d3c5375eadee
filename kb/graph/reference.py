"""What the base knows before it has read anything: states, organisations, places and sanctions regimes, as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from rdflib import ORG, RDF, RDFS, SDO, SKOS, Literal, URIRef

from kb.errors import ResourceError
from kb.graph.entities import ByCode, entity_triples
from kb.graph.iris import ArticleNames, known_iri
from kb.graph.literals import date_literal
from kb.graph.provenance import Triple
from kb.model import Entity
from kb.vocab import CONCEPTS, DEM, SCHEMES

if TYPE_CHECKING:
    from kb.link.records import Organisation, Place, Regime, State

WIKIDATA = "http://www.wikidata.org/entity/"


def reference_triples(
    states: Iterable[State],
    organisations: Iterable[Organisation],
    places: Iterable[Place],
    regimes: Iterable[Regime],
    by_code: ByCode,
) -> Iterator[Triple]:
    """Yield the rows of the gazetteer as RDF, with the IRIs that article graphs use; `by_code` is the gazetteer's.

    Raises:
        ResourceError: a row names a code or a measure that there is none of.
    """
    coded = _Coded(by_code)
    yield from chain.from_iterable(map(coded.state_triples, states))
    yield from chain.from_iterable(map(coded.organisation_triples, organisations))
    yield from chain.from_iterable(map(coded.place_triples, places))
    yield from chain.from_iterable(map(coded.regime_triples, regimes))


class _Coded:
    """Describes rows, in which states and organisations stand as codes."""

    def __init__(self, by_code: ByCode) -> None:
        self.by_code = by_code

    def state_triples(self, state: State) -> Iterator[Triple]:
        yield from self._body_triples(state.code, state.full_name, *state.names)
        yield self._iri(state.code), SDO.sameAs, URIRef(WIKIDATA + state.qid)

    def organisation_triples(self, organisation: Organisation) -> Iterator[Triple]:
        iri = self._iri(organisation.code)
        yield from self._body_triples(organisation.code, *organisation.names)
        if organisation.part_of:
            yield iri, ORG.subOrganizationOf, self._iri(organisation.part_of)

    def place_triples(self, place: Place) -> Iterator[Triple]:
        iri = known_iri(f"id/place/{place.id}")
        yield iri, RDF.type, DEM.Place
        yield from _name_triples(iri, place.name, *place.names)
        if place.state:
            yield iri, DEM.inState, self._iri(place.state)

    def regime_triples(self, regime: Regime) -> Iterator[Triple]:
        iri = known_iri(f"id/regime/{regime.id}")
        yield iri, RDF.type, DEM.SanctionsRegime
        yield from _name_triples(iri, regime.name, *regime.names)
        yield iri, DEM.imposer, self._iri(regime.imposer)
        for target in regime.targets:
            yield iri, DEM.target, self._iri(target)
        for measure in regime.measures:
            yield iri, DEM.measure, _measure(measure, regime)
        yield iri, SDO.startDate, date_literal(regime.since)
        if regime.ended:
            yield iri, SDO.endDate, date_literal(regime.ended)
        if regime.legal_basis:
            yield iri, SDO.isBasedOn, Literal(regime.legal_basis)

    def _body_triples(self, code: str, *names: str) -> Iterator[Triple]:
        """Yield what article graphs say of a state or organisation, and its other names."""
        entity = self._entity(code)
        yield from entity_triples([entity], _NAMES, self.by_code)
        for name in {*names} - {entity.name}:
            yield _NAMES.entity(entity), SKOS.altLabel, Literal(name)

    def _iri(self, code: str) -> URIRef:
        return _NAMES.entity(self._entity(code))

    def _entity(self, code: str) -> Entity:
        entity = self.by_code(code)
        if entity is None:
            raise ResourceError(f"gazetteer: there is no state or organisation {code}")
        return entity


_NAMES = ArticleNames("")
"""Names known entities, which need no article."""


def _name_triples(iri: URIRef, name: str, *others: str) -> Iterator[Triple]:
    yield iri, RDFS.label, Literal(name)
    for other in {*others} - {name}:
        yield iri, SKOS.altLabel, Literal(other)


def _measure(notation: str, regime: Regime) -> URIRef:
    try:
        return DEM[CONCEPTS[SCHEMES["measure"]][notation]]
    except KeyError as error:
        raise ResourceError(f"regime {regime.id}: {notation} is not in {SCHEMES['measure']}") from error
