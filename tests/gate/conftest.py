"""The prepared gate, and graphs to try it on."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import XSD, Graph, Literal
from rdflib.term import Node

from kb.dev.samples import sample_extraction
from kb.gate import Gate, load_gate
from kb.graph import Run, build_graph
from kb.resources import resource

CLAIMS_OF_A_MUTANT = 3


@pytest.fixture(scope="session")
def gate() -> Gate:
    return load_gate(resource("shapes"))


@pytest.fixture
def article_graph() -> Callable[..., Graph]:
    return _article_graph


@pytest.fixture
def mutant() -> Callable[..., Graph]:
    return _mutant


def _article_graph(first: int = 0, claims: int = 13, keep_text: str = "full") -> Graph:
    """Return the graph of some of the sample's claims, beginning with any of them."""
    extraction = sample_extraction()
    chosen = (extraction.claims * 2)[first : first + claims]
    kept = {claim.id for claim in chosen}
    linked = tuple(replace(c, about_claims=tuple(i for i in c.about_claims if i in kept)) for c in chosen)
    return build_graph(replace(extraction, claims=linked), Run("0.1.0", "aa", "bb"), keep_text)


def _mutant(seed: int) -> Graph:
    """Return an article's graph with one to four things wrong, or at least changed."""
    chance = random.Random(seed)
    graph = _article_graph(seed % 13, CLAIMS_OF_A_MUTANT, ("full", "quotes", "none")[seed % 3])
    for _ in range(chance.randint(1, 4)):
        chance.choice((drop, exchange, double, distort))(graph, chance)
    return graph


def pick(graph: Graph, chance: random.Random) -> tuple[Node, Node, Node]:
    return chance.choice(sorted(graph))


def drop(graph: Graph, chance: random.Random) -> None:
    graph.remove(pick(graph, chance))


def exchange(graph: Graph, chance: random.Random) -> None:
    subject, predicate, value = pick(graph, chance)
    graph.remove((subject, predicate, value))
    graph.add((subject, predicate, pick(graph, chance)[2]))


def double(graph: Graph, chance: random.Random) -> None:
    subject, predicate, _ = pick(graph, chance)
    graph.add((subject, predicate, pick(graph, chance)[2]))


def distort(graph: Graph, chance: random.Random) -> None:
    """Change a literal into another one of its type."""
    literals = [triple for triple in sorted(graph) if isinstance(triple[2], Literal)]
    subject, predicate, value = chance.choice(literals)
    others = {
        XSD.dateTime: "1899-12-31T00:00:00Z",
        XSD.date: "1899-12-31",
        XSD.integer: "-7",
        XSD.gYear: "2150",
        XSD.gYearMonth: "1888-08",
    }
    graph.remove((subject, predicate, value))
    graph.add((subject, predicate, Literal(others.get(value.datatype, f"{value}?"), datatype=value.datatype)))
