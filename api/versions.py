"""The ontology for those who depend on it: versions that never change again, and a JSON-LD context of its terms.

A version is frozen by the file ``ontology/versions/VERSION.ttl``, which holds the whole ontology as it was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from api.glossary import Glossary, Term
from kb.graph import PREFIXES
from kb.resources import resource

_XSD = PREFIXES["xsd"]


def frozen_versions(folder: Path | None = None) -> Mapping[str, Path]:
    """Return the files of published versions by their numbers, the earliest first."""
    folder = folder or resource("ontology") / "versions"
    paths = sorted(folder.glob("*.ttl"), key=lambda path: [part.zfill(8) for part in path.stem.split(".")])
    return {path.stem: path for path in paths}


def parse_version(path: Path) -> Iterator[ox.Triple]:
    """Yield the triples of a published version."""
    return (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def json_ld_context(glossary: Glossary) -> dict[str, Any]:
    """Return a context (JSON-LD 1.1, section 3.1) in which our classes and properties go by their local names."""
    terms = {term.name: _defined(term) for term in glossary.terms if term.kind in _DEFINED}
    return {"@context": {"@version": 1.1, "id": "@id", "type": "@type", **_prefixes(), **terms}}


_DEFINED = ("class", "object property", "datatype property")


def _prefixes() -> dict[str, str]:
    """Return the prefixes; not ``id``, which is the name of @id here."""
    return {prefix: namespace for prefix, namespace in sorted(PREFIXES.items()) if prefix != "id"}


def _defined(term: Term) -> str | dict[str, str]:
    if term.kind == "object property":
        return {"@id": term.iri, "@type": "@id"}
    ranges = [range_ for range_ in term.ranges if range_.startswith(_XSD) and range_ != f"{_XSD}string"]
    if term.kind == "datatype property" and len(term.ranges) == 1 and ranges:
        return {"@id": term.iri, "@type": ranges[0]}
    return term.iri
