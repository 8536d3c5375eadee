"""From the HTTP status of a SPARQL server to the errors of this house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.errors import KBError, QueryError, StoreError, StoreFullError, StoreReadOnlyError

if TYPE_CHECKING:
    import httpx

NO_ENDPOINT = "Check that the address is that of a SPARQL 1.1 endpoint."
_NO_UPDATES = "The server takes no updates from us: check the token and the URL."
_NO_ENTRY = "The server wants a token, or another one."
_TROUBLE = "The server could not do it; see its log."

_ASKING: dict[int, tuple[type[KBError], str | None]] = {
    400: (QueryError, None),
    401: (StoreError, _NO_ENTRY),
    403: (StoreError, _NO_ENTRY),
    404: (StoreError, NO_ENDPOINT),
    405: (StoreError, NO_ENDPOINT),
    415: (StoreError, NO_ENDPOINT),
    507: (StoreFullError, None),
}
_CHANGING: dict[int, tuple[type[KBError], str | None]] = {
    **_ASKING,
    400: (StoreError, _TROUBLE),
    401: (StoreReadOnlyError, _NO_UPDATES),
    403: (StoreReadOnlyError, _NO_UPDATES),
    405: (StoreReadOnlyError, _NO_UPDATES),
}
_MOST_TEXT = 500
"""How many characters of a server's explanation go into an error."""


def refusal(response: httpx.Response, *, changing: bool) -> KBError:
    """Return the error that an HTTP status means, with the server's own words; a `kb serve` names its error itself."""
    problem = _problem(response)
    if error := KBError.from_problem(problem):
        return error
    said = " ".join(str(problem.get("detail") or response.text).split())[:_MOST_TEXT]
    table = _CHANGING if changing else _ASKING
    kind, hint = table.get(response.status_code, (StoreError, _TROUBLE))
    return kind(f"{response.url}: HTTP {response.status_code} {response.reason_phrase}: {said}", hint=hint)


def _problem(response: httpx.Response) -> dict[str, Any]:
    """Return the problem object (RFC 9457) that a server sent, if it is one."""
    try:
        found = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
