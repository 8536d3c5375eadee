"""What holds of every text and every publication date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Article, Document, Precision, Sentence, Span, Token, Zone, ZoneKind
from kb.timex import find_times, load_words

WORDS = load_words()
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEK = timedelta(days=7)

_known = sorted({*WORDS.classes, *WORDS.forms.edges})
_odd = "the of in a , - – to and 's ' ( ) mid- mid-June 24 1 31 0 00 1999".split()  # noqa: SIM905
_numbers = "2024 9999 0001 1000 19th 99th 1990s 90s 2024-06-19 9999-99-99 12/12/9999 1.1.1000 ²".split()  # noqa: SIM905
tokens = st.one_of(
    st.sampled_from([word.capitalize() for word in _known]),
    st.sampled_from(_known),
    st.sampled_from(["", *_odd]),
    st.sampled_from(_numbers),
    st.integers(0, 99999).map(str),
    st.text(max_size=6),
)
tags = st.sampled_from("XX NN NNS NNP VBD VB VBZ VBN VBG MD TO IN DT RB JJ CD".split())  # noqa: SIM905
deps = st.sampled_from(["root", "nsubj", "obl", "aux", "cop", "mark", "case", "xcomp", "conj", "acl", "nmod", "dep"])
_edges = [date.min, date.max, date(2024, 2, 29), date(2000, 1, 1), date(1999, 12, 31)]
dates = st.one_of(st.dates(), st.sampled_from(_edges))

WEEKLY = [
    "He came/VBD on Friday",
    "He will/MD come/VB on Monday",
    "talks on Sunday",
    "last Tuesday",
    "next Tuesday",
    "this Friday",
    "last week",
    "next week",
    "the weekend attack/NN",
    "Monday of next week",
    "yesterday",
    "three days ago",
    "from Monday to Friday",
]


@st.composite
def documents(draw):
    """Draw a document of one to three sentences of any words, tags and heads (even in circles)."""
    rows = draw(st.lists(st.lists(st.tuples(tokens, tags, deps), min_size=1, max_size=9), min_size=1, max_size=3))
    made, sentences = [], []
    for number, row in enumerate(rows):
        first = len(made)
        for i, (text, tag, dep) in enumerate(row, first):
            head = draw(st.integers(first, first + len(row) - 1))
            upos = "VERB" if tag.startswith("VB") else "NOUN"
            made.append(Token(i, 0, 0, text, text.lower(), upos, tag, "_", head, dep, number))
        sentences.append(Sentence(number, first, len(made), ZoneKind.BODY))
    article = Article("0" * 16, "", "0" * 64, "test", (Zone(ZoneKind.BODY, Span(0, 0)),))
    return Document(article, tuple(made), tuple(sentences))


def _inside(value, first, last):
    """Tell whether an ISO value of any precision overlaps the days from first to last."""
    return first.isoformat()[: len(value)] <= value <= last.isoformat()[: len(value)]


@settings(max_examples=400, deadline=None)
@given(documents(), st.none() | dates)
def test_any_text(doc, published):
    found = find_times(doc, published, WORDS)
    end = 0
    for expression in found:
        time = expression.time
        assert end <= expression.start < expression.end <= len(doc.tokens)
        end = expression.end
        assert time.earliest <= time.latest
        assert _inside(time.value, time.earliest, time.latest)
        assert len(time.value) in (2, 3, 4, 7, 10)
        if time.end_value is not None:
            assert time.value < time.end_value
            assert time.latest.isoformat().startswith(time.end_value)
        if time.precision is Precision.DAY and time.end_value is None:
            assert len(time.value) == 10
    assert find_times(doc, published, WORDS) == found


@given(dates)
def test_iso_date_means_itself(day):
    from_text = _only(f"on {day.isoformat()}", None)
    assert (from_text.value, from_text.earliest, from_text.latest) == (day.isoformat(), day, day)


@given(st.dates(min_value=date(1000, 1, 1)), st.none() | dates)
def test_written_date_means_itself(day, published):
    month = MONTHS[day.month - 1]
    forms = [
        f"{month} {day.day} , {day.year}",
        f"{day.day} {month} {day.year}",
        f"the {_nth(day.day)} of {month} {day.year}",
    ]
    for text in forms:
        assert _only(text, published).value == day.isoformat()


def _nth(number):
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@pytest.mark.parametrize("text", WEEKLY)
@given(published=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_week_later_all_is_a_week_later(build, text, published):
    doc = build(text)
    before, after = (find_times(doc, day, WORDS) for day in (published, published + WEEK))
    assert len(before) == len(after) == 1
    assert after[0].time.earliest - before[0].time.earliest == WEEK
    assert after[0].time.latest - before[0].time.latest == WEEK


@given(published=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), weekday=st.integers(0, 6))
def test_weekday_lies_on_the_side_the_tense_says(build, published, weekday):
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    past, future = (
        find_times(build(text), published, WORDS)[0].time.earliest
        for text in (f"He came/VBD on {name}", f"He will/MD come/VB on {name}")
    )
    assert published - WEEK < past <= published <= future < published + WEEK
    assert past.weekday() == future.weekday() == weekday


def _only(text, published):
    doc = _plain(text)
    (found,) = find_times(doc, published, WORDS)
    return found.time


def _plain(text):
    made = [Token(i, 0, 0, word, word.lower(), "X", "XX", "_", i, "root", 0) for i, word in enumerate(text.split(" "))]
    article = Article("0" * 16, "", "0" * 64, "test", (Zone(ZoneKind.BODY, Span(0, 0)),))
    return Document(article, tuple(made), (Sentence(0, 0, len(made), ZoneKind.BODY),))
