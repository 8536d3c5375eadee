"""Bad input: each is named with its file and a remedy, nothing of it is stored, and the exit code says so."""

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

QUADS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
ROOT = Path(__file__).resolve().parents[2]


def docx():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


EMPTY_PAGE = "<!DOCTYPE html><html><head><title>Wire</title></head><body><nav><a href='/'>Home</a></nav></body></html>"

REFUSED = {
    "an empty file": ("a.txt", b"", "KB012", "is empty"),
    "white space": ("a.txt", b" \n\t\n", "KB012", "is empty"),
    "a PDF document": ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "KB013", "this is a PDF document, not text"),
    "a Word document": ("a.txt", docx(), "KB013", "this is a Word document (.docx), not text"),
    "random bytes": ("a.txt", bytes(range(256)) * 20, "KB01", "a.txt: "),
    "Spanish": ("a.txt", None, "KB016", "the text is in Spanish, not in English"),
    "HTML without an article": ("a.html", EMPTY_PAGE.encode(), "KB017", "a.html: "),
    "a broken JSON line": ("a.jsonl", b'{"text": "Canada imp\n', "KB010", "a.jsonl:1, column 10: not valid JSON"),
    "a JSON line without text": ("a.jsonl", b'{"title": "Canada"}\n', "KB017", "a.jsonl:1: "),
    "a JSON line with a wrong date": ("a.jsonl", b'{"text": "Canada.", "published": "soon"}\n', "KB01", "a.jsonl:1: "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_article(kb, store, write, texts, case):
    name, content, error, said = REFUSED[case]
    path = write(name, texts["spanish"] if content is None else content)
    before = kb("query", QUADS, "--store", store)
    code, out, err = kb("load", path, "--store", store)
    assert (code, out) == (2, "")
    first, hint = err.splitlines()[:2]
    assert first.startswith(f"error[{error}")
    assert f"{path}" in first
    assert said in first
    assert hint.startswith("  hint: ")
    assert kb("query", QUADS, "--store", store) == before


def test_the_good_lines_of_a_broken_file_are_loaded(kb, store, write, texts):
    lines = [json.dumps({"text": texts["visit"]}), '{"text": "Can', json.dumps({"text": texts["sanctions"]})]
    path = write("a.jsonl", "\n".join(lines))
    code, out, err = kb("load", path, "--store", store)
    assert code == 2
    assert out.count("loaded: ") == 2
    assert f"error[KB010]: {path}:2, column 10: not valid JSON: " in err
    assert err.endswith("2 of 3 articles in the base\n")


# --- encodings --------------------------------------------------------------------------------------------------------

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(kb, write, texts, encoding):
    """Offsets count the characters of the decoded text, whatever the bytes were."""
    text = texts["visit"].replace("Samir Fahmy", "José Núñez")
    path = write("a.txt", text.encode(encoding))
    code, out, err = kb("load", path, "--dry-run", "--format", "json")
    report = json.loads(out)
    guessed = ["encoding guessed: Windows-1252 (Latin-1)"] if encoding in ("latin-1", "cp1252") else []
    assert (code, err, report["warnings"]) == (0, "", guessed)
    assert "José Núñez" in {agent["name"] for fact in report["facts"] for agent in fact.get("participants", [])}
    for fact in report["facts"]:
        evidence = fact["evidence"]
        assert evidence["quote"] == text[evidence["start"] : evidence["end"]]


def test_line_ends_of_other_systems(kb, write, texts):
    plain = json.loads(kb("load", write("a.txt", texts["visit"]), "--dry-run", "--format", "json").out)
    windows = write("a.txt", texts["visit"].replace("\n", "\r\n"))
    assert json.loads(kb("load", windows, "--dry-run", "--format", "json").out)["facts"] == plain["facts"]


# --- size -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_five_megabytes_are_refused_within_the_memory_of_an_article(write, texts):
    body = texts["visit"].partition("\n\n")[2]
    path = write("a.txt", "Leaders meet\n\n" + body * (5_000_000 // len(body) + 1))
    script = (
        "import resource, subprocess, sys; done = subprocess.run([sys.executable, '-m', 'kb.cli', *sys.argv[1:]]);"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "load", path, "--dry-run"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=120,
    )
    code, megabytes = map(int, done.stdout.split())
    assert code == 2
    assert megabytes <= 500
    assert done.stderr.startswith(f"error[KB015]: {path}: 5,0")
    assert "hint: Split the file into articles" in done.stderr


def test_the_limit_of_bytes_is_a_setting(kb, write, texts):
    path = write("a.txt", texts["visit"])
    size = len(texts["visit"].encode())
    assert kb("load", path, "--dry-run", KB_MAX_ARTICLE_BYTES=size).code == 0
    code, out, err = kb("load", path, "--dry-run", KB_MAX_ARTICLE_BYTES=size - 1)
    assert (code, out) == (2, "")
    assert err.startswith(f"error[KB015]: {path}: {size:,} bytes, more than the limit of {size - 1:,}\n")
    assert "KB_MAX_ARTICLE_BYTES" in err


# --- dates ------------------------------------------------------------------------------------------------------------


def test_without_a_date_relative_times_stay_undated(kb, store, write, texts):
    path = write("a.txt", texts["undated"])
    code, out, _ = kb("load", path, "--store", store)
    assert code == 0
    assert "  warning: no publication date: relative times such as 'on Wednesday' stay undated; give --published" in out
    assert "1 warning; " in out
    (report,) = map(json.loads, kb("load", path, "--store", store, "--format", "json").out.splitlines())
    assert report["article"]["published"] is None
    visit = next(fact for fact in report["facts"] if fact["type"] == "visit")
    assert "start" not in visit
    assert kb("validate", "--store", store).code == 0


def test_a_date_that_the_caller_gives(kb, store, write, texts):
    path = write("a.txt", texts["undated"])
    out = kb("load", path, "--published", "2031-05-14", "--store", store, "--format", "json").out
    report = json.loads(out)
    assert report["warnings"] == []
    assert next(fact for fact in report["facts"] if fact["type"] == "visit")["start"] == "2031-05-13"


# --- stores -----------------------------------------------------------------------------------------------------------


def test_a_file_in_place_of_the_store(kb, write, texts):
    path, store = write("a.txt", texts["visit"]), write("base", "a file")
    for command in (["load", path], ["status"], ["validate"], ["remove", "x"]):
        code, out, err = kb(*command, "--store", store)
        assert (code, out) == (4, "")
        assert err.startswith(f"error[KB050]: {store}: this is a file, not the folder of a store\n  hint: ")
    assert store.read_text() == "a file"


def test_a_folder_of_other_files(kb, tmp_path, write, texts):
    path = write("papers/thesis.txt", texts["visit"])
    code, _, err = kb("load", path, "--store", tmp_path / "papers")
    assert code == 4
    assert "this folder holds other files and no store (thesis.txt ...)" in err
    assert [entry.name for entry in (tmp_path / "papers").iterdir()] == ["thesis.txt"]


def test_damaged_files(kb, copied, write, texts):
    for path in (copied / "oxigraph").glob("*.sst"):
        path.write_bytes(b"\0" * 64)
    code, _, err = kb("load", write("a.txt", texts["visit"]), "--store", copied)
    assert code == 4
    assert err.startswith(f"error[KB054]: {copied}: the files of the store are damaged")


@pytest.fixture
def read_only(copied):
    """The sample store in a place where nothing can be written; in a file system of its own if we may mount one."""
    if os.geteuid() == 0:
        done = subprocess.run(["mount", "--bind", copied, copied], check=False, capture_output=True)
        if done.returncode:
            pytest.skip(f"mounting is not permitted here: {done.stderr.decode().strip()}")
        subprocess.run(["mount", "-o", "remount,ro,bind", copied], check=True)
        yield copied
        subprocess.run(["umount", copied], check=True)
        return
    for path in (copied, *copied.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield copied
    for path in (copied, *copied.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_read_only_store_can_be_asked_but_not_written(kb, read_only, write, texts):
    path = write("a.txt", texts["visit"])
    for command in (["load", path], ["remove", "x"]):
        code, out, err = kb(*command, "--store", read_only)
        assert (code, out) == (4, "")
        assert err.startswith(f"error[KB052]: {read_only}: the store may not be written")
    assert kb("query", "visits", "--store", read_only).code == 0
    assert kb("validate", "--store", read_only).code == 0
    assert kb("export", "--format", "nquads", "--store", read_only).code == 0


def test_a_full_disk(kb, tmp_path, articles, sample, exported):
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.decode().strip()}")
    try:
        code, out, err = kb("load", articles, "--store", place / "base")
        assert (code, out) == (4, "")
        assert err.startswith(f"error[KB053]: {place}/base: the disk is full")
        assert "Free some space" in err
        subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)
        assert kb("load", articles, "--store", place / "base").code == 0
        assert exported(place / "base") == exported(sample)
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_server_that_is_not_there(kb, write, texts):
    url = "http://127.0.0.1:9/sparql"
    code, out, err = kb("load", write("a.txt", texts["visit"]), "--store", url)
    assert (code, out) == (4, "")
    assert err.startswith(f"error[KB050]: {url}: ")
    assert "Check the address given by --store or KB_STORE, and that the server is running." in err
