"""What the rest of the house asks of a store, whether it is embedded or a remote SPARQL 1.1 server.

Terms and results are pyoxigraph's; they never cross threads unread, so everything here is returned whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import pyoxigraph as ox

from kb.store.turn import Version
from kb.store.updates import Update

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One atomic step: first `drop` whole graphs, then delete and insert quads.

    `delete` and `insert` are N-Quads text; every quad names its graph and none has a blank node.
    """

    drop: tuple[str, ...] = ()
    delete: str = ""
    insert: str = ""


class AnswerKind(StrEnum):
    """The form of a query's result, which decides the formats it can have."""

    ROWS = "rows"
    BOOLEAN = "boolean"
    GRAPH = "graph"


Choose = Callable[[AnswerKind], ox.QueryResultsFormat | ox.RdfFormat]
"""Picks the format of an answer once its kind is known; may raise, and then nothing is answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised query result."""

    kind: AnswerKind
    body: bytes
    format: ox.QueryResultsFormat | ox.RdfFormat


class Store(Protocol):
    """A set of named graphs. Without a dataset clause a query's default graph is the union of all of them."""

    @property
    def location(self) -> str:
        """The folder or URL it was opened with."""

    @property
    def version(self) -> Version | None:
        """The state that is read from now on; None where it is not known, as others may write too."""

    def select(self, query: str) -> Table:
        """Return all solutions of a SELECT query.

        Raises:
            QueryError: it is malformed or not a SELECT.
            StoreError: the store cannot answer.
        """

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query; raises like `select`."""

    def construct(self, query: str) -> str:
        """Return the result of a CONSTRUCT or DESCRIBE query as N-Triples text, sorted; raises like `select`."""

    def answer(
        self, query: str, choose: Choose, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Answer:
        """Evaluate any query form and serialise the result in the format `choose` picks; raises like `select`.

        The graph arguments are the protocol's dataset (SPARQL 1.1 Protocol, section 2.1.4) and override FROM.
        """

    def graph(self, iri: str) -> str:
        """Return one named graph as N-Triples text, sorted; empty if there is none."""

    def apply(self, change: Change) -> None:
        """Make a change, all of it or nothing.

        Raises:
            StoreReadOnlyError, StoreFullError, StoreError: nothing was changed.
        """

    def update(self, update: Update) -> None:
        """Carry out an update request, all of it or nothing.

        Raises:
            QueryError: it cannot be carried out as it is.
            StoreReadOnlyError, StoreFullError, StoreError: nothing was changed.
        """

    def export(self, format_: ox.RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole base (or one graph) in a format, in a fixed order of graphs."""

    def flush(self) -> None:
        """Make what was written survive a power cut."""

    def close(self) -> None:
        """Release the store."""
