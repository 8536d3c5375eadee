"""The rows of the gazetteer's files, and reading them strictly: a row with an unknown, missing or mistyped field fails.

States and places are JSON baked by `kb.dev.bake_gazetteer`; the rest is TOML written by hand. `kb.link.gazetteer` puts
the tables together.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kb.errors import ResourceError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state, a territory (it has a `parent`) or a historical state, by its ISO 3166-1 alpha-3 code (XKX: Kosovo)."""

    code: str
    name: str
    full_name: str
    qid: str
    alpha2: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    region: str | None = None
    historical: bool = False
    parent: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A capital, city, region or landmark; a region beyond one state has no `state`.

    A `weak` name is also a word, a family name or a small town: it counts only with support from its sentence.
    """

    id: str
    name: str
    kind: str
    state: str | None = None
    names: tuple[str, ...] = ()
    population: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation (kind igo, organ, ministry, agency, armed, party, media, ngo) or a known group.

    In facts, what an organ does counts as done by `acts_for`, a state or organisation code.
    """

    code: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    part_of: str | None = None
    acts_for: str | None = None
    demonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metonym:
    """Names that stand for a government or alliance: "the Kremlin". `use` is actor or actor-or-place.

    With a `context`, the names count only in an article that has one of its words.
    """

    names: tuple[str, ...]
    code: str
    use: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing an ambiguous name can mean: a code or place id, and the words of an article that speak for it."""

    entity: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """A name of several readings; the first is the default. `person`: it is a given or family name as well."""

    name: str
    readings: tuple[Reading, ...]
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A sanctions regime: who imposes it on whom, by what authority; `measures` are notations of dem:measure-scheme."""

    id: str
    name: str
    imposer: str
    since: date
    names: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    legal_basis: str = ""
    ended: date | None = None
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """An office or title by its noun phrase in lower case; `role` is how facts name it.

    `kind` groups offices (head-of-state, minister, envoy ...); `gender` is given where the word tells it, and
    `single_holder` where a state or organisation has one at a time.
    """

    name: str
    kind: str
    role: str | None = None
    names: tuple[str, ...] = ()
    gender: str | None = None
    single_holder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A word before (or after) a title; `status` is what it makes of the office; the role keeps it if `in_role`."""

    name: str
    status: str = "ongoing"
    in_role: bool = False
    after: bool = False


R = TypeVar("R", bound="DataclassInstance")

Reader = Callable[[Any], Any]
"""Turns a field's value as read into the value of the row, or raises TypeError."""


def read_table(path: Path) -> Any:
    """Return the content of a JSON or TOML file of the gazetteer.

    Raises:
        ResourceError: the file is missing or not well-formed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise ResourceError(f"{path.name}: {error}") from error


def read_rows(table: Iterable[Mapping[str, Any]], row_type: type[R], file: str) -> tuple[R, ...]:
    """Build one `row_type` from each row of a table.

    Raises:
        ResourceError: a row has an unknown, missing or mistyped field; the message names file and row.
    """
    readers = {field.name: _READERS[str(field.type).removesuffix(" | None")] for field in fields(row_type)}
    required = {field.name for field in fields(row_type) if field.default is MISSING}
    rows = []
    for number, row in enumerate(table, start=1):
        try:
            rows.append(_read_row(row, row_type, readers, required))
        except TypeError as error:
            raise ResourceError(f"{file}, entry {number} ({next(iter(row.values()), 'empty')}): {error}") from error
    return tuple(rows)


def _read_row(row: Mapping[str, Any], row_type: type[R], readers: Mapping[str, Reader], required: Set[str]) -> R:
    if not row.keys() <= readers.keys():
        raise TypeError(f"unknown field {', '.join(sorted(row.keys() - readers.keys()))}")
    if not row.keys() >= required:
        raise TypeError(f"{', '.join(sorted(required - row.keys()))} is missing")
    return row_type(**{name: readers[name](value) for name, value in row.items()})


def _scalar(expected: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not expected:
            raise TypeError(f"{value!r} is not of type {expected.__name__}")
        return value

    return read


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(type(item) is str for item in value):
        raise TypeError(f"{value!r} is not a list of strings")
    return tuple(value)


def _readings(value: Any) -> tuple[Reading, ...]:
    return read_rows(value, Reading, "reading")


_READERS: dict[str, Reader] = {
    "str": _scalar(str),
    "int": _scalar(int),
    "bool": _scalar(bool),
    "date": _scalar(date),
    "tuple[str, ...]": _strings,
    "tuple[Reading, ...]": _readings,
}


def duplicates(keys: Iterable[str]) -> Iterator[str]:
    """Yield each key that has come before."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield key
        seen.add(key)
