"""N-Quads in a fixed order: the same graph gives the same bytes.

https://www.w3.org/TR/rdf12-n-quads/#canonical-quads
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def to_nquads(triples: Iterable[tuple[Node, Node, Node]], iri: str | None = None) -> str:
    """Return a graph, or triples, as sorted N-Quads in the named graph `iri`, or as N-Triples without it.

    Blank nodes keep their labels: canonical output needs a graph without them, as all of ours are.
    """
    name = f" <{iri}>" if iri else ""
    terms: dict[Node, str] = {}
    lines = set()
    for triple in triples:
        for term in triple:
            if term not in terms:
                terms[term] = _term(term)
        subject, predicate, value = triple
        lines.add(f"{terms[subject]} {terms[predicate]} {terms[value]}{name} .\n")
    return "".join(sorted(lines))


def _term(term: Node) -> str:
    if isinstance(term, URIRef):
        return f"<{term}>"
    return _literal(term) if isinstance(term, Literal) else f"_:{term}"


def _literal(literal: Literal) -> str:
    text = f'"{_SPECIAL.sub(_escape, literal)}"'
    if literal.language:
        return f"{text}@{literal.language.lower()}"
    if literal.datatype is None or literal.datatype == XSD.string:
        return text
    return f"{text}^^<{literal.datatype}>"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
