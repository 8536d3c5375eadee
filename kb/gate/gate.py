"""The gate: shapes prepared once, graphs checked one after the other."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import pyoxigraph as ox
from rdflib import Graph

from kb.errors import ResourceError
from kb.gate.admission import Admission, admit
from kb.gate.constraints import compile_constraints
from kb.gate.core import CoreValidator, reference_report
from kb.gate.report import GateReport, read_report
from kb.graph import to_nquads


class Gate:
    """Checks graphs against the shapes it was made of; threads take turns."""

    def __init__(self, shapes: Graph) -> None:
        """Prepare the shapes.

        Raises:
            ResourceError: they are not well-formed.
        """
        self.shapes = shapes
        self._compiled, rest = compile_constraints(shapes)
        self._core = CoreValidator(rest)
        self._turn = Lock()

    def check(self, graph: Graph, *, reference: bool = False) -> GateReport:
        """Return what is wrong with a graph; with `reference`, as plain and slow pyshacl finds it.

        Raises:
            ResourceError: a shape cannot be evaluated.
        """
        if reference:
            with self._turn:
                return GateReport.of(read_report(reference_report(graph, self.shapes), self.shapes))
        with self._turn:
            results = list(read_report(self._core.run(graph), self.shapes))
        if self._compiled:
            store = ox.Store()
            store.load(to_nquads(graph).encode(), ox.RdfFormat.N_TRIPLES)
            results.extend(result for constraint in self._compiled for result in constraint.results(store))
        return GateReport.of(results)

    def admit(self, graph: Graph) -> Admission:
        """Return what of an article's graph may enter the base, with its warnings, and what may not.

        Raises:
            ResourceError: a shape cannot be evaluated.
        """
        return admit(graph, self.check)


def load_gate(folder: Path) -> Gate:
    """Return the gate of all `*.ttl` files in a folder.

    Raises:
        ResourceError: a file cannot be parsed, or a shape is not well-formed; the message names it.
    """
    shapes = Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            shapes.parse(path)
        except (OSError, SyntaxError) as error:
            raise ResourceError(f"{path.name}: {error}") from error
    if not shapes:
        raise ResourceError(f"{folder}: there are no shapes")
    return Gate(shapes)
