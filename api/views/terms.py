"""What the ontology says about slots and classes, as answers in JSON and JSON-LD need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kb.graph import PREFIXES
from kb.settings import BASE_IRI

DEM = f"{BASE_IRI}ontology#"
_PREFIXES = ("dem", "rdfs", "schema", "skos", "xsd")


@dataclass(frozen=True, slots=True)
class Terms:
    """`properties` are those of the slots, `many` the slots that hold lists, `classes` those of events by fact type."""

    properties: Mapping[str, str]
    many: frozenset[str]
    classes: Mapping[str, str]

    def context(self, columns: Mapping[str, Any], *, slots: bool) -> dict[str, Any]:
        """Return a JSON-LD context (https://www.w3.org/TR/json-ld11/): our keywords, `columns`, and if wanted slots."""
        words: dict[str, Any] = {"id": "@id", "items": "@graph", **{name: PREFIXES[name] for name in _PREFIXES}}
        return {**words, **(self.properties if slots else {}), **columns}


def read_terms(ontology: Iterable[ox.Triple]) -> Terms:
    """Return the terms of an ontology that has `dem:slot`, `dem:many`, `dem:factType` and `dem:claims`."""
    said: dict[str, dict[str, str]] = {name: {} for name in ("slot", "many", "factType", "claims")}
    for triple in ontology:
        name = triple.predicate.value.removeprefix(DEM)
        if name in said and not isinstance(triple.object, ox.Triple | ox.BlankNode):
            said[name][str(triple.subject)[1:-1]] = triple.object.value
    slots = {slot: f"dem:{iri.removeprefix(DEM)}" for iri, slot in said["slot"].items()}
    many = frozenset(slot for iri, slot in said["slot"].items() if said["many"].get(iri) == "true")
    classes = {type_: f"dem:{said['claims'][iri].removeprefix(DEM)}" for iri, type_ in said["factType"].items()}
    return Terms(slots, many, classes)
