import pytest

from kb.nlp.sentences import sentence_starts
from kb.nlp.tokens import tokenize


def certain(text):
    """Return the words at which a sentence certainly starts, and those that are left to the model."""
    spans = tokenize(text)
    starts = sentence_starts(text, spans)
    return [s.of(text) for s, at in zip(spans, starts, strict=True) if at], [
        s.of(text) for s, at in zip(spans, starts, strict=True) if at is None
    ]


CERTAIN = [
    ("He came. She left.", ["He", "She"]),
    ("He came! “Good,” she said.", ["He", "“"]),
    ("He said “No.” She left.", ["He", "She"]),
    ("He met Gen. Smith and Mr. Kim.", ["He"]),
    ("It cites Resolution No. 2270.", ["It"]),
    ("“Why?” Putin asked.", ["“"]),
    ("He left the U.S. The talks failed.", ["He", "The"]),
    ("It was over... They left.", ["It", "They"]),
    ("A title\nThe first line", ["A", "The"]),
    ("Talks end. 24 nations met.", ["Talks", "24"]),
    ("The price is 3.5 million.", ["The"]),
    ("(It ended.) Then it began.", ["(", "Then"]),
]


@pytest.mark.parametrize(("text", "starts"), CERTAIN)
def test_certain_starts(text, starts):
    assert certain(text)[0] == starts


OPEN = [
    ("He left the U.S. Talks failed.", "Talks"),
    ("“Why?” Putin asked.", "Putin"),
    ("It was over... Both left.", "Both"),
    ("Shares of Acme Inc. Last week", "Last"),
]


@pytest.mark.parametrize(("text", "word"), OPEN)
def test_starts_left_to_the_model(text, word):
    assert word in certain(text)[1]


NEVER = [
    ("Gen. Smith", "Smith"),
    ("the U.S.-led group", "led"),
    ("He came in peace", "in"),
    ("“Yes” ”", "”"),
    ("three-year term", "year"),
]


@pytest.mark.parametrize(("text", "word"), NEVER)
def test_no_start(text, word):
    starts, left = certain(text)
    assert word not in starts + left


def test_a_wrapped_line_goes_on():
    text = "The foreign ministers of the two countries are to meet in the\ncapital on Friday. They will sign a treaty."
    assert certain(text)[0] == ["The", "They"]


def test_a_short_line_and_an_empty_line_end():
    assert certain("Talks\nin Seoul\n\nand elsewhere")[0] == ["Talks", "in", "and"]


def test_no_words():
    assert sentence_starts("", []) == []


SPLITS = [
    (
        "Mr. Lee left the U.S. on Monday. U.S. officials said Gen. John R. Smith would follow. No date was set.",
        [
            "Mr. Lee left the U.S. on Monday.",
            "U.S. officials said Gen. John R. Smith would follow.",
            "No date was set.",
        ],
    ),
    (
        "He flew to the U.S. The talks failed.",
        ["He flew to the U.S.", "The talks failed."],
    ),
    (
        "“We will respond,” Kim Jong Un said. “It is our right.” The minister agreed.",
        ["“We will respond,” Kim Jong Un said.", "“It is our right.”", "The minister agreed."],
    ),
    (
        "The No. 2 diplomat of Acme Corp. met Sen. Jane Doe at 5 p.m. on Jan. 3 in Washington.",
        ["The No. 2 diplomat of Acme Corp. met Sen. Jane Doe at 5 p.m. on Jan. 3 in Washington."],
    ),
    (
        "Talks ended on Wednesday-- nearly a month late... but they ended.",
        ["Talks ended on Wednesday-- nearly a month late... but they ended."],
    ),
]


@pytest.mark.parametrize(("text", "sentences"), SPLITS)
def test_sentences_of_the_analysis(analysed, text, sentences):
    doc = analysed(text)
    assert [doc.words(s.start, s.end) for s in doc.sentences] == sentences
