"""What it costs to add one article to a base of many; the figures are printed (pytest -s).

The articles are invented: each says eight things about two states and an official of each, picked at random. Among 120
states few articles speak of the same; among 6, all do, as on a crisis that fills the news.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import pytest

from kb.graph import CANONICAL_GRAPH, Run, article_iri, build_graph, to_nquads
from kb.model import (
    Argument,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    Extraction,
    Factuality,
    FactualityLabel,
    Precision,
    Span,
    TimeValue,
)
from kb.resolve import change_for, rebuild
from kb.resolve.terms import in_graph
from kb.store import Change, Store, memory_store

RUN = Run("0.1.0", "aa", "bb")
ROUNDS = 15
FIRST_DAY = date(2023, 1, 1)
DAYS = 700
OFFICIALS = 5
TEXT = "An invented sentence."
STATES = [
    Entity(f"id/state/{code}", EntityKind.STATE, f"State {code}", code=code, known=True) for code in ("AAA", "BBB")
]
PEOPLE = [
    Entity(f"official/person-{code.lower()}-0", EntityKind.OFFICIAL, f"Person {code} 0", state=code)
    for code in ("AAA", "BBB")
]
SAID = (
    ("Visit", {"visitor": [PEOPLE[0]], "destination": [STATES[1]]}, True),
    ("Meeting", {"participant": PEOPLE}, True),
    (
        "Transfer",
        {"supplier": [STATES[0]], "recipient": [STATES[1]], "goods": ["shells"], "goodsKind": ["arms"]},
        False,
    ),
    ("Accusation", {"speaker": [PEOPLE[1]], "target": [STATES[0]], "about": ["shipping shells"]}, False),
    ("Denial", {"speaker": [STATES[0]], "about": ["it"]}, False),
    ("Stance", {"speaker": [STATES[1]], "target": [STATES[0]], "kind": ["condemn"], "about": ["the raids"]}, True),
    ("Tenure", {"officeHolder": [PEOPLE[0]], "role": ["president"], "officeOf": [STATES[0]]}, False),
    ("SanctionsAction", {"actor": [STATES[1]], "target": [STATES[0]], "action": ["impose"]}, True),
)


@dataclass(frozen=True)
class Sample:
    """The graph of an article, and its name."""

    iri: str
    text: str


def template() -> str:
    """Return the graph of one article with names to put others in the place of."""
    article = Article("KEY", TEXT, "00", "bench.txt", (), published=FIRST_DAY, publisher="PUBLISHER")
    return to_nquads(build_graph(Extraction(article, tuple(claims())), RUN))


def claims() -> Iterator[Claim]:
    span = Span(0, len(TEXT))
    time_ = TimeValue(FIRST_DAY.isoformat(), FIRST_DAY, FIRST_DAY, Precision.DAY)
    for type_, roles, dated in SAID:
        yield Claim(
            id=type_.lower(),
            type=type_,
            arguments=tuple(Argument(role, value) for role, values in roles.items() for value in values),
            factuality=Factuality(FactualityLabel.OCCURRED, chain=(Attribution((PEOPLE[1],), "said", "neutral"),)),
            evidence=(span,),
            rule="bench",
            trigger=span,
            time=time_ if dated else None,
            about_claims=("transfer",) if type_ in {"Accusation", "Denial"} else (),
        )


def samples(number: int, states: int, seed: int = 1) -> list[Sample]:
    """Return articles about a number of states; more of them begin with the same."""
    draw, text = random.Random(seed), template()
    return [_sample(text, index, states, draw) for index in range(number)]


def _sample(text: str, index: int, states: int, draw: random.Random) -> Sample:
    one, other = (f"S{number:02X}"[-3:].replace("S", "Z") for number in draw.sample(range(states), 2))
    key, day = f"{index:016x}", FIRST_DAY + timedelta(days=draw.randrange(DAYS))
    names = {"AAA": one, "BBB": other, "aaa": one.lower(), "bbb": other.lower(), "KEY": key}
    names |= {"PUBLISHER": f"Paper {draw.randrange(30)}", FIRST_DAY.isoformat(): day.isoformat()}
    official = draw.randrange(OFFICIALS)
    names |= {f"-{code.lower()}-0": f"-{code.lower()}-{official}" for code in (one, other)}
    names |= {f"Person {code} 0": f"Person {code} {official}" for code in (one, other)}
    for old, new in names.items():
        text = text.replace(old, new)
    return Sample(str(article_iri(key)), text)


def base(articles: list[Sample]) -> Store:
    """Return a store of articles with their canonical graph."""
    store = memory_store()
    for article in articles:
        store.apply(Change(insert=in_graph(article.text, article.iri)))
    store.apply(Change(insert=in_graph(rebuild(store), str(CANONICAL_GRAPH))))
    return store


def milliseconds(stores: Sequence[Store], articles: list[Sample]) -> list[float]:
    """Return for each store the median processor time of adding one article: working out the change, and making it.

    The stores take turns, so that what else the machine does slows all of them.
    """
    times: list[list[float]] = [[] for _ in stores]
    for article in articles:
        for store, taken in zip(stores, times, strict=True):
            start = time.process_time()
            store.apply(change_for(store, article.iri, article.text))
            taken.append(time.process_time() - start)
    return [1000 * median(taken) for taken in times]


@pytest.mark.parametrize(
    ("number", "states", "limit"),
    [(100, 120, 2.0), (1000, 120, 2.0), pytest.param(3000, 120, 2.5, marks=pytest.mark.slow), (1000, 6, 60.0)],
)
def test_adding_an_article(number: int, states: int, limit: float) -> None:
    articles = samples(number + ROUNDS, states)
    known, new = articles[:number], articles[number:]
    start = time.process_time()
    store = base(known)
    seconds = time.process_time() - start
    empty, full = milliseconds((memory_store(), store), new)
    print(f"\n{number} articles, {states} states: {full:.1f} ms, empty {empty:.1f} ms, ratio {full / empty:.2f}")
    print(f"whole base from nothing: {seconds:.1f} s")
    assert full <= limit * empty
