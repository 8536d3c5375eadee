"""The flat view: the facts of one article as plain data, made from its graph by the named queries.

    {"article": {"iri", "key", "title", "published", "publisher", "url", "source", "sha256", "dateline"},
     "facts": [{"id", "iri", "type", SLOTS..., "status", "label", "said_by", "evidence", "rule", "trigger"}, ...]}

Types, slots and the values of closed lists are those of the ontology (dem:factType, dem:slot, dem:many, skos:notation).
A state, organisation, official, group or place is {"name", "code", "kind", "id"}, its id an IRI; the place where
something happens is a name alone. Dates are ISO 8601, as exact as known. `status` is one of seven, `label` says it more
finely. `evidence` is {"quote", "start", "end"} in code points of the article's text, end exclusive; quote and trigger
are None where the store keeps no text. Slots without a value are left out. The keys of a fact come in the order above,
slots in that of the ontology, facts in text order, lists in that of their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kb.errors import NotFoundError
from kb.query import NamedQuery, find_query, load_queries
from kb.resources import resource
from kb.settings import BASE_IRI

if TYPE_CHECKING:
    from rdflib import Graph

    from kb.store.base import Store, Term

DEM = f"{BASE_IRI}ontology#"
ONTOLOGY = ox.NamedNode(f"{BASE_IRI}graph/ontology")
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_RANGE = "http://www.w3.org/2000/01/rdf-schema#range"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"

ARTICLE_KEYS = ("title", "published", "publisher", "url", "source", "sha256", "dateline")
SAID_BY = "said_by"

Row = Mapping[str, "Term | None"]


def article_view(graph: Graph | str, view: FlatView | None = None) -> dict[str, Any]:
    """Return the flat view of an article's graph, given as such or as N-Triples text.

    For many articles, make one `view` and pass it.

    Raises:
        NotFoundError: the graph describes no article.
    """
    return (view or FlatView()).article_view(graph)


def facts_of(store: Store, article: str, view: FlatView | None = None) -> dict[str, Any]:
    """Return the flat view of an article in the store by its IRI.

    Raises:
        NotFoundError: the store does not hold it.
        StoreError: the store cannot answer.
    """
    text = store.graph(article)
    if not text:
        raise NotFoundError(f"there is no article {article}")
    return article_view(text, view)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A property's name in the flat view; `many`: it holds a list, `named`: names stand for entities."""

    name: str
    many: bool
    named: bool


class FlatView:
    """Makes flat views; holds what the queries read of the ontology, and no article."""

    def __init__(self, ontology: Path | None = None, queries: Mapping[str, NamedQuery] | None = None) -> None:
        queries = load_queries() if queries is None else queries
        self._article, self._facts, self._values = (
            find_query(queries, name) for name in ("articles", "facts", "fact-slots")
        )
        self._ontology = list(_annotations(ontology or resource("ontology")))
        self._slots = list(_slots(self._ontology))

    def article_view(self, graph: Graph | str) -> dict[str, Any]:
        """Return the flat view of an article's graph, given as such or as N-Triples text.

        Raises:
            NotFoundError: it describes no article.
        """
        triples = list(ox.parse(_ntriples(graph), format=ox.RdfFormat.N_TRIPLES))
        article = _article_of(triples)
        store = ox.Store()
        store.extend(self._ontology)
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, article) for triple in triples)
        given = {"article": article.value}
        slots = self._by_fact(_select(store, self._values.bind(given)))
        return {
            "article": _article(_select(store, self._article.bind(given))[0]),
            "facts": [_fact(row, slots.get(_text(row["fact"]), {})) for row in _select(store, self._facts.bind(given))],
        }

    def _by_fact(self, rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
        """Return the slots of each fact, in their order."""
        found: dict[str, dict[str, list[Any]]] = {}
        named = {slot.name for slot in self._slots if slot.named}
        for row in rows:
            slot = _text(row["slot"])
            value = _text(row["name"]) if slot in named and row["name"] else _value(row)
            found.setdefault(_text(row["fact"]), {}).setdefault(slot, []).append(value)
        return {fact: self._ordered(slots) for fact, slots in found.items()}

    def _ordered(self, slots: Mapping[str, list[Any]]) -> dict[str, Any]:
        return {
            slot.name: slots[slot.name] if slot.many else _single(slots[slot.name])
            for slot in self._slots
            if slot.name in slots
        }


# --- the ontology -----------------------------------------------------------------------------------------------------

_READ = {f"{DEM}factType", f"{DEM}slot", f"{DEM}many", RDFS_RANGE, f"{SKOS}notation", f"{SKOS}broader"}


def _annotations(folder: Path) -> Iterable[ox.Quad]:
    """Yield what the queries read of the ontology, in the order of its files."""
    for name in ("demarche.ttl", "values.ttl"):
        for triple in ox.parse(path=str(folder / name), format=ox.RdfFormat.TURTLE):
            if triple.predicate.value in _READ:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, ONTOLOGY)


def _slots(ontology: Sequence[ox.Quad]) -> Iterable[_Slot]:
    true, place = ox.Literal(True), ox.NamedNode(f"{DEM}Place")
    many = {quad.subject for quad in ontology if quad.predicate.value == f"{DEM}many" and quad.object == true}
    named = {quad.subject for quad in ontology if quad.predicate.value == RDFS_RANGE and quad.object == place}
    for quad in ontology:
        if quad.predicate.value == f"{DEM}slot" and isinstance(quad.object, ox.Literal):
            yield _Slot(quad.object.value, quad.subject in many, quad.subject in named)


# --- the graph --------------------------------------------------------------------------------------------------------


def _ntriples(graph: Graph | str) -> str:
    if isinstance(graph, str):
        return graph
    from kb.graph import to_nquads

    return to_nquads(graph)


def _article_of(triples: Iterable[ox.Quad]) -> ox.NamedNode:
    article = ox.NamedNode(f"{DEM}Article")
    for triple in triples:
        subject = triple.subject
        if triple.predicate == RDF_TYPE and triple.object == article and isinstance(subject, ox.NamedNode):
            return subject
    raise NotFoundError("the graph describes no article")


def _select(store: ox.Store, query: str) -> list[Row]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [dict(zip(names, solution, strict=True)) for solution in solutions]


# --- plain data -------------------------------------------------------------------------------------------------------


def _article(row: Row) -> dict[str, Any]:
    iri = _text(row["article"])
    return {"iri": iri, "key": iri.rpartition("/")[2], **{name: _maybe(row[name]) for name in ARTICLE_KEYS}}


def _fact(row: Row, slots: Mapping[str, Any]) -> dict[str, Any]:
    iri = _text(row["fact"])
    return {
        "id": iri.rpartition("#")[2],
        "iri": iri,
        "type": _text(row["type"]),
        **{name: value for name, value in slots.items() if name != SAID_BY},
        "status": _text(row["status"]),
        "label": _text(row["label"]),
        SAID_BY: slots.get(SAID_BY, []),
        "evidence": {
            "quote": _maybe(row["quote"]),
            "start": int(_text(row["start"])),
            "end": int(_text(row["end"])),
        },
        "rule": _text(row["rule"]),
        "trigger": _maybe(row["trigger"]),
    }


def _value(row: Row) -> Any:
    """Return an entity as an object, a value of a closed list as its notation, a literal as text or number."""
    value = row["value"]
    if row["notation"]:
        return _text(row["notation"])
    if isinstance(value, ox.Literal):
        return int(value.value) if value.datatype.value == XSD_INTEGER else value.value
    return {"name": _maybe(row["name"]), "code": _maybe(row["code"]), "kind": _maybe(row["kind"]), "id": _text(value)}


def _single(values: Sequence[Any]) -> Any:
    """Return the one value that a slot can hold: pieces of text are put together, else the first counts."""
    pieces = all(isinstance(value, str) for value in values)
    return "; ".join(values) if pieces and len(values) > 1 else values[0]


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _maybe(term: Term | None) -> str | None:
    return None if term is None else term.value
