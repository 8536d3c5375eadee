"""Reconciliation: from names in a table to the states, officials, organisations and regimes that they mean.

The Reconciliation Service API 0.2 of the W3C community group, which OpenRefine speaks
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/). `types.toml` tells what can be
reconciled; `index` reads the entities from the views, `matching` scores them, `protocol` has the forms of requests and
answers. JSONP, a way round the browsers' same-origin rule, is not offered: every answer can be read from anywhere.
"""

from __future__ import annotations

from api.reconcile.index import Index, build_index
from api.reconcile.matching import candidates

__all__ = ["Index", "build_index", "candidates"]
