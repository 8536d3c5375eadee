"""The gazetteer: every state, organisation, place, title and sanctions regime we know, and the names they go by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.link.nameindex import Candidate, Names
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
from kb.link.titletable import TitleWords
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
    def title_words(self) -> TitleWords:
        """The titles and modifiers, looked up by their words."""
        return TitleWords(self.titles, self.modifiers)

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
    def in_capitals(self) -> dict[str, tuple[Candidate, ...]]:
        """The candidates of names such as "Port-au-Prince", by the name in capitals."""
        return {name.upper(): found for name, found in self.index.items() if not name.istitle() and not name.isupper()}

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
    names = Names()
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
