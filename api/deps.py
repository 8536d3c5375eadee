"""What the handlers work with: one `Service`, made by `create_app` and handed to each of them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request

from api.glossary import Glossary, read_glossary
from api.known import EarlierStates
from api.metrics import Metrics
from api.pages import Pages
from api.reconcile.index import EntityType, Index, build_index, read_types
from api.service_description import Described
from api.statistics import Counted
from api.views.model import Catalogue, load_catalogue
from api.views.terms import Terms, read_terms
from kb.errors import ForbiddenError, UnauthorizedError
from kb.facts import FlatView
from kb.intake import Input
from kb.pipeline import LoadReport
from kb.query import NamedQuery, load_queries
from kb.settings import Settings
from kb.store import Store
from kb.workers.pool import WorkerPool


class Base(Protocol):
    """What the API asks of a knowledge base; `kb.pipeline.Base` is one."""

    @property
    def store(self) -> Store:
        """The store that queries go to."""

    def load(self, item: Input, *, dry_run: bool = False) -> LoadReport:
        """Load one article; what is wrong with it is in the report."""

    def remove(self, reference: str) -> str:
        """Remove an article by IRI, key or source; return its IRI.

        Raises:
            NotFoundError: there is none.
        """

    def writing(self) -> AbstractContextManager[Store]:
        """Give the store to whoever writes it directly, while nobody else does."""

    def status(self) -> Mapping[str, Any]:
        """Return what the base holds."""


@dataclass
class Service:
    """The base, how it is reached, and what is read of the installation at first use.

    Whoever has the `token` may write; without one nobody may. Free SPARQL goes to the `pool` of workers; without one
    it is answered in this process, where no query can be stopped.
    """

    settings: Settings
    base: Base
    token: str | None = field(default=None, repr=False)
    pool: WorkerPool | None = None
    _counted: Counted = field(default_factory=Counted, repr=False)
    _turn: Lock = field(default_factory=Lock, repr=False)
    _index: tuple[object, Index] | None = field(default=None, repr=False)

    @property
    def store(self) -> Store:
        """The store of the base."""
        return self.base.store

    @cached_property
    def metrics(self) -> Metrics:
        """What is counted."""
        return Metrics(self.store, self.pool)

    @cached_property
    def queries(self) -> Mapping[str, NamedQuery]:
        """The named queries."""
        return load_queries()

    @cached_property
    def flat(self) -> FlatView:
        """The queries that make the flat view of an article."""
        return FlatView(queries=self.queries)

    def described(self, root: str) -> Described:
        """Return what descriptions of the service and of the dataset say, for a server that is reached at `root`."""
        statistics = self._counted.of(self.store, self.store.version)
        return Described(root, self.settings, self.queries.values(), statistics)

    @cached_property
    def glossary(self) -> Glossary:
        """The ontology."""
        return read_glossary()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The views of /api."""
        return load_catalogue(self.queries)

    @cached_property
    def terms(self) -> Terms:
        """What the ontology says about slots and classes."""
        return read_terms(self.glossary.triples)

    @cached_property
    def earlier(self) -> EarlierStates:
        """The base as it was known on earlier days."""
        return EarlierStates(self.queries["articles"])

    @cached_property
    def entity_types(self) -> Mapping[str, EntityType]:
        """The types of entities that names can be matched with."""
        return read_types()

    @property
    def index(self) -> Index:
        """The entities that names can mean, read anew when the base has changed.

        Raises:
            StoreError: the store cannot answer.
        """
        with self._turn:
            state = self._state_of_base()
            if self._index is None or self._index[0] != state:
                entities = self.queries["entities"]
                self._index = state, build_index(self.store, self.entity_types, self.catalogue, self.terms, entities)
            return self._index[1]

    def _state_of_base(self) -> object:
        """Return what changes when articles come or go: the store's version if it has one, else the articles."""
        version = self.store.version
        return version if version is not None else self.store.select(self.queries["articles"].text).rows

    def known_on(self, day: str | None) -> Store:
        """Return the store, or what it would hold had only articles until a day been read.

        Raises:
            QueryParameterError: it is no date.
            OptionError, StoreError: that cannot be answered.
        """
        return self.store if day is None else self.earlier.known_on(self.store, day)

    @cached_property
    def pages(self) -> Pages:
        """The HTML templates."""
        return Pages(self.settings.public_url)

    def is_owner(self, request: Request) -> bool:
        """Tell whether the request carries the server's token (RFC 6750, section 2.1)."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if self.token is None or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.strip().encode(), self.token.encode())


def service_of(request: Request) -> Service:
    """Return the service of the application that takes the request."""
    service: Service = request.app.state.service
    return service


async def _service_for_handler(request: Request) -> Service:
    """Return the same; what is no coroutine costs a handler the way to another thread and back."""
    return service_of(request)


def require_owner(request: Request) -> None:
    """Let only those through who may write.

    Raises:
        ForbiddenError: the server was started without a token, so nobody may.
        UnauthorizedError: the request lacks the token, or has another one.
    """
    service = service_of(request)
    if service.token is None:
        raise ForbiddenError("nobody may write here: this server was started without a token")
    if not service.is_owner(request):
        raise UnauthorizedError(f"{request.method} {request.url.path} needs the server's token")


ServiceDep = Annotated[Service, Depends(_service_for_handler)]
