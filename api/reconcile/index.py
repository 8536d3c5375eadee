"""The entities that names can mean, read from the views once for each state of the base."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from anyascii import anyascii

from api.views.items import Items
from api.views.model import Catalogue
from api.views.terms import Terms
from kb.query import NamedQuery
from kb.settings import BASE_IRI
from kb.store import Store

IDENTIFIERS = f"{BASE_IRI}id/"
"""What the IRIs of all entities begin with; the rest is their identifier."""

FILE = Path(__file__).with_name("types.toml")
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a type: a column or slot of its view. `of` is the type of its values, if they are entities."""

    id: str
    name: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entities, and the view that lists them."""

    id: str
    name: str
    view: str
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class Known:
    """One entity: its identifier, its name, all its names folded, and the values of its properties."""

    id: str
    name: str
    type: EntityType
    values: Mapping[str, Any]
    names: Sequence[str]

    @property
    def description(self) -> str:
        """What tells it from others of its name, in a few words."""
        said = (self.values.get(name) for name in ("offices", "of", "part_of", "imposers", "since", "code"))
        return "; ".join(filter(None, (", ".join(texts(value)) for value in said)))

    def texts(self, property_: str) -> list[str]:
        """Return the values of a property as text."""
        return texts(self.values.get(property_))


@dataclass(frozen=True)
class Index:
    """All entities, by identifier and by name."""

    types: Mapping[str, EntityType]
    entities: Mapping[str, Known]
    by_label: Mapping[str, Sequence[Known]] = field(repr=False)

    @cached_property
    def names(self) -> Mapping[str, tuple[Sequence[str], Sequence[Known]]]:
        """For each type all folded names, and beside each of them whose it is."""
        found: dict[str, tuple[list[str], list[Known]]] = {id_: ([], []) for id_ in self.types}
        for known in self.entities.values():
            names, owners = found[known.type.id]
            names += known.names
            owners += [known] * len(known.names)
        return found

    def find(self, reference: str) -> Known | None:
        """Return the entity of an identifier or IRI."""
        return self.entities.get(reference.removeprefix(IDENTIFIERS))

    def named(self, name: str) -> Known | None:
        """Return the one entity with exactly this name, if there is just one."""
        found = self.by_label.get(name, ())
        return found[0] if len(found) == 1 else None


def read_types(path: Path = FILE) -> dict[str, EntityType]:
    """Return the types of ``types.toml`` by their ids."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["type"]
    return {row["id"]: EntityType(row["id"], row["name"], row["view"], _properties(row)) for row in rows}


def _properties(row: Mapping[str, Any]) -> dict[str, Property]:
    return {id_: Property(id_, said["name"], said.get("of")) for id_, said in row["properties"].items()}


def build_index(
    store: Store, types: Mapping[str, EntityType], catalogue: Catalogue, terms: Terms, entities: NamedQuery
) -> Index:
    """Return what the store knows of entities; `entities` is the named query with all their names.

    Raises:
        StoreError: the store cannot answer.
    """
    names = _names(store, entities)
    items = Items(catalogue, terms, store, linked=False)
    views = {view.name: view for view in catalogue.views}
    found: dict[str, Known] = {}
    labels: dict[str, list[Known]] = {}
    for type_ in types.values():
        view = views[type_.view]
        for item in items.of_view(view, store.select(view.query.text)):
            known = _known(item, type_, names)
            found[known.id] = known
            labels.setdefault(known.name, []).append(known)
    return Index(types, found, labels)


def _known(item: Mapping[str, Any], type_: EntityType, names: Mapping[str, set[str]]) -> Known:
    id_ = str(item["id"]).removeprefix(IDENTIFIERS)
    label = item["name"] or id_
    folded = {fold(name) for name in {label, *names.get(item["id"], ())}} - {""}
    return Known(id_, label, type_, {name: item.get(name) for name in type_.properties}, sorted(folded))


def _names(store: Store, entities: NamedQuery) -> dict[str, set[str]]:
    kinds = ["state", "official", "organisation", "regime"]
    found: dict[str, set[str]] = {}
    for entity, _kind, name in store.select(entities.bind({"kind": kinds})).rows:
        if entity is not None and name is not None:
            found.setdefault(str(entity.value), set()).add(str(name.value))
    return found


def fold(name: str) -> str:
    """Return a name for comparing: without accents, capitals and punctuation, other scripts in Latin letters."""
    return " ".join(_SEPARATORS.sub(" ", anyascii(name)).casefold().split())


def texts(value: Any) -> list[str]:
    """Return the values of a property as text; entities by their names."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [str(one["name"] if isinstance(one, dict) else one) for one in values]
