"""`kb query`: named questions and SPARQL, in three formats, and what is said of those that cannot be answered."""

import csv
import io
import json

import pytest
from rdflib import Graph

from kb.query import load_queries

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
DEM = "https://w3id.org/demarche/ontology#"


@pytest.fixture
def ask(kb, sample):
    return lambda *arguments, **more: kb("query", *arguments, "--store", sample, **more)


def rows(result):
    return list(csv.DictReader(io.StringIO(result.out)))


def test_who_visited_north_korea_in_june_2024(ask):
    answer = ask(
        "visits", "--param", "state=PRK", "--param", "from=2024-06", "--param", "until=2024-06", "--format", "csv"
    )
    assert (answer.code, answer.err) == (0, "")
    (visit,) = rows(answer)
    assert (visit["visitors"], visit["start"], visit["previous"]) == ("Vladimir Putin", "2024-06-19", "2000")
    assert visit["companions"] == "Andrei Belousov, Sergey Lavrov"


def test_a_state_by_its_name(ask):
    by_code = ask("visits", "--param", "state=PRK")
    assert ask("visits", "--param", "state=North Korea") == by_code
    assert "Vladimir Putin" in by_code.out
    assert by_code.out.endswith("\n1 row\n")


@pytest.mark.parametrize("name", sorted(load_queries()))
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_every_named_query_answers_in_every_format(ask, name, form):
    code, out, err = ask(name, "--format", form)
    assert (code, err) == (0, "")
    if form == "json":
        assert json.loads(out)["head"]["vars"]
    else:
        assert len(out.splitlines()) >= 1


def test_select(ask):
    found = {form: ask(COUNT, "--format", form) for form in ("table", "csv", "json")}
    assert {result.code for result in found.values()} == {0}
    (row,) = rows(found["csv"])
    number = int(row["n"])
    assert number > 1000
    assert json.loads(found["json"].out)["results"]["bindings"][0]["n"]["value"] == row["n"]
    assert found["table"].out.split() == ["n", "-" * len(row["n"]), row["n"], "1", "row"]


@pytest.mark.parametrize(("form", "yes", "no"), [("table", "yes\n", "no\n"), ("csv", "true\n", "false\n")])
def test_ask(ask, form, yes, no):
    assert ask(f"ASK {{ ?visit a <{DEM}Visit> }}", "--format", form).out == yes
    assert ask("ASK { <urn:a> ?p ?o }", "--format", form).out == no


def test_ask_in_json(ask):
    assert json.loads(ask("ASK { ?s ?p ?o }", "--format", "json").out)["boolean"] is True


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_construct(ask):
    query = f"CONSTRUCT {{ ?visit a <{DEM}Visit> }} WHERE {{ ?visit a <{DEM}Visit> }}"
    turtle = Graph().parse(data=ask(query).out, format="turtle")
    json_ld = Graph().parse(data=ask(query, "--format", "json").out, format="json-ld")
    assert set(turtle) == set(json_ld)
    assert len(turtle) > 2


def test_a_graph_is_no_csv(ask):
    code, out, err = ask("CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv")
    assert (code, out) == (2, "")
    assert err.startswith("error[KB018]: a query that answers with a graph has no csv; ")


def test_a_query_in_a_file(ask, write):
    path = write("count.rq", COUNT)
    assert ask("--file", path) == ask(COUNT)


def test_the_list_names_every_query_with_its_parameters(kb):
    code, out, err = kb("query", "--list")
    assert (code, err) == (0, "")
    for query in load_queries().values():
        assert f"{query.name:<20} {query.summary}" in out
        assert all(f"{p.name}: {p.meaning}, e.g. {p.example}" in out for p in query.parameters)


BAD = {
    "an unknown query": (["vists"], "error[KB031]: there is no query vists; did you mean visits"),
    "nothing like it": (["xyzzy"], "error[KB031]: there is no query xyzzy\n"),
    "an unknown parameter": (
        ["visits", "--param", "country=PRK"],
        "error[KB032]: visits has no parameter country; it has state, visitor, from, until",
    ),
    "a parameter without value": (
        ["visits", "--param", "state"],
        "error[KB018]: --param state: not of the form NAME=VALUE\n",
    ),
    "a state nobody knows": (["visits", "--param", "state=Ruritania"], "error[KB032]: visits: state=Ruritania: "),
    "a day that is none": (
        ["visits", "--param", "from=2024-13"],
        "error[KB032]: visits: from=2024-13: there is no such day\n",
    ),
    "a parameter of a query without name": (
        [COUNT, "--param", "state=PRK"],
        "error[KB018]: --param goes with a named query; ",
    ),
    "a query that is cut off": (
        ["SELECT ?s\nWHERE { ?s ?p"],
        "error[KB030]: line 2, column 14: ",
    ),
    "an update": (["DELETE WHERE { ?s ?p ?o }"], "error[KB030]: "),
    "another server": (["SELECT * { SERVICE <http://a.test/> { ?s ?p ?o } }"], "error[KB030]: SERVICE is not offered"),
    "nothing": ([], "error[KB018]: give the name of a query, a query in SPARQL, or --file\n"),
    "too much": (["visits", "--file", "x.rq"], "error[KB018]: give the name of a query, "),
    "no such file": (["--file", "/none/x.rq"], "error[KB011]: /none/x.rq: No such file or directory\n"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_answered(ask, case):
    arguments, message = BAD[case]
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert "\n  hint: " in err


def test_a_file_that_is_not_in_utf_8(ask, write):
    code, _, err = ask("--file", write("a.rq", b"SELECT * { ?s ?p '\xe9' }"))
    assert code == 2
    assert err.startswith("error[KB014]: ")
    assert "not in UTF-8" in err


def test_a_syntax_error_shows_the_line(ask):
    code, _, err = ask("SELECT ?s\nWHERE { ?s ?p }")
    assert code == 2
    lines = err.splitlines()
    assert lines[0].startswith("error[KB030]: line 2, column ")
    assert lines[1] == "  WHERE { ?s ?p }"
    assert lines[2].index("^") - 2 == int(lines[0].split("column ")[1].split(":")[0]) - 1


def test_no_store(kb, tmp_path):
    code, out, err = kb("query", "visits", "--store", tmp_path / "none")
    assert (code, out) == (2, "")
    assert err == (
        f"error[KB040]: {tmp_path}/none: there is no store here\n"
        f"  hint: Load an article first: kb load ARTICLE --store {tmp_path}/none\n"
    )
    assert not (tmp_path / "none").exists()
