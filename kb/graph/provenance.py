"""Where claims come from: the article and the extraction run, in PROV-O, schema.org and Dublin Core."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, SDO, XSD, Literal, URIRef
from rdflib.term import Node

from kb.graph.iris import article_iri
from kb.graph.literals import date_literal, stamp_literal
from kb.graph.namespaces import NIF
from kb.model import Article
from kb.settings import BASE_IRI
from kb.vocab import DEM

Triple = tuple[URIRef, URIRef, Node]


@dataclass(frozen=True)
class Run:
    """What produced the claims: the version of Demarche, and the SHA-256 of its rules and of its model.

    It has no time, so that the same text gives the same graph.
    """

    version: str
    rules_hash: str
    model_hash: str

    @cached_property
    def iri(self) -> URIRef:
        """The IRI of the run; any change of version, rules or model changes it."""
        digest = hashlib.sha256(f"{self.rules_hash}\n{self.model_hash}".encode()).hexdigest()[:12]
        return URIRef(f"{BASE_IRI}run/{quote(self.version, safe='')}-{digest}")


def run_triples(run: Run) -> Iterator[Triple]:
    """Yield the description of a run."""
    yield run.iri, RDF.type, DEM.ExtractionRun
    yield run.iri, RDF.type, PROV.Activity
    yield run.iri, SDO.softwareVersion, Literal(run.version)
    yield run.iri, DEM.rulesHash, Literal(run.rules_hash)
    yield run.iri, DEM.modelHash, Literal(run.model_hash)


def article_triples(article: Article, keep_text: str, warnings: Iterable[str] = ()) -> Iterator[Triple]:
    """Yield the description of an article; with `keep_text` full, its text as well."""
    iri = article_iri(article.key)
    for kind in (DEM.Article, SDO.NewsArticle, PROV.Entity):
        yield iri, RDF.type, kind
    yield iri, DCTERMS.identifier, Literal(f"sha256:{article.sha256}")
    yield iri, DEM.sha256, Literal(article.sha256)
    yield iri, DEM.source, Literal(article.source)
    yield iri, DEM.textKept, Literal(keep_text)
    yield from _bibliography(iri, article)
    for warning in {*article.warnings, *warnings}:
        yield iri, DEM.warning, Literal(warning)
    if keep_text == "full":
        yield iri, RDF.type, NIF.Context
        yield iri, NIF.isString, Literal(article.text)


def _bibliography(iri: URIRef, article: Article) -> Iterator[Triple]:
    words = ((SDO.headline, article.title), (SDO.publisher, article.publisher), (DEM.dateline, article.dateline))
    for prop, value in words:
        if value:
            yield iri, prop, Literal(value)
    if article.url:
        yield iri, SDO.url, Literal(article.url, datatype=XSD.anyURI)
    if article.published:
        yield iri, SDO.datePublished, date_literal(article.published)
    stamp = stamp_literal(article.published_time) if article.published_time else None
    if stamp is not None:
        yield iri, DCTERMS.issued, stamp
