"""From the parameters of an address to a named query that is ready to run, a page of its rows, and a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from api.formats import Format
from api.negotiate import Choice, choose
from api.views.model import View
from kb.errors import OptionError, QueryParameterError
from kb.query import NamedQuery, Names, Parameter, ParameterType
from kb.store import Store

JSON = Format("json", "json", "application/json", None)
CSV = Format("csv", "csv", "text/csv", None)
JSON_LD = Format("jsonld", "jsonld", "application/ld+json", None)
FORMATS = (JSON, CSV, JSON_LD)

DEFAULT_LIMIT, MOST_ROWS = 100, 10_000
_MOST_OFFSET = 10**9

AS_OF = Parameter("as_of", ParameterType.LAST_DAY, "as known on that day, from articles until then", "2024-06-19")


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are wanted: `limit` of them after the first `offset`."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a view: values by filter, day of knowledge, page, and name of a format."""

    values: Mapping[str, list[str]]
    as_of: str | None
    page: Page
    format: str | None


def read_address(parameters: Iterable[tuple[str, str]]) -> Asked:
    """Return what the parameters of an address ask for; those without a value are passed over.

    Raises:
        OptionError: limit or offset is no number in its range, or something of which there is one is given twice.
    """
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        if value.strip():
            values.setdefault(name, []).append(value)
    page = Page(
        _number("limit", _single(values, "limit"), DEFAULT_LIMIT, MOST_ROWS),
        _number("offset", _single(values, "offset"), 0, _MOST_OFFSET),
    )
    as_of, format_ = _single(values, "as_of"), _single(values, "format")
    return Asked(values, as_of, page, format_)


def _single(values: dict[str, list[str]], name: str) -> str | None:
    given = values.pop(name, [])
    if len(given) > 1:
        raise OptionError(f"{name} is given {len(given)} times", hint=f"Give {name} once.")
    return given[0] if given else None


def _number(name: str, value: str | None, default: int, most: int) -> int:
    if value is None:
        return default
    if not (value.isascii() and value.isdecimal()) or len(value) > 10 or int(value) > most:
        raise OptionError(f"{name}={value}: it must be a whole number from 0 to {most:,}", hint="See /docs.")
    return int(value)


def wanted_format(accept: str | None, named: str | None) -> Choice:
    """Return the format that a name (``format=`` or a suffix) or else Accept asks for.

    Raises:
        OptionError: there is no format of that name.
        NotAcceptableError: none of the formats is acceptable.
    """
    if named is None:
        return choose(accept, FORMATS)
    for format_ in FORMATS:
        if format_.name == named:
            return Choice(format_, format_.media)
    raise OptionError(f"there is no format {named}; there are {', '.join(f.name for f in FORMATS)}", hint="See /docs.")


def by_suffix(path: str) -> tuple[str, str | None]:
    """Split the ending of a format off the last part of a path: ``PRK.csv`` is ``PRK`` in CSV."""
    stem, dot, ending = path.rpartition(".")
    known = dot and stem and any(format_.suffix == ending for format_ in FORMATS)
    return (stem, ending) if known else (path, None)


def bound(view: View, values: Mapping[str, list[str]], store: Store) -> str:
    """Return the query of a view with the values of its filters; names are looked up in the store.

    Raises:
        QueryParameterError: the view has no such filter, or a value cannot be used.
    """
    query = view.query
    for name, given in values.items():
        if name not in view.filters:
            known = ", ".join([*view.filters, "as_of", "limit", "offset", "format"])
            raise QueryParameterError(f"{view.name} has no filter {name}; it has {known}", hint="See /docs.")
        query = filled(query, name, view.parameter(view.filters[name]), given, store)
    return query.text


def filled(query: NamedQuery, name: str, parameter: Parameter, given: list[str], store: Store) -> NamedQuery:
    """Return a query with values for one parameter, which the reader knows by another `name`.

    Raises:
        QueryParameterError: a value cannot be used.
    """
    try:
        return replace(query, text=query.bind({parameter.name: given}, Names(store).find))
    except QueryParameterError as error:
        reason = error.__cause__ or error
        raise QueryParameterError(
            f"{name}={', '.join(given)}: {reason}", hint=f"{name} is {parameter.meaning}, such as {parameter.example}."
        ) from error
