"""Reading the files of named queries, and filling in their parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import QueryParameterError, ResourceError, UnknownQueryError
from kb.query import ParameterType, find_query, load_queries
from kb.query.named import read_query

HEAD = """#+ summary: Visits to a state
#+ description: Who visited whom,
#+   and when.
#+ tags: events, visits
#+ param state state: the state, e.g. PRK
#+ param action choice of lift,
#+   impose: what was done: all of it, e.g. lift
"""
BODY = """SELECT * WHERE {
  VALUES ?state { UNDEF }  # param
    VALUES ?action { "impose" }  # param
  VALUES ?other { 1 }
  GRAPH ?g { ?x ?y ?state }
}
"""


@pytest.fixture
def query(tmp_path):
    return read_query(written(tmp_path, HEAD + BODY))


def written(folder: Path, text: str, name: str = "visits") -> Path:
    path = folder / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_head(query) -> None:
    assert query.name == "visits"
    assert query.summary == "Visits to a state"
    assert query.description == "Who visited whom, and when."
    assert query.tags == ("events", "visits")
    state, action = query.parameters
    assert (state.name, state.type, state.meaning, state.example) == ("state", ParameterType.STATE, "the state", "PRK")
    assert (action.type, action.choices, action.meaning) == (
        ParameterType.CHOICE,
        ("lift", "impose"),
        "what was done: all of it",
    )


def test_bind(query) -> None:
    assert query.bind({}) == query.text
    bound = query.bind({"state": "PRK", "action": "lift"})
    assert "  VALUES ?state { <https://w3id.org/demarche/id/state/PRK> }  # param\n" in bound
    assert '    VALUES ?action { "lift" }  # param\n' in bound
    assert "VALUES ?other { 1 }\n" in bound
    assert bound.startswith(HEAD)


def test_what_was_put_in_is_not_read_again(tmp_path) -> None:
    text = """#+ summary: S
#+ description: D.
#+ tags: t
#+ param a text: a, e.g. x
#+ param b text: b, e.g. x
SELECT * WHERE {
  VALUES ?a { UNDEF }  # param
  VALUES ?b { UNDEF }  # param
}
"""
    query = read_query(written(tmp_path, text))
    bound = query.bind({"a": r"\1 VALUES ?b { UNDEF }  # param", "b": r"\g<1>"})
    assert r'VALUES ?a { "\\1 VALUES ?b { UNDEF }  # param" }  # param' in bound
    assert r'VALUES ?b { "\\g<1>" }  # param' in bound


def test_unknown_parameter(query) -> None:
    with pytest.raises(QueryParameterError, match="visits has no parameter land; it has state, action"):
        query.bind({"land": "PRK"})


def test_a_query_without_parameters(tmp_path) -> None:
    query = read_query(written(tmp_path, "#+ summary: S\n#+ description: D.\n#+ tags: t\nSELECT * {}\n"))
    with pytest.raises(QueryParameterError, match="no parameter land, nor any other"):
        query.bind({"land": "PRK"})


def test_a_bad_value_gets_an_example(query) -> None:
    with pytest.raises(QueryParameterError, match="visits: state=R1: it is not") as caught:
        query.bind({"state": "R1"})
    assert "--param state=PRK" in caught.value.hint


def test_find(query) -> None:
    queries = {"visits": query}
    assert find_query(queries, "visits") is query
    with pytest.raises(UnknownQueryError, match="there is no query visit; did you mean visits"):
        find_query(queries, "visit")
    with pytest.raises(UnknownQueryError, match=r"there is no query xyz$"):
        find_query(queries, "xyz")


def test_load(tmp_path) -> None:
    written(tmp_path, HEAD + BODY, "b")
    written(tmp_path, HEAD + BODY, "a")
    assert list(load_queries(tmp_path)) == ["a", "b"]
    assert len(load_queries()) >= 25


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ summary: Visits to a state\n", "", "the head has no summary"),
        ("#+ tags: events, visits\n", "", "the head has no tags"),
        ("#+ tags: events, visits\n", "#+ tags:\n", "the head has no tags"),
        ("#+ tags:", "#+ tag:", "line 4: not a field of the head"),
        ("state state:", "state country:", "not in the form"),
        (", e.g. PRK", "", "not in the form"),
        ("choice of lift,\n#+   impose:", "choice:", "lists its values"),
        ("state state:", "state state of a, b:", "lists its values"),
        ("  # param\n    VALUES", "\n    VALUES", r"the head has the parameters \['action', 'state'\]"),
        ("#+ param state state: the state, e.g. PRK\n", "", r"the query \['action', 'state'\]"),
    ],
)
def test_files_that_are_not_in_order(tmp_path, old, new, message) -> None:
    text = HEAD + BODY
    assert old in text
    with pytest.raises(ResourceError, match=message):
        read_query(written(tmp_path, text.replace(old, new, 1)))


def test_an_empty_folder(tmp_path) -> None:
    with pytest.raises(ResourceError, match="no named queries"):
        load_queries(tmp_path)
