"""The index of the gazetteer: every name with what it can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.link.records import Ambiguous, Metonym, Organisation, Place, State

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


class Names:
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
