"""From the triples of an article's graph to claims with canonical participants.

A view need not hold the whole graph: the triples of the claims, of those they name and of the states behind these are
enough, so the same code reads a graph that is about to be stored and the few nodes that a query fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pyoxigraph as ox
from rdflib import RDF, RDFS, SDO

from kb.resolve.blocks import block_key
from kb.resolve.identity import canonical_iri
from kb.resolve.records import ClaimRecord, Referent, When
from kb.resolve.terms import IDS, ONTOLOGY, Value, dem
from kb.vocab import CLAIM_CLASSES, CLAIM_LINKS

PUBLISHED, PUBLISHER = str(SDO.datePublished), str(SDO.publisher)

NOT_A_ROLE = frozenset(
    {"accordingTo", "attribution", "evidence", "mainEvidence", "rule", "trigger", "timeText", "warning"}
    | {"factuality", "certainty", "polarity", "temporal", "earliest", "latest", "datePrecision", "date", "start", "end"}
    | set(CLAIM_LINKS.values())
)
"""What our ontology says of claims beside the roles of the event."""

KINDS = {dem(kind).value: kind.lower() for kind in ("State", "Organisation", "Official", "Group", "Place")}
EVENTS = {dem(claim).value: event for event, claim in CLAIM_CLASSES.items()}
TIMES = ("date", "start", "end")
SAID = frozenset({"occurred", "ongoing"})
"""The factuality of a denial that was made."""

DEPTH = 4
"""How far the way from an actor to the state behind it is followed: official, ministry, state, and one more."""


@dataclass(frozen=True)
class ArticleView:
    """What is known of an article's graph; `about` are the values by subject and property (local name if ours)."""

    iri: str
    about: dict[str, dict[str, list[Value]]]
    _referents: dict[str, Referent] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, iri: str, triples: Iterable[tuple[str, str, Value]]) -> ArticleView:
        """Return the view of some triples of the article `iri`."""
        about: dict[str, dict[str, list[Value]]] = {}
        for subject, predicate, value in triples:
            about.setdefault(subject, {}).setdefault(predicate.removeprefix(ONTOLOGY), []).append(value)
        return cls(iri, about)

    @classmethod
    def parse(cls, iri: str, graph: str) -> ArticleView:
        """Return the view of a whole graph in N-Triples."""
        triples = ox.parse(graph, format=ox.RdfFormat.N_TRIPLES)
        return cls.of(iri, ((triple.subject.value, triple.predicate.value, triple.object) for triple in triples))

    # --- claims ---------------------------------------------------------------------------------------------------

    @cached_property
    def claims(self) -> dict[str, str]:
        """The class of events of each claim."""
        types = {node: self._iris(node, str(RDF.type)) for node in self.about}
        return {node: EVENTS[iri] for node, iris in types.items() for iri in iris if iri in EVENTS}

    def records(self) -> Iterator[ClaimRecord]:
        """Yield all claims."""
        return map(self.record, self.claims)

    def record(self, claim: str) -> ClaimRecord:
        """Return one claim, with the block keys of what it speaks of."""
        record = self._record(claim)
        others = {other for links in record.links.values() for other in links if other in self.claims}
        return replace(record, content=frozenset(block_key(self._record(other)) for other in others))

    def _record(self, claim: str) -> ClaimRecord:
        event = self.claims[claim]
        agents, values = self._roles(claim)
        return ClaimRecord(
            iri=claim,
            article=self.iri,
            event=event,
            agents=agents,
            values=values,
            factuality=self._notation(claim, "factuality"),
            when=self._when(claim),
            published=self._published,
            publisher=self._publisher,
            attributed="attribution" in self.about[claim],
            own_side=self._own_side(claim, agents),
            denied=claim in self._denied,
            links={link: tuple(sorted(self._iris(claim, link))) for link in CLAIM_LINKS.values()},
        )

    def _roles(self, claim: str) -> tuple[dict[str, tuple[Referent, ...]], dict[str, tuple[Value, ...]]]:
        agents: dict[str, tuple[Referent, ...]] = {}
        others: dict[str, tuple[Value, ...]] = {}
        for name, values in self.about[claim].items():
            if name in NOT_A_ROLE or ":" in name:
                continue
            found = [self.referent(value.value) for value in values if self._is_entity(value)]
            if found:
                agents[name] = tuple(sorted(set(found), key=lambda agent: (agent.iri, agent.name)))
            if plain := [value for value in values if not self._is_entity(value)]:
                others[name] = tuple(sorted(plain, key=str))
        return agents, others

    def _own_side(self, claim: str, agents: dict[str, tuple[Referent, ...]]) -> bool:
        speakers = {self.referent(iri).body for iri in self._iris(claim, "accordingTo")}
        return not speakers.isdisjoint(agent.body for found in agents.values() for agent in found)

    def _when(self, claim: str) -> When | None:
        earliest, latest = self._text(claim, "earliest"), self._text(claim, "latest")
        if earliest is None or latest is None:
            return None
        values = ((name, value) for name in TIMES for value in self.about[claim].get(name, ()))
        literals = tuple((name, value) for name, value in values if isinstance(value, ox.Literal))
        precision = self._notation(claim, "datePrecision")
        return When(literals, date.fromisoformat(earliest), date.fromisoformat(latest), precision)

    @cached_property
    def _denied(self) -> frozenset[str]:
        deniers = (node for node in self.about if self._notation(node, "factuality") in SAID)
        return frozenset(iri for node in deniers for iri in self._iris(node, CLAIM_LINKS["Denial"]))

    # --- entities -------------------------------------------------------------------------------------------------

    @cached_property
    def local_entities(self) -> dict[str, Referent]:
        """Those whom only this article names, by the IRI they have in its graph."""
        local = (node for node in self.about if not node.startswith(IDS) and self._kind(node))
        return {node: self.referent(node) for node in sorted(local)}

    def referent(self, node: str) -> Referent:
        """Return whom an IRI of the article's graph stands for."""
        if node not in self._referents:
            self._referents[node] = self._referent(node)
        return self._referents[node]

    def _referent(self, node: str) -> Referent:
        name = self._text(node, str(RDFS.label)) or node.rpartition("/")[2]
        kind = self._kind(node) or node.removeprefix(IDS).partition("/")[0]
        home = self._home(node)
        linked = node.startswith(IDS) or home is not None
        return Referent(self._canonical(node), name, kind, self._body(node), home, linked)

    def _canonical(self, node: str, depth: int = DEPTH) -> str:
        if node.startswith(IDS):
            return node
        name = self._text(node, str(RDFS.label)) or node.rpartition("#")[2]
        home = self._home(node, depth)
        return canonical_iri(self._kind(node) or "actor", name, home, self.iri)

    def _home(self, node: str, depth: int = DEPTH) -> str | None:
        """Return the canonical IRI of what an entity serves or lies in."""
        nodes = sorted(self._iris(node, "serves") | self._iris(node, "inState"))
        return self._canonical(nodes[0], depth - 1) if nodes and depth else None

    def _body(self, node: str, depth: int = DEPTH) -> str:
        above = sorted(self._iris(node, "serves"))
        return self._body(above[0], depth - 1) if above and depth else self._canonical(node)

    def _kind(self, node: str) -> str:
        return next((KINDS[iri] for iri in sorted(self._iris(node, str(RDF.type))) if iri in KINDS), "")

    def _is_entity(self, value: Value) -> bool:
        """Whether it is an actor or place; a known regime has no place among them."""
        return isinstance(value, ox.NamedNode) and not value.value.startswith((ONTOLOGY, f"{IDS}regime/"))

    # --- the article ----------------------------------------------------------------------------------------------

    @cached_property
    def _published(self) -> date | None:
        text = self._text(self.iri, PUBLISHED)
        return date.fromisoformat(text) if text else None

    @cached_property
    def _publisher(self) -> str:
        """The publisher's name as names are compared; the article itself where it names none."""
        return " ".join((self._text(self.iri, PUBLISHER) or self.iri).casefold().split())

    # --- values ---------------------------------------------------------------------------------------------------

    def _iris(self, node: str, name: str) -> set[str]:
        return {value.value for value in self.about.get(node, {}).get(name, ()) if isinstance(value, ox.NamedNode)}

    def _text(self, node: str, name: str) -> str | None:
        return min((value.value for value in self.about.get(node, {}).get(name, ())), default=None)

    def _notation(self, node: str, name: str) -> str:
        concept = self._text(node, name) or ""
        return concept.rpartition("#")[2].partition("-")[2]
