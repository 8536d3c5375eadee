"""What views there are, read from ``views.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.query import NamedQuery, Parameter, find_query

FILE = Path(__file__).with_name("views.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of another query in the answer about one thing; the query's parameter `by` is the thing's IRI."""

    name: str
    query: NamedQuery
    by: str


@dataclass(frozen=True, slots=True)
class One:
    """How a view answers about one thing: the row whose parameter `by` is its IRI, ``id/KIND/...``, and its parts."""

    by: str
    kind: str
    example: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class View:
    """One view: a named query, and what its parameters and columns are called in addresses and answers.

    `filters` maps names in the address to parameters of the query, `key` is the column with the IRI of a row's thing,
    `type` its class where no column says it. With `slots`, `event-slots` adds objects. `of` is the parameter that
    stands in the path, for a view that is only of something.
    """

    name: str
    query: NamedQuery
    key: str
    filters: Mapping[str, str]
    type: str | None = None
    slots: bool = False
    of: str | None = None
    example: str = ""
    one: One | None = None

    def parameter(self, name: str) -> Parameter:
        """Return the query's parameter of that name."""
        return next(parameter for parameter in self.query.parameters if parameter.name == name)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All views; `columns` are the types of columns by query, `context` is what columns mean in JSON-LD."""

    views: Sequence[View]
    columns: Mapping[str, Mapping[str, str]]
    context: Mapping[str, Any]
    slots: NamedQuery

    def types(self, query: NamedQuery) -> Mapping[str, str]:
        """Return what the columns of a query hold: integer, boolean, list or iri; text where it is silent."""
        return {**self.columns.get("*", {}), **self.columns.get(query.name, {})}


def load_catalogue(queries: Mapping[str, NamedQuery], path: Path = FILE) -> Catalogue:
    """Read the views, which are made of these queries.

    Raises:
        ResourceError: the file names a query or parameter that there is none of.
        UnknownQueryError: the same.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    views = [_view(row, queries) for row in document["view"]]
    return Catalogue(views, document["columns"], document["context"], find_query(queries, "event-slots"))


def _view(row: Mapping[str, Any], queries: Mapping[str, NamedQuery]) -> View:
    query = find_query(queries, row["query"])
    one = _one(row["one"], queries) if "one" in row else None
    known = {parameter.name for parameter in query.parameters}
    named = {*row["filters"].values(), *([one.by] if one else []), *([row["of"]] if "of" in row else [])}
    if missing := named - known:
        raise ResourceError(f"{FILE.name}: the query {query.name} has no parameter {', '.join(sorted(missing))}")
    given = {name: row[name] for name in ("type", "slots", "of", "example") if name in row}
    return View(row["name"], query, row["key"], row["filters"], one=one, **given)


def _one(row: Mapping[str, Any], queries: Mapping[str, NamedQuery]) -> One:
    parts = [Part(name, find_query(queries, part["query"]), part["by"]) for name, part in row["parts"].items()]
    return One(row["by"], row["kind"], row["example"], parts)
