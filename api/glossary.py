"""The ontology as a document: chapters of terms in the order of its files, with all that is said about each term.

Chapters are the headed parts of ``demarche.ttl`` (``# --- 2 Events ---``); the closed lists of ``values.ttl`` follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kb.graph import PREFIXES
from kb.resources import resource
from kb.settings import BASE_IRI

ONTOLOGY = f"{BASE_IRI}ontology"
DEM = f"{ONTOLOGY}#"

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

_HEADING = re.compile(r"# --- (?:\d+ )?(.+?) -+")
_SUBJECT = re.compile(r"dem:([\w-]+) a ")

KINDS = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "object property",
    f"{_OWL}DatatypeProperty": "datatype property",
    f"{_OWL}AnnotationProperty": "annotation property",
    f"{_SKOS}ConceptScheme": "list",
    f"{_SKOS}Concept": "value",
    f"{DEM}Measure": "value",
}


@dataclass(frozen=True)
class Term:
    """A class, property, list or value. What it points to is given as IRIs, sorted."""

    iri: str
    kind: str
    label: str
    definition: str
    examples: Sequence[str]
    supers: Sequence[str] = ()
    subs: Sequence[str] = ()
    domains: Sequence[str] = ()
    ranges: Sequence[str] = ()
    properties: Sequence[str] = ()
    """Properties whose domain names this class."""
    values_of: Sequence[str] = ()
    """Properties whose range is this class."""
    schemes: Sequence[str] = ()
    broader: Sequence[str] = ()
    matches: Sequence[str] = ()
    claims: Sequence[str] = ()
    notation: str = ""
    flat: str = ""
    """Its name in the flat JSON view."""

    @property
    def name(self) -> str:
        """The local name, which is the anchor on the page."""
        return self.iri.removeprefix(DEM)


@dataclass(frozen=True)
class Chapter:
    """A headed run of terms; `anchor` is its place on the page."""

    title: str
    terms: Sequence[Term]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return "part-" + "-".join(re.findall(r"[a-z]+", self.title.lower()))


@dataclass(frozen=True)
class Glossary:
    """The whole ontology. `facts` are the title, version, licence and so on of the ontology itself."""

    chapters: Sequence[Chapter]
    title: str
    description: str
    version: str
    license: str
    triples: Sequence[ox.Triple] = field(repr=False)
    prefixes: dict[str, str] = field(repr=False)

    @property
    def terms(self) -> Iterator[Term]:
        """All terms in their order."""
        return (term for chapter in self.chapters for term in chapter.terms)

    def serialise(self, format_: ox.RdfFormat) -> bytes:
        """Return the ontology, lists and alignments with it, in an RDF format."""
        if format_.supports_datasets and format_ != ox.RdfFormat.JSON_LD:
            graph = ox.NamedNode(f"{BASE_IRI}graph/ontology")
            quads = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in self.triples)
            return ox.serialize(quads, format=format_, prefixes=self.prefixes) or b""
        return ox.serialize(self.triples, format=format_, prefixes=self.prefixes) or b""


def read_glossary(folder: Path | None = None) -> Glossary:
    """Read the files of the ontology, by default those that are shipped.

    Raises:
        ResourceError: they are missing.
    """
    folder = folder or resource("ontology")
    files = [folder / name for name in ("demarche.ttl", "values.ttl", "alignments.ttl")]
    triples: list[ox.Triple] = []
    prefixes = dict(PREFIXES)
    for path in files:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        triples += [quad.triple for quad in parser]
        prefixes |= parser.prefixes
    index = _Index(triples)
    return Glossary(
        tuple(_chapters(index, files[0], files[1])),
        index.text(ONTOLOGY, "http://purl.org/dc/terms/title"),
        index.text(ONTOLOGY, "http://purl.org/dc/terms/description"),
        index.text(ONTOLOGY, f"{_OWL}versionInfo"),
        index.text(ONTOLOGY, "http://purl.org/dc/terms/license"),
        sorted(dict.fromkeys(triples), key=lambda t: (str(t.subject), t.predicate.value != _RDF_TYPE)),
        prefixes,
    )


def _chapters(index: _Index, terms: Path, values: Path) -> Iterator[Chapter]:
    for title, names in _headed(terms.read_text(encoding="utf-8").splitlines()):
        yield Chapter(title, tuple(index.term(DEM + name) for name in names))
    names = [name for _, group in _headed(["# --- Lists ---", *_lines(values)]) for name in group]
    yield Chapter("Closed lists", tuple(index.term(DEM + name) for name in names))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _headed(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each heading with the local names that are defined below it."""
    title, names = "", list[str]()
    for line in lines:
        if heading := _HEADING.match(line):
            if names:
                yield title, names
            title, names = heading[1], []
        elif subject := _SUBJECT.match(line):
            names.append(subject[1])
    if names:
        yield title, names


class _Index:
    """The triples by subject and property, and the other way round."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._objects: dict[tuple[str, str], list[str]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}
        for triple in triples:
            subject, value = triple.subject.value, triple.object.value  # type: ignore[union-attr]
            self._objects.setdefault((subject, triple.predicate.value), []).append(value)
            self._subjects.setdefault((value, triple.predicate.value), []).append(subject)

    def text(self, subject: str, predicate: str) -> str:
        return next(iter(self._objects.get((subject, predicate), ())), "")

    def term(self, iri: str) -> Term:
        return Term(
            iri,
            next((KINDS[t] for t in self._all(iri, _RDF_TYPE) if t in KINDS), "term"),
            self.text(iri, f"{_RDFS}label"),
            self.text(iri, f"{_SKOS}definition"),
            self._objects.get((iri, f"{_SKOS}example"), ()),
            supers=self._all(iri, f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf"),
            subs=self._pointing(iri, f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf"),
            domains=self._all(iri, f"{_RDFS}domain", f"{_SCHEMA}domainIncludes"),
            ranges=self._all(iri, f"{_RDFS}range", f"{_SCHEMA}rangeIncludes"),
            properties=self._pointing(iri, f"{_RDFS}domain", f"{_SCHEMA}domainIncludes"),
            values_of=self._pointing(iri, f"{_RDFS}range", f"{_SCHEMA}rangeIncludes"),
            schemes=self._all(iri, f"{_SKOS}inScheme", f"{DEM}scheme"),
            broader=self._all(iri, f"{_SKOS}broader"),
            matches=self._all(iri, *(f"{_SKOS}{match}" for match in _MATCHES)),
            claims=self._all(iri, f"{DEM}claims"),
            notation=self.text(iri, f"{_SKOS}notation"),
            flat=self.text(iri, f"{DEM}factType") or self.text(iri, f"{DEM}slot"),
        )

    def _all(self, subject: str, *predicates: str) -> list[str]:
        return sorted({value for p in predicates for value in self._objects.get((subject, p), ())})

    def _pointing(self, value: str, *predicates: str) -> list[str]:
        return sorted({subject for p in predicates for subject in self._subjects.get((value, p), ())})
