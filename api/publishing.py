"""A write is acknowledged only when queries see it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.workers.pool import WorkerPool

_READING = {"GET", "HEAD", "OPTIONS"}


class PublishingMiddleware:
    """Holds the answer to a request that may have written until the workers' copy of the store has its writes.

    Whoever asks after that answer, on whatever connection, gets a state with the write in it. A POST that only reads
    says so with ``request.state.reads_only``.
    """

    def __init__(self, app: ASGIApp, pool: WorkerPool) -> None:
        self.app, self._pool = app, pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and hold its answer."""
        if scope["type"] != "http" or scope["method"] in _READING:
            await self.app(scope, receive, send)
            return

        seen = -1

        async def published(message: Message) -> None:
            nonlocal seen
            newest = self._pool.copies.newest
            if newest > seen and not scope["state"].get("reads_only"):  # an answer may report one write after another
                await self._pool.catch_up(newest)
                seen = newest
            await send(message)

        await self.app(scope, receive, published)
