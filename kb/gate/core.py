"""pyshacl for the core constraints: a Validator that is made once and used for every article, and a plain reference.

pyshacl 0.40 has no public way to use a Validator twice; `CoreValidator.run` sets its data graph and one private field,
as tests/gate/test_gate.py guards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rdflib
from rdflib import RDF, SH, XSD, Graph

from kb.errors import ResourceError
from kb.gate.constraints import is_plain_target
from kb.graph import graph_of

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_TIES = (*_TARGETS, SH.targetNode, SH.qualifiedValueShape)
"""What keeps a property shape in its place: targets of its own, or siblings that its meaning depends on."""


class CoreValidator:
    """A prepared pyshacl Validator. Not for several threads at once."""

    def __init__(self, shapes: Graph) -> None:
        """Read the shapes.

        Raises:
            ResourceError: they are not well-formed.
        """
        from pyshacl.errors import ReportableRuntimeError
        from pyshacl.graph_abstraction import DataGraph
        from pyshacl.validator import Validator

        self._wrap = DataGraph.from_rdflib
        self._failure = ReportableRuntimeError
        options = {"inference": "none", "advanced": False}
        self._validator: Any = Validator(self._wrap(Graph()), shacl_graph=lifted(shapes), options=options)
        try:
            len(self._validator.shacl_graph.shapes)  # reads them, once for all
        except ReportableRuntimeError as error:
            raise ResourceError(f"shapes: {error}") from error

    def run(self, graph: Graph) -> Graph:
        """Return the validation report of a graph.

        Raises:
            ResourceError: a shape cannot be evaluated.
        """
        self._validator.data_graph = self._wrap(graph)
        self._validator._target_graph = None
        try:
            _, report, _ = self._validator.run()
        except self._failure as error:
            raise ResourceError(f"shapes: {error}") from error
        assert isinstance(report, Graph)
        return report


def reference_report(graph: Graph, shapes: Graph) -> Graph:
    """Return the report of plain `pyshacl.validate`.

    Raises:
        ResourceError: a shape is not well-formed or cannot be evaluated.
    """
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError

    copy = graph_of(shapes)  # pyshacl adds triples of its own
    try:
        with _same_switches():
            _, report, _ = validate(graph, shacl_graph=copy, inference="none", advanced=False, do_owl_imports=False)
    except ReportableRuntimeError as error:
        raise ResourceError(f"shapes: {error}") from error
    if not isinstance(report, Graph):
        raise ResourceError(f"shapes: {report}")
    return report


def lifted(shapes: Graph) -> Graph:
    """Return equivalent shapes in which nested property shapes have the targets of the node shape around them.

    pyshacl evaluates a nested shape once for each focus node, but one with targets once for all of them. Only a shape
    that nothing else refers to is lifted, so that the results, whose source is the property shape, are the same.
    """
    graph = graph_of(shapes)
    for node_shape, property_shape in sorted(shapes.subject_objects(SH.property)):
        used_once = len(list(shapes.triples((None, None, property_shape)))) == 1
        tied = any((property_shape, term, None) in shapes for term in _TIES)
        if used_once and not tied and is_plain_target(shapes, node_shape):
            graph.remove((node_shape, SH.property, property_shape))
            graph.add((property_shape, RDF.type, SH.PropertyShape))
            for target in _TARGETS:
                for value in shapes.objects(node_shape, target):
                    graph.add((property_shape, target, value))
    return graph


@contextmanager
def _same_switches() -> Iterator[None]:
    """Put back what `pyshacl.validate` changes in rdflib: it takes neither threads nor other users into account."""
    from rdflib.term import _toPythonMapping

    normalise, boolean = rdflib.NORMALIZE_LITERALS, _toPythonMapping[XSD.boolean]
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
        _toPythonMapping[XSD.boolean] = boolean
