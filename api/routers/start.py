"""The entrance: start page, health, and the description of the API to read."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.deps import ServiceDep
from api.docs import operations, type_of
from api.models import Health
from api.routers.sparql import EXAMPLE
from kb import __version__
from kb.handover import fingerprint

router = APIRouter(tags=["Server"])

_RECENT = 10


@router.get("/", include_in_schema=False, response_class=Response)
def start(service: ServiceDep) -> Response:
    """Show what the base holds and where to go from here."""
    status = service.base.status()
    return service.pages.response(
        "start.html",
        counts=status["counts"],
        articles=status["articles"][:_RECENT],
        queries=list(service.queries.values()),
        example=EXAMPLE,
    )


@router.get("/health", summary="Whether the server answers", response_model=Health)
def health(request: Request, response: Response, service: ServiceDep) -> Health:
    """Say that the server answers, which store it serves, and whether the request may write."""
    response.headers["Cache-Control"] = "no-store"  # it is another answer for the owner
    instance = None if service.token is None else fingerprint(service.token)
    owner = service.is_owner(request)
    return Health(status="ok", store=service.store.location, version=__version__, owner=owner, instance=instance)


@router.get("/docs", include_in_schema=False, response_class=Response)
def docs(request: Request, service: ServiceDep) -> Response:
    """Show the OpenAPI description as a page."""
    document = request.app.openapi()
    return service.pages.response(
        "docs.html",
        info=document["info"],
        groups=list(operations(document)),
        schemas=document["components"]["schemas"],
        type_of=type_of,
    )
