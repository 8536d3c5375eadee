import shutil

import numpy as np
import pytest

from kb.errors import ResourceError
from kb.nlp import load_parser
from kb.nlp.lemmas import TABLES
from kb.nlp.model import LABELS, NETWORK, RELATIONS, VOCABULARY, shape
from kb.resources import resource

FILES = [NETWORK, LABELS, VOCABULARY, RELATIONS, TABLES]

SHAPES = [
    ("2024", 1),
    ("KN-23", 2),
    (".", 3),
    ("visit", 4),
    ("I", 5),
    ("NATO", 6),
    ("Putin", 7),
    ("McCain", 8),
    ("iPhone", 9),
]


@pytest.mark.parametrize(("word", "expected"), SHAPES)
def test_shapes(word, expected):
    assert shape(word) == expected


@pytest.fixture
def copy(tmp_path):
    """A folder with copies of the small files and a link to the network."""
    for name in FILES:
        source = resource("data", "model", name)
        (tmp_path / name).symlink_to(source) if name == NETWORK else shutil.copy(source, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(ResourceError, match=name):
        load_parser(copy)


@pytest.mark.parametrize("content", [b"", b"no such thing\n", b"\xff\xfe\x00", b"{}"])
@pytest.mark.parametrize("name", FILES)
def test_a_malformed_file_is_named(copy, name, content):
    (copy / name).unlink()
    (copy / name).write_bytes(content)
    with pytest.raises(ResourceError, match=name):
        load_parser(copy)


def test_relations_of_another_model(copy):
    np.save(copy / RELATIONS, np.zeros((2, 3, 3), np.float16))
    with pytest.raises(ResourceError, match="51 relations"):
        load_parser(copy)


def test_the_hash_covers_every_file(copy):
    before = load_parser(copy).hash
    assert before == load_parser(copy).hash
    assert len(before) == 64
    (copy / VOCABULARY).write_text((copy / VOCABULARY).read_text(encoding="utf-8") + "extra\n", encoding="utf-8")
    assert load_parser(copy).hash != before
