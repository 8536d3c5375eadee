"""Which store a command works on, and who writes: this process, or one that serves the same store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from kb.errors import KBError, StoreLockedError
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.intake import Input
    from kb.pipeline import LoadReport
    from kb.store import Store

F = TypeVar("F", bound=Callable[..., Any])


class Writer(Protocol):
    """Who takes articles in: a `kb.pipeline.Base` of our own, or the `kb.handover.Server` that holds the store."""

    def load(self, item: Input, *, dry_run: bool = False) -> LoadReport:
        """Load one article; what is wrong with it is in the report."""

    def remove(self, reference: str) -> str:
        """Remove an article; return its IRI."""


def defect_of(error: Exception, source: str = "") -> KBError:
    """Return the error that stands for an exception nobody expected: a defect of ours."""
    if isinstance(error, KBError):
        return error
    return KBError(f"{source}: {type(error).__name__}: {error}".removeprefix(": "))


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
    from kb.handover import find_server
    from kb.pipeline import open_base

    try:
        base = open_base(settings)
    except StoreLockedError:
        server = find_server(settings.store)
        if server is None:
            raise
        yield server
        return
    try:
        yield base
    finally:
        base.store.flush()
        base.store.close()


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
