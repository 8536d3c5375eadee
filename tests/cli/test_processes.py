"""Several processes on one store, and processes that are killed: an article is there whole or not at all."""

import json
import os
import pty
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kb.store import open_store

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    ("Brazil", "Brasilia"),
    ("Egypt", "Cairo"),
    ("Japan", "Tokyo"),
    ("Chile", "Santiago"),
    ("Kenya", "Nairobi"),
    ("Norway", "Oslo"),
)


@pytest.fixture
def many(write):
    """A file of 30 articles about visits, of which many are told by two articles."""
    rows = []
    for number in range(30):
        state, capital = PLACES[number % len(PLACES)]
        day = number // (2 * len(PLACES)) + 1
        title = f"Foreign minister of Peru in {capital}, report {number}"
        body = f"Peru's Foreign Minister Rui Lima visited {state} on June {day}."
        text = f"{title}\n\n{capital.upper()} (Test Wire) - {body}"
        rows.append(json.dumps({"text": text, "published": f"2031-06-{day:02d}", "publisher": f"Wire {number % 2}"}))
    return write("many.jsonl", "\n".join(rows))


@pytest.fixture
def held(store, impatient):
    """A store that a process without a server holds."""
    held = open_store(str(store))
    yield store
    held.close()


def test_a_store_that_another_process_holds(kb, held, write, texts):
    path = write("a.txt", texts["visit"])
    for command in (["load", path], ["remove", "x"], ["serve", "--port", "0"]):
        code, out, err = kb(*command, "--store", held)
        assert (code, out) == (4, "")
        assert err == (
            f"error[KB051]: {held}: another process holds this store\n"
            "  hint: Wait for the other process to end, or start `kb serve`, which takes articles for everybody.\n"
        )


def test_a_store_that_another_process_holds_can_be_asked(kb, held):
    assert kb("status", "--store", held).code == 0
    assert kb("query", "visits", "--store", held).code == 0


def test_a_command_waits_for_one_that_is_about_to_end(kb, store, write, texts):
    path = write("a.txt", texts["visit"])
    holder = open_store(str(store))
    threading.Timer(0.5, holder.close).start()
    code, out, _ = kb("load", path, "--store", store)
    assert code == 0
    assert out.startswith("loaded: ")


@pytest.mark.slow
def test_two_loads_at_once(kb, kb_process, start, store, write, texts, many):
    """Without a server one of them waits, and says so if it waits in vain; nothing of either is lost."""
    first = start("load", many, "--no-facts", "--store", store)
    second = kb_process("load", write("a.txt", texts["visit"]), "--store", store)
    _, err = first.communicate(timeout=120)
    codes = (first.returncode, second.code)
    assert codes in ((0, 0), (0, 4), (4, 0)), (err, second.err)
    stored = json.loads(kb("status", "--format", "json", "--store", store).out)["articles"]
    assert len(stored) == 30 * (codes[0] == 0) + (codes[1] == 0)
    assert kb("validate", "--store", store).code == 0
    for code, said in zip(codes, (err.decode(), second.err), strict=True):
        assert ("error[KB051]" in said) == (code == 4)


# --- kill -9 ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_at_any_moment(kb, start, store, many, new_store, exported):
    """Five times: load, kill, look. What is there after a kill is whole; loading again gives what no kill gives."""
    chance = random.Random(5)
    whole = new_store()
    assert kb("load", many, "--no-facts", "--store", whole).code == 0
    wanted = articles_of(whole)
    counts = [0]
    for _ in range(5):
        process = start("load", many, "--no-facts", "--store", store)
        for _ in range(2 * chance.randint(1, 5)):
            assert process.stdout.readline()  # two lines an article
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        assert process.returncode == -signal.SIGKILL
        found = articles_of(store)
        assert all(wanted[iri] == graph for iri, graph in found.items())
        counts.append(len(found))
    assert counts == sorted(counts)
    assert 0 < counts[-1] < len(wanted)
    assert kb("validate", "--store", store).code == 0
    assert kb("load", many, "--no-facts", "--store", store).code == 0
    assert exported(store) == exported(whole)


def articles_of(folder):
    """The graph of each article."""
    store = open_store(str(folder))
    try:
        rows = store.select("SELECT ?a { GRAPH ?a { ?a a <https://w3id.org/demarche/ontology#Article> } }").rows
        return {row[0].value: store.graph(row[0].value) for row in rows}
    finally:
        store.close()


# --- terminals and pipes ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_progress_bar_is_for_the_terminal_only(articles):
    """Standard error is a terminal, standard output a pipe: the bar goes to the one, the reports to the other."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kb.cli", "load", articles, "--dry-run", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=ROOT,
    )
    os.close(theirs)
    shown = []
    reader = threading.Thread(target=_read_all, args=(ours, shown))
    reader.start()
    out, _ = process.communicate(timeout=120)
    reader.join(timeout=30)
    os.close(ours)
    assert process.returncode == 0
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["checked"] * 7
    terminal = b"".join(shown).decode()
    assert "Reading" in terminal
    assert "100%" in terminal
    assert "outcome" not in terminal


def _read_all(file, into):
    while True:
        try:
            data = os.read(file, 65536)
        except OSError:  # Linux says so when the other end of a terminal is closed
            return
        if not data:
            return
        into.append(data)


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_defect(sample):
    script = f"{sys.executable} -m kb.cli export --format nquads --store {sample} | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.stdout.count("\n") == 1
    assert not re.search("Traceback|error", done.stderr)


@pytest.mark.slow
def test_a_terminal_that_cannot_show_every_character(kb_process, articles):
    path = articles / "2024-06-24-eu-package.txt"
    done = kb_process("load", path, "--dry-run", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
    assert "European Union \\u2192 Russia" in done.out


@pytest.mark.slow
def test_standard_input_of_a_process(kb_process, texts):
    done = kb_process("load", "-", "--dry-run", stdin=texts["visit"].encode("utf-16"))
    assert done.code == 0
    assert done.out.startswith("checked: Duarte flies to Cairo for talks (Test Wire, 2031-05-13)\n")


@pytest.mark.slow
def test_the_demo_is_a_first_result(kb_process, tmp_path):
    """`make demo` after installing: load the samples, ask two questions, say how to go on."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    done = subprocess.run(
        [sys.executable, "-m", "kb.dev.demo"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "7 of 7 articles in the base\n")
    shown = [line for line in done.stdout.splitlines() if line.startswith("$ kb ")]
    assert [line.split()[2] for line in shown] == ["load", "query", "query"]
    assert "Vladimir Putin" in done.stdout.partition(shown[1])[2]
    assert "kb serve --store demo-store" in done.stdout.partition(shown[2])[2]
    store = tmp_path / "demo-store"
    assert kb_process("validate", "--store", store).code == 0
    exports = {kb_process("export", "--store", store, PYTHONHASHSEED=seed).out for seed in (1, 2)}
    assert len(exports) == 1
