"""The same articles give the same bytes: whatever the hash seed, the order, the folder and the number of runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data/articles").glob("*.txt"))


def kb(*arguments, seed="0", cwd=ROOT):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kb.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=True).stdout


def exported(store, *batches, seed="0", cwd=ROOT):
    """Load articles, each batch in a process of its own, and return the base as N-Quads."""
    for batch in batches:
        kb("load", *batch, "--store", str(store), seed=seed, cwd=cwd)
    return kb("export", "--format", "nquads", "--store", str(store), seed=seed, cwd=cwd)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The sample articles, loaded in the order of their names."""
    return exported(tmp_path_factory.mktemp("first") / "store", ARTICLES)


def assert_same(found, wanted):
    """Compare line by line, so that a failure shows the quads and not the bytes."""
    found, wanted = found.decode().splitlines(), wanted.decode().splitlines()
    assert sorted(set(found) - set(wanted)) == []
    assert sorted(set(wanted) - set(found)) == []
    assert found == wanted


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_hash_seed(base, tmp_path, seed):
    assert_same(exported(tmp_path / "store", ARTICLES, seed=seed), base)


@pytest.mark.slow
def test_order(base, tmp_path):
    assert_same(exported(tmp_path / "store", ARTICLES[::-1], seed="7"), base)


@pytest.mark.slow
def test_separate_runs_with_removal_and_repetition(base, tmp_path):
    store, (first, *others) = tmp_path / "store", ARTICLES
    exported(store, others, [first])
    kb("remove", others[0], "--store", str(store))
    assert_same(exported(store, [others[0], first]), base)


def test_base_is_worth_comparing(base):
    assert base.count(b"\n") > 5000
    for name in ARTICLES:
        assert f'"{name}"'.encode() in base


def test_source_is_as_given(tmp_path):
    """A path is kept as the caller wrote it, not made absolute."""
    text = (ROOT / ARTICLES[0]).read_text(encoding="utf-8")
    (tmp_path / "an article.txt").write_text(text, encoding="utf-8")
    graph = kb("load", "--dry-run", "--format", "trig", "an article.txt", cwd=tmp_path).decode()
    assert '"an article.txt"' in graph
    assert str(tmp_path) not in graph


def test_nothing_of_the_machine_is_in_the_base(base):
    """No clock, no name and no folder of the machine."""
    text = base.decode()
    names = {str(ROOT), str(Path.home()), os.uname().nodename, sys.executable}
    assert [name for name in names if len(name) > 5 and name in text] == []
    stamps = set(re.findall(r'"(\d{4}-\d\d-\d\d)[T"]', text))
    assert stamps
    assert datetime.now(UTC).date().isoformat() not in stamps
