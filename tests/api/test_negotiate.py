from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.formats import GRAPHS, HTML, JSON, ROWS, by_suffix
from api.negotiate import choose, parse_accept, prefers_html
from kb.errors import NotAcceptableError

SRJ = "application/sparql-results+json"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

ROWS_CASES = [
    (None, SRJ),
    ("", SRJ),
    ("*/*", SRJ),
    ("application/*", SRJ),
    ("text/*", "text/csv"),
    ("text/csv", "text/csv"),
    ("TEXT/CSV", "text/csv"),
    ("text/tab-separated-values;charset=utf-8", "text/tab-separated-values"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("application/json", "application/json"),
    ("application/xml", "application/xml"),
    ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ("text/csv;q=0.2, */*;q=0.1", "text/csv"),
    ("text/csv, */*", "text/csv"),
    (f"{SRJ};q=0, */*", "application/sparql-results+xml"),
    ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
    (f"text/turtle,application/n-triples;q=0.9,{SRJ};q=0.2", SRJ),
    (CHROME, "text/html"),
    ("text/html;q=0.1, text/csv", "text/csv"),
    ("nonsense, text/csv;q=bad, text/tab-separated-values;q=0.3", "text/tab-separated-values"),
]

GRAPH_CASES = [
    (None, "text/turtle"),
    ("*/*", "text/turtle"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/ld+json", "application/ld+json"),
    ("application/n-triples, text/turtle;q=0.9", "application/n-triples"),
    ("application/trig", "application/trig"),
    ("application/n-quads", "application/n-quads"),
    (f"{SRJ}, text/turtle;q=0.4", "text/turtle"),
    ("text/csv, application/ld+json;q=0.1", "application/ld+json"),
    ("application/rdf+xml;q=0.9, text/turtle;q=0.9, */*;q=0.1", "text/turtle"),
    (CHROME, "text/html"),
]


@pytest.mark.parametrize(("accept", "media"), ROWS_CASES)
def test_rows(accept, media):
    assert choose(accept, ROWS).media == media


@pytest.mark.parametrize(("accept", "media"), GRAPH_CASES)
def test_graphs(accept, media):
    assert choose(accept, GRAPHS).media == media


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "*/*;q=0", "text/csv;q=0", "text/csv;q=2", "text"])
def test_none_acceptable(accept):
    with pytest.raises(NotAcceptableError, match="application/sparql-results"):
        choose(accept, ROWS)


def test_html_is_never_the_answer_to_a_wildcard():
    assert choose("*/*", (HTML, JSON)).format is JSON
    assert choose("text/*;q=1, application/json;q=0.1", (HTML, JSON)).format is JSON


RANGES = st.tuples(
    st.sampled_from(["*/*", "text/*", "application/*", *(name for f in (*ROWS, *GRAPHS) for name in f.names)]),
    st.sampled_from(["", ";q=1", ";q=0.5", ";q=0.25", ";q=0"]),
)


@given(st.lists(RANGES, min_size=1, max_size=6), st.sampled_from([ROWS, GRAPHS]))
def test_the_choice_is_acceptable_and_no_other_is_better(ranges, offers):
    """Section 12.5.1 of RFC 9110, by brute force: quality is that of the most specific range."""
    accept = ", ".join(media + quality for media, quality in ranges)
    parsed = parse_accept(accept)

    def quality(media):
        best = max(range_.specificity(media) for range_ in parsed)
        return max((r.quality for r in parsed if r.specificity(media) == best >= 0), default=0.0)

    try:
        choice = choose(accept, offers)
    except NotAcceptableError:
        assert all(quality(offer.media) == 0 for offer in offers if not offer.only_by_name)
        return
    assert quality(choice.media) > 0
    assert quality(choice.media) >= max(quality(offer.media) for offer in offers if not offer.only_by_name)


@given(st.text(max_size=80))
def test_any_text_is_survived(accept):
    with suppress(NotAcceptableError):
        choose(accept, ROWS)
    prefers_html(accept)


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (CHROME, True),
        ("text/html", True),
        ("*/*", False),
        (None, False),
        ("text/html;q=0.5, application/json", False),
        ("text/html;q=0", False),
    ],
)
def test_prefers_html(accept, html):
    assert prefers_html(accept) is html


@pytest.mark.parametrize(
    ("path", "stem", "suffix"),
    [
        ("state/PRK.ttl", "state/PRK", "ttl"),
        ("state/PRK", "state/PRK", None),
        ("place/st.-johns", "place/st.-johns", None),
        ("event/a.b.jsonld", "event/a.b", "jsonld"),
        (".ttl", ".ttl", None),
    ],
)
def test_by_suffix(path, stem, suffix):
    found, format_ = by_suffix(path)
    assert (found, format_ and format_.suffix) == (stem, suffix)
