"""Whom a name means: "North Korea", "UN", "Putin"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kb.query.named import FOLDER, read_query
from kb.query.parameters import ParameterType, iris_of_code
from kb.store.base import Store, Term

_ACTORS = ("state", "organisation", "group", "official")


@dataclass(frozen=True, slots=True)
class Names:
    """Looks names up in what a store knows: its reference data and the officials its articles speak of."""

    store: Store

    def find(self, name: str, type_: ParameterType) -> Sequence[str]:
        """Return the IRIs of those who have this code or name; else of those whose name has it as a word.

        A code that the store does not know is taken as one all the same: there is nothing about it.

        Raises:
            ValueError: nobody has the name; the message has similar ones.
        """
        rows = self._rows(name, type_)
        wanted = name.casefold()
        exact = {iri for iri, known in rows if known.casefold() == wanted}
        found = exact or {iri for iri, known in rows if _has_words(known.casefold(), wanted)}
        if found:
            return sorted(found)
        try:
            return iris_of_code(name, type_)
        except ValueError:
            raise ValueError(self._nobody(name, type_)) from None

    def _rows(self, name: str | None, type_: ParameterType) -> list[tuple[str, str]]:
        """Return IRI and name of everyone who has `name` as a part of a name or as the code; of all, if it is None."""
        query = read_query(FOLDER / "entities.rq")
        values: dict[str, str | Sequence[str]] = {"kind": "state" if type_ is ParameterType.STATE else _ACTORS}
        if name is not None:
            values["name"] = name
        table = self.store.select(query.bind(values))
        rows = (dict(zip(table.variables, map(_value, row), strict=True)) for row in table.rows)
        return [(row["entity"], row["known_as"]) for row in rows]

    def _nobody(self, name: str, type_: ParameterType) -> str:
        names = sorted({known for _, known in self._rows(None, type_)})
        close = get_close_matches(name, names, n=3, cutoff=0.7)
        kind = "state" if type_ is ParameterType.STATE else "state, organisation, group or official"
        return f"no {kind} is known by that name" + (f"; did you mean {' or '.join(close)}?" if close else "")


def _has_words(text: str, words: str) -> bool:
    text, words = text.replace("-", " "), words.replace("-", " ")
    return f" {words} " in f" {text} "


def _value(term: Term | None) -> str:
    return "" if term is None else str(term.value)
