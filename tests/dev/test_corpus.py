"""Treebank stretches: cut as the parser reads, and the edits of lemmas."""

import pytest

from kb.dev.training.corpus import Stretch, cut, label_tables, lemma_rule, sentence_numbers


def stretch(sentences, words_each):
    words = [f"w{i}" for i in range(sentences * words_each)]
    starts = [i % words_each == 0 for i in range(len(words))]
    heads = [i - i % words_each for i in range(len(words))]
    return Stretch(words, words, words, words, words, heads, words, starts, [(0, 2, "PER")])


def test_short_texts_stay_whole():
    assert list(cut(stretch(3, 20))) == [stretch(3, 20)]


def test_long_texts_are_cut_at_sentence_starts_and_lose_no_word():
    text = stretch(10, 25)
    parts = list(cut(text))
    assert [len(part.words) for part in parts] == [75, 75, 75, 25]
    assert [word for part in parts for word in part.words] == text.words
    assert all(part.starts[0] and part.heads[1] == 0 for part in parts)
    assert [part.names for part in parts] == [[(0, 2, "PER")], [], [], []]


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("visited", "visit", "0|2|"),
        ("Talks", "talk", "1|1|"),
        ("went", "go", "=go"),
        ("is", "be", "=be"),
        ("Ties", "tie", "1|1|"),
    ],
)
def test_lemma_rules(word, lemma, rule):
    assert lemma_rule(word, lemma) == rule


def test_rare_labels_are_left_out():
    assert label_tables([stretch(1, 3), stretch(1, 2)])["upos"] == ["w0", "w1"]


def test_sentences_are_numbered():
    starts = [True, False, True, False, False]
    assert sentence_numbers(starts) == [0, 0, 1, 1, 1]
