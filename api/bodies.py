"""Bodies of requests: their media type, and reading them no further than a limit."""

from __future__ import annotations

from fastapi import Request

from kb.errors import RequestTooLargeError


def media_type(content_type: str) -> str:
    """Return the media type of a Content-Type header in lower case, without its parameters; "" for none."""
    return content_type.partition(";")[0].strip().lower()


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request.

    Raises:
        RequestTooLargeError: it has more than `limit` bytes, or says so.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _too_large(limit: int) -> RequestTooLargeError:
    return RequestTooLargeError(f"the body is longer than {limit:,} bytes, the limit of this address")
