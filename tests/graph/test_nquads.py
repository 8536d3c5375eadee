"""N-Quads: sorted, escaped, and read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Graph, Literal, URIRef

from kb.graph import to_nquads

A, B, G = (URIRef(f"http://example.org/{name}") for name in "abg")

CASES = [
    (A, "<http://example.org/a>"),
    (BNode("x1"), "_:x1"),
    (Literal("plain"), '"plain"'),
    (Literal("typed", datatype=XSD.string), '"typed"'),
    (Literal("mot", lang="fr-BE"), '"mot"@fr-be'),
    (Literal(7), '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    (
        Literal('a "b" \\ c\nd\re\tf\u0001\u007f\u0085\u2028é'),
        '"a \\"b\\" \\\\ c\\nd\\re\\tf\\u0001\\u007F\u0085\u2028é"',
    ),
]


@pytest.mark.parametrize(("term", "text"), CASES)
def test_term(term: URIRef, text: str) -> None:
    graph = Graph().add((A, B, term))
    assert to_nquads(graph) == f"<http://example.org/a> <http://example.org/b> {text} .\n"
    assert to_nquads(graph, G).endswith(f"{text} <http://example.org/g> .\n")


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    graph = Graph()
    for text in texts:
        graph.add((A, B, Literal(text)))
    assert set(Graph().parse(data=to_nquads(graph), format="nt")) == set(graph)


def test_order_does_not_depend_on_that_of_the_graph() -> None:
    triples = [(A, B, Literal(number)) for number in range(20)]
    forth, back = Graph(), Graph()
    for triple in triples:
        forth.add(triple)
    for triple in reversed(triples):
        back.add(triple)
    assert to_nquads(forth, G) == to_nquads(back, G)
    assert to_nquads(Graph(), G) == ""


def test_triples_without_a_graph_give_the_same() -> None:
    graph = Graph().add((A, B, B)).add((A, B, A))
    assert to_nquads([*graph, *graph], G) == to_nquads(graph, G)
