import gzip
import json

import pytest

from kb.dev.bake_lemmas import bake
from kb.errors import ResourceError

PARTS = ("adj", "adv", "noun", "verb")


def write(folder, name, **verbs):
    tables = {part: type(next(iter(verbs.values())))() for part in PARTS} | verbs
    (folder / f"en_lemma_{name}.json.gz").write_bytes(gzip.compress(json.dumps(tables).encode()))


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, "exc", verb={"met": ["meet"], "o'd": ["od"], "abode": ["abide"]})
    write(tmp_path, "rules", verb=[["ed", ""], ["", ""]])
    write(tmp_path, "index", verb=["veto", "meet", "veto", "re-elect", "x"])
    return tmp_path


def test_only_simple_words_are_baked_in_order(folder):
    verb = bake(folder)["verb"]
    assert list(verb["exceptions"].items()) == [("abode", ["abide"]), ("met", ["meet"])]
    assert verb["rules"] == [["ed", ""]]
    assert verb["words"] == "meet veto"


def test_a_malformed_table_is_named(folder):
    (folder / "en_lemma_exc.json.gz").write_bytes(b"no")
    with pytest.raises(ResourceError, match="en_lemma_exc"):
        bake(folder)
