"""Documents built by hand: words parted by blanks, the Penn tag of a word behind a slash ("will/MD visit/VB")."""

import re

import pytest

from kb.model import Article, Document, NameSpan, Sentence, Span, Token, Zone, ZoneKind
from kb.timex import find_times, load_words

_TAG = re.compile(r"(.+)/([A-Z]{2,4}\$?)(?::([a-z]+))?")
_LEMMAS = {"is": "be", "was": "be", "are": "be", "were": "be", "has": "have", "had": "have", "plans": "plan"}


def _word(part):
    match = _TAG.fullmatch(part)
    return (match[1], match[2], match[3]) if match else (part, "XX", None)


def _dep(tag, given):
    if given:
        return given
    return {"MD": "aux", "TO": "mark"}.get(tag, "obl")


_UPOS = {"MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "JJ": "ADJ"}


def _upos(tag):
    return "VERB" if tag.startswith("VB") else _UPOS.get(tag, "X")


def _sentence(words, first, offset, number):
    """Make tokens of one sentence; all hang on its first verb that is no auxiliary, or on themselves."""
    verbs = [k for k, (_, tag, dep) in enumerate(words) if tag.startswith("VB") and dep is None]
    tokens = []
    for k, (text, tag, dep) in enumerate(words):
        i = first + k
        head = first + verbs[0] if verbs else i
        lemma = _LEMMAS.get(text.lower(), text.lower())
        relation = "root" if head == i else _dep(tag, dep)
        tokens.append(Token(i, offset, offset + len(text), text, lemma, _upos(tag), tag, "_", head, relation, number))
        offset += len(text) + 1
    return tokens


def document(text, zone=ZoneKind.BODY, persons=()):
    """Return a document of the sentences of `text`, which are parted by " . "; `persons` are token ranges of names."""
    tokens, sentences = [], []
    plain = " . ".join(" ".join(_word(part)[0] for part in row.split(" ")) for row in text.split(" . "))
    offset = 0
    for number, row in enumerate(text.split(" . ")):
        words = [_word(part) for part in row.split(" ")]
        if number < text.count(" . "):
            words.append((".", ".", "punct"))
        made = _sentence(words, len(tokens), offset, number)
        sentences.append(Sentence(number, len(tokens), len(tokens) + len(made), zone))
        tokens.extend(made)
        offset = made[-1].end + 1
    article = Article("0" * 16, plain, "0" * 64, "test", (Zone(zone, Span(0, len(plain))),))
    names = tuple(NameSpan(start, end, "PER") for start, end in persons)
    return Document(article, tuple(tokens), tuple(sentences), names)


@pytest.fixture(scope="session")
def words():
    """The shipped words and forms, loaded once."""
    return load_words()


@pytest.fixture(scope="session")
def build():
    """The function `document`."""
    return document


@pytest.fixture(scope="session")
def times(words):
    """A function from tagged text and publication date to its time expressions."""

    def times(text, published, **options):
        return find_times(document(text, **options), published, words)

    return times
