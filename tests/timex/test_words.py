"""The shipped words and forms are sound, and a bad file is named."""

import re
import shutil

import pytest

from kb.errors import ResourceError
from kb.resources import resource
from kb.timex import load_words
from kb.timex.finder import READERS
from kb.timex.guards import GUARDS
from kb.timex.lexemes import lexemes_of

NUMBERS = {"DAY", "NTH", "YEAR", "YY", "NUMBER", "DECADE", "YEARPAIR", "ISO", "SLASH", "DOT"}


def _nodes(node):
    yield node
    for below in node.edges.values():
        for _, child in below:
            yield from _nodes(child)


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files."""
    return shutil.copytree(resource("data", "timex"), tmp_path / "timex")


def test_every_pattern_has_a_reader_and_a_guard_that_exist(words):
    patterns = {pattern.reader: pattern for node in _nodes(words.forms) for _, pattern in node.ends}
    assert patterns.keys() == READERS.keys()
    guards = {pattern.guard for node in _nodes(words.forms) for _, pattern in node.ends}
    assert guards - {None} == GUARDS.keys()


def test_every_class_of_a_form_is_known(words):
    known = NUMBERS.union(*words.classes.values())
    used = {key for node in _nodes(words.forms) for key in node.edges if key.isupper()}
    assert used - known == set()


def test_every_word_is_in_lower_case(words):
    assert all(word == word.lower() for word in words.classes)
    assert all(word == word.lower() for row in (*words.around.values(), *words.tense.values()) for word in row)


def test_hash_names_the_state_of_the_files(folder, words):
    assert load_words(folder).hash == words.hash
    (folder / "words.toml").write_text((folder / "words.toml").read_text() + "\n# changed\n")
    assert load_words(folder).hash != words.hash


@pytest.mark.parametrize("name", ["words.toml", "patterns.toml"])
@pytest.mark.parametrize("content", [None, "[[", "x = 1"])
def test_bad_file(folder, name, content):
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    with pytest.raises(ResourceError, match=re.escape(str(folder))):
        load_words(folder)


@pytest.mark.parametrize("form", ["a (b", "a b)", "((a)", "a) (b"])
def test_unbalanced_form(folder, form):
    (folder / "patterns.toml").write_text(f'[[pattern]]\nreader = "date"\nforms = ["{form}"]')
    with pytest.raises(ResourceError, match="bracket"):
        load_words(folder)


def test_unknown_key(folder):
    (folder / "patterns.toml").write_text('[[pattern]]\nreader = "date"\nform = ["YEAR"]\nforms = []')
    with pytest.raises(ResourceError, match="unknown key form"):
        load_words(folder)


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("24", {"NUMBER": 24, "YY": 24, "DAY": 24}),
        ("32", {"NUMBER": 32, "YY": 32}),
        ("2024", {"YEAR": 2024}),
        ("0999", {}),
        ("19th", {"NTH": 19}),
        ("1990s", {"DECADE": 1990}),
        ("90s", {"DECADE": 90}),
        ("100s", {}),
        ("2024-06-19", {"ISO": "2024-06-19"}),
        ("19/06/2024", {"SLASH": "19/06/2024"}),
        ("19.06.2024", {"DOT": "19.06.2024"}),
        ("²", {}),
        ("may", {}),
        ("Jan.", {"MONTH": 1, "MONTHNAME": 1}),
        ("Jan", {"MONTH": 1}),
        ("Sun", {"DATEDWEEKDAY": 6}),
        ("sun", {}),
        ("Q3", {"QUARTER": 3}),
    ],
)
def test_classes_of_a_word(build, words, word, classes):
    (lexeme,) = lexemes_of(build(word), words)
    assert dict(lexeme.classes) == classes


def test_joined_and_split_words(build, words):
    lexemes = lexemes_of(build("mid-June twenty - four twenty - foot"), words)
    assert [(lexeme.start, lexeme.end, lexeme.word) for lexeme in lexemes] == [
        (0, 1, "mid"),
        (0, 1, "june"),
        (1, 4, "twenty-four"),
        (4, 5, "twenty"),
        (5, 6, "-"),
        (6, 7, "foot"),
    ]
