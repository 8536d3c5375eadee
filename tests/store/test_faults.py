"""What the world does to a store: other files, no rights, a full disk, damage, kill -9."""

import itertools
import os
import random
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from kb.errors import (
    NotFoundError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
)
from kb.store import Change, open_store

ARTICLE = "http://example.org/article"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def counts(store):
    return {graph.value: int(n.value) for graph, n in store.select(COUNTS).rows}


@pytest.mark.parametrize("made", [False, True])
def test_reading_where_no_store_is_says_what_to_do_and_makes_nothing(tmp_path, made):
    place = tmp_path / "base"
    if made:
        place.mkdir()
    with pytest.raises(NotFoundError) as caught:
        open_store(str(place), read_only=True)
    assert f"kb load ARTICLE --store {place}" in caught.value.hint
    assert place.exists() is made


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_of_other_files_is_refused_and_not_littered(tmp_path, read_only):
    (tmp_path / "thesis.txt").write_text("chapter 1")
    with pytest.raises(StoreError, match=r"other files and no store \(thesis.txt") as caught:
        open_store(str(tmp_path), read_only=read_only)
    assert "--store" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_in_place_of_the_folder(tmp_path, read_only):
    (tmp_path / "base").write_text("")
    with pytest.raises(StoreError, match="this is a file"):
        open_store(str(tmp_path / "base"), read_only=read_only)
    with pytest.raises(StoreError, match="base"):
        open_store(str(tmp_path / "base" / "deeper"), read_only=read_only)


def test_a_store_open_for_reading_takes_no_changes(folder, make_quads):
    open_store(folder).close()
    store = open_store(folder, read_only=True)
    with pytest.raises(StoreReadOnlyError, match="reading only"):
        store.apply(Change(insert=make_quads(ARTICLE, 1)))
    store.flush()
    store.close()


def test_a_read_only_file_system(mounted, make_quads):
    place = mounted("size=30m")
    store = open_store(str(place / "base"))
    store.apply(Change(insert=make_quads(ARTICLE, 20)))
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    with pytest.raises(StoreReadOnlyError, match="Read-only file system"):
        open_store(str(place / "base"))
    with pytest.raises(StoreReadOnlyError, match="Read-only file system"):
        open_store(str(place / "other"))
    reader = open_store(str(place / "base"), read_only=True)
    assert counts(reader) == {ARTICLE: 20}
    assert list(reader.export(_n_quads()))
    reader.close()


@pytest.fixture
def unprivileged():
    """Give a folder that everybody may read and only its owner may write, to a process that is not its owner."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        store = open_store(f"{folder}/base")
        store.apply(Change(insert=f'<{ARTICLE}#s> <a:p> "1" <{ARTICLE}> .\n'))
        store.close()
        for path in Path(folder).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)


def test_a_folder_without_write_permission(unprivileged):
    for name in ("base", "other"):
        with pytest.raises(StoreReadOnlyError, match="Permission denied"):
            open_store(f"{unprivileged}/{name}")
    reader = open_store(f"{unprivileged}/base", read_only=True)
    assert counts(reader) == {ARTICLE: 1}
    reader.close()


def _fill(store, make_quads):
    """Load articles until there is no space; return how many were loaded, and the error."""
    for stored in itertools.count():
        try:
            store.apply(Change(drop=(f"{ARTICLE}{stored}",), insert=make_quads(f"{ARTICLE}{stored}", 300)))
        except StoreFullError as error:
            return stored, error
    raise AssertionError


def test_a_disk_that_fills_up_loses_nothing_and_keeps_no_half_article(mounted, make_quads):
    place = mounted("size=2m")
    store = open_store(str(place / "base"))
    stored, error = _fill(store, make_quads)
    assert stored > 0
    assert str(place) in error.message
    assert "space" in error.hint
    whole = {f"{ARTICLE}{i}": 300 for i in range(stored)}
    assert counts(store) == whole
    with pytest.raises(StoreFullError):
        store.apply(Change(drop=(f"{ARTICLE}0",)))
    store.close()

    subprocess.run(["mount", "-o", "remount,size=40m", place], check=True)
    store = open_store(str(place / "base"))
    assert counts(store) == whole
    store.apply(Change(insert=make_quads(f"{ARTICLE}{stored}", 300)))
    store.close()
    store = open_store(str(place / "base"), read_only=True)
    assert counts(store) == {**whole, f"{ARTICLE}{stored}": 300}
    store.close()


def test_a_disk_too_full_for_a_new_store_is_left_as_it_was(mounted):
    place = mounted("size=64k")
    with pytest.raises(StoreFullError):
        open_store(str(place / "deep" / "base"))
    assert list(place.iterdir()) == []
    subprocess.run(["mount", "-o", "remount,size=40m", place], check=True)
    open_store(str(place / "deep" / "base")).close()


def _n_quads():
    import pyoxigraph as ox

    return ox.RdfFormat.N_QUADS


# --- damage -----------------------------------------------------------------------------------------------------------


def _garbage(path):
    path.write_bytes(random.Random(1).randbytes(max(64, path.stat().st_size)))


def _truncated(path):
    os.truncate(path, path.stat().st_size // 2)


@pytest.fixture
def flushed(folder, make_quads):
    store = open_store(folder)
    for i in range(5):
        store.apply(Change(insert=make_quads(f"{ARTICLE}{i}", 200)))
    store.flush()
    store.close()
    return folder


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        ("CURRENT", _garbage),
        ("CURRENT", os.unlink),
        ("MANIFEST-*", _garbage),
        ("MANIFEST-*", os.unlink),
        ("*.sst", _garbage),
        ("*.sst", _truncated),
        ("*.sst", os.unlink),
    ],
)
def test_damaged_files_are_named_as_such(flushed, tmp_path, pattern, damage, read_only):
    damage(sorted((tmp_path / "base" / "oxigraph").glob(pattern))[0])
    with pytest.raises(StoreDamagedError) as caught:
        open_store(flushed, read_only=read_only)
    assert flushed in caught.value.message
    assert "backup" in caught.value.hint
    assert (tmp_path / "base" / "oxigraph").is_dir()  # a store that was there is never tidied away


def test_damage_that_shows_only_when_it_is_read(flushed, tmp_path):
    """One byte in the middle of every table file: the files open, the checksum of a block does not hold."""
    for path in (tmp_path / "base" / "oxigraph").glob("*.sst"):
        data = bytearray(path.read_bytes())
        data[len(data) // 8] ^= 0xFF
        path.write_bytes(data)
    with pytest.raises(StoreDamagedError):
        counts(open_store(flushed, read_only=True))


# --- kill -9 ----------------------------------------------------------------------------------------------------------

WRITER = """
import sys
from kb.store import Change, open_store
store = open_store(sys.argv[1])
print("READY", flush=True)
for i in range(int(sys.argv[2]), 100000):
    g = f"http://example.org/article{i}"
    quads = "".join(f'<{g}#s{j}> <a:p> "{i} {j}" <{g}> .\\n' for j in range(100 + i % 50))
    last = f'<a:last> <a:is> "{i}" <http://example.org/canonical> .\\n'
    store.apply(Change(drop=("http://example.org/canonical",), insert=quads + last))
    print("ACK", i, flush=True)
    if i % 40 == 0:
        store.flush()
"""


@pytest.mark.slow
def test_kill_9_at_any_moment_leaves_every_article_whole_or_absent(folder, python):
    """Fourteen kills, some of them while the store is being made: what was acknowledged is there, and whole.

    The canonical graph, which is written in the same step, always says which article was the last.
    """
    moments, acknowledged = random.Random(20240619), -1
    for _ in range(14):
        writer = python(WRITER, folder, str(acknowledged + 1))
        if acknowledged >= 0 or moments.random() < 0.5:
            assert writer.stdout.readline() == "READY\n"
        time.sleep(moments.uniform(0.02, 0.4))
        writer.kill()
        output, errors = writer.communicate(timeout=30)
        assert errors == ""
        done = [int(i) for i in re.findall(r"^ACK (\d+)$", output, re.MULTILINE)]
        acknowledged = max([acknowledged, *done])
        acknowledged = _checked(folder, acknowledged)
    assert acknowledged > 14


def _checked(folder, acknowledged):
    """Check the store after a kill; return the number of the last article in it."""
    store = open_store(folder)
    found = counts(store)
    found.pop("http://example.org/canonical", None)
    last = [int(row[0].value) for row in store.select("SELECT ?i { <a:last> <a:is> ?i }").rows] or [-1]
    store.close()
    assert len(last) == 1
    assert acknowledged <= last[0] <= acknowledged + 1
    assert found == {f"{ARTICLE}{i}": 100 + i % 50 for i in range(last[0] + 1)}
    return last[0]
