"""What holds for every page: no script, nothing from elsewhere, links that work, hostile text shown as text."""

import re
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from api.app import create_app
from api.pages import Pages, name_of, prose, short
from kb.foundation import ontology_quads
from kb.graph import PREFIXES
from kb.holdings import status_of
from kb.settings import Settings
from kb.store import Change, memory_store

PATHS = (
    "/",
    "/articles",
    "/article/{key}",
    "/queries",
    "/queries/visits",
    "/queries/visits?state=Atlantis",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2050",
    "/sparql?query=no",
    "/ontology",
    "/docs",
    "/page/state/EGY",
    "/nothing",
)


@pytest.fixture(scope="module", params=PATHS)
def page(request, client, article_key):
    path = request.param.format(key=article_key)
    response = client.page(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return SimpleNamespace(path=path, response=response, document=html.document_fromstring(response.text))


def test_policy(page):
    headers = page.response.headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_nothing_that_the_policy_forbids(page):
    document = page.document
    assert not document.xpath("//script | //style | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]")
    loaded = document.xpath("//link[not(@rel='alternate')]/@href | //img/@src")
    assert loaded
    assert all(href.startswith("/static/") for href in loaded)


def test_frame(page):
    document = page.document
    assert document.get("lang") == "en"
    assert len(document.xpath("//h1")) == 1
    assert document.xpath("//title")[0].text.endswith("· Demarche")
    assert document.xpath("//body/a[@class='skip']/@href") == ["#main"]
    assert document.xpath("//meta[@name='viewport']")


def test_ids_are_unique(page):
    ids = page.document.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_fields_have_labels(page):
    fields = page.document.xpath("//input | //select | //textarea")
    labels = set(page.document.xpath("//label/@for"))
    assert {field.get("id") for field in fields} <= labels


def test_links_lead_somewhere(page, client):
    links = {href for href in page.document.xpath("//a/@href | //link/@href") if href}
    ids = set(page.document.xpath("//@id"))
    for href in sorted(links)[:150]:
        place = urlsplit(href)
        assert place.scheme in ("", "http", "https"), href
        if place.netloc:
            continue
        if not place.path:
            assert place.fragment in ids, href
            continue
        target = urljoin(page.path, href).partition("#")[0]
        response = client.page(target)
        if response.status_code == 303:
            response = client.page(response.headers["location"])
        assert response.status_code == 200, href


def test_static_files(client):
    css = client.get("/static/app.css")
    assert css.headers["content-type"].startswith("text/css")
    assert "http" not in css.text
    assert "prefers-color-scheme: dark" in css.text
    assert client.get("/static/icon.svg").status_code == 200
    assert client.get("/static/nothing").status_code == 404
    assert client.get("/static/../app.py").status_code == 404


# --- hostile and empty bases ------------------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> \u202egnp.exe'


@pytest.fixture(scope="module")
def hostile(make_client):
    """An article whose every text is an attack, and whose links are not those of the web."""
    dem, schema = "https://w3id.org/demarche/ontology#", "https://schema.org/"
    article = "https://w3id.org/demarche/article/00000000000000aa"
    escaped = HOSTILE.replace('"', '\\"')
    lines = [
        f"<{article}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{dem}Article>",
        f'<{article}> <{dem}source> "{escaped}"',
        f'<{article}> <{dem}sha256> "00"',
        f'<{article}> <{schema}headline> "{escaped}"',
        f'<{article}> <{schema}publisher> "{escaped}"',
        f"<{article}> <{schema}url> <javascript:alert(1)>",
        f'<https://w3id.org/demarche/id/group/x> <http://www.w3.org/2000/01/rdf-schema#label> "{escaped}"',
        "<https://w3id.org/demarche/id/group/x> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <javascript:alert(1)>",
    ]
    store = memory_store()
    store.apply(Change(insert=ontology_quads() + "".join(f"{line} <{article}> .\n" for line in lines)))
    return make_client(create_app(Settings(), SimpleNamespace(store=store, status=lambda: status_of(store))))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/articles",
        "/article/00000000000000aa",
        "/page/group/x",
        "/queries/articles",
        "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20FILTER(STRSTARTS(STR(%3Fo)%2C%20%22javascript%22))%20%7D",
        "/sparql?query=CONSTRUCT%20WHERE%20%7B%20%3Fs%20a%20%3Fo%20%7D",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_hostile_text_is_text(hostile, path):
    page = hostile.page(path)
    document = html.document_fromstring(page.text)
    assert not document.xpath("//script | //img | //@onerror")
    assert not [href for href in document.xpath("//@href") if href.lower().startswith("javascript")]
    assert page.status_code in (200, 404)


def test_empty_base(make_client):
    store = memory_store()
    client = make_client(create_app(Settings(), SimpleNamespace(store=store, status=lambda: status_of(store))))
    assert "Nothing has been read yet" in client.page("/").text
    assert "Nothing has been read yet" in client.page("/articles").text


def test_behind_a_proxy(base, make_client):
    client = make_client(create_app(Settings(public_url="https://kb.example.org/demarche/"), base))
    for path in ("/", "/articles", "/page/state/EGY", "/ontology", "/queries/visits"):
        document = html.document_fromstring(client.page(path).text)
        inside = [place for place in document.xpath("//@href | //@action") if place.startswith("/")]
        assert inside
        assert all(place.startswith("/demarche/") for place in inside)
    assert client.get("/id/state/EGY").headers["location"] == "/demarche/id/state/EGY.ttl"


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iri", "place"),
    [
        ("https://w3id.org/demarche/id/state/PRK", "/page/state/PRK"),
        ("https://w3id.org/demarche/article/3f2a#visit-91c2", "/article/3f2a#visit-91c2"),
        ("https://w3id.org/demarche/ontology#Visit", "/ontology#Visit"),
        ("http://www.wikidata.org/entity/Q79", "http://www.wikidata.org/entity/Q79"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("urn:x", ""),
    ],
)
def test_link(iri, place):
    assert Pages().link(iri) == place


@pytest.mark.parametrize(
    ("iri", "text"),
    [
        ("https://w3id.org/demarche/ontology#Visit", "dem:Visit"),
        ("https://w3id.org/demarche/id/state/PRK", "id/state/PRK"),
        ("https://w3id.org/demarche/ontology#", "ontology#"),
        (f"{PREFIXES['skos']}altLabel", "skos:altLabel"),
        ("http://unknown.example/x", "http://unknown.example/x"),
    ],
)
def test_short(iri, text):
    assert short(iri) == text


def test_name_of():
    assert name_of("https://w3id.org/demarche/ontology#Visit") == "Visit"
    assert name_of("https://w3id.org/demarche/article/3f2a") == "3f2a"


def test_prose():
    assert prose("see `kb <x>` & ``y``") == "see <code>kb &lt;x&gt;</code> &amp; <code>y</code>"


# --- styles -----------------------------------------------------------------------------------------------------------

TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "muted", "link", "wrong") for ground in ("ground", "panel")),
    *((tone, f"{tone}-tint") for tone in ("occurred", "planned", "alleged", "denied")),
]


def variables(css, dark):
    """The colours of the style sheet; the dark ones replace some of the others."""
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[0]))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[1])) if dark else found


def luminance(colour):
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(client, dark):
    """Success criterion 1.4.3 of WCAG 2.2: at least 4.5 to 1."""
    colours = variables(client.get("/static/app.css").text, dark) | {"white": "#fff"}
    for text, ground in [*TEXT_ON_GROUND, ("white", "bar")]:
        light, low = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (low + 0.05) >= 4.5, (text, ground)
