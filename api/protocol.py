"""From an HTTP request to a query or update and its dataset (https://www.w3.org/TR/sparql11-protocol/).

A query comes in one of three ways: in the query string of a GET, in a form that is posted, or as the body itself; an
update in the latter two (sections 2.1 and 2.2). The dataset may be in the query string, and in the form. Whatever else
there is in them is ignored, as clients send parameters of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kb.errors import ApiError, UnsupportedMediaError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

MAX_REQUEST_BYTES = 1_000_000
"""A query longer than this is refused; the longest of our own has less than 10,000 bytes."""

_MAX_PARAMETERS = 1000

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query and the protocol's dataset; `format` is the short name of a format that was asked for beside Accept.

    `query` is None where a GET has none: such a request asks about the service.
    """

    query: str | None
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    format: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update and the protocol's dataset for its patterns (section 2.2.3)."""

    update: str
    using: Sequence[str] = ()
    using_named: Sequence[str] = ()


def read_get(query_string: str) -> QueryRequest:
    """Read a GET request.

    Raises:
        ApiError: it is not in the form of the protocol.
    """
    parameters = _parse(query_string)
    if _values(parameters, "update"):
        raise ApiError("an update is never sent by GET", hint="Updates change data; GET must not.")
    return _request(parameters, needed=False)


def read_post(query_string: str, content_type: str | None, body: bytes) -> QueryRequest | UpdateRequest:
    """Read a POST request, by form or with the query or update as its body.

    Raises:
        UnsupportedMediaError: the body is neither.
        ApiError: it is not in the form of the protocol.
    """
    media = _media_type(content_type)
    outside = _parse(query_string)
    text = _decode(body)
    if media == FORM:
        inside = _parse(text)
    elif media == QUERY:
        inside = [("query", text)]
    elif media == UPDATE:
        inside = [("update", text)]
    else:
        raise UnsupportedMediaError(
            f"a query is posted as {FORM} or {QUERY}, not as {content_type or 'a body without Content-Type'}"
        )
    parameters = outside + inside
    return _update(parameters) or _request(parameters, needed=True)


def _update(parameters: Parameters) -> UpdateRequest | None:
    updates = _values(parameters, "update")
    if len(updates) > 1 or (updates and _values(parameters, "query")):
        raise ApiError("a request holds one query or one update")
    if not updates:
        return None
    return UpdateRequest(
        updates[0], _graphs(parameters, "using-graph-uri"), _graphs(parameters, "using-named-graph-uri")
    )


def _request(parameters: Parameters, *, needed: bool) -> QueryRequest:
    queries = _values(parameters, "query")
    if len(queries) > 1:
        raise ApiError(f"a request holds one query, not {len(queries)}")
    if not queries and needed:
        raise ApiError("the request holds no query")
    formats = _values(parameters, "format")
    return QueryRequest(
        queries[0] if queries else None,
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        formats[0] if formats else None,
    )


def _graphs(parameters: Parameters, name: str) -> Sequence[str]:
    graphs = _values(parameters, name)
    for iri in graphs:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise ApiError(f"{name}={iri} is not an absolute IRI: {error}") from error
    return graphs


def _values(parameters: Parameters, name: str) -> list[str]:
    return [value for key, value in parameters if key == name]


def _parse(encoded: str) -> Parameters:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise ApiError("the percent-encoded text is not UTF-8") from error
    except ValueError as error:
        raise ApiError(f"the parameters cannot be read: {error}") from error


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ApiError(f"the body is not UTF-8: byte {error.start + 1} of it") from error


def _media_type(content_type: str | None) -> str:
    """Return the media type alone; a charset other than UTF-8 is refused."""
    media, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise UnsupportedMediaError(f"a query is sent in UTF-8, not in {value}")
    return media
