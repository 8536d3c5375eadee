"""The store in a folder of this machine: Oxigraph on RocksDB, through pyoxigraph.

One process can have it open for writing; concurrent updates would lose writes silently, so changes take turns. A
result of pyoxigraph that crosses threads aborts the process: whatever is evaluated here is read out in the same call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kb.errors import QueryError, StoreError, StoreReadOnlyError
from kb.store.base import Answer, AnswerKind, Change, Choose, Table
from kb.store.dump import document, dump
from kb.store.folder import back_up, open_for_reading, open_for_writing, snapshot
from kb.store.problems import translated
from kb.store.sparql import has_dataset_clause, refuse_services
from kb.store.statements import ntriples, quads_of, sorted_lines, update_text
from kb.store.turn import Turn, Version
from kb.store.updates import Update

_BULK_CHARACTERS = 1_000_000
"""From this length of N-Quads on, a change that only adds is written in bulk."""

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class EmbeddedStore:
    """A set of named graphs in a folder, or in memory where `folder` is None. It may be used from several threads."""

    def __init__(self, folder: str | None, *, read_only: bool = False, union: bool = True) -> None:
        """Open the folder; `union` and what is raised are as `kb.store.open_store` says."""
        self._folder = None if folder is None else Path(folder)
        self._read_only = read_only
        self._union = union
        self._turn = Turn()
        self._opened: ox.Store | None = self._open()

    def _open(self) -> ox.Store:
        if self._folder is None:
            return ox.Store()
        return open_for_reading(self._folder) if self._read_only else open_for_writing(self._folder)

    @property
    def location(self) -> str:
        """The folder as it was given."""
        return "memory" if self._folder is None else str(self._folder)

    @property
    def _store(self) -> ox.Store:
        if self._opened is None:
            raise StoreError(f"{self.location}: the store has been closed")
        return self._opened

    @property
    def version(self) -> Version:
        """The state that is read from now on: it has everything that was written before."""
        return self._turn.version

    # --- asking ---------------------------------------------------------------------------------------------------

    def select(self, query: str) -> Table:
        """Return all solutions of a SELECT query.

        Raises:
            QueryError: it is malformed, cannot be evaluated, or is not a SELECT.
            StoreError: the store cannot be read.
        """
        with self.results(query) as found:
            if not isinstance(found, ox.QuerySolutions):
                raise QueryError("a SELECT query is needed here")
            variables = tuple(variable.value for variable in found.variables)
            return Table(variables, tuple(tuple(solution) for solution in found))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query; raises like `select`."""
        with self.results(query) as found:
            if not isinstance(found, ox.QueryBoolean):
                raise QueryError("an ASK query is needed here")
            return bool(found)

    def construct(self, query: str) -> str:
        """Return the result of a CONSTRUCT or DESCRIBE query as sorted N-Triples text; raises like `select`."""
        with self.results(query) as found:
            if not isinstance(found, ox.QueryTriples):
                raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
            return ntriples(found)

    def answer(
        self, query: str, choose: Choose, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Answer:
        """Evaluate any query form and serialise the result in the format `choose` picks; raises like `select`.

        The graph arguments are the protocol's dataset (SPARQL 1.1 Protocol, section 2.1.4) and override FROM.
        """
        with self.results(query, default_graphs=default_graphs, named_graphs=named_graphs) as found:
            kind = kind_of(found)
            format_ = choose(kind)
            return Answer(kind, _serialised(found, format_), format_)

    @contextmanager
    def results(
        self,
        query: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
        services: Collection[str] = (),
        union: bool | None = None,
    ) -> Iterator[Result]:
        """Give the engine's own result, which must be read in this thread and before the context ends.

        Relative IRIs are relative to `base`. SERVICE may call the `services`; `union` is as `kb.store.open_store` says,
        None that of the store. Raises like `select`, inside as well.
        """
        union = self._union if union is None else union
        with translated(self.location, query):
            refuse_services(query, services)
            dataset = _dataset(query, default_graphs, named_graphs, union=union)
            yield self._store.query(query, base_iri=base, **dataset)

    def graph(self, iri: str) -> str:
        """Return one named graph as sorted N-Triples text; empty if there is none."""
        with translated(self.location):
            return _graph_text(self._store, iri)

    # --- changing -------------------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Make a change, all of it or nothing.

        Raises:
            StoreReadOnlyError, StoreFullError, StoreError: nothing was changed.
        """
        if self._read_only:
            raise StoreReadOnlyError(f"{self.location}: the store is open for reading only")
        with self._turn, translated(self.location):
            if self._is_bulk(change):
                self._store.bulk_extend(list(quads_of(change.insert)))
            else:
                self._store.update(update_text(change))

    def update(self, update: Update) -> None:
        """Carry out an update request, all of it or nothing.

        Where a pattern of it names no graph, and nothing else does, the unnamed graph is meant, not the union.

        Raises:
            QueryError: it cannot be carried out as it is.
            StoreReadOnlyError, StoreFullError, StoreError: nothing was changed.
        """
        if self._read_only:
            raise StoreReadOnlyError(f"{self.location}: the store is open for reading only")
        text = update.executable()
        with self._turn, translated(self.location, text):
            self._store.update(text, base_iri=update.base)

    def _is_bulk(self, change: Change) -> bool:
        """Tell whether a change only adds, and so much that files of its own pay: 30,000 quads in 0.2 s, not 0.6.

        Oxigraph takes such files in at once, so this is one step as well.
        """
        if change.delete or len(change.insert) < _BULK_CHARACTERS:
            return False
        return not any(self._store.contains_named_graph(ox.NamedNode(iri)) for iri in change.drop)

    def flush(self) -> None:
        """Make what was written survive a power cut, and the next opening quick."""
        if self._folder is not None and not self._read_only:
            with translated(self.location):
                self._store.flush()

    def close(self) -> None:
        """Release the store; calls that are running in other threads keep the folder locked until they end."""
        self._opened = None

    def checkpoint(self, folder: Path) -> Version:
        """Make a copy of the store, of hard links, in a new folder; return the version that it is.

        Raises:
            StoreFullError, StoreError: it cannot be made.
        """
        with self._turn.hold():
            back_up(self._store, folder)
            return self._turn.version

    # --- exporting ------------------------------------------------------------------------------------------------

    def export(self, format_: ox.RdfFormat, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole base (or one graph) in a format, in a fixed order of graphs.

        All of it is from one moment, even if the store is written meanwhile.
        """
        with self._at_one_moment() as store, translated(self.location):
            names = [graph] if graph is not None else [_name(node) for node in store.named_graphs()]
            yield from dump(names, lambda iri: _graph_text(store, iri), format_)

    def _at_one_moment(self) -> AbstractContextManager[ox.Store]:
        if self._read_only:
            return nullcontext(self._store)  # what was opened for reading stays as it was then
        return _copy(self._store) if self._folder is None else snapshot(self._store, self._folder)


@contextmanager
def _copy(store: ox.Store) -> Iterator[ox.Store]:
    copy = ox.Store()
    copy.load(store.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    yield copy


def _graph_text(store: ox.Store, iri: str) -> str:
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(iri))
    return sorted_lines(data or b"")


def _name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value


def _serialised(found: Result, format_: ox.QueryResultsFormat | ox.RdfFormat) -> bytes:
    if isinstance(found, ox.QueryTriples):
        assert isinstance(format_, ox.RdfFormat), "a graph is answered in an RDF format"
        return document(found, format_)
    assert isinstance(format_, ox.QueryResultsFormat), "rows and booleans are answered in a results format"
    return found.serialize(format=format_) or b""


def kind_of(found: Result) -> AnswerKind:
    """Return the kind of an engine's result."""
    if isinstance(found, ox.QuerySolutions):
        return AnswerKind.ROWS
    return AnswerKind.BOOLEAN if isinstance(found, ox.QueryBoolean) else AnswerKind.GRAPH


def _dataset(query: str, default_graphs: Sequence[str], named_graphs: Sequence[str], *, union: bool) -> dict[str, Any]:
    """Return the dataset arguments; with `union`, the default graph without any dataset is that of all graphs."""
    if default_graphs or named_graphs:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default_graphs],
            "named_graphs": [ox.NamedNode(iri) for iri in named_graphs],
        }
    # The union would override a FROM clause.
    return {"use_default_graph_as_union": union and not has_dataset_clause(query)}
