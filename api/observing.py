"""What is noted of every request: an id that the answer carries, figures, and a line in the access log.

The log holds nothing of what was asked or sent: of a query its length and its hash (SHA-256), of a path the route.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime
from hashlib import sha256
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


def access_logger(place: Path | None) -> logging.Logger | None:
    """Return a log that writes to a file, opened again when it is moved away, or to standard error if that is ``-``.

    Raises:
        OSError: the file cannot be written.
    """
    if place is None:
        return None
    if str(place) == "-":
        handler: logging.Handler = logging.StreamHandler(sys.stderr)
    else:
        handler = WatchedFileHandler(place, encoding="utf-8")
    log = logging.Logger("demarche.access")  # its own, below no other
    log.addHandler(handler)
    return log


class ObservingMiddleware:
    """Gives each request an id, and notes what became of it."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: logging.Logger | None) -> None:
        self.app, self._metrics, self._log = app, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = _request_id(Headers(scope=scope))
        started = time.perf_counter()
        note = {"status": 500, "bytes": 0, "complete": False}

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                note["status"] = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            elif message["type"] == "http.response.body":
                note["bytes"] += len(message.get("body", b""))
                note["complete"] = not message.get("more_body", False)
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self._note(scope, note, time.perf_counter() - started)

    def _note(self, scope: Scope, note: dict[str, Any], seconds: float) -> None:
        method = "HEAD" if scope["state"].get("head_only") else scope["method"]
        method = method if method in _METHODS else "other"
        route = _route(scope)
        self._metrics.on_request(method, route, note["status"], seconds, note["bytes"])
        if self._log is not None:
            self._log.info("%s", json.dumps(_entry(scope, method, route, note, seconds)))


def _request_id(headers: Headers) -> str:
    """Return the id that a proxy or client gave, if it can be printed; else a new one."""
    given = headers.get("x-request-id", "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


def _route(scope: Scope) -> str:
    """Return the pattern of the address that was found, so that there are only so many of them."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or "none"


def _entry(scope: Scope, method: str, route: str, note: dict[str, Any], seconds: float) -> dict[str, Any]:
    state = scope["state"]
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request_id": state["request_id"],
        "client": (scope.get("client") or ("",))[0],
        "method": method,
        "route": route,
        **note,
        "ms": round(1000 * seconds, 1),
    }
    if (query := state.get("query")) is not None:
        entry["query"] = {"characters": len(query), "sha256": sha256(query.encode("utf-8", "replace")).hexdigest()}
    if (running := state.get("running")) is not None:
        entry["outcome"] = str(running.outcome)
        entry["rows"] = running.tail.rows if running.tail else None
    return entry
