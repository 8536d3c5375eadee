"""The operations of a SPARQL Update request and the graphs that each of them writes.

Only as much of the grammar as that needs (SPARQL 1.1 Query, section 19.8, rules 29 to 51). What this cannot read for
certain is refused, never guessed: Oxigraph also takes keywords that touch the next word (``GRAPHex:g``), this does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kb.store.tokens import END, Kind, Token, TokenReader, UnclearError


@dataclass(frozen=True, slots=True)
class Written:
    """The graphs that an operation can write: some by name, the unnamed one, or any (`anything`)."""

    graphs: frozenset[str] = frozenset()
    unnamed: bool = False
    anything: bool = False

    def __or__(self, other: Written) -> Written:
        """Return what either can write."""
        graphs = self.graphs | other.graphs
        return Written(graphs, self.unnamed or other.unnamed, self.anything or other.anything)


ANYTHING = Written(unnamed=True, anything=True)
UNNAMED = Written(unnamed=True)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `has_dataset` says that it names the dataset of its pattern itself (WITH, USING)."""

    verb: str
    written: Written
    silent: bool = False
    has_dataset: bool = False
    where: int | None = None
    """Where its WHERE stands, if a dataset can be given to it."""
    pattern: tuple[int, int] | None = None
    """The group of a DELETE WHERE, which is template and pattern in one."""
    source: Token | None = None
    """What a LOAD reads."""


_ESCAPED = re.compile(r"\\(.)")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class OperationReader(TokenReader):
    """Reads the operations of one text, from left to right."""

    def __init__(self, text: str, base: str | None) -> None:
        super().__init__(text)
        self.base = base
        self.prefixes: dict[str, str] = {}
        self.expanded: dict[int, tuple[str, str]] = {}

    def operations(self) -> Iterator[Operation]:
        """Yield the operations with the prologues before them taken into account."""
        first = True
        while True:
            late = self._prologue(late=not first)
            if self.peek() is END:
                return
            start = self.at
            yield self._operation()
            if late or self.expanded:
                self._expand(self.tokens[start : self.at])
            if self.peek() is END:
                return
            self.mark(";")
            first = False

    # --- prologue -------------------------------------------------------------------------------------------------

    def _prologue(self, *, late: bool) -> bool:
        """Read BASE, PREFIX and VERSION; one within the request is taken out, as Oxigraph takes them at the start only.

        Returns whether there was one within the request.
        """
        begin = self.at
        while (word := self.peek().keyword) in ("BASE", "PREFIX", "VERSION"):
            self.at += 1
            if word == "BASE":
                self.base = self._resolved(self.next(Kind.IRI).text[1:-1])
            elif word == "PREFIX":
                name = self.next(Kind.NAME)
                self.prefixes[name.text] = self._resolved(self.next(Kind.IRI).text[1:-1])
            else:
                self.next(Kind.STRING)
        found = late and self.at > begin
        if found:
            for token in self.tokens[begin : self.at]:
                self.expanded[token.start] = (token.text, "")
        return found

    def _expand(self, part: Sequence[Token]) -> None:
        """Write the IRIs of an operation in full: what they are relative to is declared within the request."""
        for token in part:
            if token.kind in (Kind.IRI, Kind.NAME):
                self.expanded[token.start] = (token.text, f"<{self._iri(token)}>")

    # --- operations -----------------------------------------------------------------------------------------------

    def _operation(self) -> Operation:
        verb = self.word("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
        if verb in ("INSERT", "DELETE") and self.optional("DATA"):
            return Operation(f"{verb} DATA", self._quads(UNNAMED))
        if verb == "DELETE" and self.peek().keyword == "WHERE":
            return self._delete_where()
        if verb in ("INSERT", "DELETE", "WITH"):
            return self._modify(verb)
        silent = self.optional("SILENT")
        if verb == "LOAD":
            return self._load(silent=silent)
        return Operation(verb, self._managed(verb), silent)

    def _delete_where(self) -> Operation:
        where = self.peek().start
        self.at += 1
        start = self.peek().start
        written = self._quads(UNNAMED)
        return Operation("DELETE WHERE", written, where=where, pattern=(start, self.tokens[self.at - 1].end))

    def _modify(self, verb: str) -> Operation:
        default, has_dataset = UNNAMED, verb == "WITH"
        if has_dataset:
            default = self._graph()
            verb = self.word("INSERT", "DELETE")
        written = self._quads(default)
        if verb == "DELETE" and self.optional("INSERT"):
            written |= self._quads(default)
        while self.optional("USING"):
            has_dataset = True
            self.optional("NAMED")
            self._graph()
        where = self.peek().start
        self.word("WHERE")
        self.group()
        return Operation("MODIFY", written, has_dataset=has_dataset, where=where)

    def _load(self, *, silent: bool) -> Operation:
        source = self.next(Kind.IRI, Kind.NAME)
        written = UNNAMED
        if self.optional("INTO"):
            self.word("GRAPH")
            written = self._graph()
        return Operation("LOAD", written, silent, source=source)

    def _managed(self, verb: str) -> Written:
        """Read what follows CLEAR, DROP, CREATE, ADD, MOVE and COPY."""
        if verb == "CREATE":
            self.word("GRAPH")
            return self._graph()
        if verb in ("CLEAR", "DROP"):
            return self._cleared()
        source = self._place()
        self.word("TO")
        return self._place() | (source if verb == "MOVE" else Written())

    def _cleared(self) -> Written:
        word = self.word("GRAPH", "DEFAULT", "NAMED", "ALL")
        if word == "GRAPH":
            return self._graph()
        return {"DEFAULT": UNNAMED, "NAMED": Written(anything=True), "ALL": ANYTHING}[word]

    def _place(self) -> Written:
        if self.optional("DEFAULT"):
            return UNNAMED
        self.optional("GRAPH")
        return self._graph()

    # --- groups ---------------------------------------------------------------------------------------------------

    def _quads(self, default: Written) -> Written:
        """Read a template or data in braces; statements that name no graph are about `default`."""
        self.mark("{")
        written = Written()
        while not self.is_mark("}"):
            if self.optional("GRAPH"):
                written |= self._graph(variable=True)
                self.group()
                continue
            if self.peek() is END or self.is_mark("{"):
                raise self.unclear()
            written |= Written() if self.is_mark(".") else default
            self.at += 1
        self.at += 1
        return written

    # --- terms ----------------------------------------------------------------------------------------------------

    def _graph(self, *, variable: bool = False) -> Written:
        if variable and self.peek().kind is Kind.VARIABLE:
            self.at += 1
            return Written(anything=True)
        return Written(frozenset([self._iri(self.next(Kind.IRI, Kind.NAME))]))

    def _iri(self, token: Token) -> str:
        if token.kind is Kind.IRI:
            return self._resolved(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(f"{prefix}:")
        if namespace is None:
            raise UnclearError(token.start)
        return namespace + _ESCAPED.sub(r"\1", local)

    def _resolved(self, reference: str) -> str:
        """Return a reference in full, as the engine resolves it (RFC 3986, section 5)."""
        if self.base is None or _ABSOLUTE.match(reference):
            return reference
        try:
            node, *_ = ox.parse(f"<{reference}> a <>.", format=ox.RdfFormat.TURTLE, base_iri=self.base)
        except (SyntaxError, ValueError):
            raise self.unclear() from None
        return str(node.subject.value)
