"""An answer that goes on to the client as it comes from a worker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import Response

from kb.errors import KBError
from kb.workers.running import ClientLeftError, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

log = logging.getLogger("demarche.api")

_QUICK_S = 0.05
"""A query that is answered within this time is over before anybody looks whether the client is still there."""


class StreamedAnswer(Response):
    """The pieces of a running query's answer.

    If one cannot be had, what has been sent stays without its end, so that nobody takes it for the whole answer (RFC
    9112, section 8): the connection is closed in the middle of the chunked body.
    """

    def __init__(self, running: Running, headers: Mapping[str, str]) -> None:
        self._running = running
        self.status_code = 200
        self.background = None
        self.init_headers(headers)
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send head and pieces; of an answer to HEAD the head alone."""
        try:
            with stopping_with_client(self._running, receive):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                if not scope["state"].get("head_only"):
                    async for piece in self._running.rest():
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except ClientLeftError:
            pass
        except KBError as error:
            log.warning("an answer was cut off: %s", error)
        finally:
            self._running.close()


@contextmanager
def stopping_with_client(running: Running, receive: Receive) -> Iterator[None]:
    """Stop the query when the client goes away meanwhile, and close it if anything fails."""
    watch: asyncio.Task[None] | None = None

    def begin() -> None:
        nonlocal watch
        watch = asyncio.ensure_future(_stop_with_client(running, receive))

    timer = asyncio.get_running_loop().call_later(_QUICK_S, begin)
    try:
        yield
    except BaseException:
        running.close()
        raise
    finally:
        timer.cancel()
        if watch is not None:
            watch.cancel()


async def _stop_with_client(running: Running, receive: Receive) -> None:
    with suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        running.stop(ClientLeftError("the client went away"))
