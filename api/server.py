"""Serving one base: the process that owns its writes until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import NoReturn

import click
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from kb.errors import OptionError
from kb.handover import new_token, publish
from kb.pipeline import open_base
from kb.settings import Settings
from kb.store import Store
from kb.store.embedded import EmbeddedStore
from kb.workers.pool import WorkerPool

_BACKLOG = 128
_SHUTDOWN_S = 10
"""How long requests that are running may take to end."""
_QUERIES_END_S = 5
"""How long queries may."""

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # where a server on all addresses is


def run(settings: Settings) -> None:
    """Serve the base until the process is interrupted or terminated; commands find it by its folder meanwhile.

    Raises:
        StoreError: the store cannot be opened or written.
        OptionError: the address or port cannot be used.
    """
    with bound(settings.host, settings.port) as listener, _ending_on_sigterm():
        base = open_base(settings)
        try:
            base.reader.prepare()
            token, url = new_token(), address(listener)
            pool = pool_for(settings, base.store)
            app = create_app(settings, base, token, pool)
            with _found_by_commands(settings.store, url, token):
                click.echo(f"{settings.store} is served at {url}", err=True)
                serve(app, listener, pool)
        finally:
            base.close()


def pool_for(settings: Settings, store: Store) -> WorkerPool | None:
    """Return workers for the queries of a store, not started yet; None if there are to be none.

    A store that is a server of its own limits its queries itself, as far as the time that we wait does not.
    """
    if settings.query_workers == 0 or not isinstance(store, EmbeddedStore):
        return None
    return WorkerPool(store, size=settings.query_workers, queue=settings.query_queue, megabytes=settings.query_memory)


def serve(app: FastAPI, listener: socket.socket, pool: WorkerPool | None = None) -> None:
    """Answer requests until the process is interrupted; then queries of the pool have some seconds to end."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=_SHUTDOWN_S,
        server_header=False,
        lifespan="on",
        proxy_headers=False,
    )
    with suppress(KeyboardInterrupt):
        _Server(config, pool).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Stops what runs in the pool before the time for all requests is over, so that clients are told why."""

    def __init__(self, config: uvicorn.Config, pool: WorkerPool | None) -> None:
        super().__init__(config)
        self._pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests end that are running."""
        if self._pool is not None:
            asyncio.get_running_loop().call_later(_QUERIES_END_S, self._pool.stop)
        await super().shutdown(sockets)


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """Give a socket that listens already, so that a request that comes before the server is ready waits for it.

    Raises:
        OptionError: the address or port cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            raise OptionError(
                f"cannot listen on port {port} of {host or 'all addresses'}: {error}",
                hint="Give another one with --host and --port or KB_HOST and KB_PORT; port 0 takes a free one.",
            ) from error
        yield listener


def address(listener: socket.socket) -> str:
    """Return the URL by which this machine reaches a listening socket."""
    host, port = listener.getsockname()[:2]
    host = _ANYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _found_by_commands(store: str, url: str, token: str) -> AbstractContextManager[object]:
    """Say in the store's folder who serves it; a store that is itself a server needs no hand-over."""
    return nullcontext() if store.startswith(("http://", "https://")) else publish(store, url, token)


@contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """Make SIGTERM end the process as an interrupt does: with the store closed and the hand-over file removed.

    uvicorn stops at SIGTERM, and then raises it again for whoever handled it before.
    """

    def end(_number: int, _frame: object) -> NoReturn:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
