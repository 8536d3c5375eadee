"""SPARQL Update requests: what they ask for, and the text that the engine gets to do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kb.errors import ForbiddenError, QueryError
from kb.store.operations import Operation, OperationReader, Written
from kb.store.problems import syntax_error
from kb.store.sparql import refuse_services
from kb.store.tokens import UnclearError, tokens

NOWHERE = "<about:blank>"
"""The source of a LOAD SILENT, which must not fetch: no server is asked, and being silent it has no effect."""


@dataclass(frozen=True)
class Update:
    """A request of one or more operations; `base` is what its relative IRIs are relative to.

    `using` and `using_named` are the dataset of the protocol (SPARQL 1.1 Protocol, section 2.2.3).
    """

    text: str
    base: str | None = None
    using: Sequence[str] = ()
    using_named: Sequence[str] = ()
    operations: Sequence[Operation] = ()
    expanded: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """What stands at a place in the text, and what is to stand there, because of a prologue within the request."""

    @property
    def written(self) -> Written:
        """The graphs that it can write."""
        found = Written()
        for operation in self.operations:
            found |= operation.written
        return found

    def executable(self) -> str:
        """Return the text that does what is asked for: with the protocol's dataset, and without fetching anything."""
        edits = {start: (len(old), new) for start, (old, new) in self.expanded.items()}
        dataset = "".join(
            [f"USING {ox.NamedNode(iri)} " for iri in self.using]
            + [f"USING NAMED {ox.NamedNode(iri)} " for iri in self.using_named]
        )
        for operation in self.operations:
            if operation.source is not None:
                edits[operation.source.start] = (len(operation.source.text), NOWHERE)
            if dataset and operation.where is not None:
                edits[operation.where] = (0, _template(self.text, operation) + dataset)
        return _edited(self.text, edits)


def read_update(
    text: str, base: str | None = None, using: Sequence[str] = (), using_named: Sequence[str] = ()
) -> Update:
    """Read an update request.

    Raises:
        QueryError: it is malformed, or names a dataset although the protocol gives one.
        ForbiddenError: it fetches from other servers.
    """
    _refuse_services(text)
    try:
        reader = OperationReader(text, base)
        operations = list(reader.operations())
    except UnclearError as unclear:
        raise _malformed(text, base, unclear) from None
    if (using or using_named) and any(operation.has_dataset for operation in operations):
        raise QueryError(
            "an update that says WITH or USING takes no using-graph-uri or using-named-graph-uri",
            hint="SPARQL 1.1 Protocol, section 2.2.3: give the dataset in one of the two ways.",
        )
    for operation in operations:
        if operation.source is not None and not operation.silent:
            raise ForbiddenError("LOAD is not offered: this store fetches nothing from other servers")
    return Update(text, base, using, using_named, operations, reader.expanded)


def _malformed(text: str, base: str | None, unclear: UnclearError) -> QueryError:
    """Return the engine's word on a text, which has the place; nothing is written, as it gets an empty store."""
    try:
        if not any(token.text.upper().startswith("LOAD") for token in tokens(text)):
            ox.Store().update(text, base_iri=base)
    except SyntaxError as error:
        return syntax_error(error, text)
    except (OSError, RuntimeError, ValueError):
        pass  # the engine understands it, and we do not
    line = text.count("\n", 0, unclear.at) + 1
    column = unclear.at - text.rfind("\n", 0, unclear.at)
    return QueryError(f"line {line}, column {column}: this is not understood", hint="Put spaces around keywords.")


def _template(text: str, operation: Operation) -> str:
    """Return what a DELETE WHERE lacks in order to take a dataset: its pattern as a template."""
    return "" if operation.pattern is None else text[slice(*operation.pattern)] + " "


def _edited(text: str, edits: Mapping[int, tuple[int, str]]) -> str:
    parts, last = [], 0
    for start, (length, new) in sorted(edits.items()):
        parts += [text[last:start], new]
        last = start + length
    return "".join([*parts, text[last:]])


def _refuse_services(text: str) -> None:
    try:
        refuse_services(text)
    except QueryError as error:
        message = "SERVICE is not offered: this store sends no part of an update to other servers"
        raise ForbiddenError(message) from error
