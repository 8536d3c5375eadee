"""Parts of the OpenAPI description that several routes share, and the description as a page without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.errors import PROBLEM
from api.formats import Format
from api.models import ArticleBody, Problem

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """Return the descriptions of error answers with these HTTP statuses."""
    return {status: {"content": {PROBLEM: {"schema": reference_to(Problem)}}} for status in statuses}


_SCHEMAS = "#/components/schemas/{model}"


def reference_to(model: type[BaseModel]) -> dict[str, str]:
    """Return a reference to a model that `complete` describes."""
    return {"$ref": _SCHEMAS.format(model=model.__name__)}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI description with the schemas and the security scheme that routes refer to by hand.

    FastAPI's own validation errors (422) go: every error of ours is a problem object.
    """
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (Problem, ArticleBody):
        schema = model.model_json_schema(ref_template=_SCHEMAS)
        schemas |= schema.pop("$defs", {}) | {model.__name__: schema}
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for methods in document["paths"].values():
        for said in methods.values():
            said["responses"].pop("422", None)
    return document


def answer_in(formats: Iterable[Format], description: str) -> Responses:
    """Return the description of an answer that comes in several formats."""
    names = dict.fromkeys(format_.media for format_ in formats)
    return {200: {"description": description, "content": {name: {} for name in names}}}


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Mapping[str, Any]]
    bodies: Mapping[str, Mapping[str, Any]]
    responses: Mapping[str, Mapping[str, Any]]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.method}{self.path}".replace("{", "").replace("}", "").replace("/", "-").lower()


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, list[Operation]]]:
    """Yield the operations of an OpenAPI 3.1 document by their first tag, in its order."""
    by_tag: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            by_tag.setdefault(said.get("tags", ["other"])[0], []).append(_operation(method, path, said))
    yield from by_tag.items()


def _operation(method: str, path: str, said: Mapping[str, Any]) -> Operation:
    return Operation(
        method.upper(),
        path,
        said.get("summary", ""),
        said.get("description", ""),
        said.get("parameters", []),
        said.get("requestBody", {}).get("content", {}),
        said.get("responses", {}),
    )


def type_of(schema: Mapping[str, Any]) -> str:
    """Return the type of a JSON schema in words: ``string``, ``list of integer``, ``string or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(type_of(part) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    kind = str(schema.get("format") or schema.get("type", "any"))
    return f"{kind}: {', '.join(map(str, schema['enum']))}" if "enum" in schema else kind
