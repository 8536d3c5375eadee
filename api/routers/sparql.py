"""/sparql: the SPARQL 1.1 Protocol for queries, a form for browsers, and the service description."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.addresses import root_of
from api.answers import Chooser, Shown, as_response, evaluate, shown
from api.asking import answer
from api.bodies import read_body
from api.deps import Service, service_of
from api.docs import Responses, answer_in, problems
from api.errors import problem_of
from api.formats import GRAPHS, ROWS, content_type
from api.negotiate import choose, prefers_html
from api.protocol import FORM, MAX_REQUEST_BYTES, QUERY, UPDATE, QueryRequest, UpdateRequest, read_get, read_post
from api.service_description import service_description
from api.updates import updated
from kb.errors import QueryError

router = APIRouter(tags=["SPARQL"])

EXAMPLE = """PREFIX dem: <https://w3id.org/demarche/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?visit ?visitor ?date WHERE {
  ?visit a dem:Visit ;
    dem:visitor/rdfs:label ?visitor ;
    dem:destination <https://w3id.org/demarche/id/state/PRK> .
  OPTIONAL { ?visit dem:start ?date }
}
ORDER BY ?date"""

_ANSWER = answer_in((*ROWS, *GRAPHS), "The answer, in the format that Accept or `format` asks for.")
_UPDATED: Responses = {204: {"description": "The update has been carried out."}}
_IRIS = {"type": "array", "items": {"type": "string", "format": "uri"}}
_BODY = {
    "required": True,
    "content": {
        QUERY: {"schema": {"type": "string"}, "example": "ASK { ?event a <https://w3id.org/demarche/ontology#Visit> }"},
        UPDATE: {
            "schema": {"type": "string"},
            "example": "INSERT DATA { GRAPH <http://notes.example/> { <http://notes.example/1> a <urn:x:Note> } }",
        },
        FORM: {
            "schema": {
                "type": "object",
                "properties": {
                    "query": {"type": "string"},
                    "default-graph-uri": _IRIS,
                    "named-graph-uri": _IRIS,
                    "update": {"type": "string"},
                    "using-graph-uri": _IRIS,
                    "using-named-graph-uri": _IRIS,
                },
            }
        },
    },
}

_PARAMETERS = [
    {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema}
    for name, meaning, schema in (
        ("query", "SELECT, ASK, CONSTRUCT or DESCRIBE.", {"type": "string"}),
        ("default-graph-uri", "Merged to the default graph.", _IRIS),
        ("named-graph-uri", "A named graph of the dataset.", _IRIS),
        ("format", "Short name of a format, such as csv; wins over Accept.", {"type": "string"}),
    )
]
"""Only said, not read: `api.protocol` does that by the rules of the protocol, and quicker."""


@router.get(
    "/sparql",
    summary="Ask by GET",
    responses=_ANSWER | problems(400, 406, 503, 504),
    response_class=Response,
    openapi_extra={"parameters": _PARAMETERS},
)
@router.get("/sparql/", include_in_schema=False, response_class=Response)
async def sparql_get(request: Request) -> Response:
    """Answer a query. Without one: a form for browsers, for others the description of the service in RDF."""
    service, asked = service_of(request), read_get(request.url.query)
    if asked.query is None:
        return await run_in_threadpool(_about_service, request, service)
    return await _answer(request, service, asked)


@router.post(
    "/sparql",
    summary="Ask by POST",
    responses=_ANSWER | _UPDATED | problems(400, 401, 403, 406, 413, 415, 503, 504),
    response_class=Response,
    openapi_extra={"requestBody": _BODY, "security": [{}, {"token": []}]},
)
@router.post("/sparql/", include_in_schema=False, response_class=Response)
async def sparql_post(request: Request) -> Response:
    """Answer a query, or carry out an update, that is posted as a form or as the body itself.

    An update is one atomic step, needs the token, and is offered only where KB_UPDATES says so.
    """
    service = service_of(request)
    limit = MAX_REQUEST_BYTES if service.settings.updates == "off" else service.settings.max_update_bytes
    body = await read_body(request, limit)
    asked = read_post(request.url.query, request.headers.get("content-type"), body)
    if isinstance(asked, UpdateRequest):
        return await run_in_threadpool(updated, request, service, asked, endpoint_of(request, service))
    return await _answer(request, service, asked)


def endpoint_of(request: Request, service: Service) -> str:
    """Return the address by which the request reached the endpoint; raises as `root_of`."""
    return f"{root_of(request, service.settings)}/sparql"


def _about_service(request: Request, service: Service) -> Response:
    choice = choose(request.headers.get("accept"), GRAPHS)
    if choice.format.engine is None:
        return service.pages.response("sparql.html", asked=None, example=EXAMPLE, shown=None, problem=None)
    assert isinstance(choice.format.engine, ox.RdfFormat)
    body = service_description(service.described(root_of(request, service.settings)), choice.format.engine)
    return Response(body, headers={"Content-Type": content_type(choice.media), "Vary": "Accept"})


async def _answer(request: Request, service: Service, asked: QueryRequest) -> Response:
    request.state.query = asked.query
    endpoint = endpoint_of(request, service)
    try:
        if service.pool is not None:
            found = await answer(request, service, service.pool, asked, endpoint)
        else:
            found = await run_in_threadpool(_answer_here, request, service, asked, endpoint)
    except QueryError as error:
        if not prefers_html(request.headers.get("accept")):
            raise
        return service.pages.response(
            "sparql.html", status=error.status, asked=asked, example="", shown=None, problem=problem_of(error)
        )
    if isinstance(found, Response):
        return found
    return service.pages.response("sparql.html", asked=asked, example="", shown=found, problem=None)


def _answer_here(request: Request, service: Service, asked: QueryRequest, endpoint: str) -> Response | Shown:
    """Answer a query in this process, in one thread."""
    chooser = Chooser(request.headers.get("accept"), asked.format)
    found = evaluate(service.store, asked, chooser, endpoint)
    assert chooser.choice is not None
    return shown(found) if chooser.is_html else as_response(found, chooser.choice)
