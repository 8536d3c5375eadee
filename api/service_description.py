"""The description of the SPARQL service (https://www.w3.org/TR/sparql11-service-description/).

Example queries are in it as the SIB's endpoints have theirs (sh:SPARQLExecutable with sh:select, sh:prefixes and
schema:target, https://github.com/sib-swiss/sparql-examples), so that editors which know those show ours too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from api.formats import GRAPHS, ROWS
from api.statistics import ARTICLES, Statistics
from api.triples import OWL, RDF, RDFS, SCHEMA, SD, SH, VOID, XSD, Triples, text
from kb.graph import PREFIXES
from kb.query import NamedQuery
from kb.settings import Settings
from kb.store.sparql import QueryForm, query_form

FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""The local names of https://www.w3.org/ns/formats/."""

_INPUT = ("turtle", "ntriples", "rdfxml", "jsonld")


@dataclass(frozen=True)
class Described:
    """What is described: the service at `root`/sparql, by its settings, its named queries and what its store holds."""

    root: str
    settings: Settings
    queries: Iterable[NamedQuery]
    statistics: Statistics

    @property
    def endpoint(self) -> str:
        """The address of the service."""
        return f"{self.root}/sparql"


def service_description(described: Described, format_: ox.RdfFormat) -> bytes:
    """Return what the service can do and what it holds, in an RDF format."""
    triples = Triples()
    _service(triples, described)
    _dataset(triples, described)
    _prefixes(triples, described.endpoint)
    for query in described.queries:
        _example(triples, described, query)
    return triples.document(format_)


def _service(triples: Triples, described: Described) -> None:
    endpoint, settings = described.endpoint, described.settings
    service = ox.NamedNode(f"{endpoint}#service")
    triples.say(service, f"{RDF}type", f"{SD}Service")
    triples.say(service, f"{SD}endpoint", endpoint)
    triples.say(service, f"{SD}supportedLanguage", f"{SD}SPARQL10Query", f"{SD}SPARQL11Query")
    if settings.updates != "off":
        triples.say(service, f"{SD}supportedLanguage", f"{SD}SPARQL11Update")
        triples.say(service, f"{SD}inputFormat", *(FORMATS + _FORMAT_NAMES[name] for name in _INPUT))
    if settings.default_graph == "union":
        triples.say(service, f"{SD}feature", f"{SD}UnionDefaultGraph")
    for format_ in (*ROWS, *GRAPHS):
        if format_.engine is not None:
            triples.say(service, f"{SD}resultFormat", FORMATS + _FORMAT_NAMES[format_.name])
    triples.say(service, f"{SD}defaultDataset", f"{endpoint}#dataset")
    triples.say(service, f"{RDFS}seeAlso", f"{described.root}/.well-known/void", f"{described.root}/docs")


def _dataset(triples: Triples, described: Described) -> None:
    endpoint, statistics = described.endpoint, described.statistics
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    triples.say(dataset, f"{RDF}type", f"{SD}Dataset")
    triples.say(dataset, f"{SD}defaultGraph", default)
    triples.say(default, f"{RDF}type", f"{SD}Graph")
    if described.settings.default_graph == "union":
        triples.say(default, f"{VOID}triples", statistics.triples)
    for graph in statistics.properties:
        if graph != ARTICLES:  # each article has a graph by its own name; VoID has their number
            _named_graph(triples, dataset, graph, statistics.of_graph(graph))


def _named_graph(triples: Triples, dataset: ox.NamedNode, name: str, number: int) -> None:
    named = triples.within(dataset, f"{SD}namedGraph", f"{SD}NamedGraph")
    triples.say(named, f"{SD}name", name)
    graph = triples.within(named, f"{SD}graph", f"{SD}Graph")
    triples.say(graph, f"{VOID}triples", number)


def _prefixes(triples: Triples, endpoint: str) -> None:
    """Say the prefixes (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    node = ox.NamedNode(f"{endpoint}#prefixes")
    triples.say(node, f"{RDF}type", f"{OWL}Ontology")
    for prefix, namespace in PREFIXES.items():
        declared = triples.within(node, f"{SH}declare", f"{SH}PrefixDeclaration")
        triples.say(declared, f"{SH}prefix", text(prefix, None))
        triples.say(declared, f"{SH}namespace", ox.Literal(namespace, datatype=ox.NamedNode(f"{XSD}anyURI")))


def _example(triples: Triples, described: Described, query: NamedQuery) -> None:
    node = ox.NamedNode(f"{described.root}/queries/{query.name}")
    form = query_form(query.text)
    kind = {QueryForm.SELECT: "SPARQLSelectExecutable", QueryForm.ASK: "SPARQLAskExecutable"}.get(form)
    triples.say(node, f"{RDF}type", f"{SH}SPARQLExecutable", f"{SH}{kind or 'SPARQLConstructExecutable'}")
    triples.say(node, f"{RDFS}label", text(query.summary))
    triples.say(node, f"{RDFS}comment", text(query.description))
    triples.say(node, f"{SH}{form.lower()}", text(query.text, None))
    triples.say(node, f"{SH}prefixes", f"{described.endpoint}#prefixes")
    triples.say(node, f"{SCHEMA}target", described.endpoint)
    for tag in query.tags:
        triples.say(node, f"{SCHEMA}keywords", text(tag, None))
