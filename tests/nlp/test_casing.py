import pytest

from kb.nlp.casing import is_headline_style, restored, usual_forms

STYLES = [
    ("PUTIN ARRIVES IN NORTH KOREA", True),
    ("Putin Arrives in North Korea for Talks", True),
    ("Putin arrives in North Korea", False),
    ("Putin in UN", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), STYLES)
def test_headline_style(text, expected):
    assert is_headline_style(text.split()) is expected


USUAL = usual_forms([["He", "arrives", "in", "Seoul", "for", "talks"], ["Talks", "in", "the", "UN", "end"]])


def test_first_words_do_not_count():
    assert USUAL["talks"] == "talks"
    assert "he" not in USUAL


RESTORED = [
    ("PUTIN ARRIVES IN SEOUL", "Putin arrives in Seoul"),
    ("Putin Arrives In Seoul For Talks", "Putin arrives in Seoul for talks"),
    ("UN TALKS", "UN talks"),
]


@pytest.mark.parametrize(("text", "expected"), RESTORED)
def test_restored(text, expected):
    assert " ".join(restored(text.split(), USUAL)) == expected


@pytest.mark.parametrize("title", ["PRESIDENT ARRIVES IN SEOUL FOR TALKS", "President Arrives In Seoul For Talks"])
def test_a_headline_is_read_like_running_text(analysed, title):
    body = "The president of Gabon arrives in Seoul for talks on trade. The president came in person."
    as_title, plain = analysed(body, title=title), analysed(body, title="president arrives in Seoul for talks")
    words = len(plain.tokens) - len(analysed(body).tokens)
    assert [t.text for t in as_title.tokens[:words]] == title.split()
    for mine, usual in zip(as_title.tokens[:words], plain.tokens[:words], strict=True):
        assert (mine.upos, mine.lemma, mine.head, mine.dep) == (usual.upos, usual.lemma, usual.head, usual.dep)
