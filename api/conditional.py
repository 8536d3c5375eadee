"""Conditional requests (RFC 9110, section 13): an answer is the same as long as the store's version is.

Tags are weak: the same version gives the same facts, but an engine may put rows in another order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from time import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.store import Version

_SHARPNESS_S = 2.0
"""Last-Modified has whole seconds: that of a younger version would also be that of the next."""

_KEPT = {b"cache-control", b"content-location", b"date", b"etag", b"expires", b"vary", b"last-modified", b"link"}
"""What a 304 says of what the 200 would (section 15.4.5), and Last-Modified; middleware further out adds its own."""


def validators(version: Version, content_type: str) -> dict[str, str]:
    """Return the headers by which an answer of this version and type can be asked for again."""
    tag = f'W/"{version.opening}-{version.number}-{_mark(content_type)}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if time() - version.since > _SHARPNESS_S:
        headers["Last-Modified"] = _http_date(version.since)
    return headers


@lru_cache(maxsize=64)
def _mark(content_type: str) -> str:
    return hashlib.sha256(content_type.encode()).hexdigest()[:8]


@lru_cache(maxsize=4)
def _http_date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def is_fresh(request: Headers, answer: Mapping[str, str]) -> bool:
    """Tell whether what the client has is this answer: by If-None-Match, or if that is absent by If-Modified-Since."""
    wanted = request.get("if-none-match")
    if wanted is not None:
        tag = _opaque(answer.get("etag", answer.get("ETag", "")))
        return wanted.strip() == "*" or (bool(tag) and tag in map(_opaque, wanted.split(",")))
    since = _date(request.get("if-modified-since"))
    if since is None:
        return False
    modified = _date(answer.get("last-modified", answer.get("Last-Modified")))
    return modified is not None and modified <= since


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except ValueError:
        return None


class ConditionalMiddleware:
    """Gives validators to every answer to GET that follows from the store, and 304 to who has it already.

    An answer that does not follow from the store alone says so with a Cache-Control of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at the head of its answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        version = scope["app"].state.service.store.version  # before anything is read, so that no tag is too new
        asked = Headers(scope=scope)
        conditional, fresh = "if-none-match" in asked or "if-modified-since" in asked, False

        async def with_validators(message: Message) -> None:
            nonlocal fresh
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                if version is not None and "etag" not in headers and "cache-control" not in headers:
                    headers.update(validators(version, headers.get("content-type", "")))
                fresh = conditional and is_fresh(asked, headers)
                if fresh:
                    message = {**message, "status": 304, "headers": _kept(message["headers"])}
            elif message["type"] == "http.response.body" and fresh:
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        await self.app(scope, receive, with_validators)


def _kept(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() in _KEPT]
