"""Answers as text."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import OptionError
from kb.query import FORMATS, render
from kb.store import Table

XSD = "http://www.w3.org/2001/XMLSchema#"
TABLE = Table(
    ("event", "name", "when", "n"),
    (
        (
            ox.NamedNode("https://w3id.org/demarche/id/event/1"),
            ox.Literal('A "visit", planned'),
            ox.Literal("2024-06-18", datatype=ox.NamedNode(XSD + "date")),
            None,
        ),
        (
            ox.NamedNode("https://w3id.org/demarche/ontology#Visit"),
            ox.Literal("Besuch", language="de"),
            None,
            ox.Literal(3),
        ),
        (ox.BlankNode("b1"), ox.Literal("two\nlines"), ox.NamedNode("https://example.org/x"), None),
    ),
)


def test_plain() -> None:
    assert render(TABLE) == (
        "event       name                when                   n\n"
        "----------  ------------------  ---------------------  -\n"
        'id/event/1  A "visit", planned  2024-06-18\n'
        "dem:Visit   Besuch                                     3\n"
        "_:b1        two lines           https://example.org/x\n"
        "3 rows\n"
    )


def test_one_row_and_none() -> None:
    assert render(Table(("a",), ((ox.Literal("x"),),))) == "a\n-\nx\n1 row\n"
    assert render(Table(("a",), ())) == "a\n-\n0 rows\n"


def test_framed() -> None:
    framed = render(TABLE, width=60)
    assert framed.startswith("╭")
    assert framed.endswith("3 rows\n")
    assert max(map(len, framed.splitlines())) <= 60
    assert "id/event/1" in framed
    assert "[" not in framed


def test_markup_in_names_is_text() -> None:
    assert "[bold]x[/bold]" in render(Table(("a",), ((ox.Literal("[bold]x[/bold]"),),)), width=40)


def test_csv() -> None:
    assert render(TABLE, "csv") == (
        "event,name,when,n\r\n"
        'https://w3id.org/demarche/id/event/1,"A ""visit"", planned",2024-06-18,\r\n'
        "https://w3id.org/demarche/ontology#Visit,Besuch,,3\r\n"
        '_:b1,"two\nlines",https://example.org/x,\r\n'
    )


def test_json() -> None:
    answer = json.loads(render(TABLE, "json"))
    assert answer["head"] == {"vars": ["event", "name", "when", "n"]}
    assert answer["results"]["bindings"] == [
        {
            "event": {"type": "uri", "value": "https://w3id.org/demarche/id/event/1"},
            "name": {"type": "literal", "value": 'A "visit", planned'},
            "when": {"type": "literal", "value": "2024-06-18", "datatype": XSD + "date"},
        },
        {
            "event": {"type": "uri", "value": "https://w3id.org/demarche/ontology#Visit"},
            "name": {"type": "literal", "value": "Besuch", "xml:lang": "de"},
            "n": {"type": "literal", "value": "3", "datatype": XSD + "integer"},
        },
        {
            "event": {"type": "bnode", "value": "b1"},
            "name": {"type": "literal", "value": "two\nlines"},
            "when": {"type": "uri", "value": "https://example.org/x"},
        },
    ]


def test_json_is_what_other_readers_read() -> None:
    parsed = ox.parse_query_results(render(TABLE, "json").encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [variable.value for variable in parsed.variables] == list(TABLE.variables)
    assert [tuple(row) for row in parsed][:2] == list(TABLE.rows)[:2]


@given(st.lists(st.tuples(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers()), max_size=5))
def test_csv_can_be_read_again(rows) -> None:
    table = Table(("a", "b"), tuple((ox.Literal(text), ox.Literal(number)) for text, number in rows))
    read = list(csv.reader(io.StringIO(render(table, "csv"), newline="")))
    assert read == [["a", "b"], *([text, str(number)] for text, number in rows)]


def test_unknown_format() -> None:
    with pytest.raises(OptionError, match="no format xml; the formats are table, csv, json"):
        render(TABLE, "xml")
    assert list(FORMATS) == ["table", "csv", "json"]
