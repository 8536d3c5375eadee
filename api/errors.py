"""Errors as answers: a problem object (RFC 9457), or the same as a page for whoever reads HTML."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.deps import service_of
from api.middleware import HEADERS
from api.negotiate import prefers_html
from kb.errors import (
    ApiError,
    BusyError,
    KBError,
    MethodError,
    NotFoundError,
    OptionError,
    QueryError,
    StoreError,
    UnauthorizedError,
)

PROBLEM = "application/problem+json"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PLACE = re.compile(r"line (\d+), column (\d+): ")
_RETRY_AFTER_S = 5

log = logging.getLogger("demarche.api")


def problem_of(error: KBError) -> dict[str, Any]:
    """Return the problem object of an error; that of a syntax error has its line and column, both from 1."""
    problem: dict[str, Any] = error.as_problem()
    place = _PLACE.match(error.message) if isinstance(error, QueryError) else None
    return problem | {"line": int(place[1]), "column": int(place[2])} if place else problem


def error_response(request: Request, error: KBError, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as the answer to a request, with its own HTTP status."""
    problem = problem_of(error)
    headers = {"Vary": "Accept", **_headers(error), **(headers or {})}
    if not prefers_html(request.headers.get("accept")):
        return JSONResponse(problem, error.status, headers, media_type=PROBLEM)
    phrase = HTTPStatus(error.status).phrase
    return service_of(request).pages.response(
        "error.html", status=error.status, headers=headers, problem=problem, phrase=phrase
    )


def _headers(error: KBError) -> dict[str, str]:
    if isinstance(error, UnauthorizedError):
        return {"WWW-Authenticate": 'Bearer realm="demarche"'}
    if isinstance(error, StoreError):
        return {"Retry-After": str(_RETRY_AFTER_S)}
    return {}


def install_handlers(app: FastAPI) -> None:
    """Make every error that a handler raises an answer of this shape."""

    @app.exception_handler(KBError)
    async def on_known(request: Request, error: KBError) -> Response:
        if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, (QueryError, BusyError)):
            log.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
        return error_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return error_response(request, OptionError(_said(error), hint="See /docs for the parameters of each address."))

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return _wrong_method(request)
        return error_response(request, _of_status(request, error), error.headers)

    @app.exception_handler(Exception)
    async def on_defect(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        defect = KBError(
            "the server could not answer because of an error of its own", hint="See the log of `kb serve`."
        )
        # This answer passes none of the middleware that gives these headers to others.
        headers = {**HEADERS, "Access-Control-Allow-Origin": "*", "X-Request-Id": _request_id(request)}
        return error_response(request, defect, headers)


def _request_id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))


def _said(error: RequestValidationError) -> str:
    return "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors())


def _of_status(request: Request, error: HTTPException) -> KBError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFoundError(f"there is nothing at {request.url.path}", hint="See / for what there is.")
    return (
        ApiError(f"{error.detail}") if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR else KBError(error.detail)
    )


def _wrong_method(request: Request) -> Response:
    allowed = [method for method in _METHODS if _takes(request, method)]
    allowed += ["HEAD", "OPTIONS"] if "GET" in allowed else ["OPTIONS"]
    headers = {"Allow": ", ".join(allowed)}
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
    error = MethodError(f"{request.url.path} has no {request.method}; it has {headers['Allow']}")
    return error_response(request, error, headers)


def _takes(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(dict(scope))[0] is Match.FULL for route in request.app.router.routes)
