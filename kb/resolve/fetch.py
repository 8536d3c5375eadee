"""What the canonical layer asks of a store, in few queries whatever the size of the base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

import pyoxigraph as ox
from rdflib import PROV

from kb.resolve.components import Stretch
from kb.resolve.reading import PUBLISHED, PUBLISHER, ArticleView
from kb.resolve.records import ClaimRecord
from kb.resolve.terms import CANONICAL, IDS, ONTOLOGY, Value
from kb.settings import BASE_IRI
from kb.store.base import Store
from kb.vocab import CLAIM_LINKS

BATCH = 2000
"""How many rows of values one query holds: remote stores limit the length of a query."""

UNREAD = (
    *(f"{ONTOLOGY}{name}" for name in ("evidence", "mainEvidence", "rule", "trigger", "timeText", "code")),
    *(f"{ONTOLOGY}{name}" for name in ("certainty", "polarity", "temporal")),
    *map(str, (PROV.hadPrimarySource, PROV.wasDerivedFrom, PROV.wasGeneratedBy)),
)
"""What claims and entities have that does not matter here, a third of their triples."""

ATTRIBUTION, FACTUALITY = f"{ONTOLOGY}attribution", f"{ONTOLOGY}factuality"
DENIES = f"{ONTOLOGY}{CLAIM_LINKS['Denial']}"

Row = tuple[str, str, str, Value]
"""Graph, subject, property, value."""


def article_graphs(store: Store) -> list[str]:
    """Return the IRIs of all articles that have a graph; graphs of others may call themselves articles too."""
    table = store.select(f"""SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g a <{ONTOLOGY}Article> }}
        FILTER (STRSTARTS(STR(?g), "{BASE_IRI}article/")) }}""")
    return sorted(row[0].value for row in table.rows if isinstance(row[0], ox.NamedNode))


def stretches_of_blocks(store: Store, keys: Collection[str]) -> Iterator[tuple[str, Stretch[str]]]:
    """Yield the key and the days of each stored event of some blocks."""
    query = f"""SELECT ?key ?event ?from ?until WHERE {{ VALUES ?key {{ %s }} GRAPH <{CANONICAL}> {{
        ?event <{ONTOLOGY}blockKey> ?key
        OPTIONAL {{ ?event <{ONTOLOGY}claimsFrom> ?from }} OPTIONAL {{ ?event <{ONTOLOGY}claimsUntil> ?until }} }} }}"""
    for key, event, first, last in _rows(store, query, map(_quoted, keys)):
        if isinstance(key, ox.Literal) and isinstance(event, ox.NamedNode):
            yield key.value, Stretch(_day(first, date.min), _day(last, date.max), event.value)


def events_of(store: Store, claims: Collection[str]) -> set[str]:
    """Return the stored events that rest on some claims."""
    query = f"""SELECT ?event WHERE {{ VALUES ?claim {{ %s }}
        GRAPH <{CANONICAL}> {{ ?event <{ONTOLOGY}claim> ?claim }} }}"""
    return {row[0].value for row in _rows(store, query, map(_bracketed, claims)) if isinstance(row[0], ox.NamedNode)}


def triples_of(store: Store, subjects: Collection[str], but: str = "") -> dict[str, set[ox.Triple]]:
    """Return what the canonical graph says of each of some subjects, but the values of one property."""
    query = f"""SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ %s }}
        GRAPH <{CANONICAL}> {{ ?s ?p ?o FILTER (?p != <{ONTOLOGY}{but}>) }} }}"""
    found: dict[str, set[ox.Triple]] = {}
    for triple in _triples(_rows(store, query, map(_bracketed, subjects))):
        found.setdefault(str(triple.subject)[1:-1], set()).add(triple)
    return found


def mentioned_elsewhere(store: Store, subjects: Collection[str], article: str) -> set[str]:
    """Return those of the canonical entities that other articles mention too."""
    query = f"""SELECT ?s WHERE {{ VALUES ?s {{ %s }} FILTER EXISTS {{ GRAPH <{CANONICAL}> {{
        ?s <{ONTOLOGY}mentionedAs> ?local FILTER (!STRSTARTS(STR(?local), "{article}#")) }} }} }}"""
    return {row[0].value for row in _rows(store, query, map(_bracketed, subjects)) if isinstance(row[0], ox.NamedNode)}


def name_counts(store: Store, subjects: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """Yield how often the stored articles give each canonical entity each name."""
    query = f"""SELECT ?s ?name (COUNT(?local) AS ?count) WHERE {{ VALUES ?s {{ %s }}
        GRAPH <{CANONICAL}> {{ ?s <{ONTOLOGY}mentionedAs> ?local }}
        GRAPH ?g {{ ?local <http://www.w3.org/2000/01/rdf-schema#label> ?name }}
        FILTER (STRSTARTS(STR(?local), CONCAT(STR(?g), "#")))
    }} GROUP BY ?s ?name"""
    for subject, name, count in _rows(store, query, map(_bracketed, subjects)):
        if isinstance(subject, ox.NamedNode) and isinstance(name, ox.Literal) and isinstance(count, ox.Literal):
            yield subject.value, name.value, int(count.value)


def records_of(store: Store, claims: Collection[str]) -> Iterator[ClaimRecord]:
    """Yield stored claims, reading no more of their articles than they need."""
    views = _views(store, claims)
    for claim in sorted(claims):
        view = views[_article_of(claim)]
        if claim in view.claims:
            yield view.record(claim)


# --- the neighbourhood of claims --------------------------------------------------------------------------------------


def _views(store: Store, claims: Collection[str]) -> Mapping[str, ArticleView]:
    rows: dict[str, list[tuple[str, str, Value]]] = {_article_of(claim): [] for claim in claims}
    wanted = {(_article_of(claim), claim) for claim in claims}
    for graph, node, name, value in [*_neighbourhood(store, wanted), *_articles(store, rows), *_denials(store, wanted)]:
        rows[graph].append((node, name, value))
    return {iri: ArticleView.of(iri, triples) for iri, triples in rows.items()}


def _neighbourhood(store: Store, wanted: set[tuple[str, str]]) -> Iterator[Row]:
    """Yield all about some nodes, and about those they lead to, graph by graph."""
    query = f"""SELECT ?g ?s ?p ?o WHERE {{ VALUES (?g ?s) {{ %s }} GRAPH ?g {{ ?s ?p ?o }}
        FILTER (?p NOT IN ({", ".join(map(_bracketed, UNREAD))})) }}"""
    seen: set[tuple[str, str]] = set()
    while wanted:
        seen |= wanted
        found = list(_quads(_rows(store, query, map(_pair, sorted(wanted)))))
        yield from found
        wanted = {(graph, value.value) for graph, _, name, value in found if _leads_on(name, value)} - seen


def _articles(store: Store, articles: Iterable[str]) -> Iterator[Row]:
    query = "SELECT ?g (?g AS ?s) ?p ?o WHERE { VALUES (?g ?p) { %s } GRAPH ?g { ?g ?p ?o } }"
    pairs = ((article, name) for article in articles for name in (PUBLISHED, PUBLISHER))
    yield from _quads(_rows(store, query, map(_pair, pairs)))


def _denials(store: Store, claims: Collection[tuple[str, str]]) -> Iterator[Row]:
    """Yield the denials of claims, with their factuality."""
    query = f"""SELECT ?g ?s ?claim ?factuality WHERE {{ VALUES (?g ?claim) {{ %s }}
        GRAPH ?g {{ ?s <{DENIES}> ?claim ; <{FACTUALITY}> ?factuality }} }}"""
    for graph, denial, claim, factuality in _rows(store, query, map(_pair, sorted(claims))):
        yield from _quads([(graph, denial, ox.NamedNode(DENIES), claim)])
        yield from _quads([(graph, denial, ox.NamedNode(FACTUALITY), factuality)])


def _leads_on(name: str, value: Value) -> bool:
    if not isinstance(value, ox.NamedNode) or not name.startswith(ONTOLOGY) or name == ATTRIBUTION:
        return False
    return value.value.startswith(IDS) or ("#" in value.value and not value.value.startswith(ONTOLOGY))


# --- rows -------------------------------------------------------------------------------------------------------------


def _rows(store: Store, query: str, values: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """Yield the solutions of a query for all its values, some of them at a time."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield from store.select(query.replace("%s", " ".join(batch))).rows


def _triples(rows: Iterable[tuple[object, ...]]) -> Iterator[ox.Triple]:
    for subject, predicate, value in rows:
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
            continue
        if isinstance(value, ox.NamedNode | ox.Literal):
            yield ox.Triple(subject, predicate, value)


def _quads(rows: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    for graph, subject, predicate, value in rows:
        iris = [term.value for term in (graph, subject, predicate) if isinstance(term, ox.NamedNode)]
        if len(iris) == 3 and isinstance(value, ox.NamedNode | ox.Literal):
            yield iris[0], iris[1], iris[2], value


def _day(term: object, default: date) -> date:
    return date.fromisoformat(term.value) if isinstance(term, ox.Literal) else default


def _article_of(claim: str) -> str:
    return claim.partition("#")[0]


def _bracketed(iri: str) -> str:
    return f"<{iri}>"


def _pair(pair: tuple[str, str]) -> str:
    return f"(<{pair[0]}> <{pair[1]}>)"


def _quoted(text: str) -> str:
    return str(ox.Literal(text))
