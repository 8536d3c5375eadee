"""How slow the machine is just now, so that limits hold on a busy or small one as well."""

from __future__ import annotations

import time
from statistics import median

import pytest

_QUIET_MS = 35.0
"""Processor time of the reference work on the machine the limits are written for, when nothing else runs on it."""


def _reference_ms() -> float:
    start = time.process_time()
    sum({str(i): i * i for i in range(100_000)}.values()) + sum(i * i for i in range(500_000))
    return 1000 * (time.process_time() - start)


@pytest.fixture
def slower() -> float:
    """How many times slower than that machine this one is now; at least 1."""
    return max(1.0, median(_reference_ms() for _ in range(5)) / _QUIET_MS)
