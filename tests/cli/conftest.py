"""The command `kb`: in this process where many small cases are tried, as a process of its own where that matters."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from kb.cli import main, session
from kb.handover import SERVER_FILE, find_server
from kb.pipeline import Reader
from kb.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

VISIT = """Duarte flies to Cairo for talks

May 13, 2031

CAIRO (Test Wire) - Brazilian President Ana Duarte arrived in Egypt on Tuesday for a two-day visit. She met Egyptian \
President Samir Fahmy in Cairo.

Duarte said Brazil would support Egypt. Egypt accused Ethiopia of violating an agreement, and Ethiopia denied the \
accusation.

It was a warm day, and the streets of the old town were full of flags and flowers.
"""
"""An article of invented facts, with several of them."""

SANCTIONS = """Canada imposes sanctions on Belarus

July 7, 2031

OTTAWA (Test Wire) - Canada imposed new sanctions on Belarus on Monday over the arrest of journalists. Belarus \
condemned the sanctions.
"""

UNDATED = """Duarte flies to Cairo for talks

CAIRO (Test Wire) - Brazilian President Ana Duarte visited Egypt on Tuesday and met President Samir Fahmy.
"""

SPANISH = """Rusia y Corea del Norte firman un tratado

El presidente de Rusia visitó Corea del Norte el miércoles y firmó con el líder del país un tratado de asociación.
Los dos gobiernos dijeron que el acuerdo no va contra nadie, pero los vecinos están preocupados por lo que viene.
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Duarte flies to Cairo for talks - Test Wire</title>
<meta property="og:title" content="Duarte flies to Cairo for talks">
<meta property="og:site_name" content="Test Wire">
<meta property="article:published_time" content="2031-05-13T09:30:00Z">
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>Duarte flies to Cairo for talks</h1>
<p>CAIRO (Test Wire) - Brazilian President Ana Duarte arrived in Egypt on Tuesday for a two-day visit. She met Egyptian
President Samir Fahmy in Cairo, where both sides praised the long friendship of the two countries.</p>
<p>Duarte said Brazil would support Egypt. Egypt accused Ethiopia of violating an agreement, and Ethiopia denied the
accusation. The talks go on tomorrow, and a statement is expected at the end of the week.</p>
</article>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>
"""


@pytest.fixture(scope="session")
def _parts():
    """Model, rules and shapes."""
    ready = Reader(Settings())
    ready.prepare()
    return {name: part for name, part in vars(ready).items() if name != "settings"}


@pytest.fixture(scope="module", autouse=True)
def _parts_loaded_once(_parts):
    """Let the commands that run in this process share them, as the articles of one command do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "__init__", lambda reader, settings: vars(reader).update(_parts, settings=settings))
        yield


class Result(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def _environment(given):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return kept | {name: str(value) for name, value in given.items()}


@pytest.fixture(scope="session")
def kb():
    """Run `kb` in this process: ``kb("load", path, "--store", store, stdin=b"", KB_KEEP_TEXT="none")``."""

    def kb(*arguments, stdin=None, **environment):
        cleared = {name: None for name in os.environ if name.startswith("KB_")}
        runner = CliRunner(env=cleared | {name: str(value) for name, value in environment.items()})
        result = runner.invoke(main, [str(a) for a in arguments], input=stdin, prog_name="kb", catch_exceptions=False)
        return Result(result.exit_code, result.stdout, result.stderr)

    return kb


@pytest.fixture(scope="session")
def kb_process():
    """Run `kb` as a process; the same call as `kb`."""

    def kb_process(*arguments, stdin=b"", timeout=120, **environment):
        ended = subprocess.run(
            [sys.executable, "-m", "kb.cli", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env=_environment(environment),
            timeout=timeout,
            check=False,
            cwd=ROOT,
        )
        return Result(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return kb_process


@pytest.fixture(scope="session")
def start():
    """Start `kb` as a process and return it at once; whatever still runs at the end is killed."""
    started = []

    def start(*arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "kb.cli", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(environment),
            cwd=ROOT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def serve(start):
    """Start `kb serve` on a store; return its process once it takes work."""

    def serve(store, **environment):
        process = start("serve", "--port", "0", "--store", store, **environment)
        until = time.monotonic() + 60
        while find_server(str(store)) is None:
            assert process.poll() is None, process.communicate()[1].decode()
            assert time.monotonic() < until, "the server does not come up"
            time.sleep(0.05)
        return process

    return serve


@pytest.fixture(scope="session")
def stop():
    """Tell a process to end; return its exit code and what it printed to standard error."""

    def stop(process, number=signal.SIGTERM):
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        return process.returncode, err.decode()

    return stop


@pytest.fixture(scope="session")
def articles():
    """The folder of sample articles."""
    return ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def texts():
    """Article texts by name."""
    return {"visit": VISIT, "sanctions": SANCTIONS, "undated": UNDATED, "spanish": SPANISH, "page": PAGE}


@pytest.fixture
def write(tmp_path):
    """Write a file of text or bytes below the test's folder and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture(scope="session")
def sample(tmp_path_factory, kb, articles):
    """A store with the sample articles. Do not write to it: take `copied`."""
    store = tmp_path_factory.mktemp("sample") / "store"
    assert kb("load", articles, "--store", store).code == 0
    return store


@pytest.fixture
def copied(sample, tmp_path):
    """A store with the sample articles for this test alone."""
    return shutil.copytree(sample, tmp_path / "copied")


@pytest.fixture(scope="session")
def _founded(tmp_path_factory, kb):
    """A store with what lies in it before the first article."""
    store = tmp_path_factory.mktemp("founded") / "store"
    assert kb("load", "-", "--store", store, stdin=SPANISH).code == 2
    assert kb("status", "--store", store).code == 0
    return store


@pytest.fixture(scope="session")
def new_store(_founded, tmp_path_factory):
    """Make a store without articles; what lies in it beforehand is there already, so that loading is quick."""
    return lambda: shutil.copytree(_founded, tmp_path_factory.mktemp("new") / "store")


@pytest.fixture
def store(new_store):
    """A store without articles for this test alone."""
    return new_store()


@pytest.fixture(scope="session")
def exported(kb):
    """The whole of a store as N-Quads."""

    def exported(store):
        result = kb("export", "--format", "nquads", "--store", store)
        assert result.code == 0
        return result.out

    return exported


@pytest.fixture
def impatient(monkeypatch):
    """Commands in this process do not wait for whoever holds their store."""
    monkeypatch.setattr(session, "PATIENCE_S", 0)


@pytest.fixture(scope="session")
def server_file():
    """The name of the file that a serving process leaves in its store."""
    return SERVER_FILE
