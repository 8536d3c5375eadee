"""SPARQL Update: who may write what, and the writing.

The setting `updates` decides. With ``off``, the default, nobody writes. With ``graphs``, whoever has the token writes
named graphs that are not ours: notes, lists and mappings beside the base. What the articles make (their graphs, the
canonical graph) and what we know beforehand stay as they are, so the base stays what its articles make it; so does the
unnamed graph, which no export has. It is a guard against mistakes, not against the owner. With ``all`` everything may
be written: a store for other ends, or a repair by hand, after which `kb validate` tells whether the base is sound.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request, Response

from api.deps import Service, require_owner
from api.protocol import UpdateRequest
from kb.errors import ForbiddenError
from kb.graph import is_own_graph
from kb.store import Written, read_update

_BY_ARTICLE = "Articles are added with POST /articles or `kb load`, and removed with DELETE or `kb remove`."
_NAME_ONE = "Name the graph: GRAPH <...> { ... } or WITH <...>; in the graph store protocol ?graph=..."


def require_writer(request: Request, service: Service) -> None:
    """Let only those through who may write graphs directly.

    Raises:
        ForbiddenError: this server does not offer it, or was started without a token.
        UnauthorizedError: the request lacks the token, or has another one.
    """
    if service.settings.updates == "off":
        raise ForbiddenError("this server takes no SPARQL Update and no graphs", hint=_BY_ARTICLE)
    require_owner(request)


def require_writable(service: Service, written: Written) -> None:
    """Let an update through that writes only what may be written.

    Raises:
        ForbiddenError: it can write other graphs too; the message names one.
    """
    if service.settings.updates == "all":
        return
    if written.anything:
        raise ForbiddenError("which graphs the update writes depends on the data", hint=_NAME_ONE)
    if written.unnamed:
        raise ForbiddenError("the unnamed graph is not written on this server", hint=_NAME_ONE)
    for iri in _ours(written.graphs):
        raise ForbiddenError(f"the graph {iri} is made by the base itself", hint=_BY_ARTICLE)


def _ours(graphs: Iterable[str]) -> Iterable[str]:
    return (iri for iri in sorted(graphs) if is_own_graph(iri))


def updated(request: Request, service: Service, asked: UpdateRequest, endpoint: str) -> Response:
    """Carry out an update, all of it or nothing; a relative IRI in it is relative to `endpoint`.

    Raises:
        ForbiddenError, UnauthorizedError: the request may not write, or not this.
        QueryError: it cannot be carried out as it is.
        StoreError: the store cannot be written.
    """
    require_writer(request, service)
    update = read_update(asked.update, endpoint, asked.using, asked.using_named)
    require_writable(service, update.written)
    with service.base.writing() as store:
        store.update(update)
    return Response(status_code=204)
