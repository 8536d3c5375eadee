"""Compression of answers that are made in this process; the query workers compress theirs themselves."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from api.negotiate import parse_weighted


def accepts_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header wants gzip (RFC 9110, section 12.5.3); an absent one does not."""
    weights = dict(parse_weighted(header))
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is long, for whoever accepts it; Starlette's own looks for the word only, even in `gzip;q=0`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with an Accept-Encoding that says yes or no."""
        if scope["type"] == "http":
            headers = MutableHeaders(scope=scope)
            headers["accept-encoding"] = "gzip" if accepts_gzip(headers.get("accept-encoding", "")) else "identity"
        await super().__call__(scope, receive, send)
