"""Those whom only articles name, in the canonical graph: one entity for each identity, with all its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kb.model import ACTOR_KINDS
from kb.resolve import fetch
from kb.resolve.labels import best_name
from kb.resolve.reading import ArticleView
from kb.resolve.records import Referent
from kb.resolve.terms import LABEL, TYPE, Triples, dem
from kb.store.base import Store


@dataclass
class Mentioned:
    """A canonical entity: one of its referents, the nodes it is in article graphs, and how often it has each name."""

    referent: Referent
    nodes: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)

    def triples(self, name: str) -> Triples:
        """Return all about it, with `name` as its label."""
        return self.own(name) | self.mentions()

    def mentions(self) -> Triples:
        """Return the links to its nodes in article graphs."""
        return {ox.Triple(self._node, dem("mentionedAs"), ox.NamedNode(node)) for node in self.nodes}

    def own(self, name: str) -> Triples:
        """Return what is said of it beside its mentions."""
        kind, home = self.referent.kind, self.referent.home
        triples = {ox.Triple(self._node, TYPE, dem(kind.capitalize())), ox.Triple(self._node, LABEL, ox.Literal(name))}
        if kind in ACTOR_KINDS:
            triples.add(ox.Triple(self._node, TYPE, dem("Actor")))
        if home:
            triples.add(ox.Triple(self._node, dem("inState" if kind == "place" else "serves"), ox.NamedNode(home)))
        return triples

    @property
    def _node(self) -> ox.NamedNode:
        return ox.NamedNode(self.referent.iri)


def add_mentions(entities: dict[str, Mentioned], view: ArticleView) -> dict[str, Mentioned]:
    """Take the mentions of one article into the canonical entities by their IRI, and return these."""
    for node, referent in view.local_entities.items():
        entity = entities.setdefault(referent.iri, Mentioned(referent))
        entity.nodes.add(node)
        entity.names[referent.name] += 1
    return entities


def entity_triples(entities: Mapping[str, Mentioned]) -> Triples:
    """Return the triples of entities whose mentions are all known."""
    return {triple for entity in entities.values() for triple in entity.triples(best_name(entity.names))}


def entity_change(store: Store, article: str, old: ArticleView, new: ArticleView) -> tuple[Triples, Triples]:
    """Return the triples to delete and to insert when one article's graph replaces another.

    How often an entity has which name is counted only where that can change its label: the cost of one more mention
    does not grow with those that are there.
    """
    before, after = add_mentions({}, old), add_mentions({}, new)
    iris = sorted({*before, *after})
    elsewhere = fetch.mentioned_elsewhere(store, iris, article)
    stored = fetch.triples_of(store, iris, but="mentionedAs")
    labels = _labels(store, elsewhere, stored, before, after)
    had, has = set[ox.Triple](), set[ox.Triple]()
    for iri in iris:
        had |= stored.get(iri, set()) | (before[iri].mentions() if iri in before else set())
        has |= after[iri].mentions() if iri in after else set()
        has |= (after.get(iri) or before[iri]).own(labels[iri]) if iri in labels else set()
    return had - has, has - had


def _labels(
    store: Store,
    elsewhere: set[str],
    stored: Mapping[str, Triples],
    before: Mapping[str, Mentioned],
    after: Mapping[str, Mentioned],
) -> dict[str, str]:
    """Return the label of each entity that stays or comes."""
    labels = {iri: best_name(entity.names) for iri, entity in after.items()}
    current = {iri: name for iri in elsewhere if (name := _label(stored.get(iri, set())))}
    recount = []
    for iri, name in current.items():
        lost, gained = _differences(iri, before, after)
        labels[iri] = name
        if name in lost or set(gained) - {name}:
            recount.append(iri)
    counts: dict[str, Counter[str]] = {}
    for iri, name, count in fetch.name_counts(store, recount):
        counts.setdefault(iri, Counter())[name] = count
    for iri, counted in counts.items():
        lost, gained = _differences(iri, before, after)
        labels[iri] = best_name(+(counted + gained - lost))
    return labels


def _label(triples: Triples) -> str | None:
    values = (triple.object for triple in triples if triple.predicate == LABEL)
    return next((value.value for value in values if isinstance(value, ox.Literal)), None)


def _differences(
    iri: str, before: Mapping[str, Mentioned], after: Mapping[str, Mentioned]
) -> tuple[Counter[str], Counter[str]]:
    """Return the names that an article no longer gives an entity, and those that it gives newly."""
    had = before[iri].names if iri in before else Counter[str]()
    has = after[iri].names if iri in after else Counter[str]()
    return had - has, has - had
