"""A claim as triples: what is said to happen, how sure that is, who says it, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import PROV, RDF, Literal, URIRef
from rdflib.term import Node

from kb.errors import LexiconError
from kb.graph.iris import ArticleNames
from kb.graph.literals import date_literal, time_literals
from kb.graph.provenance import Triple
from kb.model import Argument, Claim, Entity
from kb.vocab import CLAIM_CLASSES, CLAIM_LINKS, CONCEPTS, DEM, INTERVALS, SCHEMES, VERBATIM


@dataclass(frozen=True)
class ClaimWriter:
    """Writes the claims of one article; without `quoted`, nothing in the article's own words."""

    names: ArticleNames
    text: str
    run: URIRef
    quoted: bool

    def triples(self, claim: Claim) -> Iterator[Triple]:
        """Yield all triples about one claim and its chain of attributions.

        Raises:
            LexiconError: its rule uses a class, role or value that the ontology lacks.
        """
        iri = self.names.claim(claim.id)
        yield iri, RDF.type, DEM.Claim
        yield iri, RDF.type, _term(CLAIM_CLASSES.get(claim.type, ""), claim)
        yield from self._arguments(iri, claim)
        yield from self._time(iri, claim)
        yield from self._factuality(iri, claim)
        yield from self._attributions(iri, claim)
        yield from self._origin(iri, claim)

    # --- what -----------------------------------------------------------------------------------------------------

    def _arguments(self, iri: URIRef, claim: Claim) -> Iterator[Triple]:
        for argument in claim.arguments:
            yield from self._words(iri, argument.role, self._value(argument, claim), claim)
        for other in claim.about_claims:
            yield iri, _term(CLAIM_LINKS.get(claim.type, ""), claim), self.names.claim(other)

    def _value(self, argument: Argument, claim: Claim) -> Node:
        if isinstance(argument.value, Entity):
            return self.names.entity(argument.value)
        scheme = SCHEMES.get(f"{claim.type}.{argument.role}") or SCHEMES.get(argument.role)
        return Literal(argument.value) if scheme is None else _concept(scheme, str(argument.value), claim)

    def _time(self, iri: URIRef, claim: Claim) -> Iterator[Triple]:
        if claim.time is None:
            return
        properties = ("start", "end") if claim.type in INTERVALS else ("date",)
        for name, literal in zip(properties, time_literals(claim.time), strict=False):
            if literal is not None:
                yield iri, DEM[name], literal
        yield iri, DEM.earliest, date_literal(claim.time.earliest)
        yield iri, DEM.latest, date_literal(claim.time.latest)
        yield iri, DEM.datePrecision, _concept(SCHEMES["datePrecision"], claim.time.precision, claim)
        if claim.time_text:
            yield from self._words(iri, "timeText", Literal(claim.time_text), claim)

    # --- how sure, and who says so --------------------------------------------------------------------------------

    def _factuality(self, iri: URIRef, claim: Claim) -> Iterator[Triple]:
        axes = claim.factuality
        yield iri, DEM.factuality, _concept(SCHEMES["factuality"], axes.label, claim)
        yield iri, DEM.certainty, _concept(SCHEMES["certainty"], axes.certainty, claim)
        yield iri, DEM.polarity, _concept(SCHEMES["polarity"], axes.polarity, claim)
        yield iri, DEM.temporal, _concept(SCHEMES["temporal"], axes.temporal, claim)

    def _attributions(self, iri: URIRef, claim: Claim) -> Iterator[Triple]:
        chain = claim.factuality.chain
        for depth, link in enumerate(chain, start=1):
            node = self.names.attribution(claim.id, depth)
            yield iri, DEM.attribution, node
            yield node, RDF.type, DEM.Attribution
            yield node, DEM.depth, Literal(depth)
            yield node, DEM.commitment, _concept(SCHEMES["commitment"], link.commitment, claim)
            yield from self._words(node, "cue", Literal(link.cue), claim)
            for source in link.sources:
                yield node, DEM.attributedTo, self.names.entity(source)
        for source in chain[-1].sources if chain else ():
            yield iri, DEM.accordingTo, self.names.entity(source)
            yield iri, PROV.hadPrimarySource, self.names.entity(source)

    # --- where it comes from --------------------------------------------------------------------------------------

    def _origin(self, iri: URIRef, claim: Claim) -> Iterator[Triple]:
        yield iri, DEM.rule, Literal(claim.rule)
        yield from self._words(iri, "trigger", Literal(claim.trigger.of(self.text)), claim)
        yield iri, PROV.wasDerivedFrom, self.names.article
        yield iri, PROV.wasGeneratedBy, self.run
        for position, span in enumerate(claim.evidence):
            yield iri, DEM.evidence, self.names.evidence(span)
            if position == 0:
                yield iri, DEM.mainEvidence, self.names.evidence(span)

    def _words(self, node: URIRef, name: str, value: Node, claim: Claim) -> Iterator[Triple]:
        """Yield a property and its value, unless they are words of an article that must not be kept."""
        if self.quoted or name not in VERBATIM:
            yield node, _term(name, claim), value


def _term(name: str, claim: Claim) -> URIRef:
    try:
        return DEM[name]
    except AttributeError as error:
        raise LexiconError(f"rule {claim.rule}: {name or claim.type} is not a term of the ontology") from error


def _concept(scheme: str, notation: str, claim: Claim) -> URIRef:
    try:
        return DEM[CONCEPTS[scheme][notation]]
    except KeyError as error:
        raise LexiconError(f"rule {claim.rule}: {notation} is not in {scheme}") from error
