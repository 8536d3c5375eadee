"""/articles: what was read, as plain data; articles come in and go by here."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.bodies import media_type, read_body
from api.deps import Service, ServiceDep, require_owner
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

_LINES = "application/x-ndjson"
_MOST_LINES = 20
"""How many times the size of one article the JSON lines of many may have."""
_CONTENT_KIND = {"text/plain": "text", "text/html": "html", _LINES: "json"}
_CONTENT: Mapping[str, Any] = {
    "application/json": {"schema": reference_to(ArticleBody)},
    **{media: {"schema": {"type": "string"}} for media in _CONTENT_KIND},
}
_KNOWN: list[dict[str, Any]] = [
    {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema}
    for name, meaning, schema in (
        ("source", "Name of an article that is sent as text, HTML or lines; else its URL.", {"type": "string"}),
        ("title", "Its headline.", {"type": "string"}),
        ("url", "Where it was published.", {"type": "string"}),
        ("published", "When it was published.", {"type": "string", "format": "date"}),
        ("publisher", "Who published it.", {"type": "string"}),
        ("dry_run", "Read and check, but store nothing.", {"type": "boolean"}),
    )
]

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
    summary="Load an article, or many",
    response_model=LoadReport,
    status_code=200,
    dependencies=_WRITERS,
    responses=_STORED | problems(400, 401, 403, 413, 415),
    openapi_extra={**_SECURITY, "parameters": _KNOWN, "requestBody": {"required": True, "content": _CONTENT}},
)
async def load_article(request: Request, service: ServiceDep) -> Response:
    """Read an article, keep its facts, and say what was kept.

    The body is the article itself, as text or HTML, with what is known of it in the address; or JSON; or JSON lines, a
    record (text or html, title, url, published, publisher) for each article: then the answer has a report a line, sent
    as each is read, and one bad article does not stop the others. What is wrong with an article is in its report: its
    `outcome` is then failed or rejected, and its `error` a problem object.
    """
    media = media_type(request.headers.get("content-type", ""))
    if media not in _CONTENT:
        raise UnsupportedMediaError(
            f"an article is sent as one of {', '.join(_CONTENT)}; not as {media or 'a body without type'}"
        )
    if media == _LINES:
        body = await read_body(request, service.settings.max_article_bytes * _MOST_LINES)
        return _load_lines(service, body, _sent(request, media, b""))
    limit = int(service.settings.max_article_bytes * (_BASE64_GROWTH if media == JSON.media else 1)) + _AROUND
    body = await read_body(request, limit)
    article = _parse(body) if media == JSON.media else _sent(request, media, body)
    report: LoadReport = await run_in_threadpool(service.base.load, article.as_input(), dry_run=article.dry_run)
    return _reported(report, service.pages.root)


def _parse(body: bytes) -> ArticleBody:
    return _checked(lambda: ArticleBody.model_validate_json(body))


def _sent(request: Request, media: str, body: bytes) -> ArticleBody:
    """Return the article of a body that is the article itself, or its lines; the address has what is known of it."""
    known = {name: value for name, value in request.query_params.items() if value.strip()}
    source, dry_run = known.pop("source", "-"), known.pop("dry_run", "false")
    fields = {
        "source": known.get("url", source) if source == "-" else source,
        "data_base64": base64.b64encode(body).decode(),
        "media": _CONTENT_KIND[media],
        "info": known,
        "dry_run": dry_run,
    }
    return _checked(lambda: ArticleBody.model_validate(fields))


def _checked(read: Callable[[], ArticleBody]) -> ArticleBody:
    try:
        return read()
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise OptionError(f"the article cannot be taken: {said}", hint="See /docs for the fields.") from error


def _load_lines(service: Service, body: bytes, known: ArticleBody) -> Response:
    """Answer with a report a line (https://github.com/ndjson/ndjson-spec), each sent when its article is done.

    What is `known` holds for every line, and wins over its record.
    """

    def reports() -> Iterator[bytes]:
        for number, line in enumerate(body.splitlines(), 1):
            if line.strip():
                item = replace(known.as_input(), source=f"{known.source}:{number}", data=line)
                yield json.dumps(asdict(service.base.load(item, dry_run=known.dry_run))).encode() + b"\n"

    return StreamingResponse(reports(), media_type=_LINES)


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
