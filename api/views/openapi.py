"""The views in the OpenAPI description: parameters from the heads of the queries, answers from their columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.docs import Responses, problems
from api.views.filters import AS_OF, CSV, DEFAULT_LIMIT, FORMATS, JSON, JSON_LD, MOST_ROWS
from api.views.model import Catalogue, View
from kb.query import NamedQuery, Parameter, ParameterType

Schema = dict[str, Any]

PREFIX = "/api"
"""What the addresses of all views begin with."""

_IRI: Schema = {"type": "string", "format": "iri"}
_TYPES: dict[str, Schema] = {
    "integer": {"type": ["integer", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
    "iri": {"type": ["string", "null"], "format": "iri"},
}
_TEXT: Schema = {"type": ["string", "null"]}
_ENTITY: Schema = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": _IRI, "name": _TEXT, "code": _TEXT, "kind": _TEXT},
}
_VALUE: Schema = {"anyOf": [{"type": ["string", "integer", "null"]}, _ENTITY]}
_SLOT: Schema = {"anyOf": [*_VALUE["anyOf"], {"type": "array", "items": _VALUE}]}
_CSV: Schema = {"schema": {"type": "string", "description": "RFC 4180, with a header line."}}
_LINKED: Schema = {"schema": {"type": "object", "description": "The JSON with a context, IRIs and datatypes."}}


def list_operation(catalogue: Catalogue, view: View) -> Schema:
    """Return what FastAPI does not know of the operation that lists a view."""
    parameters = [*_path_parameters(view), *_filters(view), *_common(paged=True)]
    return {"operationId": f"list-{view.name}", "parameters": parameters}


def list_responses(catalogue: Catalogue, view: View) -> Responses:
    """Return the answers of the operation that lists a view."""
    page: Schema = {
        "type": "object",
        "required": ["total", "limit", "offset", "items"],
        "properties": {
            "total": {"type": "integer", "description": "How many rows there are on all pages."},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "items": {"type": "array", "items": _item(catalogue, view)},
        },
    }
    headers = {
        "X-Total-Count": {"schema": {"type": "integer"}, "description": "How many rows there are on all pages."},
        "Link": {"schema": {"type": "string"}, "description": "The first, previous and next page (RFC 8288)."},
    }
    answer = {"description": _answer(view), "content": _content(page), "headers": headers}
    return {200: answer} | problems(400, 406, 503)


def one_operation(view: View) -> Schema:
    """Return what FastAPI does not know of the operation that answers about one thing."""
    assert view.one is not None
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    said = {"description": f"The last part of its IRI, id/{view.one.kind}/...", "example": view.one.example}
    return {"operationId": f"get-{view.name}", "parameters": [path | said, *_common(paged=False)]}


def one_responses(catalogue: Catalogue, view: View) -> Responses:
    """Return the answers of the operation that answers about one thing."""
    assert view.one is not None
    item = _item(catalogue, view)
    for part in view.one.parts:
        rows = {"type": "array", "items": _row(catalogue, part.query), "description": f"{part.query.summary}."}
        item["properties"][part.name] = rows
        item["required"].append(part.name)
    return {200: {"description": _answer(view), "content": _content(item)}} | problems(400, 404, 406, 503)


def _answer(view: View) -> str:
    return f"{view.query.summary}."


def _content(schema: Schema) -> Schema:
    return {JSON.media: {"schema": schema}, CSV.media: _CSV, JSON_LD.media: _LINKED}


def _item(catalogue: Catalogue, view: View) -> Schema:
    schema = _row(catalogue, view.query, slots=view.slots)
    del schema["properties"][view.key]
    schema["properties"] = {"id": {**_IRI, "description": "What it is about."}, **schema["properties"]}
    schema["required"] = list(schema["properties"])
    return schema | ({"additionalProperties": _SLOT} if view.slots else {})


def _row(catalogue: Catalogue, query: NamedQuery, *, slots: bool = False) -> Schema:
    types = catalogue.types(query)
    other = _SLOT if slots else _TEXT
    columns = {name: _TYPES.get(types.get(name, ""), other) for name in columns_of(query)}
    return {"type": "object", "required": list(columns), "properties": columns}


def columns_of(query: NamedQuery) -> list[str]:
    """Return the columns of a query's answer, in order."""
    head = re.sub(r"(?m)^(#|PREFIX).*$", "", query.text).partition("WHERE")[0]
    plain = re.sub(r"\((?:[^()]|\([^()]*\))* AS \?(\w+)\)", r"?\1", head)
    return re.findall(r"\?(\w+)", plain)


def add_examples(document: Schema, catalogue: Catalogue) -> Schema:
    """Return the OpenAPI description with an answer of each view, read from the sample articles.

    FastAPI would leave out what is null in them.
    """
    examples = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
    for path, methods in document["paths"].items():
        for view in catalogue.views:
            if path == f"{PREFIX}/{view.name}" or path.startswith(f"{PREFIX}/{view.name}/"):
                answer = methods["get"]["responses"]["200"]["content"][JSON.media]
                answer["example"] = _example(view, path, examples[view.name])
    return document


def _example(view: View, path: str, item: Schema) -> Schema:
    if view.one is not None and path.endswith("{id}"):
        return item | {part.name: [] for part in view.one.parts}
    return {"total": 1, "limit": DEFAULT_LIMIT, "offset": 0, "items": [item]}


# --- parameters -------------------------------------------------------------------------------------------------------


def _path_parameters(view: View) -> Iterator[Schema]:
    if view.of is not None:
        said = _described(view.parameter(view.of), "entity") | {"in": "path", "required": True, "example": view.example}
        yield {name: value for name, value in said.items() if name not in ("style", "explode")}


def _filters(view: View) -> Iterator[Schema]:
    for name, parameter in view.filters.items():
        yield _described(view.parameter(parameter), name)


def _described(parameter: Parameter, name: str) -> Schema:
    value: Schema = {"type": "string"}
    if parameter.type is ParameterType.CHOICE:
        value["enum"] = list(parameter.choices)
    meaning = parameter.meaning[0].upper() + parameter.meaning[1:]
    return {"name": name, "in": "query", "description": f"{meaning}.", "schema": value, "example": parameter.example}


def _common(*, paged: bool) -> Iterator[Schema]:
    yield _described(AS_OF, "as_of")
    if paged:
        yield _number("limit", "How many rows to answer with at most.", 0, MOST_ROWS, DEFAULT_LIMIT)
        yield _number("offset", "How many rows to leave out before.", 0, 10**9, 0)
    names = [format_.name for format_ in FORMATS]
    said = "The format, which wins over Accept; the ending of the path (.json, .csv, .jsonld) wins over it."
    yield {"name": "format", "in": "query", "description": said, "schema": {"enum": names}, "example": "csv"}


def _number(name: str, description: str, least: int, most: int, default: int) -> Schema:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "description": description, "schema": schema, "example": default}
