"""Answers that can be compared: rows, graphs, truth values, and what the files of the suites expect.

Rows and statements are equal if some renaming of blank nodes makes them so; that is settled with RDF Dataset
Canonicalization (https://www.w3.org/TR/rdf-canon/), for which terms it does not know are written as literals.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kb.dev.w3c.manifests import RDF, Graph, Value

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_RDF = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
_RESULT_SET = ox.NamedNode(f"{RS}ResultSet")
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Rows:
    """The solutions of a SELECT query; `ordered` where their order counts."""

    rows: Sequence[Row]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """The same as CSV, which has no types."""

    text: str


Answer = bool | Rows | Table | list[ox.Quad]


def quads_of(path: Path, base: str, graph: str | None = None) -> list[ox.Quad]:
    """Return what an RDF file says, in the graph of that name where one is given."""
    parsed = ox.parse(path=str(path), format=_RDF[path.suffix], base_iri=base, rename_blank_nodes=True, lenient=False)
    if graph is None:
        return list(parsed)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in parsed]


def expected(path: Path, iri: str) -> Answer:
    """Return what a file of results expects."""
    if path.suffix == ".csv":
        return Table(path.read_bytes().decode())
    if path.suffix in _RESULTS:
        return parsed(path.read_bytes(), _RESULTS[path.suffix])
    quads = quads_of(path, iri)
    graph = Graph([quad.triple for quad in quads])
    result_sets = [n for n in graph.subjects(f"{RDF}type") if graph.value(n, f"{RDF}type") == _RESULT_SET]
    return _result_set(graph, result_sets[0]) if result_sets else quads


def parsed(body: bytes, format_: ox.QueryResultsFormat) -> bool | Rows:
    """Return the results in a body."""
    found = ox.parse_query_results(body, format=format_)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return Rows([{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in found])


def _result_set(graph: Graph, node: Value) -> bool | Rows:
    """Return results in the vocabulary of the first suites."""
    if graph.value(node, f"{RS}boolean") is not None:
        return graph.text(node, f"{RS}boolean") in ("true", "1")
    solutions = graph.values(node, f"{RS}solution")
    ordered = bool(solutions) and all(graph.value(solution, f"{RS}index") is not None for solution in solutions)
    if ordered:
        solutions = sorted(solutions, key=lambda solution: int(graph.text(solution, f"{RS}index")))
    return Rows([_solution(graph, solution) for solution in solutions], ordered)


def _solution(graph: Graph, solution: Value) -> Row:
    row: dict[str, Value] = {}
    for binding in graph.values(solution, f"{RS}binding"):
        value = graph.value(binding, f"{RS}value")
        if value is not None:
            row[graph.text(binding, f"{RS}variable")] = value
    return row


# --- comparing --------------------------------------------------------------------------------------------------------


def difference(wanted: Answer, got: Answer) -> str | None:
    """Return in words how an answer differs from the one that is expected, None if it does not."""
    if type(wanted) is not type(got):
        return f"{type(got).__name__} instead of {type(wanted).__name__}"
    if isinstance(wanted, Rows) and isinstance(got, Rows):
        return _rows_difference(wanted, got)
    if isinstance(wanted, Table) and isinstance(got, Table):
        return None if _cells(wanted.text) == _cells(got.text) else f"other cells: {got.text[:100]!r}"
    if isinstance(wanted, list) and isinstance(got, list):
        same = _canonical(wanted) == _canonical(got)
        return None if same else f"{len(got)} statements that are not the {len(wanted)} expected"
    return None if wanted == got else f"{got} instead of {wanted}"


def _rows_difference(wanted: Rows, got: Rows) -> str | None:
    if wanted.ordered:
        same = [_named(row) for row in wanted.rows] == [_named(row) for row in got.rows]
        return None if same else "rows in another order, or other rows"
    if _named_and_canonical(wanted.rows) == _named_and_canonical(got.rows):
        return None
    missing = [row for row in wanted.rows if row not in got.rows][:1]
    return f"{len(got.rows)} rows that are not the {len(wanted.rows)} expected, such as {missing}"[:300]


def _named(row: Row) -> frozenset[tuple[str, Value]]:
    return frozenset((name, term) for name, term in row.items() if not _has_blank(term))


def _named_and_canonical(rows: Sequence[Row]) -> tuple[Counter[frozenset[tuple[str, Value]]], set[ox.Quad]]:
    """Return the rows without blank nodes as they are, and those with some as a canonical dataset."""
    named: Counter[frozenset[tuple[str, Value]]] = Counter()
    quads = []
    for number, row in enumerate(rows):
        if any(map(_has_blank, row.values())):
            node = ox.BlankNode(f"row{number}")
            quads += [ox.Quad(node, ox.NamedNode(f"urn:x:{name}"), term) for name, term in row.items()]
        else:
            named[_named(row)] += 1
    return named, _canonical(quads)


def _has_blank(term: Value) -> bool:
    if isinstance(term, ox.Triple):
        return _has_blank(term.subject) or _has_blank(term.object)
    return isinstance(term, ox.BlankNode)


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, _plain(q.object), q.graph_name) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _plain(term: Value) -> Value:
    return ox.Literal(str(term)) if isinstance(term, ox.Triple) and not _has_blank(term) else term


def _cells(text: str) -> Counter[frozenset[tuple[str, str]]]:
    rows = csv.DictReader(io.StringIO(re.sub("_:[A-Za-z0-9]+", "_:b", text), newline=""))
    return Counter(frozenset(row.items()) for row in rows)


# --- up to the form of literals ---------------------------------------------------------------------------------------


def by_value(answer: Answer) -> Answer:
    """Return an answer with every literal as Oxigraph keeps it: "01" as an integer is "1"."""
    if isinstance(answer, Rows):
        return Rows([{name: _stored(term) for name, term in row.items()} for row in answer.rows], answer.ordered)
    if isinstance(answer, list):
        return [ox.Quad(quad.subject, quad.predicate, _stored(quad.object), quad.graph_name) for quad in answer]
    return answer


@lru_cache(maxsize=10_000)
def _stored(term: Value) -> Value:
    if not isinstance(term, ox.Literal | ox.Triple):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), term))
    found: Value = next(iter(store)).object
    return found
