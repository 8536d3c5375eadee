"""One process owns the writes: a command finds the process that serves its store, and hands the work over.

`kb serve` puts ``server.json`` (its address, a secret token, its process id; readable by its user only) into the folder
of the store for as long as it runs. Whoever reads the token may write through the server, as whoever may write the
folder could by itself. The requests:

- ``GET /health`` answers ``{"instance": fingerprint(token), ...}`` and so proves that it is the server of the file;
- ``POST /articles`` takes the fields of a `kb.intake.Input`, ``{"source", "media", "data_base64", "info": {"title",
  "url", "published", "publisher"}, "dry_run"}``, and answers those of a `LoadReport`;
- ``DELETE /articles?reference=...`` answers ``{"removed": IRI}``.

The last two need ``Authorization: Bearer TOKEN``; an error is a problem object (RFC 9457), see `KBError.as_problem`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import HandOverError, InputTooLargeError, KBError, RequestTooLargeError
from kb.pipeline import LoadReport
from kb.store import is_url
from kb.store.problems import translated

if TYPE_CHECKING:
    import httpx

    from kb.intake import Input

SERVER_FILE = "server.json"
_HEALTH_TIMEOUT_S = 2.0
_WORK_TIMEOUT_S = 600.0
"""The longest article takes minutes, and others may be in line before it."""
_MOST_BYTES = 100_000_000
"""What a request may hold; the server has a lower limit of its own (KB_MAX_ARTICLE_BYTES) and names it."""
_AGAIN = "See the log of `kb serve`, start it again, and load the article again: a stored one is left unchanged."


@dataclass(frozen=True)
class Server:
    """The process that serves a store. Takes articles in as `kb.pipeline.Base` does."""

    url: str
    token: str = field(repr=False)
    pid: int

    @property
    def sparql(self) -> str:
        """The address of its SPARQL endpoint."""
        return f"{self.url}/sparql"

    def load(self, item: Input, *, dry_run: bool = False) -> LoadReport:
        """Load one article; what is wrong with it is in the report.

        Raises:
            HandOverError: the server went away or does not take the article.
            KBError: the server refused the request, for the reason its error class names.
        """
        try:
            data = item.content(_MOST_BYTES)
        except KBError as error:
            return LoadReport.failure(item.source, error)
        try:
            answer = self._request("POST", f"loading {item.source}", json=_body(item, data, dry_run=dry_run))
        except RequestTooLargeError as error:
            return LoadReport.failure(item.source, InputTooLargeError(f"{item.source}: {error.message}"))
        known = {f.name for f in fields(LoadReport)}
        return LoadReport(**{name: value for name, value in answer.items() if name in known})

    def remove(self, reference: str) -> str:
        """Remove an article by IRI, key or source; return its IRI.

        Raises:
            NotFoundError: there is no such article.
            HandOverError: the server went away or does not take the work.
        """
        return str(self._request("DELETE", f"removing {reference}", params={"reference": reference})["removed"])

    def is_alive(self) -> bool:
        """Tell whether it answers within 2 seconds, and is the one that wrote the file."""
        import httpx

        try:
            with _client(_HEALTH_TIMEOUT_S) as client:
                answer = client.get(f"{self.url}/health").json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return False
        return isinstance(answer, dict) and answer.get("instance") == fingerprint(self.token)

    def _request(self, method: str, work: str, **content: Any) -> dict[str, Any]:
        import httpx

        try:
            with _client(_WORK_TIMEOUT_S) as client:
                response = client.request(
                    method, f"{self.url}/articles", headers={"Authorization": f"Bearer {self.token}"}, **content
                )
        except httpx.HTTPError as error:
            text = f"{self.url} (process {self.pid}) went away while {work}: {error or type(error).__name__}"
            raise HandOverError(text, hint=_AGAIN) from error
        answer = _json(response)
        if response.is_success and isinstance(answer, dict):
            return answer
        raise KBError.from_problem(answer) or HandOverError(
            f"{self.url} (process {self.pid}) answered HTTP {response.status_code} while {work}"
        )


def fingerprint(token: str) -> str:
    """Return what a server may tell everybody of its token: enough to know it again, useless for writing."""
    return hashlib.sha256(f"demarche {token}".encode()).hexdigest()[:16]


def new_token() -> str:
    """Return a fresh secret for a server."""
    return secrets.token_urlsafe(32)


@contextmanager
def publish(folder: str, url: str, token: str) -> Iterator[Server]:
    """Say in the folder of a store who serves it, until the context ends.

    A store with a URL needs no such file: every process may write to its server.

    Raises:
        StoreError: the file cannot be written.
    """
    server = Server(url.rstrip("/"), token, os.getpid())
    if is_url(folder):
        yield server
        return
    path = Path(folder) / SERVER_FILE
    with translated(folder):
        _write_private(path, json.dumps({"url": server.url, "token": server.token, "pid": server.pid}))
    try:
        yield server
    finally:
        if _read(path) == server:
            path.unlink(missing_ok=True)


def _write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read, all of it or nothing."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            os.fchmod(stream.fileno(), 0o600)
            stream.write(text)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def find_server(folder: str) -> Server | None:
    """Return the running server of a store, if there is one; the file of one that has died is passed over."""
    server = None if is_url(folder) else _read(Path(folder) / SERVER_FILE)
    return server if server is not None and server.is_alive() else None


def _read(path: Path) -> Server | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Server(str(found["url"]), str(found["token"]), int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _client(timeout: float) -> httpx.Client:
    """Return a client that asks the server directly: no proxy of the environment stands between two local processes."""
    import httpx

    return httpx.Client(timeout=httpx.Timeout(timeout, connect=_HEALTH_TIMEOUT_S), trust_env=False)


def _body(item: Input, data: bytes, *, dry_run: bool) -> dict[str, Any]:
    info = item.info
    return {
        "source": item.source,
        "media": item.media,
        "data_base64": base64.b64encode(data).decode("ascii"),
        "info": {
            "title": info.title,
            "url": info.url,
            "published": info.published.isoformat() if info.published else None,
            "publisher": info.publisher,
        },
        "dry_run": dry_run,
    }


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
