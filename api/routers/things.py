"""The IRIs of the base as addresses: things (303 to a page or to data), articles, runs and graphs.

A thing is not a document, so ``/id/...`` sends on to a page or to data about it (https://www.w3.org/TR/cooluris/).
``/id/....ttl`` and the like always answer in that format. An article and a run are documents and answer themselves.
"""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import Service, ServiceDep
from api.describe import Description, canonical_of, describe, described, exists, serialised
from api.docs import Responses, answer_in, problems
from api.flat import evidence_anchors, local_agents
from api.formats import GRAPHS, HTML, PLAIN_JSON, Format, by_suffix, content_type
from api.negotiate import choose
from api.pages import encoded
from kb.errors import NotFoundError
from kb.facts import facts_of
from kb.graph import article_iri, known_iri
from kb.settings import BASE_IRI
from kb.store import Store

router = APIRouter(tags=["Linked data"])

JSON_LD_CONTEXT = "http://www.w3.org/ns/json-ld#context"

_ELSEWHERE: Responses = {303: {"description": "Where a page or data about it is."}}
_DATA = tuple(offer for offer in GRAPHS if offer is not HTML)
_DESCRIBED = answer_in(GRAPHS, "A description of it.") | problems(404, 406, 503)


@router.get(
    "/id/{path:path}",
    summary="A thing, by its IRI",
    response_class=Response,
    responses=_ELSEWHERE | problems(404, 406),
)
def thing(path: str, request: Request, service: ServiceDep) -> Response:
    """Send on to a page or to data about a state, official, organisation, regime or event."""
    iri = str(known_iri(f"id/{path}"))
    stem, format_ = by_suffix(path)
    if format_ is not None and not exists(service.store, iri):
        return _data(service.store, str(known_iri(f"id/{stem}")), format_)
    if not exists(service.store, iri):
        raise NotFoundError(f"the base knows nothing about {iri}", hint="See / for what it holds.")
    wanted = choose(request.headers.get("accept"), GRAPHS).format
    place = f"/page/{encoded(path)}" if wanted is HTML else f"/id/{encoded(path)}.{wanted.suffix}"
    return RedirectResponse(service.pages.root + place, 303, {"Vary": "Accept"})


@router.get("/page/{path:path}", summary="The page of a thing", response_class=Response, responses=problems(404, 503))
def page(path: str, service: ServiceDep) -> Response:
    """Show what the base knows about a thing."""
    return _thing_page(service, describe(service.store, str(known_iri(f"id/{path}"))), f"/id/{encoded(path)}")


@router.get("/run/{name}", summary="An extraction run", response_class=Response, responses=_DESCRIBED)
def run(name: str, request: Request, service: ServiceDep) -> Response:
    """Describe the version, rules and model that claims come from."""
    stem, format_ = by_suffix(name)
    iri = str(known_iri(f"run/{stem if format_ else name}"))
    wanted = format_ or choose(request.headers.get("accept"), GRAPHS).format
    if wanted is HTML:
        return _thing_page(service, describe(service.store, iri), f"/run/{encoded(name)}")
    return _data(service.store, iri, wanted)


@router.get("/article/{key}", summary="An article, by its IRI", response_class=Response, responses=_DESCRIBED)
def article(key: str, request: Request, service: ServiceDep) -> Response:
    """Return everything an article says: a page with its facts and their evidence, or its named graph."""
    stem, format_ = by_suffix(key)
    iri = str(article_iri(stem))
    wanted = format_ or choose(request.headers.get("accept"), GRAPHS).format
    if wanted is not HTML:
        return _graph(service.store, iri, wanted)
    view = facts_of(service.store, iri, service.flat)
    local = local_agents(view["facts"], iri)
    return service.pages.response(
        "article.html",
        headers=_alternates(service, f"/article/{encoded(stem)}"),
        **view,
        anchors=evidence_anchors(view["facts"]),
        local=local,
        known=canonical_of(service.store, list(local)),
        formats=_DATA,
    )


@router.get("/graph/{name}", summary="A named graph", response_class=Response, responses=_DESCRIBED)
def graph(name: str, request: Request, service: ServiceDep) -> Response:
    """Return the canonical events, the ontology or the reference data as one graph."""
    stem, format_ = by_suffix(name)
    wanted = format_ or choose(request.headers.get("accept"), _DATA).format
    return _graph(service.store, str(known_iri(f"graph/{stem}")), wanted)


def _thing_page(service: Service, description: Description, place: str) -> Response:
    headers = _alternates(service, place)
    return service.pages.response("thing.html", headers=headers, thing=description, place=place, formats=_DATA)


def _alternates(service: Service, place: str) -> dict[str, str]:
    """Return links to the same in other formats (RFC 8288)."""
    links = (f'<{service.pages.root}{place}.{f.suffix}>; rel="alternate"; type="{f.media}"' for f in _DATA)
    return {"Link": ", ".join(links)}


def _data(store: Store, iri: str, format_: Format) -> Response:
    assert format_.engine is not None
    return _sent(described(store, iri, format_.engine), format_)  # type: ignore[arg-type]  # GRAPHS has RDF only


def _graph(store: Store, iri: str, format_: Format) -> Response:
    text = store.graph(iri)
    if not text:
        raise NotFoundError(f"there is no graph {iri}", hint=f"The graphs are named by articles and {BASE_IRI}graph/.")
    name = ox.NamedNode(iri)
    triples = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(format_.engine, ox.RdfFormat)
    return _sent(
        serialised([ox.Quad(t.subject, t.predicate, t.object, name) for t in triples], format_.engine), format_
    )


def _sent(body: bytes, format_: Format) -> Response:
    headers = {"Content-Type": content_type(format_.media), "Vary": "Accept"}
    if format_ is PLAIN_JSON:  # JSON-LD 1.1, section 6.1: what makes JSON-LD of it; /context.jsonld names our terms
        headers["Link"] = f'</context.jsonld>; rel="{JSON_LD_CONTEXT}"; type="application/ld+json"'
    return Response(body, headers=headers)
