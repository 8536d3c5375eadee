"""Where readers reach the server: what IRIs of the endpoint and of graphs start with.

`public_url` of the settings says so for certain. Without it the request does: its own address, or what a trusted proxy
says it was before the proxy (X-Forwarded-Proto, -Host, -Port and -Prefix; the first of several is the outermost).
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pyoxigraph as ox
from fastapi import Request

from kb.errors import ApiError
from kb.settings import Settings


def root_of(request: Request, settings: Settings) -> str:
    """Return the address of the start page as the client has it, without the slash at its end.

    Raises:
        ApiError: the headers that say so make no IRI.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    root = _forwarded(request, settings) or f"{request.url.scheme}://{request.url.netloc}"
    try:
        return ox.NamedNode(root).value
    except ValueError as error:
        raise ApiError(f"the Host header makes no address: {root}") from error


def path_of(request: Request) -> str:
    """Return the path of a request as it was sent, with its percent-encoding."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.partition(b"?")[0].decode("latin-1")


def _forwarded(request: Request, settings: Settings) -> str | None:
    """Return the address that a trusted proxy gives, None if there is none."""
    if request.client is None or request.client.host not in settings.trusted_proxies.split():
        return None
    proto, host, port = (_first(request, name) for name in ("proto", "host", "port"))
    if not (proto or host):
        return None
    host = host or request.url.netloc
    if port and urlsplit(f"//{host}").netloc == host and ":" not in host.rpartition("]")[2]:
        host = host if port == {"http": "80", "https": "443"}.get(proto) else f"{host}:{port}"
    return f"{proto or request.url.scheme}://{host}{_first(request, 'prefix').rstrip('/')}"


def _first(request: Request, name: str) -> str:
    return request.headers.get(f"x-forwarded-{name}", "").partition(",")[0].strip()
