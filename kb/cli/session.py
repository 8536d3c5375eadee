"""Which store a command works on, and who writes: this process, or one that serves the same store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from kb.errors import KBError, StoreLockedError
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.handover import Server
    from kb.intake import Input
    from kb.pipeline import Base, LoadReport
    from kb.store import Store

F = TypeVar("F", bound=Callable[..., Any])

PATIENCE_S = 5.0
"""How long a command waits for a process that holds the store and does not serve it."""
_PAUSE_S = 0.2


class Writer(Protocol):
    """Who takes articles in: a `kb.pipeline.Base` of our own, or the `kb.handover.Server` that holds the store."""

    def load(self, item: Input, *, dry_run: bool = False) -> LoadReport:
        """Load one article; what is wrong with it is in the report."""

    def remove(self, reference: str) -> str:
        """Remove an article; return its IRI."""


def defect_of(error: Exception, source: str = "") -> KBError:
    """Return the error that stands for an exception nobody expected, a defect of ours; its message names the source."""
    if not isinstance(error, KBError):
        return KBError(f"{source}: {type(error).__name__}: {error}".removeprefix(": "))
    return error if source in error.message else type(error)(f"{source}: {error.message}", hint=error.hint)


def store_option(command: F) -> F:
    """Give a command the option --store."""
    return click.option(
        "--store", metavar="FOLDER|URL", help="The store: a folder, or the URL of a SPARQL 1.1 store.  [KB_STORE]"
    )(command)


@contextmanager
def writer(settings: Settings) -> Iterator[Writer]:
    """Open the store for writing; where another process serves it, hand the work over to that one.

    Raises:
        StoreError: it cannot be opened, and nobody serves it.
    """
    from kb.pipeline import Base

    found = _find_writer(settings)
    try:
        yield found
    finally:
        if isinstance(found, Base):
            found.close()


def _find_writer(settings: Settings) -> Base | Server:
    """Return who writes; one that holds the store without serving it may be a server that starts, or be done soon."""
    from kb.handover import find_server
    from kb.pipeline import open_base

    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return open_base(settings)
        except StoreLockedError:
            if server := find_server(settings.store):
                return server
            if time.monotonic() > until:
                raise
        time.sleep(_PAUSE_S)


@contextmanager
def reading(settings: Settings) -> Iterator[Store]:
    """Open the store for reading; where another process serves it, ask that one by SPARQL.

    Raises:
        StoreError: it cannot be opened, and nobody serves it.
    """
    from kb.handover import find_server
    from kb.store import open_store

    server = find_server(settings.store)
    store = open_store(server.sparql if server else settings.store, read_only=True)
    try:
        yield store
    finally:
        store.close()
