"""HTML pages: Jinja2 templates with everything escaped, and links that stay on this server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kb import __version__
from kb.graph import PREFIXES
from kb.settings import BASE_IRI

FOLDER = Path(__file__).parent
_CODE = re.compile(r"`+([^`\n]+)`+")

SIGNS = {
    "occurred": "●",
    "ongoing": "●",
    "planned": "◌",
    "possible": "◌",
    "alleged": "?",
    "denied": "✕",
    "cancelled": "✕",
}
"""A sign for each of the seven factualities, so that colour never speaks alone."""


class Pages:
    """Renders the templates. Addresses start with the path of `public_url`, for a server behind a proxy."""

    def __init__(self, public_url: str | None = None) -> None:
        self.root = urlsplit(public_url or "").path.rstrip("/")
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(root=self.root, version=__version__, base_iri=BASE_IRI, signs=SIGNS)
        self._environment.filters.update(link=self.link, short=short, name=name_of, prose=prose)

    def render(self, template: str, **values: Any) -> str:
        """Return a template filled in."""
        return self._environment.get_template(template).render(values)

    def response(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """Return a template filled in, as an answer that depends on the Accept header."""
        return HTMLResponse(self.render(template, **values), status, {"Vary": "Accept", **(headers or {})})

    def link(self, iri: str) -> str:
        """Return where a page links to for an IRI: an address here for one of ours, "" where there is nothing to see.

        Text of articles may hold any IRI; only those of the web become links.
        """
        if iri.startswith(BASE_IRI):
            path = iri.removeprefix(BASE_IRI)
            return f"{self.root}/{'page/' + path.removeprefix('id/') if path.startswith('id/') else path}"
        return iri if urlsplit(iri).scheme in ("http", "https") else ""


def short(iri: str, prefixes: Mapping[str, str] = MappingProxyType(PREFIXES)) -> str:
    """Return an IRI as people read it: ``dem:Visit``, ``id/state/PRK``, or whole if nothing is known of it."""
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and prefix != "id" and local and "/" not in local:
            return f"{prefix}:{local}"
    return iri.removeprefix(BASE_IRI)


def name_of(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def prose(text: str) -> Markup:
    """Return text in which what stands between backticks is shown as code; all of it is escaped."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped before


def encoded(path: str) -> str:
    """Return a path as part of an address."""
    return quote(path, safe="/~!$&'()*+,;=:@")
