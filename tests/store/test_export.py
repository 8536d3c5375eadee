import random

import pyoxigraph as ox
import pytest
import rdflib

from kb.store import Change, memory_store, open_store

EX = "http://example.org/"
DEM = "https://w3id.org/demarche/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LINES = [
    f'<{EX}putin> <{DEM}code> "x" <{EX}g2> .\n',
    f"<{EX}putin> <{TYPE}> <{DEM}Official> <{EX}g2> .\n",
    f'<{EX}kim> <{DEM}code> "y \\" \\n" <{EX}g2> .\n',
    f"<{EX}putin> <{TYPE}> <{DEM}Official> <{EX}g1> .\n",
    f'<{EX}visit> <{DEM}code> "визит"@ru <{EX}g3> .\n',
]
QUAD_FORMATS = [ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD]
TRIPLE_FORMATS = [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML]


def loaded(lines, store=None):
    store = store or memory_store()
    for line in lines:
        store.apply(Change(insert=line))
    return store


def exported(store, format_, graph=None):
    return b"".join(store.export(format_, graph))


@pytest.mark.parametrize("format_", QUAD_FORMATS + TRIPLE_FORMATS, ids=str)
def test_same_content_gives_same_bytes_whatever_the_order_of_loading(format_):
    found = set()
    for seed in range(4):
        lines = LINES[:]
        random.Random(seed).shuffle(lines)
        found.add(exported(loaded(lines), format_))
    assert len(found) == 1


@pytest.mark.parametrize("format_", QUAD_FORMATS, ids=str)
def test_formats_with_graphs_keep_every_quad(format_):
    read_back = {f"{quad} .\n" for quad in ox.parse(exported(loaded(LINES), format_), format=format_)}
    assert read_back == set(LINES)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib's own parsers
@pytest.mark.parametrize(("format_", "name"), [(ox.RdfFormat.TRIG, "trig"), (ox.RdfFormat.JSON_LD, "json-ld")], ids=str)
def test_rdflib_reads_the_same(format_, name):
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(loaded(LINES), format_), format=name)
    assert len(list(dataset.quads())) == len(LINES)


@pytest.mark.parametrize("format_", TRIPLE_FORMATS, ids=str)
def test_formats_without_graphs_hold_the_union(format_):
    triples = {str(quad.triple) for quad in ox.parse(exported(loaded(LINES), format_), format=format_)}
    assert len(triples) == len(LINES) - 1  # one triple is in two graphs


@pytest.mark.parametrize("format_", QUAD_FORMATS + TRIPLE_FORMATS, ids=str)
def test_one_graph(format_):
    found = list(ox.parse(exported(loaded(LINES), format_, f"{EX}g3"), format=format_))
    assert [quad.subject.value for quad in found] == [f"{EX}visit"]


@pytest.mark.parametrize("format_", QUAD_FORMATS + TRIPLE_FORMATS, ids=str)
def test_an_empty_store_gives_a_readable_file(format_):
    assert list(ox.parse(exported(memory_store(), format_), format=format_)) == []


def test_trig_has_the_prefixes_once_and_the_class_first():
    text = exported(loaded(LINES), ox.RdfFormat.TRIG).decode()
    assert text.count("@prefix dem:") == 1
    assert f"<{EX}putin> a dem:Official ;" in text
    assert text.index("g1>") < text.index("g2>") < text.index("g3>")


def test_an_export_is_of_one_moment_and_leaves_nothing_behind(tmp_path, make_quads):
    store = loaded(LINES, open_store(str(tmp_path / "base")))
    chunks = store.export(ox.RdfFormat.N_QUADS)
    first = [next(chunks), next(chunks)]
    store.apply(Change(drop=(f"{EX}g2", f"{EX}g3"), insert=make_quads(f"{EX}g4", 3)))
    assert b"".join([*first, *chunks]) == exported(loaded(LINES), ox.RdfFormat.N_QUADS)
    assert [path.name for path in (tmp_path / "base").iterdir()] == ["oxigraph"]
    store.close()


def test_an_export_that_is_given_up_leaves_nothing_behind(tmp_path):
    store = loaded(LINES, open_store(str(tmp_path / "base")))
    chunks = store.export(ox.RdfFormat.TRIG)
    next(chunks)
    chunks.close()
    assert [path.name for path in (tmp_path / "base").iterdir()] == ["oxigraph"]
    store.close()


def test_turtle_of_a_construct_has_prefixes():
    answer = loaded(LINES).answer("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", lambda _kind: ox.RdfFormat.TURTLE)
    assert b"@prefix dem:" in answer.body
    assert len(list(ox.parse(answer.body, format=ox.RdfFormat.TURTLE))) == len(LINES) - 1
