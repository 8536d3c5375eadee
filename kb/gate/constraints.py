"""`sh:sparql` constraints as set-based queries: one query for all focus nodes instead of one for each.

The query of a constraint is run once, joined with its shape's target, on an in-memory Oxigraph store. Binding $this
beforehand and joining it give the same rows only for plain patterns, so whatever is not plainly one stays with pyshacl:
https://www.w3.org/TR/shacl/#pre-binding
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from kb.gate.report import Result, owner, plain
from kb.graph import graph_of

_SELECT = re.compile(r"\s*SELECT\s+(?:DISTINCT\s+)?(?:[?$]\w+\s+)+WHERE\s*\{", re.IGNORECASE)
_THIS = re.compile(r"[?$]this\b")
_REFUSED = re.compile(
    r"(?i:(?<![\w:-])(?:MINUS|VALUES|SERVICE|GRAPH|UNION|OPTIONAL|GROUP|HAVING|ORDER|LIMIT|OFFSET)\b)"
    r"|(?i:EXISTS.*\bBIND\b)|(?i:\bAS)\s+[?$]this\b"
    r"|[?$](?:PATH|shapesGraph|currentShape|failure)\b"
    r"|#",  # a comment, in which anything may stand
    re.DOTALL,
)
"""What makes a query more than one plain pattern, or binds something beforehand that is not $this."""
_GROUP = re.compile(r"(\w*)\s*\{")
_VARIABLE = re.compile(r"\{[?$](\w+)\}")

_TARGETS: Mapping[Node, str] = {
    SH.targetClass: "$this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* <{}>",
    SH.targetSubjectsOf: "$this <{}> ?targetValue",
    SH.targetObjectsOf: "?targetSubject <{}> $this",
}
_REFERRING = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape, RDF.first)


@dataclass(frozen=True)
class CompiledConstraint:
    """A constraint as one query over the whole graph."""

    query: str
    shape: Identifier
    severity: URIRef
    messages: tuple[str, ...]

    def results(self, store: ox.Store) -> Iterator[Result]:
        """Yield the results for the default graph of a store."""
        solutions = store.query(self.query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for row in {tuple(_term(row[name]) for name in names) for row in solutions}:
            bound = {name: term for name, term in zip(names, row, strict=True) if term is not None}
            yield self._result({"value": bound["this"], **bound})

    def _result(self, row: Mapping[str, Identifier]) -> Result:
        path = row.get("path")
        return Result(
            focus=row["this"],
            path=path if isinstance(path, URIRef) else None,
            value=row["value"],
            component=SH.SPARQLConstraintComponent,
            severity=self.severity,
            message="; ".join(sorted(_filled(message, row) for message in self.messages)),
            shape=self.shape,
        )


def compile_constraints(shapes: Graph) -> tuple[tuple[CompiledConstraint, ...], Graph]:
    """Return the constraints that can be compiled, and the shapes without them."""
    rest, compiled = graph_of(shapes), []
    for shape, constraint in sorted(shapes.subject_objects(SH.sparql)):
        query = _query(shapes, shape, constraint)
        if query is not None and _parses(query):
            rest.remove((shape, SH.sparql, constraint))
            compiled.append(_compiled(shapes, shape, constraint, query))
    return tuple(compiled), rest


def is_plain_target(shapes: Graph, shape: Node) -> bool:
    """Tell whether the focus nodes of a shape are just those of its own targets, and it is used nowhere else."""
    refers = any((None, reference, shape) in shapes for reference in _REFERRING)
    odd = (shape, SH.targetNode, None) in shapes or (shape, SH.deactivated, None) in shapes
    implicit = any((shape, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class))
    return not (refers or odd or implicit) and any((shape, target, None) in shapes for target in _TARGETS)


# --- compiling --------------------------------------------------------------------------------------------------------


def _query(shapes: Graph, shape: Node, constraint: Node) -> str | None:
    selects = list(shapes.objects(constraint, SH.select))
    nested = (shape, SH.path, None) in shapes or (constraint, SH.deactivated, None) in shapes
    if len(selects) != 1 or nested or not is_plain_target(shapes, shape) or not _is_plain(str(selects[0])):
        return None
    body = str(selects[0]).replace("{", f"{{ {_target(shapes, shape)}", 1)
    return _prefixes(shapes, constraint) + body


def _is_plain(select: str) -> bool:
    """Tell whether a query is one pattern with filters, which may test for the existence of plain patterns."""
    head = _SELECT.match(select)
    groups = {match.group(1).upper() for match in _GROUP.finditer(select)}
    projected = bool(head and _THIS.search(head.group()))
    return projected and groups <= {"WHERE", "EXISTS"} and not _REFUSED.search(select)


def _target(shapes: Graph, shape: Node) -> str:
    patterns = [
        f"{{ {pattern.format(value)} }}"
        for target, pattern in _TARGETS.items()
        for value in sorted(map(str, shapes.objects(shape, target)))
    ]
    return f"{{ SELECT DISTINCT $this WHERE {{ {' UNION '.join(patterns)} }} }} "


def _prefixes(shapes: Graph, constraint: Node) -> str:
    declared = {"owl": str(OWL), "rdf": str(RDF), "rdfs": str(RDFS)}
    for ontology in shapes.objects(constraint, SH.prefixes):
        for declaration in shapes.objects(ontology, SH.declare):
            prefix, namespace = shapes.value(declaration, SH.prefix), shapes.value(declaration, SH.namespace)
            declared[str(prefix)] = str(namespace)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared.items()))


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    return True


def _compiled(shapes: Graph, shape: Node, constraint: Node, query: str) -> CompiledConstraint:
    severity = shapes.value(shape, SH.severity)
    messages = {str(message) for node in (shape, constraint) for message in shapes.objects(node, SH.message)}
    return CompiledConstraint(
        query=query,
        shape=owner(cast("Identifier", shape), shapes),
        severity=severity if isinstance(severity, URIRef) else SH.Violation,
        messages=tuple(sorted(messages)),
    )


# --- running ----------------------------------------------------------------------------------------------------------


def _term(term: object) -> Identifier | None:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        return None
    if term.language:
        return Literal(term.value, lang=term.language)
    return plain(Literal(term.value, datatype=URIRef(term.datatype.value)))


def _filled(message: str, row: Mapping[str, Identifier]) -> str:
    """Put values in the place of {?variable} and {$variable}."""
    return _VARIABLE.sub(lambda match: str(row.get(match.group(1), match.group())), message)
