from datetime import date

import pytest

from kb.errors import NoArticleError
from kb.intake.html import looks_like_html

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Sylvania expels Freedonian envoy | The Example Times</title>
<meta property="og:site_name" content="The Example Times">
{meta}
<link rel="canonical" href="https://news.example/2024/06/sylvania-envoy">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article>
<h1>Sylvania expels Freedonian envoy</h1>
<p class="byline">By Jane Roe</p>
<figure><img src="a.jpg"><figcaption>The envoy leaves. Photo: Example</figcaption></figure>
<p>MARXVILLE (Example Wire) - Sylvania expelled the Freedonian envoy, Bob Roland, on Tuesday, a day after soldiers of
the two countries had clashed at the border, the foreign ministry said.</p>
<h2>What comes next</h2>
<p>He was given <a href="/x">two days</a> to leave. Freedonia summoned the Sylvanian ambassador in return.</p>
<p>Also Read: <a href="/y">Grain prices fall in Sylvania</a></p>
</article>
<footer><p>© 2024 The Example Times. All rights reserved.</p></footer>
</body></html>"""
META = '<meta property="article:published_time" content="2024-06-18T09:30:00+02:00">'


def test_article_and_metadata(read_text):
    article = read_text(PAGE.format(meta=META), "html")
    assert article.title == "Sylvania expels Freedonian envoy"
    assert article.publisher == "The Example Times"
    assert article.url == "https://news.example/2024/06/sylvania-envoy"
    assert (article.published, article.published_time) == (date(2024, 6, 18), "2024-06-18T09:30:00+02:00")
    assert article.dateline == "MARXVILLE"
    assert article.warnings == ()


def test_paragraphs_are_lines_and_links_are_no_seam(read_text):
    article = read_text(PAGE.format(meta=META), "html")
    assert "He was given two days to leave. Freedonia summoned" in article.text
    zones = [(str(zone.kind), zone.span.of(article.text)[:20]) for zone in article.zones]
    assert zones == [
        ("title", "Sylvania expels Free"),
        ("dateline", "MARXVILLE (Example W"),
        ("lead", "Sylvania expelled th"),
        ("heading", "What comes next"),
        ("body", "He was given two day"),
        ("teaser", "Also Read: Grain pri"),
    ]


@pytest.mark.parametrize(
    ("meta", "published", "moment"),
    [
        ('<meta name="date" content="2024-06-18">', date(2024, 6, 18), None),
        (
            '<meta itemprop="datePublished" content="2024-06-18T09:30:00Z">',
            date(2024, 6, 18),
            "2024-06-18T09:30:00+00:00",
        ),
        (
            '<script type="application/ld+json">{"datePublished": "2024-06-18T07:30:00Z"}</script>',
            date(2024, 6, 18),
            "2024-06-18T07:30:00+00:00",
        ),
        ('<meta name="date" content="yesterday">', None, None),
        ("", None, None),
    ],
)
def test_publication_time(read_text, meta, published, moment):
    article = read_text(PAGE.replace("/2024/06/", "/").format(meta=meta), "html")
    assert (article.published, article.published_time) == (published, moment)


def test_the_caller_wins_over_the_page(read_text):
    article = read_text(PAGE.format(meta=META), "html", publisher="Wire", published="2024-06-19", title="Envoy out")
    assert (article.publisher, article.published, article.title) == ("Wire", date(2024, 6, 19), "Envoy out")
    assert article.published_time is None


def test_html_in_a_text_file_is_seen(read_text):
    assert read_text(PAGE.format(meta=META)).title == "Sylvania expels Freedonian envoy"


def test_html_is_read_the_same_twice(read_text):
    assert read_text(PAGE.format(meta=META), "html") == read_text(PAGE.format(meta=META), "html")


def test_stored_text_of_a_page_has_the_same_zones(read_text):
    article = read_text(PAGE.format(meta=META), "html")
    assert read_text(article.text, title=article.title).zones == article.zones


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav><script>render()</script></body></html>",
        "just words",
        "<!-- nothing -->",
    ],
)
def test_page_without_an_article(read_text, page):
    with pytest.raises(NoArticleError, match=r"story\.txt: no article found"):
        read_text(page, "html")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<!doctype html><p>x", True),
        ("  <HTML>", True),
        ("<?xml version='1.0'?><html>", True),
        ("<!-- saved --><html>", True),
        ("<div class='a'>", True),
        ("<< File: agreement.doc >>", False),
        ("< 5 soldiers were hurt", False),
        ("Title\n\n<p>", False),
    ],
)
def test_html_is_told_by_its_first_tag(text, answer):
    assert looks_like_html(text) is answer
