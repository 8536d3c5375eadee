"""The description of the dataset (VoID, https://www.w3.org/TR/void/): what it is about, how much of it, where it is."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from api.service_description import Described
from api.statistics import ARTICLES
from api.triples import DCT, RDF, VOID, Triples, text
from kb.graph import CANONICAL_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kb.settings import BASE_IRI

FOAF = "http://xmlns.com/foaf/0.1/"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
DUMPS = ("nq", "trig")
"""Endings of the dumps of the whole base."""

_ARTICLE = f"{BASE_IRI}ontology#Article"
_VOCABULARIES = (
    f"{BASE_IRI}ontology#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/org#",
    "https://schema.org/",
    "http://www.w3.org/2004/02/skos/core#",
)
_SUBSETS = {
    ARTICLES: ("articles", "What the articles say: one named graph for each, by the article's IRI."),
    str(CANONICAL_GRAPH): ("canonical", "Events and those who take part in them, as all claims together give them."),
    str(REFERENCE_GRAPH): ("reference", "States, organisations, places and sanctions regimes."),
    str(ONTOLOGY_GRAPH): ("ontology", "The ontology with its closed lists and alignments."),
}


def void_description(described: Described, format_: ox.RdfFormat) -> bytes:
    """Return the description of the whole base and of its parts, with partitions by class and property."""
    triples = Triples()
    place = f"{described.root}/.well-known/void"
    document, dataset = ox.NamedNode(place), ox.NamedNode(f"{place}#dataset")
    triples.say(document, f"{RDF}type", f"{VOID}DatasetDescription")
    triples.say(document, f"{FOAF}primaryTopic", dataset)
    _whole(triples, described, dataset)
    for graph, (name, meaning) in _SUBSETS.items():
        if graph in described.statistics.properties:
            part = ox.NamedNode(f"{place}#{name}")
            triples.say(dataset, f"{VOID}subset", part)
            _part(triples, described, part, graph, meaning)
    return triples.document(format_)


def _whole(triples: Triples, described: Described, dataset: ox.NamedNode) -> None:
    statistics, root = described.statistics, described.root
    triples.say(dataset, f"{RDF}type", f"{VOID}Dataset")
    triples.say(dataset, f"{DCT}title", text("Demarche"))
    triples.say(dataset, f"{DCT}description", text("Sanctions and diplomatic events, as claimed by news articles."))
    triples.say(dataset, f"{DCT}license", LICENCE)
    triples.say(dataset, f"{FOAF}homepage", f"{root}/")
    triples.say(dataset, f"{VOID}sparqlEndpoint", described.endpoint)
    triples.say(dataset, f"{VOID}uriSpace", text(BASE_IRI, None))
    triples.say(dataset, f"{VOID}vocabulary", *_VOCABULARIES)
    triples.say(dataset, f"{VOID}dataDump", *(f"{root}/dump.{ending}" for ending in DUMPS))
    triples.say(dataset, f"{VOID}triples", statistics.triples)
    triples.say(dataset, f"{VOID}documents", statistics.classes.get(ARTICLES, {}).get(_ARTICLE, 0))
    properties = _summed(statistics.properties)
    triples.say(dataset, f"{VOID}properties", len(properties))
    _property_partitions(triples, dataset, properties)


def _part(triples: Triples, described: Described, part: ox.NamedNode, graph: str, meaning: str) -> None:
    statistics = described.statistics
    classes = statistics.classes.get(graph, {})
    triples.say(part, f"{RDF}type", f"{VOID}Dataset")
    triples.say(part, f"{DCT}description", text(meaning))
    triples.say(part, f"{DCT}license", LICENCE)
    triples.say(part, f"{VOID}triples", statistics.of_graph(graph))
    triples.say(part, f"{VOID}classes", len(classes))
    triples.say(part, f"{VOID}properties", len(statistics.properties[graph]))
    triples.say(part, f"{VOID}uriSpace" if graph == ARTICLES else f"{DCT}identifier", text(graph, None))
    for class_, number in classes.items():
        partition = triples.within(part, f"{VOID}classPartition", f"{VOID}Dataset")
        triples.say(partition, f"{VOID}class", class_)
        triples.say(partition, f"{VOID}entities", number)
        if graph == str(CANONICAL_GRAPH):
            _property_partitions(triples, partition, statistics.canonical.get(class_, {}))
    if graph != str(CANONICAL_GRAPH):
        _property_partitions(triples, part, statistics.properties[graph])


def _property_partitions(triples: Triples, of: ox.NamedNode | ox.BlankNode, properties: Mapping[str, int]) -> None:
    for property_, number in properties.items():
        partition = triples.within(of, f"{VOID}propertyPartition", f"{VOID}Dataset")
        triples.say(partition, f"{VOID}property", property_)
        triples.say(partition, f"{VOID}triples", number)


def _summed(by_graph: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for properties in by_graph.values():
        for property_, number in properties.items():
            total[property_] = total.get(property_, 0) + number
    return dict(sorted(total.items()))
