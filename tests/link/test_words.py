"""The word lists: read strictly, in lower case, and used by the linker they are written for."""

import shutil

import pytest

from kb.errors import ResourceError
from kb.link.words import load_words
from kb.resources import resource

FOLDER = resource("data", "link")


@pytest.fixture
def copy(tmp_path):
    """A copy of the word lists that may be damaged."""
    return shutil.copytree(FOLDER, tmp_path / "link")


def test_lists_are_in_lower_case(words):
    lists = {name: getattr(words, name) for name in words.__dataclass_fields__}
    assert [(name, word) for name, found in lists.items() for word in found if word != word.lower()] == []


def test_typical_offices_name_codes(words, gazetteer):
    assert [code for code in words.typical.values() if gazetteer.entity(code) is None] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people = []\n", "lists missing or unknown: "),
        ("[", "nouns.toml"),
    ],
)
def test_a_damaged_file_is_named(copy, text, message):
    (copy / "nouns.toml").write_text(text)
    with pytest.raises(ResourceError, match=message):
        load_words(copy)


def test_an_unknown_list_is_named(copy):
    with (copy / "nouns.toml").open("a") as file:
        file.write('colours = ["red"]\n')
    with pytest.raises(ResourceError, match="colours"):
        load_words(copy)


def test_a_list_of_numbers_is_refused(copy):
    path = copy / "nouns.toml"
    path.write_text(path.read_text().replace('"country", "nation"', '"country", 7'))
    with pytest.raises(ResourceError, match="country is not a list of strings"):
        load_words(copy)
