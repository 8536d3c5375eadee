"""KB_KEEP_TEXT: how much of an article the store keeps; offsets and hashes can be checked with each setting."""

import hashlib
import json

import pyoxigraph as ox
import pytest

DEM = "https://w3id.org/demarche/ontology#"
OA = "http://www.w3.org/ns/oa#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
EVIDENCE = f"""
SELECT ?start ?end ?hash ?quote {{
  ?evidence a <{DEM}Evidence> ; <{DEM}sha256> ?hash ; <{OA}hasSelector> ?position .
  ?position <{OA}start> ?start ; <{OA}end> ?end .
  OPTIONAL {{ ?evidence <{OA}hasSelector>/<{OA}exact> ?quote }}
}}
"""


@pytest.fixture(params=["full", "quotes", "none"])
def kept(kb, store, write, texts, request):
    """The setting, a store loaded with it, and the text of its article."""
    path = write("a.txt", texts["visit"])
    code, out, _ = kb("load", path, "--format", "json", "--store", store, KB_KEEP_TEXT=request.param)
    assert (code, json.loads(out)["outcome"]) == (0, "loaded")
    return request.param, store, texts["visit"]


def article_of(kb, store):
    out = kb("export", "--article", key_of(kb, store), "--format", "nquads", "--store", store).out
    found = ox.Store()
    found.load(out.encode(), format=ox.RdfFormat.N_QUADS)
    return found, out


def key_of(kb, store):
    return json.loads(kb("status", "--format", "json", "--store", store).out)["articles"][0]["key"]


def test_offsets_and_hashes_fit_the_text(kb, kept):
    setting, store, text = kept
    graph, _ = article_of(kb, store)
    rows = list(graph.query(EVIDENCE, use_default_graph_as_union=True))
    assert len(rows) >= 4
    for row in rows:
        quote = text[int(row["start"].value) : int(row["end"].value)]
        assert row["hash"].value == hashlib.sha256(quote.encode()).hexdigest()
        assert (row["quote"].value if row["quote"] else None) == (None if setting == "none" else quote)


def test_only_what_may_be_kept_is(kb, kept):
    setting, store, text = kept
    graph, out = article_of(kb, store)
    whole = list(graph.quads_for_pattern(None, ox.NamedNode(f"{NIF}isString"), None))
    assert [quad.object.value for quad in whole] == ([text] if setting == "full" else [])
    (said,) = graph.quads_for_pattern(None, ox.NamedNode(f"{DEM}textKept"), None)
    assert said.object.value == setting
    assert ("flags and flowers" in out) == (setting == "full")
    assert ("arrived in Egypt" in out) == (setting != "none")


def test_a_store_without_text_has_no_words_of_the_article(kb, store, write, texts):
    """Names, codes and the headline are facts about the article; no run of four words of its body is kept."""
    kb("load", write("a.txt", texts["visit"]), "--store", store, KB_KEEP_TEXT="none")
    _, out = article_of(kb, store)
    words = " ".join(texts["visit"].partition("(Test Wire) - ")[2].split()).split(" ")
    runs = {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}
    assert [run for run in runs if run in out] == []


def test_the_base_is_sound_and_shows_its_facts(kb, kept):
    setting, store, _ = kept
    assert kb("validate", "--store", store).code == 0
    out = kb("query", "evidence", "--format", "csv", "--store", store).out
    assert ("arrived in Egypt" in out) == (setting != "none")


def test_the_setting_of_the_last_loading_holds(kb, kept, write):
    setting, store, text = kept
    path = write("a.txt", text)
    outcomes = [
        json.loads(kb("load", path, "--format", "json", "--store", store, KB_KEEP_TEXT=other).out)["outcome"]
        for other in (setting, "none", "none", "full")
    ]
    assert outcomes == ["unchanged", "unchanged" if setting == "none" else "replaced", "unchanged", "replaced"]


def test_a_table_without_quotes(kb, store, write, texts):
    out = kb("load", write("a.txt", texts["visit"]), "--store", store, KB_KEEP_TEXT="none").out
    rows = out.splitlines()[3:-1]
    assert len(rows) >= 4
    assert all(row.rstrip().endswith("(not kept)") for row in rows)
