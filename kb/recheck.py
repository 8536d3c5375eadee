"""Checks a whole base again: every article against the shapes, and the canonical graph against the claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import Graph

from kb.gate import Gate, GateReport, Result, load_gate
from kb.graph import CANONICAL_GRAPH, REFERENCE_GRAPH
from kb.resources import resource

if TYPE_CHECKING:
    from kb.store import Store

_ARTICLES = """
PREFIX dem: <https://w3id.org/demarche/ontology#>
SELECT DISTINCT ?article WHERE { GRAPH ?article { ?article a dem:Article } } ORDER BY ?article
"""
_POINTED_AT = f"""
PREFIX dem: <https://w3id.org/demarche/ontology#>
CONSTRUCT {{ ?known ?property ?value }} WHERE {{
  {{ SELECT DISTINCT ?one WHERE {{ GRAPH <{CANONICAL_GRAPH}> {{ ?s ?p ?one FILTER(isIRI(?one)) }} }} }}
  GRAPH <{REFERENCE_GRAPH}> {{ ?one (dem:serves|dem:inState)* ?known . ?known ?property ?value }}
}}
"""
"""What we know beforehand of those the canonical graph is about: it only points at them, in the reference graph."""


@dataclass(frozen=True)
class Findings:
    """What is wrong with a base: SHACL results by graph, and whether the canonical graph follows from the claims."""

    by_graph: tuple[tuple[str, tuple[Result, ...]], ...]
    canonical_in_step: bool

    @property
    def report(self) -> GateReport:
        """All results as one SHACL report."""
        return GateReport.of(result for _graph, results in self.by_graph for result in results)

    @property
    def sound(self) -> bool:
        """Tell whether there is no violation and the canonical graph is what the claims make it."""
        return not self.report.violations and self.canonical_in_step

    def as_dict(self) -> dict[str, Any]:
        """Return the findings for JSON output."""
        return {
            "graphs_checked": len(self.by_graph),
            "violations": len(self.report.violations),
            "canonical_in_step": self.canonical_in_step,
            "results": [{"graph": graph, **_plain(result)} for graph, results in self.by_graph for result in results],
        }


def _plain(result: Result) -> dict[str, Any]:
    return {
        "focus": str(result.focus),
        "severity": str(result.severity).rpartition("#")[2].lower(),
        "message": result.message,
        "path": None if result.path is None else str(result.path),
        "value": None if result.value is None else str(result.value),
        "shape": str(result.shape),
    }


def recheck(store: Store, *, reference: bool = False) -> Findings:
    """Check every article graph and the canonical graph; with `reference`, as plain pyshacl does.

    Raises:
        StoreError: the store cannot be read.
    """
    from kb import resolve

    canonical = store.graph(str(CANONICAL_GRAPH))
    return Findings(tuple(_checked(store, reference=reference)), canonical == resolve.rebuild(store))


def _checked(store: Store, *, reference: bool) -> Iterator[tuple[str, tuple[Result, ...]]]:
    gate = load_gate(resource("shapes"))
    articles = [row[0].value for row in store.select(_ARTICLES).rows if row[0] is not None]
    for iri in articles:
        yield iri, gate.check(_graph(store.graph(iri)), reference=reference).results
    yield str(CANONICAL_GRAPH), _canonical_results(store, gate, reference=reference)


def _canonical_results(store: Store, gate: Gate, *, reference: bool) -> tuple[Result, ...]:
    """Return what is wrong with the nodes of the canonical graph itself."""
    canonical = _graph(store.graph(str(CANONICAL_GRAPH)))
    known = _graph(store.construct(_POINTED_AT))
    own = set(canonical.subjects())
    return tuple(r for r in gate.check(canonical + known, reference=reference).results if r.focus in own)


def _graph(ntriples: str) -> Graph:
    return Graph().parse(data=ntriples, format="nt")
