r"""N-Quads and SPARQL Update: from the text of a change to the one request that makes it.

Every quad is parsed before it becomes part of a request and written again term by term, so no text of an article can
end a literal early. SPARQL resolves ``\u0022`` before it looks for the end of a string, N-Quads after; Oxigraph's
serialisation of a term means the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kb.errors import KBError
from kb.store.base import Change


def update_text(change: Change) -> str:
    """Return a change as one SPARQL Update request (SPARQL 1.1 Update, section 3: one request is one atomic step).

    Raises:
        KBError: the change is malformed, which is a defect of its maker.
    """
    drops = [f"DROP SILENT GRAPH {_graph_name(iri)}" for iri in change.drop]
    data = [
        f"{verb} DATA {{ {blocks} }}"
        for verb, nquads in (("DELETE", change.delete), ("INSERT", change.insert))
        if (blocks := _graph_blocks(nquads))
    ]
    return " ;\n".join([*drops, *data])


def _graph_name(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise KBError(f"a change drops a graph whose name is no IRI: {iri!r} ({error})") from error


def _graph_blocks(nquads: str) -> str:
    """Return the quads as ``GRAPH <g> { ... }`` blocks, one for each graph."""
    by_graph: dict[ox.NamedNode, list[str]] = {}
    for quad in quads_of(nquads):
        assert isinstance(quad.graph_name, ox.NamedNode)
        by_graph.setdefault(quad.graph_name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return " ".join(f"GRAPH {graph} {{\n{chr(10).join(lines)}\n}}" for graph, lines in by_graph.items())


def quads_of(nquads: str) -> Iterator[ox.Quad]:
    """Yield the quads of one side of a change.

    Raises:
        KBError: the text is malformed, or a quad has no named graph or has a blank node.
    """
    for quad in parse_quads(nquads):
        if not isinstance(quad.graph_name, ox.NamedNode) or ox.BlankNode in (type(quad.subject), type(quad.object)):
            raise KBError(f"a change has a quad without a named graph, or with a blank node: {quad}")
        yield quad


def parse_quads(nquads: str) -> Iterator[ox.Quad]:
    """Yield the quads of N-Quads or N-Triples text.

    Raises:
        KBError: the text is malformed.
    """
    try:
        yield from ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise KBError(f"malformed N-Quads on the way into the store: {error.msg}") from error


def normalised(ntriples: str) -> str:
    """Return N-Triples text as `Store.graph` will give it back: sorted, and with the literals as Oxigraph keeps them.

    Oxigraph stores the value of a literal, not its lexical form: ``"01"^^xsd:integer`` comes back as ``1``, ``1.50`` as
    ``1.5``, ``+00:00`` as ``Z``, a language tag in lower case.
    """
    store = ox.Store()
    store.extend(parse_quads(ntriples))
    return sorted_lines(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b"")


def sorted_lines(data: bytes) -> str:
    """Return N-Triples or N-Quads text with its lines in code-point order, each one once."""
    return b"".join(sorted(set(data.splitlines(keepends=True)))).decode()


def ntriples(triples: Iterable[ox.Triple]) -> str:
    """Return triples as sorted N-Triples text."""
    return "".join(sorted({f"{triple} .\n" for triple in triples}))
