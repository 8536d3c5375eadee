"""Running named queries on a store."""

from __future__ import annotations

from collections.abc import Mapping

from kb.query.named import NamedQuery
from kb.query.names import Names
from kb.store.base import Store, Table


def run(store: Store, query: NamedQuery, values: Mapping[str, str]) -> Table:
    """Return the answers to a named query; names of states and actors are looked up in the store.

    Raises:
        QueryParameterError: there is no such parameter, or its value cannot be used.
        StoreError: the store cannot answer.
    """
    return store.select(query.bind(values, Names(store).find))
