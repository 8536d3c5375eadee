"""/articles: what was read, as plain data; articles come in and go by here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.bodies import read_body
from api.deps import ServiceDep, require_owner
from api.docs import Responses, problems, reference_to
from api.formats import HTML, JSON
from api.models import ArticleBody, Articles, FlatArticle, Removed
from api.negotiate import choose
from kb.errors import OptionError, UnsupportedMediaError
from kb.facts import facts_of
from kb.graph import article_iri
from kb.pipeline import LoadReport

router = APIRouter(prefix="/articles", tags=["Articles"])

_BASE64_GROWTH = 4 / 3
_AROUND = 20_000
"""Bytes of a request beside the article's own: names and punctuation."""

_STORED: Responses = {201: {"model": LoadReport, "description": "The article is new and has been stored."}}
_WRITERS = [Depends(require_owner)]
_SECURITY: Mapping[str, Any] = {"security": [{"token": []}]}


@router.get("", summary="List the articles", response_model=Articles, responses=problems(406, 503))
def list_articles(request: Request, service: ServiceDep) -> Response:
    """Return one row for each article, the latest first."""
    wanted = choose(request.headers.get("accept"), (JSON, HTML))
    rows = service.base.status()["articles"]
    if wanted.format is HTML:
        return service.pages.response("articles.html", articles=rows)
    return JSONResponse({"articles": rows}, headers={"Vary": "Accept"})


@router.post(
    "",
    summary="Load an article",
    response_model=LoadReport,
    status_code=200,
    dependencies=_WRITERS,
    responses=_STORED | problems(400, 401, 403, 413, 415),
    openapi_extra={
        **_SECURITY,
        "requestBody": {"required": True, "content": {"application/json": {"schema": reference_to(ArticleBody)}}},
    },
)
async def load_article(request: Request, service: ServiceDep) -> Response:
    """Read an article, keep its facts, and say what was kept.

    What is wrong with the article itself is in the report: its `outcome` is then failed or rejected, and its `error`
    a problem object.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise UnsupportedMediaError(f"an article is sent as application/json, not as {media or 'a body without type'}")
    limit = int(service.settings.max_article_bytes * _BASE64_GROWTH) + _AROUND
    body = _parse(await read_body(request, limit))
    report: LoadReport = await run_in_threadpool(service.base.load, body.as_input(), dry_run=body.dry_run)
    return _reported(report, service.pages.root)


def _parse(body: bytes) -> ArticleBody:
    try:
        return ArticleBody.model_validate_json(body)
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise OptionError(f"the article cannot be taken: {said}", hint="See /docs for the fields.") from error


def _reported(report: LoadReport, root: str) -> Response:
    if report.outcome != "loaded":
        return JSONResponse(asdict(report))
    return JSONResponse(asdict(report), 201, {"Location": f"{root}/article/{report.article['key']}"})


@router.delete(
    "",
    summary="Remove an article by IRI, key or source",
    response_model=Removed,
    dependencies=_WRITERS,
    responses=problems(400, 401, 403, 404),
    openapi_extra=dict(_SECURITY),
)
def remove_by_reference(
    service: ServiceDep, reference: Annotated[str, Query(description="IRI, key or source of the article.")]
) -> Removed:
    """Remove an article and everything that only it supported."""
    return Removed(removed=service.base.remove(reference))


@router.get("/{key}", summary="The facts of an article", response_model=FlatArticle, responses=problems(404, 503))
def article_facts(key: str, service: ServiceDep) -> Response:
    """Return the flat view: one object for each fact, with its slots, factuality, evidence and rule."""
    return JSONResponse(facts_of(service.store, str(article_iri(key)), service.flat))


@router.delete(
    "/{key}",
    summary="Remove an article",
    response_model=Removed,
    dependencies=_WRITERS,
    responses=problems(401, 403, 404),
    openapi_extra=dict(_SECURITY),
)
def remove_article(key: str, service: ServiceDep) -> Removed:
    """Remove an article and everything that only it supported."""
    return Removed(removed=service.base.remove(key))
