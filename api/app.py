"""The application: `create_app` puts the rooms together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from api.compression import CompressionMiddleware
from api.conditional import ConditionalMiddleware
from api.deps import Base, Service
from api.docs import complete
from api.errors import install_handlers
from api.middleware import HeadMiddleware, SecurityHeadersMiddleware
from api.observing import ObservingMiddleware, access_logger
from api.pages import FOLDER
from api.publishing import PublishingMiddleware
from api.routers import articles, graphs, ontology, operations, queries, reconcile, sparql, start, things, void
from api.routers.views import views_router
from api.views.openapi import add_examples
from kb import __version__
from kb.settings import Settings
from kb.workers.pool import WorkerPool

_DESCRIPTION = (
    "An open knowledge base of sanctions and diplomatic events: news articles in, checked RDF facts with evidence out. "
    "Reading is open to everybody; writing needs the server's token."
)


def create_app(settings: Settings, base: Base, token: str | None = None, pool: WorkerPool | None = None) -> FastAPI:
    """Return the application for one base. Whoever has the `token` may write; without one nobody may.

    Free SPARQL goes to the `pool`, which starts and ends with the application.
    """
    app = _Application(
        title="Demarche",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,  # both would load scripts of another server
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(pool),
    )
    app.state.service = Service(settings, base, token, pool)
    install_handlers(app)
    _add_middleware(app, app.state.service)
    for room in (sparql, start, operations, graphs, queries, articles, reconcile, things, ontology, void):
        app.include_router(room.router)
    app.include_router(views_router(app.state.service.catalogue))
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    return app


def _lifespan(pool: WorkerPool | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if pool is None:
            yield
            return
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    return lifespan


def _add_middleware(app: FastAPI, service: Service) -> None:
    """Add what every request passes; what is added last sees it first."""
    if service.pool is not None:
        app.add_middleware(PublishingMiddleware, pool=service.pool)
    app.add_middleware(CompressionMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(ConditionalMiddleware)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
        allow_headers=["Accept", "Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Request-Id"],
        expose_headers=["Content-Location", "ETag", "Link", "Location", "Retry-After", "X-Request-Id", "X-Total-Count"],
    )
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(ObservingMiddleware, metrics=service.metrics, log=access_logger(service.settings.access_log))
    app.add_middleware(HeadMiddleware)


class _Application(FastAPI):
    """FastAPI whose description also has what its routes refer to."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 description."""
        if self.openapi_schema is None:
            self.openapi_schema = add_examples(complete(super().openapi()), self.state.service.catalogue)
        return self.openapi_schema
