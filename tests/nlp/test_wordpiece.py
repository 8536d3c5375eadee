import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.nlp.wordpiece import LONGEST, WordPiece

VOCABULARY = ["[UNK]", "sanction", "##s", "##ed", "un", "##sc", "cafe", ".", "-", "中", "'"]


@pytest.fixture
def pieces():
    return WordPiece({piece: id_ for id_, piece in enumerate(VOCABULARY)})


CASES = [
    ("sanctions", ["sanction", "##s"]),
    ("Sanctioned", ["sanction", "##ed"]),
    ("UNSC", ["un", "##sc"]),
    ("Café", ["cafe"]),
    ("U.S.", ["[UNK]", ".", "[UNK]", "."]),
    ("un-中", ["un", "-", "中"]),
    ("'s", ["'", "[UNK]"]),
    ("veto", ["[UNK]"]),
    ("\u0301", ["[UNK]"]),
    ("s" * (LONGEST + 1), ["[UNK]"]),
]


@pytest.mark.parametrize(("word", "expected"), CASES)
def test_pieces(pieces, word, expected):
    assert [VOCABULARY[id_] for id_ in pieces.word(word)] == expected


def test_a_ruler_keeps_only_its_ends(pieces):
    assert len(pieces.word("-" * 500)) == 32


@given(st.text(min_size=1))
def test_every_word_has_a_piece(text):
    assert WordPiece({"[UNK]": 0}).word(text)


def test_memory_of_words_is_bounded():
    pieces = WordPiece({"[UNK]": 0}, remember=2)
    pieces.encode(["a", "b", "c"])
    assert len(pieces._known) == 2
