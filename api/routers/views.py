"""/api: lists and single things as JSON, CSV and JSON-LD, for people who do not write SPARQL."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from api.deps import ServiceDep
from api.views import Catalogue, View
from api.views.answers import listed, one, read_question
from api.views.filters import FORMATS, by_suffix
from api.views.openapi import PREFIX, list_operation, list_responses, one_operation, one_responses


def views_router(catalogue: Catalogue) -> APIRouter:
    """Return the routes of all views."""
    router = APIRouter(prefix=PREFIX, tags=["Views"])
    for view in catalogue.views:
        if view.of is None:
            _add_list(router, catalogue, view)
        else:
            _add_list_of(router, catalogue, view)
        if view.one is not None:
            _add_one(router, catalogue, view)
    return router


def _add_list(router: APIRouter, catalogue: Catalogue, view: View) -> None:
    _add(router, f"/{view.name}", _lister(view), view, list_responses(catalogue, view), list_operation(catalogue, view))
    for format_ in FORMATS:
        path, handler = f"/{view.name}.{format_.suffix}", _lister(view, format_.name)
        router.add_api_route(path, handler, include_in_schema=False, response_class=Response)


def _lister(view: View, suffix: str | None = None) -> Callable[..., Response]:
    def list_view(request: Request, service: ServiceDep) -> Response:
        return listed(read_question(request, service, view, suffix))

    return list_view


def _add_list_of(router: APIRouter, catalogue: Catalogue, view: View) -> None:
    def list_of(request: Request, service: ServiceDep) -> Response:
        name, suffix = by_suffix(request.path_params["entity"])
        return listed(read_question(request, service, view, suffix), name)

    path = f"/{view.name}/{{entity:path}}"
    _add(router, path, list_of, view, list_responses(catalogue, view), list_operation(catalogue, view))


def _add_one(router: APIRouter, catalogue: Catalogue, view: View) -> None:
    def get_one(request: Request, service: ServiceDep) -> Response:
        name, suffix = by_suffix(request.path_params["id"])
        return one(read_question(request, service, view, suffix, filters=False), name)

    _add(
        router,
        f"/{view.name}/{{id:path}}",
        get_one,
        view,
        one_responses(catalogue, view),
        one_operation(view),
        "One of: ",
    )


def _add(
    router: APIRouter,
    path: str,
    handler: Callable[..., Response],
    view: View,
    responses: dict[int | str, dict[str, object]],
    said: dict[str, object],
    prefix: str = "",
) -> None:
    router.add_api_route(
        path,
        handler,
        summary=f"{prefix}{view.query.summary}",
        description=view.query.description,
        response_class=Response,
        responses=responses,
        openapi_extra=said,
    )
