"""The application: `create_app` puts the rooms together."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from api.deps import Base, Service
from api.docs import complete
from api.errors import install_handlers
from api.middleware import HeadMiddleware, SecurityHeadersMiddleware
from api.pages import FOLDER
from api.routers import articles, graphs, ontology, queries, sparql, start, things, void
from api.routers.views import views_router
from api.views.openapi import add_examples
from kb import __version__
from kb.settings import Settings

_DESCRIPTION = (
    "An open knowledge base of sanctions and diplomatic events: news articles in, checked RDF facts with evidence out. "
    "Reading is open to everybody; writing needs the server's token."
)


def create_app(settings: Settings, base: Base, token: str | None = None) -> FastAPI:
    """Return the application for one base. Whoever has the `token` may write; without one nobody may."""
    app = _Application(
        title="Demarche",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,  # both would load scripts of another server
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = Service(settings, base, token)
    install_handlers(app)
    _add_middleware(app)
    for room in (start, sparql, graphs, queries, articles, things, ontology, void):
        app.include_router(room.router)
    app.include_router(views_router(app.state.service.catalogue))
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    return app


def _add_middleware(app: FastAPI) -> None:
    """Add what every request passes; what is added last sees it first."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
        allow_headers=["Accept", "Authorization", "Content-Type", "If-Match", "If-None-Match"],
        expose_headers=["Content-Location", "ETag", "Link", "Location", "X-Total-Count"],
    )
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(HeadMiddleware)


class _Application(FastAPI):
    """FastAPI whose description also has what its routes refer to."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 description."""
        if self.openapi_schema is None:
            self.openapi_schema = add_examples(complete(super().openapi()), self.state.service.catalogue)
        return self.openapi_schema
