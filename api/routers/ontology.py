"""/ontology: the ontology to read, and as RDF."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from api.deps import Service, ServiceDep
from api.docs import answer_in, problems
from api.formats import GRAPHS, HTML, Format, content_type
from api.glossary import ONTOLOGY
from api.negotiate import choose
from kb.errors import NotFoundError

router = APIRouter(tags=["Ontology"])

_ANSWER = answer_in(GRAPHS, "The ontology with its closed lists and alignments.")


@router.get("/ontology", summary="The ontology", response_class=Response, responses=_ANSWER | problems(406))
def ontology(request: Request, service: ServiceDep) -> Response:
    """Return the ontology: a page with every term for browsers, else RDF."""
    return _negotiated(request, service)


@router.get("/ontology.{suffix}", summary="The ontology in one format", response_class=Response, responses=_ANSWER)
def ontology_in(suffix: str, service: ServiceDep) -> Response:
    """Return the ontology in the format of the ending: ttl, nt, rdf, jsonld, trig, nq or html."""
    for offer in GRAPHS:
        if offer.suffix == suffix:
            return _page(service) if offer is HTML else _data(service, offer, offer.media)
    raise NotFoundError(f"the ontology has no format {suffix}", hint="See /ontology for the formats.")


@router.get(
    "/ontology/{version}",
    summary="A version of the ontology",
    response_class=Response,
    responses=_ANSWER | problems(404, 406),
)
def ontology_version(version: str, request: Request, service: ServiceDep) -> Response:
    """Return the ontology if it is of this version (owl:versionIRI)."""
    if version != service.glossary.version:
        raise NotFoundError(
            f"this server has version {service.glossary.version} of the ontology, not {version}", hint="See /ontology."
        )
    return _negotiated(request, service)


def _negotiated(request: Request, service: Service) -> Response:
    choice = choose(request.headers.get("accept"), GRAPHS)
    return _page(service) if choice.format is HTML else _data(service, choice.format, choice.media)


def _page(service: Service) -> Response:
    links = (f'<{service.pages.root}/ontology.{f.suffix}>; rel="alternate"; type="{f.media}"' for f in GRAPHS)
    headers = {"Link": ", ".join(links), "Content-Location": f"{service.pages.root}/ontology.html"}
    return service.pages.response(
        "ontology.html",
        headers=headers,
        glossary=service.glossary,
        ontology=ONTOLOGY,
        formats=[f for f in GRAPHS if f is not HTML],
        own={term.iri for term in service.glossary.terms},
    )


def _data(service: Service, format_: Format, media_type: str) -> Response:
    assert isinstance(format_.engine, ox.RdfFormat)
    headers = {
        "Content-Type": content_type(media_type),
        "Content-Location": f"{service.pages.root}/ontology.{format_.suffix}",
        "Vary": "Accept",
    }
    return Response(service.glossary.serialise(format_.engine), headers=headers)
