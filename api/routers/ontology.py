"""/ontology: the ontology to read, and as RDF."""

from __future__ import annotations

import json

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from api.deps import Service, ServiceDep
from api.docs import answer_in, problems
from api.formats import GRAPHS, HTML, Format, by_suffix, content_type
from api.glossary import ONTOLOGY
from api.negotiate import choose
from api.versions import frozen_versions, json_ld_context, parse_version
from kb.errors import NotFoundError
from kb.store.dump import document

router = APIRouter(tags=["Ontology"])

_RDF = tuple(offer for offer in GRAPHS if offer is not HTML)
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
    """Return a version of the ontology (owl:versionIRI): the one in use, or an earlier one as it was frozen, in RDF.

    An ending such as ``.ttl`` names the format.
    """
    stem, format_ = by_suffix(version)
    if service.glossary.version not in (version, stem):
        return _frozen(request, service, version)
    if stem == version or format_ is None:
        return _negotiated(request, service)
    return _page(service) if format_ is HTML else _data(service, format_, format_.media)


def _frozen(request: Request, service: Service, version: str) -> Response:
    """Return a version that was published before."""
    versions = frozen_versions()
    stem, format_ = (version, None) if version in versions else by_suffix(version)
    if stem not in versions:
        known = ", ".join([*versions, service.glossary.version])
        raise NotFoundError(f"there is no version {version} of the ontology; there are {known}", hint="See /ontology.")
    wanted = format_ or choose(request.headers.get("accept"), _RDF).format
    assert isinstance(wanted.engine, ox.RdfFormat)
    headers = {"Content-Type": content_type(wanted.media), "Vary": "Accept", "Cache-Control": "public, max-age=86400"}
    return Response(document(parse_version(versions[stem]), wanted.engine), headers=headers)


@router.get("/context.jsonld", summary="The JSON-LD context", response_class=Response)
def context(service: ServiceDep) -> Response:
    """Return a JSON-LD context with our terms by their local names and the prefixes of the house."""
    body = json.dumps(json_ld_context(service.glossary), ensure_ascii=False, indent=1) + "\n"
    return Response(body, headers={"Content-Type": "application/ld+json", "Cache-Control": "public, max-age=3600"})


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
