import pyoxigraph as ox
import pytest
from lxml import html

from api.glossary import KINDS, read_glossary
from kb.resources import resource

ONTOLOGY = "https://w3id.org/demarche/ontology"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def declared():
    """All terms of the files, read without the glossary."""
    found = {}
    for path in resource("ontology").glob("*.ttl"):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == TYPE and quad.subject.value.startswith(f"{ONTOLOGY}#"):
                found[quad.subject.value] = quad.object.value
    return found


@pytest.fixture(scope="module")
def page(client):
    return html.fromstring(client.page("/ontology").text)


def triples(response):
    media = response.headers["content-type"].split(";")[0]
    return {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}


def test_glossary_has_every_term_once(declared):
    terms = list(read_glossary().terms)
    assert sorted(term.iri for term in terms) == sorted(declared)
    assert {term.kind for term in terms} == set(KINDS.values())
    assert all(term.label and term.definition and term.examples for term in terms)


def test_glossary_keeps_the_order_and_headings_of_the_files():
    titles = [chapter.title for chapter in read_glossary().chapters]
    assert titles[1:3] == ["Agents, posts and places", "Events"]
    assert titles[-1] == "Closed lists"
    assert len({chapter.anchor for chapter in read_glossary().chapters}) == len(titles)


def test_glossary_relates_terms():
    terms = {term.name: term for term in read_glossary().terms}
    assert f"{ONTOLOGY}#Event" in terms["Visit"].supers
    assert f"{ONTOLOGY}#Visit" in terms["Event"].subs
    assert terms["VisitClaim"].claims == [f"{ONTOLOGY}#Visit"]
    assert terms["VisitClaim"].flat == "visit"
    assert f"{ONTOLOGY}#Place" in terms["inState"].domains
    assert f"{ONTOLOGY}#inState" in terms["Place"].properties
    assert f"{ONTOLOGY}#inState" in terms["State"].values_of
    assert terms["factuality-planned"].schemes == [f"{ONTOLOGY}#factuality-scheme"]
    assert terms["factuality-planned"].notation == "planned"


def test_page_shows_every_term(page, declared):
    ids = set(page.xpath("//article/@id"))
    assert {f"{ONTOLOGY}#{id_}" for id_ in ids} == set(declared)
    visit = page.get_element_by_id("Visit").text_content()
    assert "A journey of an official or delegation" in visit
    assert "Putin arrived in North Korea on Wednesday." in visit


def test_contents_lead_to_every_class_and_property(page, declared):
    linked = {f"{ONTOLOGY}{href}" for href in page.xpath("//nav[@aria-label='Contents']//a/@href")}
    values = {iri for iri, type_ in declared.items() if KINDS[type_] == "value"}
    assert set(declared) - values <= linked


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/html,*/*;q=0.8", "text/html"),
    ],
)
def test_negotiation(client, accept, media):
    response = client.get("/ontology", accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    assert "Accept" in response.headers["vary"]
    assert client.get(response.headers["content-location"]).text == response.text


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_all_formats_say_the_same(client, suffix):
    whole = {
        quad.triple
        for path in resource("ontology").glob("*.ttl")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }
    assert triples(client.get(f"/ontology.{suffix}")) == whole


def test_turtle_has_the_prefixes_of_the_files(client):
    text = client.get("/ontology.ttl").text
    assert "@prefix dem: <https://w3id.org/demarche/ontology#> ." in text
    assert "\ndem:Visit a owl:Class" in text


def test_versions(client):
    version = read_glossary().version
    assert triples(client.get(f"/ontology/{version}")) == triples(client.get("/ontology"))
    assert client.get("/ontology/99.0.0").status_code == 404


def test_other_formats(client):
    assert client.get("/ontology.pdf").status_code == 404
    assert client.get("/ontology", "image/png").status_code == 406
