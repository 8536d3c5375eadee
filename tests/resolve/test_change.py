"""The change of one article ends where the whole function does, whatever came in whatever order."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.graph import article_iri
from kb.model import FactualityLabel
from kb.resolve import change_for, rebuild, removal_of
from kb.resolve.blocks import CLASSES
from kb.resolve.choice import STRENGTH
from kb.store import memory_store
from kb.vocab import CLAIM_CLASSES, CONCEPTS, DEM

KEYS = [f"{number:016x}" for number in range(1, 9)]
CANONICAL = "https://w3id.org/demarche/graph/canonical"
BASE = "https://w3id.org/demarche/"

DAYS = st.sampled_from(
    [None, "2024-06-18", "2024-06-19", "2024-06-20", "2024-06-18/2024-06-20", "2024-06", "2024-07-01", "2024", "2000"]
)
LABELS = st.sampled_from(["occurred", "planned", "alleged", "denied", "cancelled", "ongoing", "not-occurred"])
PUBLISHED = st.sampled_from([None, "2024-06-17", "2024-06-19", "2024-06-21", "2024-09-01", "2000-07-20"])
NAMES = st.sampled_from(
    [
        ("Kim Jong-un", "PRK"),
        ("Kim Jong Un", "PRK"),
        ("KIM JONG UN", "PRK"),
        ("Ana Duarte", "BRA"),
        ("Ana Duarte", None),
    ]
)


@pytest.fixture
def claims(fact, person):
    """Return a strategy of claims that have much to do with each other."""
    actors = st.one_of(NAMES.map(lambda name: person(*name)), st.sampled_from(["PRK", "BRA"]))
    about = st.sampled_from(["shelling the coast", "shelling the border", "grain prices"])
    states = st.sampled_from(["RUS", "PRK"])
    quoted = st.one_of(st.none(), st.lists(actors, max_size=1))
    links = st.sampled_from([(), (0,)])

    def of(type_, **roles):
        return st.builds(fact, st.just(type_), LABELS, DAYS, by=quoted, **roles)

    visits = of(
        "Visit",
        visitor=st.lists(actors, min_size=1, max_size=2, unique_by=str),
        destination=states,
        companion=st.lists(actors, max_size=1),
        place=st.one_of(st.just([]), st.sampled_from(["pyongyang-prk", "wonsan-prk"])),
        firstInYears=st.sampled_from([[], [24]]),
    )
    meetings = of(
        "Meeting",
        participant=st.lists(actors, min_size=1, max_size=3, unique_by=str),
        place=st.one_of(st.just([]), st.sampled_from(["pyongyang-prk", "wonsan-prk"])),
        kind=st.sampled_from([[], "call", "summit"]),
    )
    transfers = of(
        "Transfer", supplier=states, recipient=st.just("EGY"), goodsKind=st.sampled_from([[], "arms", "aid"])
    )
    speeches = st.one_of(
        of("Accusation", speaker=actors, target=states, about=about, links=links),
        of("Denial", speaker=actors, about=about, links=links),
        of("Stance", speaker=actors, target=states, about=about, kind=st.sampled_from(["warn", "threaten", "urge"])),
    )
    standing = st.one_of(
        of("SanctionsRegime", imposer=st.just("USA"), target=actors),
        of("Tenure", officeHolder=NAMES.map(lambda name: person(*name)), officeOf=states, role=st.just("leader")),
    )
    return st.tuples(
        st.lists(st.one_of(visits, meetings, transfers), min_size=1, max_size=4),
        st.lists(st.one_of(speeches, standing), max_size=2),
    ).map(lambda parts: [*parts[0], *parts[1]])


def test_random_loads_replacements_and_removals(claims, text_of):
    article = st.tuples(claims, PUBLISHED, st.sampled_from([None, "A", "B"]))
    step = st.tuples(st.sampled_from(KEYS[:6]), st.one_of(st.none(), article, article, article))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, min_size=2, max_size=10), st.randoms(use_true_random=False))
    def check(steps, random):
        store, texts = memory_store(), {}
        for key, what in steps:
            iri = str(article_iri(key))
            if what is None:
                store.apply(removal_of(store, iri))
                texts.pop(iri, None)
                continue
            said, published, publisher = what
            texts[iri] = text_of(key, *said, published=published, publisher=publisher)
            store.apply(change_for(store, iri, texts[iri]))
            assert store.graph(iri) == texts[iri]
        canonical = store.graph(CANONICAL)
        assert canonical == rebuild(store)
        assert_sound(store)
        again = memory_store()
        order = sorted(texts)
        random.shuffle(order)
        for iri in order:
            again.apply(change_for(again, iri, texts[iri]))
        assert again.graph(CANONICAL) == canonical

    check()


def assert_sound(store):
    """Assert that each claim is in exactly one event, and that nothing points to what is not there."""
    claims = store.select(f"""SELECT ?c (COUNT(?e) AS ?n) {{ GRAPH ?g {{ ?c a <{DEM.Claim}> }}
        OPTIONAL {{ GRAPH <{CANONICAL}> {{ ?e <{DEM.claim}> ?c }} }} }} GROUP BY ?c""")
    assert {count.value for _, count in claims.rows} <= {"1"}
    missing = store.select(f"""SELECT ?s ?o {{ GRAPH <{CANONICAL}> {{
        ?s <{DEM.claim}>|<{DEM.mentionedAs}>|<{DEM.statusBasis}>|<{DEM.alleges}>|<{DEM.denies}> ?o }}
        FILTER NOT EXISTS {{ GRAPH ?g {{ ?o a ?type }} FILTER (?g != <{CANONICAL}>) }} }}""")
    assert missing.rows == ()
    orphans = store.select(f"""SELECT ?s {{ GRAPH <{CANONICAL}> {{ ?s ?p ?o
        FILTER NOT EXISTS {{ ?s <{DEM.claim}>|<{DEM.mentionedAs}> ?any }} }} }}""")
    assert orphans.rows == ()
    once = store.select(f"""SELECT ?s ?p (COUNT(?o) AS ?n) {{ GRAPH <{CANONICAL}> {{
        VALUES ?p {{ {" ".join(f"<{DEM[name]}>" for name in ONCE)} }} ?s ?p ?o }} }}
        GROUP BY ?s ?p HAVING (COUNT(?o) > 1)""")
    assert once.rows == ()


ONCE = (
    *("blockKey", "status", "statusBasis", "claimCount", "publisherCount", "disputed", "claimsFrom", "claimsUntil"),
    *("date", "start", "end", "earliest", "latest", "datePrecision", "destination", "place", "kind", "serves"),
)


def test_a_change_says_only_what_differs(base, fact, text_of):
    visit = fact("Visit", when="2024-06-19", visitor="RUS", destination="PRK")
    meeting = fact("Meeting", when="2024-06-19", participant=["RUS", "PRK"])
    base.load(KEYS[0], visit, meeting)
    base.load(KEYS[1], fact("Tenure", officeHolder=[], officeOf="BRA", role="x"), meeting)
    iri = str(article_iri(KEYS[2]))
    change = change_for(base.store, iri, text_of(KEYS[2], visit))
    assert change.drop == (iri,)
    lines = [line for text in (change.delete, change.insert) for line in text.splitlines() if CANONICAL in line]
    assert {line.split()[0] for line in lines} == {f"<{base.thing('Visit')['iri'][0]}>"}
    assert [line.split()[1:3] for line in change.delete.splitlines()] == [
        [f"<{DEM.claimCount}>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        [f"<{DEM.publisherCount}>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        [f"<{DEM.statusBasis}>", f"<{article_iri(KEYS[0])}#visit-0>"],
    ]


def test_a_change_is_whole_in_itself(base, fact, text_of):
    text = text_of(KEYS[0], fact("Visit", visitor="RUS", destination="PRK"))
    change = change_for(base.store, str(article_iri(KEYS[0])), text)
    graphs = {quad.graph_name.value for quad in ox.parse(change.insert, format=ox.RdfFormat.N_QUADS)}
    assert graphs == {CANONICAL, str(article_iri(KEYS[0]))}
    assert change_for(base.store, str(article_iri(KEYS[0])), text) == change
    assert base.canonical() == ""


def test_the_same_article_again_changes_nothing(base, fact):
    visit = fact("Visit", when="2024-06-19", visitor="RUS", destination="PRK")
    base.load(KEYS[0], visit)
    before = base.canonical()
    change = change_for(base.store, str(article_iri(KEYS[0])), base.store.graph(str(article_iri(KEYS[0]))))
    assert CANONICAL not in change.delete + change.insert
    base.store.apply(change)
    assert base.canonical() == before


def test_replacing_an_article_takes_its_old_claims_away(base, fact, person):
    base.load(KEYS[0], fact("Visit", when="2024-06-19", visitor=person("Ana Duarte", "BRA"), destination="PRK"))
    base.load(KEYS[0], fact("Visit", when="2024-07-19", visitor=person("Ana Lima", "BRA"), destination="CHN"))
    assert base.thing("Visit")["destination"] == ["state/CHN"]
    assert base.thing("Official")["label"] == ["Ana Lima"]


def test_removal_leaves_nothing_behind(base, fact, person):
    said = [
        fact("Visit", when="2024-06-19", visitor=person("Ana Duarte", "BRA"), destination="PRK", firstInYears=3),
        fact("Transfer", "alleged", by=["USA"], supplier="PRK", recipient="RUS", goodsKind="arms"),
        fact("Accusation", speaker="USA", target="PRK", about="it", links=[1]),
        fact("SanctionsRegime", "ongoing", imposer="USA", target="PRK"),
    ]
    base.load(KEYS[0], *said)
    whole = base.canonical()
    base.load(KEYS[1], *said, publisher="B")
    base.remove(KEYS[1])
    assert base.canonical() == whole
    base.remove(KEYS[0])
    assert base.canonical() == ""
    base.remove(KEYS[0])
    assert list(base.store.export(ox.RdfFormat.N_QUADS)) in ([], [b""])


def test_a_visit_that_links_two_events_joins_them_and_its_removal_parts_them(base, fact):
    for key, day in zip(KEYS, ["2024-06-18", "2024-06-21", "2024-06-18/2024-06-21"], strict=False):
        base.load(key, fact("Visit", when=day, visitor="RUS", destination="PRK"))
    assert len(base.things("Visit")) == 1
    base.remove(KEYS[2])
    assert len(base.things("Visit")) == 2


def test_every_term_is_declared(base, fact, person):
    test_removal_leaves_nothing_behind(base, fact, person)
    base.load(
        KEYS[0],
        fact("Visit", when="2024-06-19", visitor=person("Ana Duarte", "BRA"), destination="PRK", firstInYears=3),
        fact("Meeting", "alleged", participant=["RUS", "PRK"], kind="talks", place="pyongyang-prk"),
        fact("SanctionsAction", actor="USA", target="PRK", action="impose", measure=["arms-embargo"]),
        fact("Denial", speaker="PRK", about="it", links=[1]),
    )
    used = {
        term.value.removeprefix(str(DEM))
        for triple in ox.parse(base.canonical(), format=ox.RdfFormat.N_TRIPLES)
        for term in (triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(DEM))
    }
    assert len(used) > 40
    assert {name for name in used if name not in DEM} == set()


def test_every_class_and_status_has_its_place():
    assert set(CLASSES) == set(CLAIM_CLASSES)
    assert set(STRENGTH) - set(CONCEPTS["factuality-scheme"]) == {"occurred, by the article itself or a participant"}
    assert (
        set(CONCEPTS["factuality-scheme"])
        <= set(STRENGTH)
        == {label.value for label in FactualityLabel} | {STRENGTH[1]}
    )
