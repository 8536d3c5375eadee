"""Invented articles: what they say as claims, their graphs, and a base to load them into."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from kb.graph import Run, article_iri, build_graph, to_nquads
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
    Zone,
    ZoneKind,
)
from kb.resolve import change_for, rebuild, removal_of
from kb.store import Store, memory_store
from kb.vocab import DEM

RUN = Run("0.1.0", "aa", "bb")
CANONICAL = "https://w3id.org/demarche/graph/canonical"
STATES = {
    "BRA": "Brazil",
    "CHN": "China",
    "EGY": "Egypt",
    "PRK": "North Korea",
    "KOR": "South Korea",
    "RUS": "Russia",
    "USA": "United States",
}
PLACES = {"pyongyang-prk": ("Pyongyang", "PRK"), "wonsan-prk": ("Wonsan", "PRK")}


def state(code: str) -> Entity:
    return Entity(f"id/state/{code}", EntityKind.STATE, STATES[code], code=code, known=True)


def official(name: str, code: str | None = None) -> Entity:
    return Entity(f"official/{name.lower().replace(' ', '-')}", EntityKind.OFFICIAL, name, state=code)


def place(name: str) -> Entity:
    label, code = PLACES[name]
    return Entity(f"id/place/{name}", EntityKind.PLACE, label, state=code, known=True)


@dataclass(frozen=True)
class Said:
    """One claim; a role is a value or a list of them, a code of three capitals is a state, `about` counts claims."""

    type: str
    label: str = "occurred"
    when: str | None = None
    by: Sequence[Entity] | None = None
    links: Sequence[int] = ()
    roles: Mapping[str, Any] = field(default_factory=dict)


def said(
    type_: str, label: str = "occurred", when: str | None = None, *, by: Any = None, links: Any = (), **roles: Any
):
    return Said(type_, label, when, by, links, roles)


def times(value: str) -> TimeValue:
    """Return a time: a day, a month, a year, or two days with a slash."""
    first, _, last = value.partition("/")
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(first)]
    earliest = first + "-01-01"[len(first) - 4 :]
    latest = last or first + "-12-28"[len(first) - 4 :]
    return TimeValue(first, date.fromisoformat(earliest), date.fromisoformat(latest), precision, last or None)


def graph_text(key: str, *all_said: Said, published: str | None = "2024-06-20", publisher: str | None = None) -> str:
    """Return the graph of an article that makes the claims, as N-Triples."""
    lines = [f"Sentence {number} of {key}." for number in range(len(all_said))]
    text = "\n".join(lines)
    article = Article(
        key=key,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=f"{key}.txt",
        zones=(Zone(ZoneKind.BODY, Span(0, len(text))),),
        published=date.fromisoformat(published) if published else None,
        publisher=publisher,
    )
    claims = tuple(_claim(number, one, all_said, text.index(lines[number])) for number, one in enumerate(all_said))
    extraction = Extraction(article, claims)
    return to_nquads(build_graph(extraction, RUN, by_code=lambda code: state(code) if code in STATES else None))


def _claim(number: int, one: Said, all_said: Sequence[Said], start: int) -> Claim:
    chain = () if one.by is None else (Attribution(tuple(map(_value, one.by)), "said", "neutral"),)
    values = ((role, value) for role, values in one.roles.items() for value in _many(values))
    return Claim(
        id=_id(number, one),
        type=one.type,
        arguments=tuple(Argument(role, _value(value)) for role, value in values),
        factuality=Factuality(FactualityLabel(one.label), chain=chain),
        evidence=(Span(start, start + 8),),
        rule="test",
        trigger=Span(start, start + 8),
        time=times(one.when) if one.when else None,
        about_claims=tuple(_id(other, all_said[other]) for other in one.links),
    )


def _id(number: int, one: Said) -> str:
    return f"{one.type.lower()}-{number}"


def _many(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _value(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return state(value) if value in STATES else place(value) if value in PLACES else value


class Base:
    """A store with what was loaded into it; each step is checked against the whole recomputed."""

    def __init__(self) -> None:
        self.store: Store = memory_store()

    def load(self, key: str, *all_said: Said, **about: Any) -> None:
        self.load_text(key, self.text_of(key, *all_said, **about))

    def load_text(self, key: str, text: str) -> None:
        self.store.apply(change_for(self.store, str(article_iri(key)), text))
        self.check()

    text_of = staticmethod(graph_text)

    def remove(self, key: str) -> None:
        self.store.apply(removal_of(self.store, str(article_iri(key))))
        self.check()

    def check(self) -> None:
        assert self.canonical() == rebuild(self.store)

    def canonical(self) -> str:
        return self.store.graph(CANONICAL)

    def things(self, class_: str) -> list[dict[str, list[str]]]:
        """Return the canonical things of a class: their values by property, concepts by their notation."""
        table = self.store.select(f"""SELECT ?s ?p ?o WHERE {{ GRAPH <{CANONICAL}> {{
            ?s a <{DEM[class_]}> ; ?p ?o }} }} ORDER BY ?s ?p ?o""")
        found: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in table.rows:
            thing = found.setdefault(subject.value, {"iri": [subject.value]})
            thing.setdefault(_short(predicate.value), []).append(_short(value.value))
        return list(found.values())

    def thing(self, class_: str) -> dict[str, list[str]]:
        """Return the only canonical thing of a class."""
        (thing,) = self.things(class_)
        return thing


def _short(iri: str) -> str:
    name = iri.removeprefix("https://w3id.org/demarche/id/").removeprefix("https://w3id.org/demarche/")
    return name.removeprefix("ontology#").removeprefix("http://www.w3.org/2000/01/rdf-schema#")


@pytest.fixture
def base() -> Base:
    return Base()


@pytest.fixture
def fact() -> Callable[..., Said]:
    return said


@pytest.fixture
def person() -> Callable[..., Entity]:
    return official


@pytest.fixture
def text_of() -> Callable[..., str]:
    return graph_text
