"""/queries: the named questions, for people who do not write SPARQL."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.answers import Chooser, as_response, evaluate, shown
from api.deps import Service, ServiceDep
from api.docs import answer_in, problems
from api.errors import problem_of
from api.formats import HTML, JSON, ROWS
from api.models import Queries
from api.negotiate import choose, prefers_html
from api.protocol import QueryRequest
from api.routers.sparql import endpoint_of
from kb.errors import QueryParameterError
from kb.query import NamedQuery, Names, find_query

router = APIRouter(prefix="/queries", tags=["Questions"])


@router.get("", summary="List the questions", response_model=Queries, responses=problems(406))
def list_queries(request: Request, service: ServiceDep) -> Response:
    """Return every named query with its parameters and its text."""
    if choose(request.headers.get("accept"), (JSON, HTML)).format is HTML:
        return service.pages.response("queries.html", queries=list(service.queries.values()))
    return JSONResponse({"queries": [_plain(q) for q in service.queries.values()]}, headers={"Vary": "Accept"})


def _plain(query: NamedQuery) -> dict[str, Any]:
    parameters = [
        {"name": p.name, "type": str(p.type), "meaning": p.meaning, "example": p.example, "choices": list(p.choices)}
        for p in query.parameters
    ]
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": parameters,
        "sparql": query.text,
    }


@router.get(
    "/{name}",
    summary="Ask a question",
    response_class=Response,
    responses=answer_in(ROWS, "One row for each answer.") | problems(400, 404, 406, 503),
)
def ask(name: str, request: Request, service: ServiceDep) -> Response:
    """Answer a named query.

    Its parameters are those that `/queries` lists, such as `?state=PRK`; one that is left out asks about everything.
    `format` (json, xml, csv, tsv) wins over Accept.
    """
    query = find_query(service.queries, name)
    given = {key: value for key, value in request.query_params.items() if value.strip()}
    chooser = Chooser(request.headers.get("accept"), given.pop("format", None))
    try:
        text = query.bind(given, Names(service.store).find)
    except QueryParameterError as error:
        if not prefers_html(chooser.accept):
            raise
        return _page(service, query, given, status=error.status, problem=problem_of(error))
    answer = evaluate(service.store, QueryRequest(text), chooser, endpoint_of(request, service))
    assert chooser.choice is not None
    if chooser.is_html:
        return _page(service, query, given, shown=shown(answer), text=text)
    return as_response(answer, chooser.choice)


def _page(service: Service, query: NamedQuery, given: dict[str, str], *, status: int = 200, **values: Any) -> Response:
    values = {"shown": None, "problem": None, "text": query.text} | values
    return service.pages.response("query.html", status=status, query=query, given=given, **values)
