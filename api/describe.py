"""What the base knows about one IRI: what is said of it, what points to it, and the words that this rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kb.errors import NotFoundError
from kb.graph import CANONICAL_GRAPH, ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from kb.store import Store, Table, Term

MAX_POINTING = 500
"""How many statements that point to a thing its description holds; a state is a part of many."""

MAX_QUOTES = 100

_PROLOGUE = """
PREFIX dem: <https://w3id.org/demarche/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_ABOUT = "SELECT ?g ?p ?o WHERE { GRAPH ?g { %(iri)s ?p ?o } } ORDER BY ?p ?o ?g"
_POINTING = """SELECT ?g ?s ?p WHERE { GRAPH ?g { ?s ?p %(iri)s } FILTER(?g != %(ontology)s) }
ORDER BY ?p ?s ?g LIMIT %(limit)d"""
_LABELS = """SELECT ?thing (SAMPLE(?text) AS ?label) WHERE {
  VALUES ?thing { %(things)s }
  GRAPH ?g { ?thing rdfs:label|schema:headline ?text }
} GROUP BY ?thing"""
_GRAPH_NAMES = {
    str(CANONICAL_GRAPH): "all claims together",
    str(REFERENCE_GRAPH): "reference data",
    str(ONTOLOGY_GRAPH): "ontology",
}
_CANONICAL = """SELECT ?local ?thing WHERE {
  VALUES ?local { %(things)s }
  GRAPH %(canonical)s { ?thing dem:mentionedAs ?local }
} ORDER BY ?local ?thing"""
_QUOTES = """SELECT DISTINCT ?claim ?type ?article ?title ?published ?quote ?status WHERE {
  { GRAPH %(canonical)s { %(iri)s dem:claim ?claim } }
  UNION { GRAPH ?article { ?claim a dem:Claim ; ?role %(iri)s } }
  UNION { GRAPH %(canonical)s { %(iri)s dem:mentionedAs ?local } GRAPH ?article { ?claim a dem:Claim ; ?role ?local } }
  GRAPH ?article {
    ?claim a ?class ; dem:mainEvidence ?evidence ; dem:factuality ?factuality .
    OPTIONAL { ?evidence oa:hasSelector ?selector . ?selector oa:exact ?quote }
    OPTIONAL { ?article schema:headline ?title }
    OPTIONAL { ?article schema:datePublished ?published }
  }
  GRAPH %(ontology)s {
    ?class dem:factType ?type .
    ?factuality skos:notation ?label .
    OPTIONAL { ?factuality skos:broader ?broader . ?broader skos:notation ?wider }
  }
  BIND(COALESCE(?wider, ?label) AS ?status)
} ORDER BY DESC(?published) ?article ?claim LIMIT %(limit)d"""


@dataclass(frozen=True)
class Statement:
    """One statement of a description and the graphs that make it. `value` is a term as SPARQL JSON has it."""

    property: str
    value: Mapping[str, str]
    graphs: Sequence[str]


@dataclass(frozen=True)
class Quote:
    """The evidence of a claim in which a thing has a part."""

    claim: str
    type: str
    article: str
    title: str
    published: str
    text: str
    status: str


@dataclass(frozen=True)
class Description:
    """All about one IRI. `labels` names the other things in it; `cut` says that more point to it than are listed."""

    iri: str
    about: Sequence[Statement]
    pointing: Sequence[Statement]
    quotes: Sequence[Quote]
    labels: Mapping[str, str]
    cut: bool = False

    @property
    def label(self) -> str:
        """Its name, or its IRI."""
        return self.labels.get(self.iri, self.iri)


def canonical_of(store: Store, local: Sequence[str]) -> dict[str, str]:
    """Return what the canonical graph makes of those whom only articles name, by their IRIs there."""
    things = " ".join(_node(iri) for iri in local)
    rows = _dicts(store.select(_PROLOGUE + _CANONICAL % {"things": things, "canonical": f"<{CANONICAL_GRAPH}>"}))
    return {_text(row["local"]): _text(row["thing"]) for row in rows}


def exists(store: Store, iri: str) -> bool:
    """Tell whether anything is said of an IRI."""
    return store.ask(f"ASK {{ GRAPH ?g {{ {_node(iri)} ?p ?o }} }}")


def describe(store: Store, iri: str) -> Description:
    """Return the description of a thing, for a page.

    Raises:
        NotFoundError: nothing is said of it.
        StoreError: the store cannot answer.
    """
    about, pointing = _rows(store, _ABOUT, iri), _rows(store, _POINTING, iri)
    if not about:
        raise NotFoundError(f"the base knows nothing about {iri}", hint="See / for what it holds.")
    quotes = [
        Quote(*(_text(row.get(name)) for name in ("claim", "type", "article", "title", "published", "quote", "status")))
        for row in _rows(store, _QUOTES, iri, MAX_QUOTES)
    ]
    said = _grouped((_text(row["p"]), row["o"], _text(row["g"])) for row in about)
    back = _grouped((_text(row["p"]), row["s"], _text(row["g"])) for row in pointing)
    labels = _labels(store, [iri, *_iris(said), *_iris(back)])
    return Description(iri, said, back, quotes, labels, len(pointing) >= MAX_POINTING)


def described(store: Store, iri: str, format_: ox.RdfFormat) -> bytes:
    """Return the same statements in an RDF format; raises like `describe`."""
    about, pointing = _rows(store, _ABOUT, iri), _rows(store, _POINTING, iri)
    if not about:
        raise NotFoundError(f"the base knows nothing about {iri}", hint="See / for what it holds.")
    node = ox.NamedNode(iri)
    quads = [ox.Quad(node, row["p"], row["o"], row["g"]) for row in about]  # type: ignore[arg-type]
    quads += [ox.Quad(row["s"], row["p"], node, row["g"]) for row in pointing]  # type: ignore[arg-type]
    return serialised(quads, format_)


def serialised(quads: Sequence[ox.Quad], format_: ox.RdfFormat) -> bytes:
    """Return quads in a format with our prefixes; one without named graphs has each triple once."""
    if format_.supports_datasets:
        return ox.serialize(quads, format=format_, prefixes=PREFIXES) or b""
    return ox.serialize(dict.fromkeys(quad.triple for quad in quads), format=format_, prefixes=PREFIXES) or b""


def _node(iri: str) -> str:
    """Return an IRI as a term of a query; what is no IRI names nothing.

    Raises:
        NotFoundError: it is none.
    """
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise NotFoundError(f"{iri} is not an IRI") from error


def _rows(store: Store, query: str, iri: str, limit: int = MAX_POINTING) -> list[dict[str, Term | None]]:
    terms = {"iri": _node(iri), "ontology": f"<{ONTOLOGY_GRAPH}>", "canonical": f"<{CANONICAL_GRAPH}>", "limit": limit}
    return _dicts(store.select(_PROLOGUE + query % terms))


def _dicts(table: Table) -> list[dict[str, Term | None]]:
    return [dict(zip(table.variables, row, strict=True)) for row in table.rows]


def _labels(store: Store, iris: Sequence[str]) -> dict[str, str]:
    things = " ".join(str(ox.NamedNode(iri)) for iri in dict.fromkeys(iris))
    rows = _dicts(store.select(_PROLOGUE + _LABELS % {"things": things}))
    return _GRAPH_NAMES | {_text(row["thing"]): _text(row["label"]) for row in rows}


def _grouped(rows: Iterator[tuple[str, Term | None, str]]) -> list[Statement]:
    """Return one statement for all graphs that make it, in the order of the rows; graphs of articles come last."""
    found: dict[tuple[str, str], tuple[Mapping[str, str], list[str]]] = {}
    for predicate, value, graph in rows:
        found.setdefault((predicate, str(value)), (_value(value), []))[1].append(graph)
    return [
        Statement(predicate, value, sorted(graphs, key=lambda graph: (graph not in _GRAPH_NAMES, graph)))
        for (predicate, _), (value, graphs) in found.items()
    ]


def _iris(statements: Sequence[Statement]) -> Iterator[str]:
    for statement in statements:
        yield statement.property
        yield from statement.graphs
        if statement.value["type"] == "uri":
            yield statement.value["value"]


def _value(term: Term | None) -> Mapping[str, str]:
    if isinstance(term, ox.Literal):
        language = {"xml:lang": term.language} if term.language else {}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value, **language}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": _text(term)}


def _text(term: Term | None) -> str:
    return "" if term is None else str(term.value)
