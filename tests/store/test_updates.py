"""What is read in the text of an update, and that the engine does what the text asks for."""

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ForbiddenError, QueryError
from kb.store import Written, memory_store, read_update

MINE, OTHER = "http://notes.example/mine", "http://notes.example/other"


def written(text, **options):
    return read_update(text, **options).written


def named(*iris):
    return Written(frozenset(iris))


CASES = [
    ("", Written()),
    ("PREFIX n: <http://notes.example/>", Written()),
    (f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:b> 1 . <urn:a> <urn:b> 2 }} }}", named(MINE)),
    ("insert data { <urn:a> <urn:b> 1 }", Written(unnamed=True)),
    (f"INSERT DATA {{ GRAPH <{MINE}> {{ }} . <urn:a> <urn:b> 1 }}", Written(frozenset([MINE]), unnamed=True)),
    ("PREFIX n: <http://notes.example/> DELETE DATA { GRAPH n:mine { n:a n:b 'GRAPH <urn:x> {' } }", named(MINE)),
    (r"PREFIX n: <http://notes.example/> DELETE DATA { GRAPH n:mi\-ne { } }", named("http://notes.example/mi-ne")),
    ("BASE <http://notes.example/x/> CREATE GRAPH <../mine>", named(MINE)),
    (f"DELETE WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}", named(MINE)),
    ("DELETE WHERE { ?s ?p ?o }", Written(unnamed=True)),
    ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", Written(anything=True)),
    ("INSERT { GRAPH ?g { ?s a ?p } } WHERE { GRAPH ?g { ?s ?p ?o } }", Written(anything=True)),
    (f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?o ?p }} WHERE {{ ?s ?p ?o }}", named(MINE)),
    (
        f"WITH <{MINE}> DELETE {{ GRAPH <{OTHER}> {{ ?s ?p ?o }} }} INSERT {{ ?s ?o ?p }} WHERE {{ ?s ?p ?o }}",
        named(MINE, OTHER),
    ),
    (f"INSERT {{ GRAPH <{MINE}> {{ ?s a ?o }} }} USING <{OTHER}> WHERE {{ {{ ?s ?p ?o }} }}", named(MINE)),
    (f"INSERT {{ GRAPH <{MINE}> {{ ?s a 1 }} }} WHERE {{ GRAPH <{OTHER}> {{ ?s ?p ?o }} # }}\n }}", named(MINE)),
    (f"LOAD SILENT <{OTHER}> INTO GRAPH <{MINE}>", named(MINE)),
    (f"LOAD SILENT <{OTHER}>", Written(unnamed=True)),
    (f"DROP GRAPH <{MINE}>; CLEAR SILENT GRAPH <{OTHER}>", named(MINE, OTHER)),
    ("CLEAR DEFAULT", Written(unnamed=True)),
    ("DROP NAMED", Written(anything=True)),
    ("CLEAR ALL", Written(unnamed=True, anything=True)),
    (f"COPY <{OTHER}> TO <{MINE}>", named(MINE)),
    (f"ADD SILENT DEFAULT TO GRAPH <{MINE}> ;", named(MINE)),
    (f"MOVE GRAPH <{OTHER}> TO <{MINE}>", named(MINE, OTHER)),
    (f"COPY <{OTHER}> TO DEFAULT", Written(unnamed=True)),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_the_graphs_that_are_written(text, expected):
    assert written(text) == expected


def test_what_is_read_is_what_the_engine_writes():
    """Each case on a store with a statement in each graph: only graphs that were read change."""
    for text, expected in CASES:
        store = ox.Store()
        before = f"<urn:s> <urn:p> <{MINE}>"
        graphs = [MINE, OTHER, "http://notes.example/third"]
        store.update(f"INSERT DATA {{ {before} . {' '.join(f'GRAPH <{graph}> {{ {before} }}' for graph in graphs)} }}")
        old = {(quad.graph_name, quad.triple) for quad in store}
        update = read_update(text)
        try:
            store.update(update.executable())
        except RuntimeError:  # CREATE of a graph that exists
            continue
        for name, _ in old ^ {(quad.graph_name, quad.triple) for quad in store}:
            if isinstance(name, ox.DefaultGraph):
                assert expected.unnamed, text
            else:
                assert name.value in expected.graphs or expected.anything, text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT DATA { <urn:a> <urn:b> }", "line 1"),
        ("INSERT DATA {\n  GRAPH <urn:g> { <urn:a> <urn:b> 1 }", "line 2, column 38"),
        ("SELECT * { ?s ?p ?o }", "line 1, column"),
        ("INSERT DATA { GRAPH n:g { } }", "line 1, column"),
        ("DELETE { ?s ?p ?o } USING <urn:g>", "line 1, column 34"),
        ("CLEAR", "line 1, column 6"),
        ("PREFIX n: <urn:n:>\nINSERT DATA { GRAPHn:g { } }", "line 2, column"),
    ],
)
def test_a_malformed_update_has_its_place(text, place):
    with pytest.raises(QueryError, match=place):
        memory_store().update(read_update(text))


def test_what_the_engine_takes_and_this_does_not_is_refused():
    with pytest.raises(QueryError, match="not understood"):
        read_update("PREFIX GRAPHn: <urn:n:> INSERT DATA { GRAPHGRAPHn:g { GRAPHn:a GRAPHn:b 1 } }")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/x>",
        "load <http://127.0.0.1:1/x> into graph <urn:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_nothing_is_fetched(text):
    with pytest.raises(ForbiddenError, match="is not offered"):
        read_update(text)


def test_a_silent_load_has_no_effect():
    store = memory_store()
    store.update(read_update(f"LOAD SILENT <http://127.0.0.1:1/x> INTO GRAPH <{MINE}> ; CREATE GRAPH <{OTHER}>"))
    assert store.graph(MINE) == ""
    assert store.ask(f"ASK {{ GRAPH <{OTHER}> {{}} }}")


# --- the protocol's dataset -------------------------------------------------------------------------------------------

FILLED = f"""INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> 1 }} GRAPH <{OTHER}> {{ <urn:b> <urn:p> 2 }} }}"""


def after(text, **dataset):
    store = memory_store()
    store.update(read_update(FILLED))
    store.update(read_update(text, **dataset))
    return store


def test_a_dataset_from_outside_is_that_of_every_pattern():
    text = """INSERT { GRAPH <urn:out> { ?s <urn:is> ?o } } WHERE { ?s ?p ?o } ;
        INSERT { GRAPH <urn:out2> { ?s <urn:where> ?o } } WHERE { ?s ?p ?o }"""
    store = after(text, using=[OTHER])
    assert [store.graph(g).split()[0] for g in ("urn:out", "urn:out2")] == ["<urn:b>", "<urn:b>"]


def test_named_graphs_from_outside():
    text = "INSERT { GRAPH <urn:out> { ?s <urn:is> ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert after(text, using_named=[MINE]).graph("urn:out") == f"<urn:a> <urn:is> <{MINE}> .\n"


def test_a_dataset_for_delete_where():
    text = f"DELETE WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"
    assert after(text).graph(MINE) == ""
    assert after(text, using_named=[OTHER]).graph(MINE) != ""
    assert after(text, using_named=[MINE]).graph(MINE) == ""


@pytest.mark.parametrize(
    "text",
    [
        f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ ?s ?p ?o }} USING <{MINE}> WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ ?s ?p ?o }} USING NAMED <{MINE}> WHERE {{ ?s ?p ?o }}",
    ],
)
@pytest.mark.parametrize("dataset", [{"using": [OTHER]}, {"using_named": [OTHER]}])
def test_two_datasets_are_one_too_many(text, dataset):
    with pytest.raises(QueryError, match="WITH or USING"):
        read_update(text, **dataset)


def test_using_in_a_name_or_string_is_no_dataset():
    text = "INSERT { GRAPH <urn:out> { ?using <urn:with> 'USING' } } WHERE { ?using ?p ?o } # WITH"
    assert after(text, using=[MINE]).graph("urn:out").startswith("<urn:a>")


# --- prologues --------------------------------------------------------------------------------------------------------


def test_a_prologue_within_the_request():
    """SPARQL 1.1 Update, rule 29; Oxigraph takes a prologue at the start only."""
    text = """PREFIX n: <urn:1:> INSERT DATA { GRAPH n:g { n:a n:b 'n:c' } } ;
        PREFIX n: <urn:2:> BASE <http://notes.example/>
        INSERT { GRAPH n:g { ?s n:b <x>, 'n:c' } } WHERE { GRAPH <urn:1:g> { ?s ?p ?o FILTER (?p = <urn:1:b>) } } ;
        BASE <y/> INSERT DATA { GRAPH n:h { <z> n:b true } }"""
    store = memory_store()
    store.update(read_update(text))
    assert store.graph("urn:1:g") == '<urn:1:a> <urn:1:b> "n:c" .\n'
    assert store.graph("urn:2:g") == '<urn:1:a> <urn:2:b> "n:c" .\n<urn:1:a> <urn:2:b> <http://notes.example/x> .\n'
    assert store.graph("urn:2:h").startswith("<http://notes.example/y/z> <urn:2:b>")
    assert written(text) == named("urn:1:g", "urn:2:g", "urn:2:h")


PIECES = """INSERT DELETE DATA WHERE GRAPH WITH USING NAMED CLEAR ALL DEFAULT DROP COPY TO { } . ; <urn:g> <urn:s> ?v
    n:a PREFIX n: <urn:n:> BASE 'text' 1 # SILENT CREATE LOAD SERVICE <g> {| |} \\u0041 " '''"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=25), st.sampled_from([" ", "", "\n"]))
def test_any_text_is_read_or_refused(pieces, between):
    with suppress(QueryError, ForbiddenError):
        update = read_update(between.join(pieces), "http://notes.example/sparql")
        assert isinstance(update.executable(), str)
