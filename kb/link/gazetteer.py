"""The gazetteer: every state, organisation, place, title and sanctions regime we know, and the names they go by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.link.records import (
    Ambiguous,
    Metonym,
    Modifier,
    Organisation,
    Place,
    Regime,
    State,
    Title,
    read_rows,
    read_table,
)
from kb.model import Entity, EntityKind

FILES = (
    "states.json",
    "places.json",
    "organisations.toml",
    "metonyms.toml",
    "ambiguous.toml",
    "titles.toml",
    "regimes.toml",
)

_AT_HOME = frozenset({"organ", "ministry", "agency", "armed", "party"})

_PIECE = re.compile(r"\w+|[^\w\s]")
"""A tokeniser that never makes fewer tokens of a name than the parser's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a name can be.

    `kind` is state, demonym, organisation, metonym, place, or nothing for a phrase that holds a name without meaning
    it; `key` is the code or the place's id.
    """

    kind: str
    key: str


@dataclass(frozen=True)
class Gazetteer:
    """The tables of `data/gazetteer`; `hash` is the SHA-256 of the files.

    `index` gives the candidates of a name as written, `first` the number of tokens that the longest name has of those
    that begin with the same two characters.
    """

    states: Mapping[str, State]
    organisations: Mapping[str, Organisation]
    places: Mapping[str, Place]
    metonyms: tuple[Metonym, ...]
    ambiguous: Mapping[str, Ambiguous]
    titles: tuple[Title, ...]
    modifiers: tuple[Modifier, ...]
    regimes: tuple[Regime, ...]
    index: Mapping[str, tuple[Candidate, ...]]
    first: Mapping[str, int]
    hash: str

    def entity(self, code: str) -> Entity | None:
        """Return the state, organisation or group of that code, None where there is none."""
        state = self.states.get(code)
        if state is not None:
            return Entity(f"id/state/{code}", EntityKind.STATE, state.name, code, known=True)
        body = self.organisations.get(code)
        if body is None:
            return None
        kind = EntityKind.GROUP if body.kind == "group" else EntityKind.ORGANISATION
        return Entity(f"id/{kind.value}/{code}", kind, body.name, code, body.acts_for, known=True)

    def place(self, key: str) -> Entity:
        """Return the place of that id.

        Raises:
            KeyError: there is none.
        """
        place = self.places[key]
        return Entity(f"id/place/{key}", EntityKind.PLACE, place.name, state=place.state, known=True)

    def home(self, code: str) -> Entity | None:
        """Return the state that an organ, party, armed movement or agency belongs to; None for other bodies."""
        body = self.organisations.get(code)
        while body is not None and body.kind in _AT_HOME and body.part_of:
            if body.part_of in self.states:
                return self.entity(body.part_of)
            body = self.organisations.get(body.part_of)
        return None

    @cached_property
    def civil(self) -> frozenset[str]:
        """The codes of media and of non-governmental organisations, whose staff hold no public office."""
        return frozenset(code for code, body in self.organisations.items() if body.kind in ("media", "ngo"))

    @cached_property
    def capital_of(self) -> dict[str, str]:
        """The code of the state that each capital, by its place id, is the seat of government of."""
        return {state.capital: state.code for state in self.states.values() if state.capital}

    @cached_property
    def state_words(self) -> tuple[str, ...]:
        """The names of one word and the demonyms of states, in alphabetical order."""
        states = self.states.values()
        return tuple(sorted({word for s in states for word in (s.name, *s.names, *s.demonyms) if word.isalpha()}))

    @cached_property
    def metonym_of(self) -> dict[str, Metonym]:
        """The row of each metonym by its name."""
        return {name: metonym for metonym in self.metonyms for name in metonym.names}

    def regime_of(self, imposer: str, target: str) -> tuple[Regime, ...]:
        """Return the regimes that one state or organisation imposes on another, those in force before those ended."""
        imposers = {imposer} | {code for code in (self._parent(imposer), self._acts_for(imposer)) if code}
        imposers |= {
            code for code, body in self.organisations.items() if body.part_of == imposer and body.kind == "organ"
        }
        found = [r for r in self.regimes if r.imposer in imposers and target in r.targets]
        return tuple(sorted(found, key=lambda r: (r.ended is not None, r.since, r.id)))

    def _parent(self, code: str) -> str | None:
        body = self.organisations.get(code)
        return body.part_of if body else None

    def _acts_for(self, code: str) -> str | None:
        body = self.organisations.get(code)
        return body.acts_for if body else None


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the gazetteer of a folder.

    Raises:
        ResourceError: a file is missing or malformed, or a row has an unknown, missing or mistyped field.
    """
    tables = {name: read_table(folder / name) for name in FILES}
    states = {s.code: s for s in read_rows(tables["states.json"], State, "states.json")}
    places = {p.id: p for p in read_rows(tables["places.json"], Place, "places.json")}
    bodies = {
        o.code: o
        for o in read_rows(_list(tables, "organisations.toml", "organisation"), Organisation, "organisations.toml")
    }
    metonyms = read_rows(_list(tables, "metonyms.toml", "metonym"), Metonym, "metonyms.toml")
    ambiguous = {a.name: a for a in read_rows(_list(tables, "ambiguous.toml", "name"), Ambiguous, "ambiguous.toml")}
    names = _Names()
    names.add_all(states.values(), bodies.values(), places.values(), metonyms)
    names.add_ambiguous(ambiguous.values(), states, bodies)
    names.bar(_list(tables, "ambiguous.toml", "not_mentioned"))
    return Gazetteer(
        states,
        bodies,
        places,
        metonyms,
        ambiguous,
        read_rows(_list(tables, "titles.toml", "title"), Title, "titles.toml"),
        read_rows(_list(tables, "titles.toml", "modifier"), Modifier, "titles.toml"),
        read_rows(_list(tables, "regimes.toml", "regime"), Regime, "regimes.toml"),
        {name: tuple(candidates) for name, candidates in names.index.items()},
        names.first(),
        _digest(folder),
    )


def _list(tables: Mapping[str, object], file: str, name: str) -> list[Any]:
    table = tables[file]
    rows = table.get(name) if isinstance(table, dict) else None
    if not isinstance(rows, list):
        raise ResourceError(f"{file}: the list {name} is missing")
    return rows


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return digest.hexdigest()


class _Names:
    """The index of names while it is being filled."""

    def __init__(self) -> None:
        self.index: dict[str, list[Candidate]] = {}

    def add(self, names: Iterable[str], kind: str, key: str) -> None:
        """Note what names can mean; a name in lower case is also known with a capital ("Al-Qaeda")."""
        candidate = Candidate(kind, key)
        for name in names:
            self.index.setdefault(name, []).append(candidate)
            if name[0].islower() and not name.startswith("the "):
                self.index.setdefault(name[0].upper() + name[1:], []).append(candidate)

    def add_all(
        self,
        states: Iterable[State],
        bodies: Iterable[Organisation],
        places: Iterable[Place],
        metonyms: Iterable[Metonym],
    ) -> None:
        """Add the names of every row; of two readings the one added first is preferred."""
        for state in states:
            self.add((state.name, *state.names), "state", state.code)
            self.add(state.demonyms, "demonym", state.code)
        for body in bodies:
            self.add((body.name, *body.names), "organisation", body.code)
            self.add(body.demonyms, "demonym", body.code)
        for metonym in metonyms:
            self.add(metonym.names, "metonym", metonym.code)
        for place in places:
            self.add((place.name, *place.names), "place", place.id)

    def add_ambiguous(
        self, rows: Iterable[Ambiguous], states: Mapping[str, State], bodies: Mapping[str, Organisation]
    ) -> None:
        """Add the names that only the list of ambiguous names has, such as "Korea" and "Koreans"."""
        demonyms = {word.split()[-1] for state in states.values() for word in state.demonyms}
        for row in rows:
            if row.name in self.index:
                continue
            for reading in row.readings:
                if reading.entity in states:
                    self.add([row.name], "demonym" if row.name in demonyms else "state", reading.entity)
                else:
                    self.add([row.name], "organisation" if reading.entity in bodies else "place", reading.entity)

    def bar(self, phrases: Iterable[str]) -> None:
        """Note the phrases that hold a name without meaning it."""
        for phrase in phrases:
            self.index[phrase] = [Candidate("nothing", "")]

    def first(self) -> dict[str, int]:
        """Return the length in tokens of the longest name by the two characters it begins with."""
        longest: dict[str, int] = {}
        for name in self.index:
            for form in _forms(name):
                prefix = form[:2]
                length = 1 if form.isalpha() else len(_PIECE.findall(form))
                longest[prefix] = max(longest.get(prefix, 0), length)
        return longest


def _forms(name: str) -> Iterator[str]:
    yield name
    if name.startswith("the "):
        yield name[4:]
