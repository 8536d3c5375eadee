"""Where the graphs are kept: an embedded Oxigraph in a folder, or any SPARQL 1.1 server."""

from __future__ import annotations

from kb.store.base import Answer, AnswerKind, Change, Choose, Row, Store, Table, Term
from kb.store.statements import normalised

__all__ = [
    "Answer",
    "AnswerKind",
    "Change",
    "Choose",
    "Row",
    "Store",
    "Table",
    "Term",
    "is_url",
    "memory_store",
    "normalised",
    "open_store",
]


def open_store(location: str, *, read_only: bool = False, token: str | None = None) -> Store:
    """Open a store: a folder (created when writing), or the address of a SPARQL 1.1 server.

    A server's address is ``http://host/sparql``, or ``http://host/query http://host/update`` where queries and updates
    go to different URLs. `token` is sent to a server as a bearer token; a folder has no use for it.

    Raises:
        NotFoundError: it is to be read, and the folder holds no store yet.
        StoreLockedError: another process holds it.
        StoreReadOnlyError, StoreFullError, StoreDamagedError, StoreError: it cannot be opened for another reason.
    """
    if is_url(location):
        from kb.store.remote import RemoteStore

        return RemoteStore(location, read_only=read_only, token=token)
    from kb.store.embedded import EmbeddedStore

    return EmbeddedStore(location, read_only=read_only)


def is_url(location: str) -> bool:
    """Tell whether a store's location is the address of a server, not a folder."""
    return location.startswith(("http://", "https://"))


def memory_store() -> Store:
    """Return an empty store that is kept in memory only."""
    from kb.store.embedded import EmbeddedStore

    return EmbeddedStore(None)
