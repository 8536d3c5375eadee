"""Views of the base for people who do not write SPARQL: lists and single things, made from the named queries.

`views.toml` tells which view is made of which query; `model` reads it, `filters` turns addresses into bound queries,
`items` turns rows into JSON and JSON-LD, `answers` sends them page by page, `openapi` describes it all.
"""

from __future__ import annotations

from api.views.model import Catalogue, View, load_catalogue

__all__ = ["Catalogue", "View", "load_catalogue"]
