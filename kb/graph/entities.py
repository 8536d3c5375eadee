"""Who and what the claims are about, described in the article's own graph, so that it can be read and checked alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from kb.graph.iris import ArticleNames
from kb.graph.provenance import Triple
from kb.model import ACTOR_KINDS, Claim, Entity, EntityKind
from kb.vocab import DEM

ByCode = Callable[[str], Entity | None]
"""Finds the state or organisation of a code, as the gazetteer does."""


def entities_of(claims: Iterable[Claim]) -> Iterator[Entity]:
    """Yield every entity that the claims or their attributions name, some of them repeatedly.

    Not the regimes: what is known of them is in the reference graph.
    """
    for claim in claims:
        for argument in claim.arguments:
            if isinstance(argument.value, Entity) and argument.value.kind is not EntityKind.REGIME:
                yield argument.value
        for attribution in claim.factuality.chain:
            yield from attribution.sources


def entity_triples(entities: Iterable[Entity], names: ArticleNames, by_code: ByCode) -> Iterator[Triple]:
    """Yield the description of each entity, and of the states and organisations that they serve or lie in.

    Of two entities with one id the first counts. A state that neither the entities nor `by_code` know is left out, and
    so is the link to it.
    """
    known: dict[URIRef, Entity] = {}
    for entity in entities:
        known.setdefault(names.entity(entity), entity)
    codes = {entity.code: entity for entity in known.values() if entity.code}
    todo = list(known.values())
    for entity in todo:
        home = (codes.get(entity.state) or by_code(entity.state)) if entity.state else None
        if home is not None and names.entity(home) not in known:
            known[names.entity(home)] = home
            todo.append(home)
        yield from _description(entity, home, names)


def _description(entity: Entity, home: Entity | None, names: ArticleNames) -> Iterator[Triple]:
    iri = names.entity(entity)
    yield iri, RDF.type, DEM[entity.kind.value.capitalize()]
    if entity.kind in ACTOR_KINDS:
        yield iri, RDF.type, DEM.Actor
    yield iri, RDFS.label, Literal(entity.name)
    if entity.code:
        yield iri, DEM.code, Literal(entity.code)
    if home is not None and entity.kind is not EntityKind.STATE:
        yield iri, DEM.inState if entity.kind is EntityKind.PLACE else DEM.serves, names.entity(home)
