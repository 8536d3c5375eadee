"""Parameters of named queries: from the text that a user gives to terms that are safe to put into a query."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

import pyoxigraph as ox

from kb.settings import BASE_IRI

XSD = "http://www.w3.org/2001/XMLSchema#"


class ParameterType(StrEnum):
    """What a value means, and thereby which values there are."""

    STATE = "state"
    """ISO 3166-1 alpha-3 code, IRI, or a name that the base knows."""
    ACTOR = "actor"
    """Code of a state or organisation, IRI, or the name of a state, organisation, group or official."""
    IRI = "iri"
    """Absolute IRI, or what stands behind the base IRI in the tables: ``article/3f2a#visit-91c2``."""
    TEXT = "text"
    """Any text."""
    FIRST_DAY = "first-day"
    """ISO 8601 day, month or year; stands for its first day."""
    LAST_DAY = "last-day"
    """ISO 8601 day, month or year; stands for its last day."""
    INTEGER = "integer"
    """Whole number."""
    CHOICE = "choice"
    """One of the values that the query's head lists."""


Find = Callable[[str, ParameterType], Sequence[str]]
"""Finds the IRIs of those whom a name means; raises ValueError, with similar names in it, if there are none."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query, as its head describes it."""

    name: str
    type: ParameterType
    meaning: str
    example: str
    choices: tuple[str, ...] = ()

    def terms(self, value: str, find: Find | None = None) -> str:
        """Return the value as SPARQL terms; several where a code or name can mean several things.

        Names of states and actors need `find`; without it only codes and IRIs can be used.

        Raises:
            ValueError: it is none of the values that the type has; the message says what is wrong with it.
        """
        terms = self._terms(value.strip(), find)
        return " ".join(str(term) for term in terms)

    def _terms(self, value: str, find: Find | None) -> Sequence[ox.NamedNode | ox.Literal]:
        match self.type:
            case ParameterType.STATE | ParameterType.ACTOR:
                return _actors(value, self.type, find)
            case ParameterType.IRI:
                return [_iri(value)]
            case ParameterType.TEXT:
                return [ox.Literal(_some(value))]
            case ParameterType.FIRST_DAY | ParameterType.LAST_DAY:
                day = _bounds(value)[self.type is ParameterType.LAST_DAY]
                return [ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))]
            case ParameterType.INTEGER:
                return [_integer(value)]
            case ParameterType.CHOICE:
                return [ox.Literal(_choice(value, self.choices))]


_CODE = re.compile(r"[A-Z][A-Z0-9]+")
_STATE = re.compile(r"[A-Za-z]{3}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_BELOW_BASE = re.compile(r"(?:article|id|graph|run)/.")


def _actors(value: str, type_: ParameterType, find: Find | None) -> Sequence[ox.NamedNode]:
    if ":" in value or _BELOW_BASE.match(value):
        return [_iri(value)]
    if find is not None:
        return [ox.NamedNode(iri) for iri in find(_some(value), type_)]
    return [ox.NamedNode(iri) for iri in iris_of_code(value, type_)]


def iris_of_code(value: str, type_: ParameterType) -> Sequence[str]:
    """Return the IRIs that a code can mean, without asking a store whether they are known.

    Raises:
        ValueError: it is not in the form of a code.
    """
    if type_ is ParameterType.STATE:
        if not _STATE.fullmatch(value):
            raise ValueError("it is not the three-letter code of a state")
        return [f"{BASE_IRI}id/state/{value.upper()}"]
    if not _CODE.fullmatch(value):
        raise ValueError("it is not the code of a state or organisation")
    return [f"{BASE_IRI}id/{kind}/{value}" for kind in ("state", "organisation")]


def _iri(value: str) -> ox.NamedNode:
    iri = BASE_IRI + value if _BELOW_BASE.match(value) else _some(value)
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise ValueError("it is not an IRI") from error


def _some(value: str) -> str:
    if not value:
        raise ValueError("it is empty")
    return value


def _bounds(value: str) -> tuple[date, date]:
    """Return the first and the last day of a day, month or year."""
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError("it is not a date: write a day, month or year as YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError("there is no such day") from error
    last_month = month or 12
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def _integer(value: str) -> ox.Literal:
    if not re.fullmatch(r"-?\d{1,18}", value):
        raise ValueError("it is not a whole number")
    return ox.Literal(int(value))


def _choice(value: str, choices: Sequence[str]) -> str:
    if value in choices:
        return value
    close = get_close_matches(value, choices, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise ValueError(f"{hint}it must be one of {', '.join(choices)}")
