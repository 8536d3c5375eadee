"""From the claims of a block to the triples of its events, tenures or regimes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import pyoxigraph as ox
from rdflib import XSD

from kb.resolve.blocks import CLASSES, block_key, known_regime
from kb.resolve.choice import best_time, best_value, disputed, preferred, status_basis
from kb.resolve.clusters import clusters
from kb.resolve.components import Stretch, components
from kb.resolve.labels import Labeller
from kb.resolve.matching import Features, features
from kb.resolve.records import ClaimRecord, Referent, When
from kb.resolve.terms import IDS, LABEL, TYPE, Triples, Value, dem, digest, year
from kb.vocab import CLAIM_LINKS, CONCEPTS

LISTED = frozenset({"visitor", "companion", "origin", "participant", "imposer", "target", "actor", "party", "speaker"})
LISTED |= {"supplier", "recipient", "measure", "underRegime"}
"""The roles that hold all values of all claims; every other role holds the preferred one."""

STANDING = frozenset(name for name, event in CLASSES.items() if event.standing)
ARMS = dem(CONCEPTS["goods-scheme"]["arms"]).value


class Canonical:
    """One event, tenure or regime: the claims about it and what they decide together."""

    def __init__(self, members: Sequence[Features]) -> None:
        self.claims = claims = [member.record for member in members]
        self.first = claims[0]
        self.key = block_key(claims[0])
        self.time: When | None = best_time(claims)
        self.span = min(member.first for member in members), max(member.last for member in members)
        self.basis = status_basis(claims)
        self.status = self.basis.factuality
        self.names: tuple[str, ...] = ()
        """What sets it apart from the other events of its block, as much as is needed."""

    # --- its name -------------------------------------------------------------------------------------------------

    def distinctions(self) -> tuple[str, str, str, str]:
        """Return what an event differs by from others of its block, from the lasting to the fleeting.

        The month outlives better knowledge of the day; persons and day come in only when the month is not enough, and
        the first claim only when nothing else tells two events apart.
        """
        day = (self.time.earliest if self.time else self.span[0]).isoformat()
        month = day[:7] if self.time else f"about {day[:7]}"
        persons = sorted({agent.iri for claim in self.claims for agent in _agents(claim) if agent.person})
        return month, " ".join(persons), day, self.first.iri

    @property
    def iri(self) -> str:
        """The IRI: made of what the claims have in common, never of the order in which they came."""
        if regime := known_regime(self.first):
            return regime
        kind = {"Tenure": "tenure", "SanctionsRegime": "regime"}.get(self.first.event, "event")
        return f"{IDS}{kind}/{digest(self.key, *self.names)}"

    # --- its triples ----------------------------------------------------------------------------------------------

    def pairs(self) -> Iterator[tuple[ox.NamedNode, Value]]:
        """Yield properties and values."""
        yield from ((TYPE, dem(name)) for name in self._classes())
        yield dem("blockKey"), ox.Literal(self.key)
        if known_regime(self.first) is None:  # the reference graph has the name of a known one
            yield LABEL, ox.Literal(Labeller(self.claims, self.status).label())
        yield from self._roles()
        yield from self._times()
        yield from self._weight()

    def _classes(self) -> Iterator[str]:
        yield self.first.event
        if self.first.event not in STANDING:
            yield "Event"
        goods = best_value(self.claims, "goodsKind")
        if self.first.event == "Transfer" and goods is not None and goods.value == ARMS:
            yield "ArmsTransfer"

    def _roles(self) -> Iterator[tuple[ox.NamedNode, Value]]:
        for role in sorted({role for claim in self.claims for role in (*claim.agents, *claim.values)}):
            if role in LISTED:
                yield from ((dem(role), value) for value in self._all(role))
            elif (value := self._best(role)) is not None:
                yield dem(role), value
        for link in CLAIM_LINKS.values():
            yield from ((dem(link), ox.NamedNode(iri)) for claim in self.claims for iri in claim.links.get(link, ()))

    def _all(self, role: str) -> set[Value]:
        agents = {ox.NamedNode(agent.iri) for claim in self.claims for agent in claim.agents.get(role, ())}
        if role == "companion":  # who is a visitor in one article and travels along in another is a visitor
            agents -= self._all("visitor")
        return agents | {value for claim in self.claims for value in claim.values.get(role, ())}

    def _best(self, role: str) -> Value | None:
        supporters: dict[Value, list[ClaimRecord]] = {}
        for claim in self.claims:
            for agent in claim.agents.get(role, ()):
                supporters.setdefault(ox.NamedNode(agent.iri), []).append(claim)
        return preferred(supporters) if supporters else best_value(self.claims, role)

    def _times(self) -> Iterator[tuple[ox.NamedNode, Value]]:
        if self.time is None:
            return
        yield from ((dem(name), literal) for name, literal in self.time.literals)
        yield dem("earliest"), _day(self.time.earliest)
        yield dem("latest"), _day(self.time.latest)
        yield dem("datePrecision"), dem(CONCEPTS["precision-scheme"][self.time.precision])
        years = best_value(self.claims, "firstInYears")
        if self.first.event == "Visit" and years is not None and self.time.earliest.year > int(years.value):
            yield dem("previousYear"), year(self.time.earliest.year - int(years.value))

    def _weight(self) -> Iterator[tuple[ox.NamedNode, Value]]:
        yield dem("status"), dem(CONCEPTS["factuality-scheme"][self.status])
        yield dem("statusBasis"), ox.NamedNode(self.basis.iri)
        yield from ((dem("claim"), ox.NamedNode(claim.iri)) for claim in self.claims)
        if self.first.event not in STANDING:
            yield from ((dem("claimsFrom"), _day(day)) for day in self.span[:1] if day > date.min)
            yield from ((dem("claimsUntil"), _day(day)) for day in self.span[1:] if day < date.max)
        yield dem("claimCount"), ox.Literal(len(self.claims))
        yield dem("publisherCount"), ox.Literal(len({claim.publisher for claim in self.claims}))
        yield dem("disputed"), ox.Literal(disputed(self.claims))


def block_triples(records: Iterable[ClaimRecord]) -> Triples:
    """Return the triples of all events that the claims of one block make, given whole components of it."""
    claims = {record.iri: features(record) for record in records}
    triples = Triples()
    for component in components(stretch(claim) for claim in claims.values()):
        events = [Canonical(members) for members in clusters([claims[iri] for iri in component])]
        _name(events)
        for event in events:
            node = ox.NamedNode(event.iri)
            triples |= {ox.Triple(node, name, value) for name, value in event.pairs()}
    return triples


def stretch(claim: Features) -> Stretch[str]:
    """Return the days a claim can mean, all of them for what has no days of its own."""
    standing = claim.record.event in STANDING
    return Stretch(date.min if standing else claim.first, date.max if standing else claim.last, claim.record.iri)


def _name(events: Sequence[Canonical]) -> None:
    """Give each event as few distinctions as set it apart."""
    if events[0].first.event in STANDING:
        return
    for length in range(1, 5):
        unnamed: dict[tuple[str, ...], list[Canonical]] = {}
        for event in events:
            unnamed.setdefault(event.distinctions()[:length], []).append(event)
        for names, found in unnamed.items():
            if len(found) == 1 and not found[0].names:
                found[0].names = names


def _agents(claim: ClaimRecord) -> Iterator[Referent]:
    return (agent for agents in claim.agents.values() for agent in agents)


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(str(XSD.date)))
