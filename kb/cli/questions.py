"""What `kb query` is asked, and how it answers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import EncodingError, MissingInputError, OptionError

if TYPE_CHECKING:
    from kb.store import Answer, Store


def list_text() -> str:
    """Return the named queries with their parameters."""
    from kb.query import load_queries

    lines = []
    for query in load_queries().values():
        lines.append(f"{query.name:<20} {query.summary}")
        lines.extend(f"{'':<20}   {p.name}: {p.meaning}, e.g. {p.example}" for p in query.parameters)
    return "\n".join(lines)


def answer(store: Store, question: str | None, path: Path | None, values: Mapping[str, str], form: str) -> str:
    """Return the answer to a named query, or to one in SPARQL, as text in the format table, csv or json.

    Raises:
        QueryError: the query is unknown or malformed.
        OptionError: nothing is asked, or parameters are given to a query without a name.
    """
    from kb.query import find_query, load_queries, render, run

    if question is not None and path is None and _is_name(question):
        table = run(store, find_query(load_queries(), question), values)
        return render(table, form, width=_width()) if form == "table" else render(table, form)
    if values:
        raise OptionError("--param goes with a named query; write the values into the SPARQL query itself")
    return _answer_sparql(store, _sparql(question, path), form)


def _is_name(question: str) -> bool:
    return not set(question) & set("{} \n")


def _sparql(question: str | None, path: Path | None) -> str:
    if (question is None) == (path is None):
        raise OptionError("give the name of a query, a query in SPARQL, or --file")
    try:
        return question if path is None else path.read_text(encoding="utf-8")  # type: ignore[return-value]
    except OSError as error:
        raise MissingInputError(f"{path}: {error.strerror}") from error
    except UnicodeError as error:
        raise EncodingError(f"{path}: not in UTF-8: {error}") from error


def _width() -> int | None:
    """Return the width of the terminal, or None where the output is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _answer_sparql(store: Store, query: str, form: str) -> str:
    import pyoxigraph as ox

    from kb.query import render
    from kb.store import AnswerKind, Table

    graphs = {"table": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD}

    def choose(kind: AnswerKind) -> ox.QueryResultsFormat | ox.RdfFormat:
        if kind is not AnswerKind.GRAPH:
            return ox.QueryResultsFormat.JSON
        if form not in graphs:
            raise OptionError(f"a query that answers with a graph has no {form}; use the format table or json")
        return graphs[form]

    found: Answer = store.answer(query, choose)
    if found.kind is AnswerKind.GRAPH:
        return found.body.decode().rstrip("\n") + "\n"
    parsed = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        words = {"table": ("no", "yes"), "csv": ("false", "true")}
        return f"{words[form][bool(parsed)]}\n" if form in words else f"{found.body.decode()}\n"
    names = tuple(variable.value for variable in parsed.variables)
    table = Table(names, tuple(tuple(row[name] for name in names) for row in parsed))
    return render(table, form, width=_width()) if form == "table" else render(table, form)
