"""A store behind SPARQL 1.1 Protocol: Oxigraph, Fuseki, GraphDB, QLever ..., or another `kb serve` for reading.

Two things depend on the server. A change is one update request, which every store named here carries out as a whole
(Virtuoso does not: it refuses long ones). And the default graph of a query without a dataset is the union of all graphs
only where the server says so (``oxigraph serve --union-default-graph``); the named queries and everything in this house
name the graph, so only questions of one's own are concerned.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kb.errors import QueryError, StoreDamagedError, StoreError, StoreReadOnlyError
from kb.store.base import Answer, AnswerKind, Change, Choose, Table
from kb.store.dump import document, dump
from kb.store.refusals import NO_ENDPOINT, refusal
from kb.store.sparql import QueryForm, query_form
from kb.store.statements import ntriples, update_text
from kb.store.updates import Update

if TYPE_CHECKING:
    import httpx

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_KINDS = {QueryForm.SELECT: AnswerKind.ROWS, QueryForm.ASK: AnswerKind.BOOLEAN}
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_TIMEOUT_S = 60.0
_CONNECT_TIMEOUT_S = 5.0
_SLOW = "The server is busy or the query too heavy; try again, or add a LIMIT."
_UNREACHABLE = "Check the address given by --store or KB_STORE, and that the server is running."
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class RemoteStore:
    """A set of named graphs on a server. It may be used from several threads."""

    def __init__(
        self,
        location: str,
        *,
        read_only: bool = False,
        token: str | None = None,
        timeout: float = _TIMEOUT_S,
        query_seconds: float | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare a client; the server is asked at the first use.

        `location` is one URL for everything, or the query URL and the update URL with a space between them. `timeout`
        is in seconds and holds for every step of a request but connecting, which has 5; `query_seconds` is the most
        that a query may take from its first step to its last. `transport` replaces the network, for an application in
        the same process.
        """
        import httpx

        urls = location.split()
        self._query_url, self._update_url = urls[0], urls[-1]
        self._read_only = read_only
        self._query_seconds = query_seconds or timeout
        self._client = httpx.Client(
            trust_env=httpx.URL(self._query_url).host not in _LOOPBACK,  # no proxy between two local processes
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=httpx.Timeout(timeout, connect=_CONNECT_TIMEOUT_S),
            transport=transport,
        )

    @property
    def location(self) -> str:
        """The URL that is queried."""
        return self._query_url

    @property
    def version(self) -> None:
        """None: others may write to the server too."""
        return None

    # --- asking ---------------------------------------------------------------------------------------------------

    def select(self, query: str) -> Table:
        """Return all solutions of a SELECT query.

        Raises:
            QueryError: it is malformed, cannot be evaluated, or is not a SELECT.
            StoreError: the server cannot be reached, or does not answer as the protocol says.
        """
        with self._reading_results():
            found = self._results(query, QueryForm.SELECT)
            if not isinstance(found, ox.QuerySolutions):
                raise self._unexpected("a boolean instead of solutions")
            return Table(tuple(v.value for v in found.variables), tuple(tuple(solution) for solution in found))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query; raises like `select`."""
        with self._reading_results():
            found = self._results(query, QueryForm.ASK)
            if not isinstance(found, ox.QueryBoolean):
                raise self._unexpected("solutions instead of a boolean")
            return bool(found)

    def construct(self, query: str) -> str:
        """Return the result of a CONSTRUCT or DESCRIBE query as sorted N-Triples text; raises like `select`."""
        if query_form(query) not in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        with self._reading_results():
            return ntriples(self._triples(self._query(query, _TRIPLES)))

    def answer(
        self, query: str, choose: Choose, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Answer:
        """Evaluate any query form and serialise the result in the format `choose` picks; raises like `select`.

        The graph arguments are the protocol's dataset (SPARQL 1.1 Protocol, section 2.1.4) and override FROM.
        """
        kind = _KINDS.get(query_form(query), AnswerKind.GRAPH)
        format_ = choose(kind)
        dataset = {"default-graph-uri": list(default_graphs), "named-graph-uri": list(named_graphs)}
        response = self._query(query, _TRIPLES if kind is AnswerKind.GRAPH else _ROWS, **dataset)
        with self._reading_results():
            if isinstance(format_, ox.RdfFormat):
                return Answer(kind, document(self._triples(response), format_), format_)
            return Answer(kind, self._parsed(response).serialize(format=format_) or b"", format_)

    def graph(self, iri: str) -> str:
        """Return one named graph as sorted N-Triples text; empty if there is none."""
        return self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}")

    def export(self, format_: ox.RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole base (or one graph) in a format, in a fixed order of graphs.

        Each graph is asked for by itself, so a change made meanwhile may show in the later ones only.
        """
        names = [graph] if graph is not None else [row[0].value for row in self.select(_GRAPHS).rows if row[0]]
        yield from dump(names, self.graph, format_)

    # --- changing -------------------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Make a change as one update request.

        Raises:
            StoreReadOnlyError: it was opened for reading, or the server takes no updates from us.
            StoreFullError, StoreError: the server did not carry it out.
        """
        if self._read_only:
            raise StoreReadOnlyError(f"{self.location}: the store is open for reading only")
        self._post(self._update_url, "*/*", {"update": update_text(change)})

    def update(self, update: Update) -> None:
        """Send an update request on, with the dataset of the protocol; raises like `apply`, and QueryError.

        A relative IRI in it is relative to `update.base`, as it is here.
        """
        if self._read_only:
            raise StoreReadOnlyError(f"{self.location}: the store is open for reading only")
        dataset = {"using-graph-uri": list(update.using), "using-named-graph-uri": list(update.using_named)}
        base = f"BASE <{update.base}> " if update.base else ""
        self._post(self._update_url, "*/*", {"update": base + update.text, **dataset})

    def flush(self) -> None:
        """Do nothing: when a server writes to its disk is its own affair."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    # --- the protocol ---------------------------------------------------------------------------------------------

    def _query(self, query: str, accept: str, **dataset: Sequence[str]) -> httpx.Response:
        return self._post(self._query_url, accept, {"query": query, **dataset}, seconds=self._query_seconds)

    def _post(self, url: str, accept: str, form: dict[str, Any], *, seconds: float | None = None) -> httpx.Response:
        """Send a form (SPARQL 1.1 Protocol, sections 2.1.2 and 2.2.1), the one way that every server understands."""
        import httpx

        started = time.monotonic()
        try:
            request = self._client.build_request("POST", url, data=form, headers={"Accept": accept})
            response = self._client.send(request, stream=True)
            if seconds is not None:
                _limit(response, started + seconds)
            response.read()
        except httpx.TimeoutException as error:
            raise StoreError(f"{url}: no answer in time", hint=_SLOW) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreError(f"{url}: {error}", hint=_UNREACHABLE) from error
        if not response.is_success:
            raise refusal(response, changing="update" in form)
        return response

    def _results(self, query: str, form: QueryForm) -> ox.QuerySolutions | ox.QueryBoolean:
        if query_form(query) is not form:
            raise QueryError(f"{'an' if form is QueryForm.ASK else 'a'} {form} query is needed here")
        return self._parsed(self._query(query, _ROWS))

    def _parsed(self, response: httpx.Response) -> ox.QuerySolutions | ox.QueryBoolean:
        media_type = response.headers.get("content-type", "")
        format_ = ox.QueryResultsFormat.from_media_type(media_type)
        if format_ is None:
            raise self._unexpected(f"{media_type or 'no media type'} instead of results in JSON or XML")
        return ox.parse_query_results(response.content, format=format_)

    def _triples(self, response: httpx.Response) -> Iterable[ox.Triple]:
        media_type = response.headers.get("content-type", "")
        format_ = ox.RdfFormat.from_media_type(media_type)
        if format_ is None:
            raise self._unexpected(f"{media_type or 'no media type'} instead of RDF")
        return (quad.triple for quad in ox.parse(response.content, format=format_))

    @contextmanager
    def _reading_results(self) -> Iterator[None]:
        """Say what is wrong with an answer that is cut off or malformed, which may show at any row."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise self._unexpected(f"results that cannot be read: {error}") from error

    def _unexpected(self, what: str) -> StoreError:
        return StoreDamagedError(f"{self.location}: the server sent {what}", hint=NO_ENDPOINT)


def _limit(response: httpx.Response, until: float) -> None:
    """Make the reading of an answer fail after a moment: a server may send a byte now and then for ever."""
    import httpx

    assert isinstance(response.stream, httpx.SyncByteStream)
    inner: httpx.SyncByteStream = response.stream

    class Limited(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for piece in inner:
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer took too long", request=response.request)
                yield piece

        def close(self) -> None:
            inner.close()

    response.stream = Limited()
