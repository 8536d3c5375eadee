"""The names of things: the same thing gets the same IRI in every run, and nothing is a blank node.

article/<key>                     an article, and the named graph of what it says
article/<key>#visit-91c2          a claim
article/<key>#visit-91c2-a1       the first link of its chain of attributions
article/<key>#char=3071,3157      evidence, shared by the claims that rest on it (RFC 5147)
article/<key>#official-ana-duarte an entity that only this article knows
id/state/PRK                      an entity of the gazetteer
run/0.1.0-5d0c91a2b3c4            an extraction run
graph/canonical                   a named graph that is no article
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from rdflib import URIRef

from kb.model import Entity, Span
from kb.settings import BASE_IRI

CANONICAL_GRAPH = URIRef(f"{BASE_IRI}graph/canonical")
ONTOLOGY_GRAPH = URIRef(f"{BASE_IRI}graph/ontology")
REFERENCE_GRAPH = URIRef(f"{BASE_IRI}graph/reference")


def is_own_graph(iri: str) -> bool:
    """Tell whether the base makes the graph of this name itself: an article's, or one of ``graph/``."""
    return iri.startswith((f"{BASE_IRI}article/", f"{BASE_IRI}graph/"))


def article_iri(key: str) -> URIRef:
    """Return the IRI of an article, which is also that of its named graph."""
    return URIRef(f"{BASE_IRI}article/{_encoded(key)}")


def known_iri(entity_id: str) -> URIRef:
    """Return the IRI of an entity of the gazetteer by the path that is its id, such as ``id/state/PRK``."""
    return URIRef(BASE_IRI + _encoded(entity_id))


@dataclass(frozen=True)
class ArticleNames:
    """Names the nodes of one article's graph; `key` is `Article.key`."""

    key: str

    @cached_property
    def article(self) -> URIRef:
        """The article itself."""
        return article_iri(self.key)

    def claim(self, claim_id: str) -> URIRef:
        """Return the IRI of a claim."""
        return self._local(claim_id)

    def attribution(self, claim_id: str, depth: int) -> URIRef:
        """Return the IRI of a link of a claim's chain; the outermost has depth 1."""
        return self._local(f"{claim_id}-a{depth}")

    def evidence(self, span: Span) -> URIRef:
        """Return the IRI of a stretch of the text."""
        return URIRef(f"{self.article}#char={span.start},{span.end}")

    def selector(self, kind: str, span: Span) -> URIRef:
        """Return the IRI of the position or quote selector of a stretch of the text."""
        return URIRef(f"{self.article}#{kind}-{span.start}-{span.end}")

    def entity(self, entity: Entity) -> URIRef:
        """Return the IRI of an entity: in our base if the gazetteer knows it, else local to the article."""
        return known_iri(entity.id) if entity.known else self._local(entity.id.replace("/", "-"))

    def _local(self, fragment: str) -> URIRef:
        return URIRef(f"{self.article}#{_encoded(fragment)}")


def _encoded(path: str) -> str:
    """Percent-encode what is not an unreserved character or a slash, after Unicode normalisation (RFC 3986)."""
    return quote(unicodedata.normalize("NFC", path), safe="/")
