"""From rows to objects: plain JSON, and the same with IRIs and types as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from api.views.model import Catalogue, View
from api.views.terms import DEM, Terms
from kb.facts import XSD_INTEGER
from kb.query import NamedQuery
from kb.query.tables import XSD_STRING
from kb.store import Store, Table, Term
from kb.vocab import CONCEPTS

XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_LIST_SEPARATOR = "; "
_STATUS, _TYPE = "status", "type"

Item = dict[str, Any]
Row = Mapping[str, Term | None]


class Items:
    """Makes objects of the rows that a store gives; with `linked` they are JSON-LD, but for the context."""

    def __init__(self, catalogue: Catalogue, terms: Terms, store: Store, *, linked: bool) -> None:
        self._catalogue, self._terms, self._store, self._linked = catalogue, terms, store, linked

    def of_view(self, view: View, table: Table) -> list[Item]:
        """Return the things that the rows of a view are about."""
        things = self.of_query(view.query, table, key=view.key)
        if view.slots:
            slots = self._slots([thing["id"] for thing in things])
            empty: Item = {name: [] for name in table.variables if name in self._terms.many}
            things = [self._columns_beside_slots(thing) | empty | slots.get(thing["id"], {}) for thing in things]
        return [self._classified(view, thing) for thing in things] if self._linked else things

    def _columns_beside_slots(self, item: Item) -> Item:
        """Return the columns; in JSON-LD not those that a slot gives with its datatype, or is no fact without one."""
        if not self._linked:
            return item
        return {name: value for name, value in item.items() if name not in self._terms.properties}

    def of_query(self, query: NamedQuery, table: Table, key: str | None = None) -> list[Item]:
        """Return an object of each row; the column `key`, if there is one, comes first, as ``id``."""
        types = self._catalogue.types(query)
        return [self._item(row, types, key) for row in rows_of(table)]

    def _item(self, row: Row, types: Mapping[str, str], key: str | None) -> Item:
        item: Item = {"id": text(row[key])} if key else {}
        columns = {name: self._column(name, term, types.get(name)) for name, term in row.items() if name != key}
        return item | columns

    def _column(self, name: str, term: Term | None, type_: str | None) -> Any:
        if type_ == "list":
            return text(term).split(_LIST_SEPARATOR) if text(term) else []
        if self._linked and name == _STATUS and term is not None:
            notation = text(term)
            return {"id": DEM + CONCEPTS["factuality-scheme"][notation], "notation": notation}
        return plain(term)

    def _classified(self, view: View, item: Item) -> Item:
        class_ = f"dem:{view.type}" if view.type else self._terms.classes[item[_TYPE]]
        return {"@type": class_, **item}

    def _slots(self, iris: Sequence[str]) -> dict[str, Item]:
        """Return the slots of things by their IRI: lists where a slot can hold several values."""
        found: dict[str, Item] = {}
        if iris:
            table = self._store.select(self._catalogue.slots.bind({"event": iris}))
            for row in rows_of(table):
                self._add(found.setdefault(text(row["event"]), {}), row)
        return found

    def _add(self, item: Item, row: Row) -> None:
        name, value = text(row["slot"]), self._value(row)
        if name in self._terms.many:
            item.setdefault(name, []).append(value)
        else:
            item.setdefault(name, value)

    def _value(self, row: Row) -> Any:
        value = row["value"]
        if row["notation"] is not None:
            notation = text(row["notation"])
            return {"id": text(value), "notation": notation} if self._linked else notation
        if isinstance(value, ox.Literal):
            return _typed(value) if self._linked else plain(value)
        named = {"id": text(value), **{name: plain(row[name]) for name in ("name", "code")}}
        kind = plain(row["kind"])
        if not self._linked:
            return named | {"kind": kind}
        return named | ({"@type": f"dem:{kind.capitalize()}"} if kind else {})


def rows_of(table: Table) -> list[dict[str, Term | None]]:
    """Return the rows of a table with the names of its columns."""
    return [dict(zip(table.variables, row, strict=True)) for row in table.rows]


def plain(term: Term | None) -> Any:
    """Return a term as JSON has it: a number, a truth value, text, or None for nothing at all."""
    if isinstance(term, ox.Literal) and term.datatype.value == XSD_INTEGER:
        return int(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == XSD_BOOLEAN:
        return term.value == "true"
    return text(term) or None


def text(term: Term | None) -> str:
    """Return the value of a term; "" for None."""
    return "" if term is None else str(term.value)


def _typed(literal: ox.Literal) -> Any:
    """Return a literal as JSON-LD has it: with its datatype, unless JSON has one of that kind."""
    value = plain(literal)
    if not isinstance(value, str) or literal.datatype.value == XSD_STRING:
        return value
    return {"@value": value, "@type": literal.datatype.value}
