"""Free SPARQL, answered by the query workers (`kb.workers`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox
from fastapi import Request, Response

from api.answers import SHOWN_ROWS, Shown, pick
from api.compression import accepts_gzip
from api.conditional import is_fresh, validators
from api.deps import Service
from api.formats import HTML, content_type
from api.negotiate import Choice
from api.protocol import QueryRequest
from api.streaming import StreamedAnswer, stopping_with_client
from kb.errors import NotAcceptableError, QueryError
from kb.store import AnswerKind, Version
from kb.store.sparql import QueryForm, may_change, query_form
from kb.workers.jobs import Head, Job, Limits
from kb.workers.pool import WorkerPool
from kb.workers.running import ClientLeftError

_PAGE_BYTES = 5_000_000
"""Most bytes of a graph that a page shows."""

_FORMS = {QueryForm.SELECT: AnswerKind.ROWS, QueryForm.ASK: AnswerKind.BOOLEAN}


@dataclass(frozen=True)
class Choices:
    """The format of the answer for each kind of result that the query may turn out to have."""

    picked: Mapping[AnswerKind, Choice]
    refused: Mapping[AnswerKind, str]

    @classmethod
    @lru_cache(maxsize=256)  # clients have few wishes, and each has the same ones again and again
    def of(cls, accept: str | None, named: str | None) -> Choices:
        """Choose by a request's Accept header and `format` parameter."""
        picked, refused = {}, {}
        for kind in AnswerKind:
            try:
                picked[kind] = pick(kind, accept, named)
            except NotAcceptableError as error:
                refused[kind] = error.message
        return cls(picked, refused)

    @property
    def is_page(self) -> bool:
        """Whether it is a browser that asks."""
        return any(choice.format is HTML for choice in self.picked.values())

    def engine_media(self) -> dict[str, str]:
        """Return the media types that the worker is to write; a page is made of JSON or Turtle."""
        return {str(kind): _engine_media(kind, choice) for kind, choice in self.picked.items()}


def _engine_media(kind: AnswerKind, choice: Choice) -> str:
    if choice.format.engine is not None:
        return choice.format.engine.media_type
    return (ox.RdfFormat.TURTLE if kind is AnswerKind.GRAPH else ox.QueryResultsFormat.JSON).media_type


async def answer(
    request: Request, service: Service, pool: WorkerPool, asked: QueryRequest, endpoint: str
) -> Response | Shown:
    """Answer a query; for a browser, return what its page shows.

    Raises:
        QueryError: it is malformed, or was stopped at one of the limits.
        NotAcceptableError: the request accepts no format of its result.
        BusyError, StoreError: it cannot be answered now.
    """
    request.state.reads_only = True
    choices = Choices.of(request.headers.get("accept"), asked.format)
    stable = request.method == "GET" and not may_change(asked.query or "")
    if stable and (unchanged := _unchanged(request, asked, choices, pool.version)):
        return unchanged
    running = pool.ask(_job(request, service, asked, choices, endpoint))
    request.state.running = running
    try:
        with stopping_with_client(running, request.receive):
            head, body = await running.begin()
            choice = choices.picked[AnswerKind(head.kind)]
            if choice.format is HTML and body is None:
                body = b"".join([piece async for piece in running.rest()])
    except ClientLeftError:
        return Response(status_code=499)  # nobody gets it; the log shows it
    if choice.format is HTML:
        assert body is not None
        running.close()
        return _shown(AnswerKind(head.kind), body)
    headers = _headers(head, choice, running.version if stable else None)
    if body is None:
        return StreamedAnswer(running, headers)
    running.close()
    return Response(body, headers=headers)


def _job(request: Request, service: Service, asked: QueryRequest, choices: Choices, endpoint: str) -> Job:
    settings = service.settings
    most = min(settings.query_bytes, _PAGE_BYTES) if choices.is_page else settings.query_bytes
    return Job(
        asked.query or "",
        Limits(settings.query_seconds, settings.query_rows, most),
        choices.engine_media(),
        {str(kind): why for kind, why in choices.refused.items()},
        endpoint,
        tuple(asked.default_graphs),
        tuple(asked.named_graphs),
        settings.query_services,
        union=settings.default_graph == "union",
        gzip=not choices.is_page and accepts_gzip(request.headers.get("accept-encoding", "")),
        page_rows=SHOWN_ROWS if choices.is_page else None,
    )


def _headers(head: Head, choice: Choice, version: Version | None) -> dict[str, str]:
    """Return the headers of an answer; one that has no version must not be kept."""
    media = content_type(choice.media)
    headers = {"Content-Type": media, "Vary": "Accept"}  # the middleware adds Accept-Encoding to what it sees
    if head.gzip:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept, Accept-Encoding"}
    return headers | (validators(version, media) if version else {"Cache-Control": "no-store"})


def _unchanged(request: Request, asked: QueryRequest, choices: Choices, version: Version | None) -> Response | None:
    """Return 304 if the client has the answer already; the query need not be evaluated to tell."""
    try:
        kind = _FORMS.get(query_form(asked.query or ""), AnswerKind.GRAPH)
    except QueryError:
        return None
    choice = choices.picked.get(kind)
    if choice is None or choice.format is HTML or version is None:
        return None
    headers = validators(version, content_type(choice.media)) | {"Vary": "Accept, Accept-Encoding"}
    return Response(status_code=304, headers=headers) if is_fresh(request.headers, headers) else None


def _shown(kind: AnswerKind, body: bytes) -> Shown:
    if kind is AnswerKind.GRAPH:
        return Shown("graph", [], [], turtle=body.decode())
    document = json.loads(body)
    if kind is AnswerKind.BOOLEAN:
        return Shown("boolean", [], [], boolean=document["boolean"])
    return Shown("rows", document["variables"], document["rows"], document["count"])
