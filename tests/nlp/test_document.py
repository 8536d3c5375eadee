import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import FACTUAL_ZONES, Article, Span, Zone, ZoneKind
from kb.nlp import analyse, load_parser
from kb.nlp.model import WINDOW
from kb.nlp.parser import LONGEST
from kb.resources import resource

TEXT = """\
Russian President Vladimir Putin landed in Pyongyang on Wednesday, his first visit to North Korea in 24 years.
“We highly value your support,” Mr. Putin told Kim Jong Un. The U.S.-led alliance said it wasn’t surprised.
Foreign Minister Amina Diallo of Guinea accused Mali of hiding arms; Mali’s government denied it -- twice."""


def check(doc):
    """Assert what holds for every document."""
    text = doc.article.text
    assert [token.i for token in doc.tokens] == list(range(len(doc.tokens)))
    assert all(text[token.start : token.end] == token.text and token.text and token.lemma for token in doc.tokens)
    assert all(before.end <= after.start for before, after in pairwise(doc.tokens))
    assert [index for s in doc.sentences for index in range(s.start, s.end)] == list(range(len(doc.tokens)))
    for number, sentence in enumerate(doc.sentences):
        assert sentence.i == number
        assert sentence.start < sentence.end
        check_tree(doc, sentence)
    for name in doc.names:
        assert name.label in {"PER", "ORG", "LOC"}
        assert doc.tokens[name.start].sentence == doc.tokens[name.end - 1].sentence


def check_tree(doc, sentence):
    tokens = doc.tokens[sentence.start : sentence.end]
    assert all(sentence.start <= token.head < sentence.end and token.sentence == sentence.i for token in tokens)
    assert [token.dep for token in tokens if token.head == token.i] == ["root"]
    for token in tokens:
        assert len(list(zip(doc.ancestors(token.i), tokens, strict=False))) < len(tokens)
        assert (token.dep == "root") == (token.head == token.i)


def rows(doc):
    return [(t.start, t.text, t.lemma, t.upos, t.xpos, t.feats, t.head, t.dep) for t in doc.tokens], doc.names


def test_a_document_is_well_formed(analysed):
    doc = analysed(TEXT, title="Putin visits North Korea")
    check(doc)
    assert len(doc.sentences) == 5


def test_annotations(analysed):
    doc = analysed("Vladimir Putin visited North Korea on Wednesday.")
    words = {token.text: token for token in doc.tokens}
    assert [(doc.words(n.start, n.end), n.label) for n in doc.names] == [
        ("Vladimir Putin", "PER"),
        ("North Korea", "LOC"),
    ]
    assert (words["visited"].dep, words["visited"].lemma, words["visited"].xpos) == ("root", "visit", "VBD")
    assert (words["Vladimir"].dep, words["Vladimir"].head) == ("nsubj", words["visited"].i)
    assert (words["Korea"].dep, words["Korea"].head) == ("obj", words["visited"].i)
    assert "Tense=Past" in words["visited"].feats


def article(*zones):
    text, found = "", []
    for kind, part in zones:
        found.append(Zone(kind, Span(len(text), len(text) + len(part))))
        text += part + "\n"
    return Article(key="0" * 16, text=text, sha256="", source="test", zones=tuple(found))


def test_only_factual_zones_are_read_and_each_sentence_names_its_zone(parser):
    doc = analyse(article(*((kind, f"The {kind} says that Peru met Chile.") for kind in ZoneKind)), parser)
    check(doc)
    assert {sentence.zone for sentence in doc.sentences} == FACTUAL_ZONES
    for sentence in doc.sentences:
        assert doc.words(sentence.start, sentence.end).startswith(f"The {sentence.zone} says")


def test_a_zone_is_a_boundary_though_the_sentence_could_go_on(parser):
    doc = analyse(article((ZoneKind.BODY, "The minister flew"), (ZoneKind.BODY, "to Lima on Monday.")), parser)
    assert [doc.tokens[s.start].text for s in doc.sentences] == ["The", "to"]


def test_a_zone_does_not_depend_on_its_neighbours(parser):
    alone = analyse(article((ZoneKind.BODY, "Chad accused Togo of spying.")), parser)
    with_more = analyse(article((ZoneKind.BODY, "Chad accused Togo of spying."), (ZoneKind.BODY, TEXT)), parser)
    assert rows(alone)[0] == rows(with_more)[0][: len(alone.tokens)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b"])
def test_nothing_to_read(analysed, text):
    assert analysed(text).tokens == ()


def test_twice_is_the_same_and_threads_do_not_matter(parser):
    given_article = article((ZoneKind.TITLE, "PUTIN VISITS NORTH KOREA"), (ZoneKind.BODY, TEXT))
    two = load_parser(resource("data", "model"), threads=2)
    assert (
        rows(analyse(given_article, parser))
        == rows(analyse(given_article, parser))
        == rows(analyse(given_article, two))
    )


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="aB.“”'’-\n 1…?!é中\u0301\ud800", max_size=300))
def test_any_text_gives_a_well_formed_document(analysed, text):
    check(analysed(text))


LONG = [
    "word " * 1000,
    "the state of the union, " * 300,
    "----- " * 400,
    "a" * 5000,
    "中文 " * 700,
    "He said yes. " * 500,
]


@pytest.mark.parametrize("text", LONG)
def test_stretches_fit_the_network_and_the_document_is_whole(parser, analysed, text):
    doc = analysed(text)
    check(doc)
    words = [token.text for token in doc.tokens]
    starts = [True] + [None] * (len(words) - 1)
    stretches = parser.stretches(words, starts)
    assert [i for start, end in stretches for i in range(start, end)] == list(range(len(words)))
    lengths = parser.model.lengths(words)
    assert all(end - start <= LONGEST and sum(lengths[start:end]) <= WINDOW for start, end in stretches)


def test_import_loads_no_onnxruntime():
    code = "import sys, kb.nlp; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
