"""Every named query gives the expected answers on data of its own, for all and for each of its parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.query import load_queries, run
from kb.query.tables import shorten

HERE = Path(__file__).resolve().parent
NAMES = sorted(load_queries())


def expected(name: str) -> dict[str, Any]:
    return json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))


def cases() -> Iterator[Any]:
    for name in NAMES:
        for case in expected(name)["cases"]:
            told = " ".join(f"{key}={value}" for key, value in case["values"].items())
            yield pytest.param(name, case["values"], case["keys"], id=f"{name} {told}")


def test_every_query_and_every_parameter_has_a_case() -> None:
    for name, query in load_queries().items():
        tried = {parameter for case in expected(name)["cases"] for parameter in case["values"]}
        assert tried == {parameter.name for parameter in query.parameters}, name


def test_there_are_no_cases_of_other_queries() -> None:
    assert {path.parent.name for path in HERE.glob("*/expected.json")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_all_answers(queries, store_of, name) -> None:
    table = run(store_of(name), queries[name], {})
    assert list(table.variables) == expected(name)["columns"]
    assert [[shorten(term) for term in row] for row in table.rows] == expected(name)["rows"]


@pytest.mark.parametrize(("name", "values", "keys"), list(cases()))
def test_answers_with_parameters(queries, store_of, name, values, keys) -> None:
    table = run(store_of(name), queries[name], values)
    column = table.variables.index(expected(name)["key"])
    assert [shorten(row[column]) for row in table.rows] == keys
