import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.store import memory_store, open_store

EX = "http://example.org/"


def quads(graph: str, count: int, version: int = 1) -> str:
    """Return an invented article graph: `count` quads that all carry the version."""
    return "".join(
        f'<{graph}#s{i}> <{EX}p{i % 7}> "value {i} of version {version}" <{graph}> .\n' for i in range(count)
    )


@pytest.fixture
def make_quads():
    return quads


@pytest.fixture
def memory():
    return memory_store()


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path / "base")


@pytest.fixture
def on_disk(folder):
    store = open_store(folder)
    yield store
    store.close()


@pytest.fixture
def mounted(tmp_path):
    """Return a function that mounts a small file system; skips where mounting is not permitted."""
    made = []

    def mount(options: str) -> Path:
        place = tmp_path / f"mount{len(made)}"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False, capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
        made.append(place)
        return place

    try:
        yield mount
    finally:
        for place in made:
            subprocess.run(["umount", "-l", place], check=False)


@pytest.fixture
def python():
    """Return a function that starts a Python process with this checkout on its path."""
    started = []
    root = Path(__file__).parents[2]

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def oxigraph_server(*options: str):
    """Run the oxigraph server of the wheel on a free port, in memory."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the oxigraph server (PyPI: oxigraph) is not installed")
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 20
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the oxigraph server did not start in time")


@pytest.fixture(scope="session")
def oxigraph():
    with oxigraph_server() as url:
        yield url
