"""Writing descriptions as triples: the vocabularies they use, and a list that is filled line by line."""

from __future__ import annotations

import pyoxigraph as ox

from kb.graph import PREFIXES
from kb.store.dump import document

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
SH = "http://www.w3.org/ns/shacl#"
DCT, RDF, RDFS, OWL, SCHEMA, XSD = (PREFIXES[name] for name in ("dct", "rdf", "rdfs", "owl", "schema", "xsd"))

Value = ox.NamedNode | ox.BlankNode | ox.Literal


class Triples:
    """Triples in the order they are said."""

    def __init__(self) -> None:
        self._said: list[ox.Triple] = []

    def say(self, subject: ox.NamedNode | ox.BlankNode, predicate: str, *values: Value | str | int) -> None:
        """Say something: a text that is given as such is an IRI, a number a literal."""
        for value in values:
            term = ox.NamedNode(value) if isinstance(value, str) else value
            term = ox.Literal(term) if isinstance(term, int) else term
            self._said.append(ox.Triple(subject, ox.NamedNode(predicate), term))

    def new(self, *types: str) -> ox.BlankNode:
        """Return a node without a name; its label counts up, so that the same description has the same bytes."""
        node = ox.BlankNode(f"n{len(self._said)}")
        self.say(node, f"{RDF}type", *types)
        return node

    def within(self, subject: ox.NamedNode | ox.BlankNode, predicate: str, *types: str) -> ox.BlankNode:
        """Return a node without a name that something has."""
        node = self.new(*types)
        self.say(subject, predicate, node)
        return node

    def document(self, format_: ox.RdfFormat) -> bytes:
        """Return them in an RDF format."""
        return document(self._said, format_)


def text(value: str, language: str | None = "en") -> ox.Literal:
    """Return a text as a literal, in English by default."""
    return ox.Literal(value, language=language) if language else ox.Literal(value)
