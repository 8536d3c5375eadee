"""`kb status`, `kb export` and `kb remove`: what a base holds, all of it as RDF, and an article taken out again."""

import json

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from kb import __version__

FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
}
PUTIN = "2024-06-19-putin-pyongyang.txt"


@pytest.fixture
def status(kb):
    return lambda store: json.loads(kb("status", "--format", "json", "--store", store).out)


@pytest.fixture(scope="module")
def exports(kb, sample):
    """The sample base in every format."""
    found = {}
    for form in FORMATS:
        code, found[form], err = kb("export", "--format", form, "--store", sample)
        assert (code, err) == (0, "")
    return found


# --- status -----------------------------------------------------------------------------------------------------------


def test_status_in_figures(status, sample, articles):
    found = status(sample)
    assert (found["store"], found["version"]) == (str(sample), __version__)
    assert found["counts"]["articles"] == len(found["articles"]) == 7
    assert found["counts"]["claims"] == sum(int(row["facts"]) for row in found["articles"])
    assert {"visit", "meeting", "accusation"} <= set(found["counts"])
    assert {row["source"] for row in found["articles"]} == {str(path) for path in articles.glob("*.txt")}


def test_status_to_read(kb, sample):
    code, out, _ = kb("status", "--store", sample)
    assert code == 0
    assert out.startswith(f"store {sample}, Demarche {__version__}, 7 articles\n")
    assert "\n        7 articles\n" in out
    assert _key(kb, sample) in out


def test_status_of_a_base_without_articles(kb, store, status):
    assert kb("status", "--store", store).out.startswith(f"store {store}, Demarche {__version__}, 0 articles\n")
    assert status(store)["articles"] == []


# --- export -----------------------------------------------------------------------------------------------------------


def parsed(text, form):
    return set(ox.parse(text.encode(), format=FORMATS[form]))


def test_every_format_says_the_same(exports):
    quads = parsed(exports["nquads"], "nquads")
    assert len(quads) > 1000
    assert parsed(exports["trig"], "trig") == parsed(exports["jsonld"], "jsonld") == quads
    assert {quad.triple for quad in parsed(exports["turtle"], "turtle")} == {quad.triple for quad in quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_another_parser_reads_it_too(kb, sample):
    turtle, json_ld = (
        kb("export", "--article", _key(kb, sample), "--format", form, "--store", sample).out
        for form in ("turtle", "jsonld")
    )
    graph = Dataset()
    graph.parse(data=json_ld, format="json-ld")
    assert {(s, p, o) for s, p, o, _ in graph.quads()} == set(Graph().parse(data=turtle, format="turtle"))


def _key(kb, store):
    rows = json.loads(kb("status", "--format", "json", "--store", store).out)["articles"]
    return next(row["key"] for row in rows if row["source"].endswith(PUTIN))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_every_time(kb, sample, exports, form):
    assert kb("export", "--format", form, "--store", sample).out == exports[form]


def test_one_article_by_key_iri_and_source(kb, sample, articles):
    key = _key(kb, sample)
    iri = f"https://w3id.org/demarche/article/{key}"
    found = {
        kb("export", "--article", name, "--format", "nquads", "--store", sample).out
        for name in (key, iri, f"article/{key}", articles / PUTIN)
    }
    assert len(found) == 1
    assert {quad.graph_name.value for quad in parsed(found.pop(), "nquads")} == {iri}


def test_export_to_a_file(kb, sample, exports, tmp_path):
    path = tmp_path / "base.nq"
    path.write_text("what was there before")
    assert kb("export", "--format", "nquads", "--output", path, "--store", sample) == (0, "", "")
    assert path.read_text(encoding="utf-8") == exports["nquads"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["base.nq"]


def test_export_where_no_file_can_be(kb, sample, tmp_path):
    code, out, err = kb("export", "--output", tmp_path / "none" / "base.nq", "--store", sample)
    assert (code, out) == (2, "")
    assert err.startswith(f"error[KB018]: {tmp_path}/none/base.nq: No such file or directory\n")


def test_export_of_an_article_nobody_knows(kb, sample, tmp_path):
    path = tmp_path / "base.nq"
    code, _, err = kb("export", "--article", "nope", "--output", path, "--store", sample)
    assert code == 2
    assert err.startswith(f"error[KB040]: no article nope in {sample}\n")
    assert not path.exists()


# --- remove -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["key", "iri", "short", "source"])
def test_remove(kb, copied, status, articles, by):
    key = _key(kb, copied)
    iri = f"https://w3id.org/demarche/article/{key}"
    name = {"key": key, "iri": iri, "short": f"article/{key}", "source": articles / PUTIN}[by]
    assert kb("remove", name, "--store", copied) == (0, f"removed {iri}\n", "")
    assert len(status(copied)["articles"]) == 6
    assert iri not in kb("export", "--format", "nquads", "--store", copied).out


def test_what_was_removed_comes_back_by_loading_it(kb, copied, articles, exported):
    before = exported(copied)
    kb("remove", articles / PUTIN, "--store", copied)
    assert exported(copied) != before
    assert kb("load", articles / PUTIN, "--store", copied).out.startswith("loaded: ")
    assert exported(copied) == before


def test_removing_all_leaves_what_lay_there_before(kb, copied, articles, exported, store):
    for path in articles.glob("*.txt"):
        assert kb("remove", path, "--store", copied).code == 0
    assert exported(copied) == exported(store)


def test_remove_an_article_nobody_knows(kb, copied, exported):
    before = exported(copied)
    code, out, err = kb("remove", "nope", "--store", copied)
    assert (code, out) == (2, "")
    assert err.startswith(f"error[KB040]: no article nope in {copied}\n  hint: `kb status` lists the articles")
    assert exported(copied) == before


def test_remove_by_a_source_that_several_articles_have(kb, store, texts):
    for name in ("visit", "sanctions"):
        kb("load", "-", "--store", store, stdin=texts[name])
    code, out, err = kb("remove", "-", "--store", store)
    assert (code, out) == (2, "")
    assert err.startswith("error[KB018]: 2 articles come from -: ")
    assert "Name one of them by its key." in err
    key = err.splitlines()[0].split()[-1]
    assert kb("remove", key, "--store", store).code == 0
    assert kb("remove", "-", "--store", store).code == 0
