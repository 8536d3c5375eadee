"""Answers as text: for people (table), for spreadsheets (csv) and for programs (json)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from kb.errors import OptionError
from kb.settings import BASE_IRI
from kb.store.base import Table, Term

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def render(table: Table, format_: str = "table", *, width: int | None = None) -> str:
    """Return the table as text that ends in a line break.

    `format_` is table, csv (RFC 4180, as SPARQL 1.1 has it) or json (SPARQL 1.1 Query Results JSON Format). A `width`
    in characters, that of the terminal, draws the human table in a frame and wraps it; without it, it is plain text
    with a line per answer, to be read by people or cut by tools.

    Raises:
        OptionError: there is no such format.
    """
    if format_ == "table" and width is not None:
        return _framed(table, width)
    if format_ not in FORMATS:
        raise OptionError(f"there is no format {format_}; the formats are {', '.join(FORMATS)}")
    return FORMATS[format_](table)


# --- for people -------------------------------------------------------------------------------------------------------


def _plain(table: Table) -> str:
    """Columns two spaces apart, none cut off."""
    cells = [list(table.variables), *_cells(table)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.variables))]
    cells.insert(1, ["-" * width for width in widths])
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)
    return "".join(f"{line}\n" for line in lines) + _count(table)


def _framed(table: Table, width: int) -> str:
    from rich.box import ROUNDED
    from rich.console import Console
    from rich.table import Table as Frame
    from rich.text import Text

    frame = Frame(box=ROUNDED, show_lines=len(table.rows) > 1)
    for variable in table.variables:
        frame.add_column(Text(variable), overflow="fold")
    for row in _cells(table):
        frame.add_row(*map(Text, row))
    file = io.StringIO()
    Console(file=file, width=width, no_color=True, force_terminal=False, legacy_windows=False).print(frame)
    return file.getvalue() + _count(table)


def _cells(table: Table) -> list[list[str]]:
    return [[" ".join(shorten(term).split()) for term in row] for row in table.rows]


def _count(table: Table) -> str:
    return f"{len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}\n"


def shorten(term: Term | None) -> str:
    """Return a term as people read it; our IRIs without what they all begin with, our terms with their prefix."""
    if isinstance(term, ox.NamedNode):
        path = term.value.removeprefix(BASE_IRI)
        return f"dem:{path.removeprefix('ontology#')}" if path.startswith("ontology#") else path
    return "" if term is None else _text(term)


# --- for programs -----------------------------------------------------------------------------------------------------


def _csv(table: Table) -> str:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/"""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.variables)
    writer.writerows([_text(term) for term in row] for row in table.rows)
    return file.getvalue()


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _json(table: Table) -> str:
    """https://www.w3.org/TR/sparql11-results-json/"""
    bindings = [_binding(table.variables, row) for row in table.rows]
    answer = {"head": {"vars": list(table.variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _binding(variables: Sequence[str], row: Sequence[Term | None]) -> dict[str, dict[str, str]]:
    return {name: _term(term) for name, term in zip(variables, row, strict=True) if term is not None}


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        return {"type": "literal", "value": term.value, **_kind(term)}
    return {"type": "bnode" if isinstance(term, ox.BlankNode) else "uri", "value": term.value}


def _kind(literal: ox.Literal) -> dict[str, str]:
    if literal.language:
        return {"xml:lang": literal.language}
    datatype = literal.datatype.value
    return {} if datatype in (XSD_STRING, RDF_LANG_STRING) else {"datatype": datatype}


FORMATS: Mapping[str, Callable[[Table], str]] = {"table": _plain, "csv": _csv, "json": _json}
"""The formats by their names."""
