"""/.well-known/void: the description of the dataset, and the dumps it names."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from api.addresses import root_of
from api.deps import ServiceDep
from api.docs import answer_in, problems
from api.formats import GRAPHS, HTML, content_type
from api.negotiate import choose
from api.void import DUMPS, void_description
from kb.errors import NotFoundError

router = APIRouter(tags=["Linked data"])

_DATA = tuple(offer for offer in GRAPHS if offer is not HTML)


@router.get(
    "/.well-known/void",
    summary="The description of the dataset",
    response_class=Response,
    responses=answer_in(_DATA, "The description, in VoID.") | problems(406, 503),
)
def void(request: Request, service: ServiceDep) -> Response:
    """Say what the base is about, how much it holds by class and property, and where it is to be had.

    The numbers are those of the store as it is now, or was a minute ago while it is written all the time.
    """
    choice = choose(request.headers.get("accept"), _DATA)
    assert isinstance(choice.format.engine, ox.RdfFormat)
    body = void_description(service.described(root_of(request, service.settings)), choice.format.engine)
    return Response(body, headers={"Content-Type": content_type(choice.media), "Vary": "Accept"})


@router.get(
    "/dump.{ending}",
    summary="The whole base as a file",
    response_class=Response,
    responses=answer_in([offer for offer in GRAPHS if offer.suffix in DUMPS], "All graphs.") | problems(404, 503),
)
def dump(ending: str, service: ServiceDep) -> Response:
    """Return every named graph, all of them from one moment, in a fixed order; the ending is nq or trig."""
    for offer in GRAPHS:
        if offer.suffix == ending in DUMPS and isinstance(offer.engine, ox.RdfFormat):
            headers = {"Content-Disposition": f'attachment; filename="demarche.{ending}"'}
            body: Iterator[bytes] = service.store.export(offer.engine)
            return StreamingResponse(body, headers=headers, media_type=content_type(offer.media))
    raise NotFoundError(f"there is no dump.{ending}", hint=f"The endings are {' and '.join(DUMPS)}.")
