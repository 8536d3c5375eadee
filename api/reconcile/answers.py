"""What the service says of itself, and its suggestions, proposals and data, in the forms of the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz

from api.reconcile.index import IDENTIFIERS, EntityType, Index, Known, Property, fold
from api.reconcile.protocol import BATCH_SIZE, Extension
from kb import __version__
from kb.settings import BASE_IRI

Answer = dict[str, Any]
Types = Mapping[str, EntityType]

SUGGESTED = 20
"""How many suggestions an answer has."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PREVIEW = {"width": 420, "height": 240}


def manifest(site: str, types: Types) -> Answer:
    """Return the service manifest; `site` is where readers reach the server."""
    here = f"{site}/reconcile"
    suggest = {
        name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "Demarche: states, officials, organisations and sanctions regimes",
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": f"{BASE_IRI}ontology#",
        "documentation": f"{site}/docs",
        "serviceVersion": __version__,
        "defaultTypes": [_type(type_) for type_ in types.values()],
        "view": {"url": f"{site}/id/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": suggest,
        "extend": {"propose_properties": {"service_url": here, "service_path": "/properties"}, "property_settings": []},
        "batchSize": BATCH_SIZE,
    }


def _type(type_: EntityType) -> Answer:
    return {"id": type_.id, "name": type_.name}


# --- suggestions ------------------------------------------------------------------------------------------------------


def suggested_entities(index: Index, prefix: str, cursor: int) -> Answer:
    """Return entities with a name, or a word of a name, that begins with the prefix; or that an identifier names."""
    wanted = fold(prefix)
    if known := index.find(prefix.strip()):
        found: Iterable[Known] = [known]
    else:
        found = [known for known in index.entities.values() if wanted and any(_begins(n, wanted) for n in known.names)]
    ranked = sorted(found, key=lambda known: (-_nearness(known, wanted), known.name, known.id))
    shown = ranked[cursor : cursor + SUGGESTED]
    return {"result": [{**_named(known), "notable": [_type(known.type)]} for known in shown]}


def _named(known: Known) -> Answer:
    return {"id": known.id, "name": known.name, "description": known.description}


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or f" {wanted}" in name


def _nearness(known: Known, wanted: str) -> float:
    return max((fuzz.ratio(name, wanted) for name in known.names), default=0.0)


def suggested_types(types: Types, prefix: str, cursor: int) -> Answer:
    """Return the types with a word that begins with the prefix; without one, all."""
    found = [type_ for type_ in types.values() if _is_meant(prefix, type_.id, type_.name)]
    return {"result": [_type(type_) for type_ in found][cursor : cursor + SUGGESTED]}


def suggested_properties(types: Types, prefix: str, cursor: int) -> Answer:
    """Return the properties with a word that begins with the prefix; without one, all."""
    found = [one for one in _properties(types).values() if _is_meant(prefix, one.id, one.name)]
    return {"result": [{"id": one.id, "name": one.name} for one in found][cursor : cursor + SUGGESTED]}


def _is_meant(prefix: str, *names: str) -> bool:
    return not prefix.strip() or any(_begins(fold(name), fold(prefix)) for name in names)


def _properties(types: Types) -> dict[str, Property]:
    """Return the properties of all types by their ids."""
    return {one.id: one for type_ in types.values() for one in type_.properties.values()}


# --- properties and their values --------------------------------------------------------------------------------------


def proposed_properties(types: Types, type_id: str, limit: int | None) -> Answer:
    """Return the properties of a type; none of one that is not known."""
    type_ = types.get(type_id)
    found = list(type_.properties.values()) if type_ else []
    answer: Answer = {"type": type_id, "properties": [{"id": one.id, "name": one.name} for one in found[:limit]]}
    return answer if limit is None else {**answer, "limit": limit}


def extended(index: Index, asked: Extension) -> Answer:
    """Return the values of properties of entities; nothing for what is not known."""
    known = _properties(index.types)
    wanted = [known.get(one.id, Property(one.id, one.id)) for one in asked.properties]
    meta = [{"id": one.id, "name": one.name, **_value_type(one, index)} for one in wanted]
    rows = {id_: {one.id: _values(index, id_, one) for one in wanted} for id_ in asked.ids}
    return {"meta": meta, "rows": rows}


def _value_type(one: Property, index: Index) -> Answer:
    return {"type": _type(index.types[one.of])} if one.of else {}


def _values(index: Index, id_: str, one: Property) -> list[Answer]:
    entity = index.find(id_)
    value = entity.values.get(one.id) if entity else None
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [_cell(index, value, one) for value in values]


def _cell(index: Index, value: Any, one: Property) -> Answer:
    if isinstance(value, dict):
        return {"id": value["id"].removeprefix(IDENTIFIERS), "name": value["name"] or value["id"]}
    if isinstance(value, int):
        return {"int": value}
    if one.of and (entity := index.named(value)):
        return {"id": entity.id, "name": entity.name}
    return {"date": f"{value}T00:00:00Z"} if _DAY.fullmatch(value) else {"str": value}
