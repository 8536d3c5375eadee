"""/reconcile: the Reconciliation Service API 0.2 for OpenRefine and others who match names in tables."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.addresses import root_of
from api.bodies import media_type, read_body
from api.deps import Service, ServiceDep
from api.docs import Responses, problems
from api.protocol import FORM
from api.reconcile import candidates
from api.reconcile.answers import (
    extended,
    manifest,
    proposed_properties,
    suggested_entities,
    suggested_properties,
    suggested_types,
)
from api.reconcile.protocol import read_batch, read_extension
from kb.errors import NotFoundError, OptionError, UnsupportedMediaError

router = APIRouter(prefix="/reconcile", tags=["Reconciliation"])

MAX_BYTES = 1_000_000
"""How long a batch may be."""

_OBJECT: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
_FOUND: dict[str, Any] = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["result"],
            "properties": {"result": {"type": "array", "items": {"type": "object", "required": ["id", "name"]}}},
        }
    }
}
_EXAMPLE = '{"q0": {"query": "Democratic People\'s Republic of Korea", "type": "State", "limit": 3}}'
_ANSWER: Responses = {200: {"description": "The manifest, candidates for each query, or data.", "content": _OBJECT}}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
            },
            "example": {"queries": _EXAMPLE},
        }
    },
}

_Queries = Annotated[str | None, Query(description="A batch of queries as JSON.", examples=[_EXAMPLE])]
_Extend = Annotated[
    str | None,
    Query(
        description="Entities and properties to fetch, as JSON.",
        examples=['{"ids": ["state/PRK"], "properties": [{"id": "code"}]}'],
    ),
]
_Prefix = Annotated[str, Query(description="What was typed so far.", examples=["Nor"], max_length=500)]
_Cursor = Annotated[int, Query(description="How many suggestions to leave out.", ge=0, le=10**6)]


@router.get(
    "",
    summary="The service, or candidates for names",
    response_class=Response,
    responses=_ANSWER | problems(400, 413, 503),
)
def reconcile_get(request: Request, service: ServiceDep, queries: _Queries = None, extend: _Extend = None) -> Response:
    """Say what the service offers; with `queries`, match names; with `extend`, fetch the values of properties."""
    return _answer(request, service, queries, extend)


@router.post(
    "",
    summary="Candidates for names, or data",
    response_class=Response,
    responses=_ANSWER | problems(400, 413, 415, 503),
    openapi_extra={"requestBody": _BODY},
)
async def reconcile_post(request: Request, service: ServiceDep) -> Response:
    """Match the names of a batch in the form field `queries`, or fetch the values of properties for `extend`."""
    media = media_type(request.headers.get("content-type", ""))
    if media != FORM:
        raise UnsupportedMediaError(f"a batch is sent as {FORM}, not as {media or 'a body without type'}")
    request.state.reads_only = True
    queries, extend = _fields(await read_body(request, MAX_BYTES))
    if queries is None and extend is None:
        raise OptionError("the form has neither queries nor extend", hint="See the Reconciliation Service API 0.2.")
    return await run_in_threadpool(_answer, request, service, queries, extend)


def _fields(body: bytes) -> tuple[str | None, str | None]:
    try:
        form = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=20)
    except ValueError as error:
        raise OptionError(f"the body is no form: {error}", hint="Percent-encode UTF-8.") from error
    return tuple(form.get(name, [None])[0] for name in ("queries", "extend"))  # type: ignore[return-value]


def _answer(request: Request, service: Service, queries: str | None, extend: str | None) -> Response:
    if queries is not None:
        batch, index = read_batch(queries), service.index
        return JSONResponse({name: {"result": candidates(index, query)} for name, query in batch.items()})
    if extend is not None:
        return JSONResponse(extended(service.index, read_extension(extend)))
    return JSONResponse(manifest(root_of(request, service.settings), service.entity_types))


@router.get(
    "/suggest/entity",
    summary="Suggest entities",
    response_class=Response,
    responses={200: {"description": "Entities.", "content": _FOUND}, **problems(400, 503)},
)
def suggest_entity(service: ServiceDep, prefix: _Prefix = "", cursor: _Cursor = 0) -> Response:
    """Return entities with a name, or a word of a name, that begins with what was typed."""
    return JSONResponse(suggested_entities(service.index, prefix, cursor))


@router.get(
    "/suggest/type",
    summary="Suggest types",
    response_class=Response,
    responses={200: {"description": "Types.", "content": _FOUND}, **problems(400)},
)
def suggest_type(service: ServiceDep, prefix: _Prefix = "", cursor: _Cursor = 0) -> Response:
    """Return the types of entities that can be matched."""
    return JSONResponse(suggested_types(service.entity_types, prefix, cursor))


@router.get(
    "/suggest/property",
    summary="Suggest properties",
    response_class=Response,
    responses={200: {"description": "Properties.", "content": _FOUND}, **problems(400)},
)
def suggest_property(service: ServiceDep, prefix: _Prefix = "", cursor: _Cursor = 0) -> Response:
    """Return the properties by which a match can be narrowed, and whose values can be fetched."""
    return JSONResponse(suggested_properties(service.entity_types, prefix, cursor))


@router.get(
    "/properties",
    summary="Propose properties of a type",
    response_class=Response,
    responses={200: {"description": "The properties.", "content": _OBJECT}, **problems(400)},
)
def propose_properties(
    service: ServiceDep,
    type_: Annotated[str, Query(alias="type", description="A type.", examples=["State"])] = "",
    limit: Annotated[int | None, Query(description="How many at most.", ge=0, le=1000)] = None,
) -> Response:
    """Return the properties whose values can be fetched for entities of a type."""
    return JSONResponse(proposed_properties(service.entity_types, type_, limit))


@router.get(
    "/preview",
    summary="Preview an entity",
    response_class=Response,
    responses={200: {"description": "A small page.", "content": {"text/html": {}}}, **problems(400, 404, 503)},
)
def preview(
    service: ServiceDep, id_: Annotated[str, Query(alias="id", description="An identifier.", examples=["state/PRK"])]
) -> Response:
    """Show an entity on a small page that another page can hold in a frame."""
    known = service.index.find(id_)
    if known is None:
        raise NotFoundError(f"there is no entity {id_}", hint="GET /reconcile/suggest/entity finds identifiers.")
    page = service.pages.response("preview.html", known=known)
    page.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors *"
    return page
