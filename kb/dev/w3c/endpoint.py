"""The endpoint under test, and the data that a test wants in it."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pyoxigraph as ox

TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Response:
    """An answer; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """Its media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    def __str__(self) -> str:
        """Return what a message about it needs."""
        return f"HTTP {self.status} {self.media}: {self.body[:200].decode(errors='replace')}"


@dataclass
class Endpoint:
    """A server at `root` whose endpoint is /sparql and whose graph store is /graphs; `token` lets us write."""

    root: str
    token: str
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request over a connection that stays open."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(urlsplit(self.root).netloc, timeout=TIMEOUT_S)
        self._connection.request(method, path, body, {"Authorization": f"Bearer {self.token}", **(headers or {})})
        answer = self._connection.getresponse()
        content = answer.read()
        return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)

    def query(self, text: str, accept: str) -> Response:
        """Send a query as the body of a request."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.request("POST", "/sparql", text.encode("utf-8", "surrogatepass"), headers)

    def update(self, text: str) -> Response:
        """Send an update as the body of a request."""
        headers = {"Content-Type": "application/sparql-update"}
        return self.request("POST", "/sparql", text.encode("utf-8", "surrogatepass"), headers)

    def fill(self, quads: Iterable[ox.Quad] = ()) -> None:
        """Make these quads all that the store holds."""
        blocks = []
        for quad in quads:
            statement = f"{quad.triple} ."
            default = isinstance(quad.graph_name, ox.DefaultGraph)
            blocks.append(statement if default else f"GRAPH {quad.graph_name} {{ {statement} }}")
        data = "\n".join(blocks)
        answer = self.update(f"DROP ALL ;\nINSERT DATA {{\n{data}\n}}")
        if answer.status != http.client.NO_CONTENT:
            raise RuntimeError(f"the data of a test cannot be loaded: {answer}")

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
