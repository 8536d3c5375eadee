"""Every term of ours that shapes, queries and rules use is a term of the ontology."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.resources import resource
from kb.vocab import CLAIM_CLASSES, CONCEPTS, DEM, SCHEMES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*resource("shapes").glob("*.ttl"), *(ROOT / "kb" / "queries").glob("*.rq")])
TERM = re.compile(rf"\bdem:([\w-]*\w)|{re.escape(str(DEM))}([\w-]*\w)")


def rules() -> Iterator[Any]:
    for path in sorted(resource("data", "lexicon").glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        yield from (pytest.param(rule, id=rule["id"]) for rule in rows)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_terms_in_shapes_and_queries(path: Path) -> None:
    names = {match.group(1) or match.group(2) for match in TERM.finditer(path.read_text(encoding="utf-8"))}
    assert names or path.suffix == ".rq" or path.stem == "prefixes"
    assert {name for name in names if name not in DEM} == set()


@pytest.mark.parametrize("rule", list(rules()))
def test_terms_in_rules(rule: dict[str, Any]) -> None:
    event = rule["event"]
    assert event in CLAIM_CLASSES
    roles = {role.get("role", name) for name, role in rule.get("roles", {}).items()}
    assert {name for name in {*roles, *rule.get("set", {})} if name not in DEM} == set()
    for name, value in rule.get("set", {}).items():
        scheme = SCHEMES.get(f"{event}.{name}") or SCHEMES.get(name)
        assert scheme is None or value in CONCEPTS[scheme]
