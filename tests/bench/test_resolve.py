"""What it costs to add one article to a base of many; the figures are printed (pytest -s).

The articles are invented: each makes claims of several classes about random states, officials and days, and one story
that all bases have is told by the article that is added.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

import pytest
from rdflib import Graph

from kb.graph import Run, article_iri, build_graph, to_nquads
from kb.model import (
    Argument,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    Extraction,
    Factuality,
    FactualityLabel,
    Precision,
    Span,
    TimeValue,
    Zone,
    ZoneKind,
)
from kb.resolve import change_for, rebuild
from kb.resolve.terms import CANONICAL, to_nquads as canonical_nquads
from kb.store import Change, Store, memory_store
