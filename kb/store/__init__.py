"""Where the graphs are kept: an embedded Oxigraph in a folder, or any SPARQL 1.1 server."""

from __future__ import annotations

from kb.store.base import Answer, AnswerKind, Change, Choose, Row, Store, Table, Term
from kb.store.operations import Written
from kb.store.statements import normalised
from kb.store.turn import Version
from kb.store.updates import Update, read_update

__all__ = [
    "Answer",
    "AnswerKind",
    "Change",
    "Choose",
    "Row",
    "Store",
    "Table",
    "Term",
    "Update",
    "Version",
    "Written",
    "is_url",
    "memory_store",
    "normalised",
    "open_store",
    "read_update",
]


def open_store(
    location: str,
    *,
    read_only: bool = False,
    token: str | None = None,
    union: bool = True,
    seconds: float | None = None,
) -> Store:
    """Open a store: a folder (created when writing), or the address of a SPARQL 1.1 server.

    A server's address is ``http://host/sparql``, or ``http://host/query http://host/update`` where queries and updates
    go to different URLs. `token` is sent to a server as a bearer token; a folder has no use for it. The default graph
    of queries on a folder is the `union` of all its graphs, or the unnamed one; a server decides that itself.
    `seconds` is how long a server may take to answer a query, by default a minute.

    Raises:
        NotFoundError: it is to be read, and the folder holds no store yet.
        StoreLockedError: another process holds it.
        StoreReadOnlyError, StoreFullError, StoreDamagedError, StoreError: it cannot be opened for another reason.
    """
    if is_url(location):
        from kb.store.remote import RemoteStore

        return RemoteStore(location, read_only=read_only, token=token, query_seconds=seconds)
    from kb.store.embedded import EmbeddedStore

    return EmbeddedStore(location, read_only=read_only, union=union)


def is_url(location: str) -> bool:
    """Tell whether a store's location is the address of a server, not a folder."""
    return location.startswith(("http://", "https://"))


def memory_store(*, union: bool = True) -> Store:
    """Return an empty store that is kept in memory only; `union` as in `open_store`."""
    from kb.store.embedded import EmbeddedStore

    return EmbeddedStore(None, union=union)
