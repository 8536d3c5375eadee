"""/graphs: the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

``/graphs?graph=IRI`` and ``/graphs?default`` name a graph of the store; ``/graphs/...`` is the name of one itself.
Reading is open to everybody; for writing see `api.updates`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import parse_qsl, urljoin
from uuid import uuid4

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.addresses import path_of, root_of
from api.bodies import read_body
from api.conditional import is_fresh
from api.deps import Service, ServiceDep
from api.docs import Responses, answer_in, problems
from api.formats import GRAPHS, HTML, content_type
from api.graphstore import Place, adding, etag, in_format, parse_sent, removing, replacing, require_version
from api.negotiate import choose
from api.updates import require_writable, require_writer
from kb.errors import ApiError, NotFoundError
from kb.store import Store, Update, Written

router = APIRouter(tags=["Graphs"])

_DATA = tuple(offer for offer in GRAPHS if offer is not HTML)
_READ = answer_in(_DATA, "The graph.") | {304: {"description": "It is as the client has it."}}
_DONE: Responses = {204: {"description": "Done."}}
_MADE: Responses = {201: {"description": "The graph is new."}}
_BODY: dict[str, Any] = {
    "required": False,
    "content": {offer.media: {"schema": {"type": "string"}} for offer in _DATA[:4]},
}
_WRITING: dict[str, Any] = {"security": [{"token": []}]}
_SENDING: dict[str, Any] = {**_WRITING, "requestBody": _BODY}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_Graph = Annotated[str | None, Query(description="Name of the graph; a relative one is relative to this address.")]
_Default = Annotated[str | None, Query(description="The default graph; needs no value.")]


@router.get("/graphs", summary="Read a graph", response_class=Response, responses=_READ | problems(400, 404, 406, 503))
@router.get("/graphs/{path:path}", include_in_schema=False, response_class=Response)
def read_graph(request: Request, service: ServiceDep, graph: _Graph = None, default: _Default = None) -> Response:
    """Return a graph as RDF; the default graph is what a query without a dataset sees."""
    place = _required(request, service)
    if not place.exists(service.store):
        raise _missing(place)
    choice = choose(request.headers.get("accept"), _DATA)
    text = place.text(service.store)
    headers = {"ETag": etag(text, choice.format.name), "Vary": "Accept"}
    if is_fresh(request.headers, headers):
        return Response(status_code=304, headers=headers)
    assert isinstance(choice.format.engine, ox.RdfFormat)
    body = in_format(text, choice.format.engine)
    return Response(body, headers={**headers, "Content-Type": content_type(choice.media)})


@router.put(
    "/graphs",
    summary="Put a graph in the place of what there is",
    response_class=Response,
    status_code=204,
    responses=_DONE | _MADE | problems(400, 401, 403, 412, 413, 415, 503),
    openapi_extra=_SENDING,
)
@router.put("/graphs/{path:path}", include_in_schema=False, response_class=Response)
async def put_graph(request: Request, service: ServiceDep, graph: _Graph = None, default: _Default = None) -> Response:
    """Replace a graph by the one that is sent, or make it, in one step."""
    require_writer(request, service)
    return await _send(request, service, _required(request, service), replace=True)


@router.post(
    "/graphs",
    summary="Add to a graph",
    response_class=Response,
    status_code=204,
    responses=_DONE | _MADE | problems(400, 401, 403, 412, 413, 415, 503),
    openapi_extra=_SENDING,
)
@router.post("/graphs/{path:path}", include_in_schema=False, response_class=Response)
async def post_graph(request: Request, service: ServiceDep, graph: _Graph = None, default: _Default = None) -> Response:
    """Add what is sent (or the files of a form) to a graph, in one step; without a name, make a new one."""
    require_writer(request, service)
    place = _place(request, service) or Place(f"{root_of(request, service.settings)}/graphs/{uuid4().hex}")
    return await _send(request, service, place, replace=False)


@router.delete(
    "/graphs",
    summary="Remove a graph",
    response_class=Response,
    status_code=204,
    responses=_DONE | problems(400, 401, 403, 404, 412, 503),
    openapi_extra=_WRITING,
)
@router.delete("/graphs/{path:path}", include_in_schema=False, response_class=Response)
def delete_graph(request: Request, service: ServiceDep, graph: _Graph = None, default: _Default = None) -> Response:
    """Remove a graph; what is in the default graph, if it is that."""
    require_writer(request, service)
    place = _required(request, service)
    require_writable(service, _written(place))
    with service.base.writing() as store:
        if not place.exists(store):
            raise _missing(place)
        _checked(request, store, place)
        store.update(removing(place))
    return Response(status_code=204)


async def _send(request: Request, service: Service, place: Place, *, replace: bool) -> Response:
    require_writable(service, _written(place))
    body = await read_body(request, service.settings.max_update_bytes)
    media = request.headers.get("content-type", "")
    base = place.iri or f"{root_of(request, service.settings)}{path_of(request)}"

    def write() -> bool:
        triples = parse_sent(media, body, base)
        return _write(request, service, place, replacing(place, triples) if replace else adding(place, triples))

    if await run_in_threadpool(write):
        return Response(status_code=204)
    return Response(status_code=201, headers={"Location": str(place.iri)})


def _write(request: Request, service: Service, place: Place, update: Update) -> bool:
    """Write a graph if the conditions of the request hold; tell whether it had been there."""
    with service.base.writing() as store:
        existed = place.exists(store)
        _checked(request, store, place)
        store.update(update)
    return existed


def _checked(request: Request, store: Store, place: Place) -> None:
    if_match, if_none_match = (request.headers.get(name) for name in ("if-match", "if-none-match"))
    if if_match is not None or if_none_match is not None:
        require_version(place.text(store) if place.exists(store) else None, if_match, if_none_match)


def _written(place: Place) -> Written:
    return Written(unnamed=True) if place.iri is None else Written(frozenset([place.iri]))


def _required(request: Request, service: Service) -> Place:
    place = _place(request, service)
    if place is None:
        raise ApiError("the request names no graph", hint="Add ?graph=IRI or ?default.")
    return place


def _place(request: Request, service: Service) -> Place | None:
    """Return the graph that a request is about (section 4).

    Raises:
        ApiError: it names several, or one by what is no IRI.
    """
    address = f"{root_of(request, service.settings)}{path_of(request)}"
    names = _parameters(request.url.query)
    if len(names) > 1:
        raise ApiError("a request is about one graph")
    if names:
        return Place(None if names[0] is None else _iri(_absolute(names[0], address)))
    return Place(_iri(address)) if path_of(request).rstrip("/") != "/graphs" else None


def _parameters(query_string: str) -> list[str | None]:
    """Return the graphs that a query string names, percent-decoded once; None is the default graph."""
    try:
        found = parse_qsl(query_string, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise ApiError("the query string is not UTF-8") from error
    return [None if key == "default" else value for key, value in found if key in ("default", "graph")]


def _absolute(name: str, address: str) -> str:
    return name if _SCHEME.match(name) else urljoin(address, name)


def _iri(text: str) -> str:
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise ApiError(f"{text} is not an IRI: {error}") from error


def _missing(place: Place) -> NotFoundError:
    return NotFoundError(f"there is no graph {place.iri}", hint="SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs.")
