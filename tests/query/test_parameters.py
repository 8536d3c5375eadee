"""From what a user gives to terms that are safe in a query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.query import Parameter, ParameterType

BASE = "https://w3id.org/demarche/"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"


def parameter(type_: str, *choices: str) -> Parameter:
    return Parameter("x", ParameterType(type_), "something", "an example", choices)


GOOD = [
    ("state", "PRK", f"<{BASE}id/state/PRK>"),
    ("state", " prk ", f"<{BASE}id/state/PRK>"),
    ("state", "id/state/PRK", f"<{BASE}id/state/PRK>"),
    ("state", "https://example.org/x", "<https://example.org/x>"),
    ("actor", "NATO", f"<{BASE}id/state/NATO> <{BASE}id/organisation/NATO>"),
    ("actor", "G7", f"<{BASE}id/state/G7> <{BASE}id/organisation/G7>"),
    ("actor", "article/3f#official-x", f"<{BASE}article/3f#official-x>"),
    ("iri", "article/3f#char=1,2", f"<{BASE}article/3f#char=1,2>"),
    ("iri", "urn:x:y", "<urn:x:y>"),
    ("text", 'a "quoted" \\ word', r'"a \"quoted\" \\ word"'),
    ("text", "two\nlines }", r'"two\nlines }"'),
    ("first-day", "2024", f'"2024-01-01"^^{DATE}'),
    ("first-day", "2024-06", f'"2024-06-01"^^{DATE}'),
    ("first-day", "2024-06-19", f'"2024-06-19"^^{DATE}'),
    ("last-day", "2024", f'"2024-12-31"^^{DATE}'),
    ("last-day", "2024-02", f'"2024-02-29"^^{DATE}'),
    ("last-day", "2024-06-19", f'"2024-06-19"^^{DATE}'),
    ("integer", "-12", f'"-12"^^{INTEGER}'),
    ("choice", "lift", '"lift"'),
]


@pytest.mark.parametrize(("type_", "value", "terms"), GOOD)
def test_values(type_, value, terms) -> None:
    assert parameter(type_, *(["impose", "lift"] if type_ == "choice" else [])).terms(value) == terms


BAD = [
    ("state", "Russia", "three-letter code"),
    ("state", "R1", "three-letter code"),
    ("state", "", "three-letter code"),
    ("actor", "Putin", "not the code"),
    ("iri", "no iri", "not an IRI"),
    ("iri", "", "empty"),
    ("iri", "article/a b", "not an IRI"),
    ("iri", "https://example.org/> } #", "not an IRI"),
    ("text", "  ", "empty"),
    ("first-day", "June 2024", "YYYY-MM-DD"),
    ("first-day", "2024-13", "no such day"),
    ("last-day", "2023-02-29", "no such day"),
    ("last-day", "0000", "no such day"),
    ("integer", "1.5", "whole number"),
    ("integer", "9" * 30, "whole number"),
    ("choice", "lifted", "did you mean lift"),
    ("choice", "x", "one of impose, lift"),
]


@pytest.mark.parametrize(("type_", "value", "message"), BAD)
def test_values_that_cannot_be_used(type_, value, message) -> None:
    with pytest.raises(ValueError, match=message):
        parameter(type_, *(["impose", "lift"] if type_ == "choice" else [])).terms(value)


@given(st.sampled_from(["text", "iri", "state", "actor"]), st.text())
def test_a_value_never_ends_the_braces(type_, value) -> None:
    try:
        terms = parameter(type_).terms(value)
    except ValueError:
        return
    rows = list(ox.Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {terms} }} }}"))
    assert 1 <= len(rows) <= 2
    if type_ == "text":
        assert rows[0]["x"].value == value.strip()


@given(st.dates())
def test_the_bounds_of_a_day_are_that_day(day) -> None:
    assert parameter("first-day").terms(day.isoformat()) == parameter("last-day").terms(day.isoformat())


def test_names_are_looked_up() -> None:
    def find(name: str, type_: ParameterType) -> list[str]:
        assert (name, type_) == ("North Korea", ParameterType.STATE)
        return ["urn:a", "urn:b"]

    assert parameter("state").terms(" North Korea ", find) == "<urn:a> <urn:b>"
