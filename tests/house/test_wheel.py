"""The wheel holds what Demarche needs and nothing else, works away from the checkout, and can be made of the sdist."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

import kb

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 45 * 1024 * 1024
ARTICLE = ROOT / "data/articles/2024-06-19-putin-pyongyang.txt"

pytestmark = pytest.mark.slow

NEEDED = (
    "kb/_bundled/ontology/demarche.ttl",
    "kb/_bundled/shapes/visit.ttl",
    "kb/_bundled/data/model/model.int8.onnx",
    "kb/_bundled/data/model/LICENSE-NOTICE.txt",
    "kb/_bundled/data/lexicon/visit.toml",
    "kb/_bundled/data/gazetteer/states.json",
    "kb/_bundled/data/link/nouns.toml",
    "kb/_bundled/data/timex/words.toml",
    "kb/_bundled/data/intake/zones.toml",
    "kb/_bundled/data/articles/README.md",
    "kb/queries/visits.rq",
    "api/templates/base.html",
    "api/static/app.css",
    "kb/py.typed",
    "api/py.typed",
    "*.dist-info/licenses/LICENSE",
    "*.dist-info/licenses/NOTICE",
)
UNWANTED = (
    "kb/dev/*",
    "tests/*",
    "*/tests/*",
    "*__pycache__*",
    "*.pyc",
    "*/.*",
    ".*",
    "*cache*",
    "*.venv*",
    "*.gold.json",
)


def run(*command, cwd, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KB_", "PYTHON"))}
    clean["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(folder, source, cwd):
    """Build a wheel with the build tool of the development group, so that no network is needed."""
    run("-m", "pip", "wheel", source, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, cwd=cwd)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    return built(folder, ROOT, folder)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory):
    """A folder with the wheel installed in it."""
    folder = tmp_path_factory.mktemp("site")
    options = ("--no-deps", "--no-index", "--target", folder)
    run("-m", "pip", "install", "--quiet", *options, wheel, cwd=folder.parent)
    return folder


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_name_and_size(wheel):
    assert wheel.name == f"demarche-{kb.__version__}-py3-none-any.whl"
    print(f"\nwheel: {wheel.stat().st_size / 1e6:.1f} MB")
    assert wheel.stat().st_size <= LARGEST


@pytest.mark.parametrize("pattern", NEEDED)
def test_wheel_holds(wheel, pattern):
    assert [name for name in names(wheel) if fnmatch(name, pattern)] != []


def test_wheel_holds_everything_of_its_folders(wheel):
    """No file of the packages and of the data is forgotten, and nothing is shipped twice."""
    wanted = {path for package in ("kb", "api") for path in files_of(package)}
    wanted |= {f"kb/_bundled/{path}" for folder in ("ontology", "shapes", "data") for path in files_of(folder)}
    wanted = {path for path in wanted if not path.startswith("kb/_bundled/data/training/")}  # for whoever trains
    assert {name for name in names(wheel) if ".dist-info/" not in name} == wanted


def files_of(folder):
    """Return the files of a folder, without what Python and editors leave."""
    found = (path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path for path in found if not any(fnmatch(path, pattern) for pattern in UNWANTED)}


def test_wheel_holds_nothing_else(wheel):
    assert [name for name in names(wheel) for pattern in UNWANTED if fnmatch(name, pattern)] == []


def test_installed_it_loads_and_answers(site, tmp_path):
    here = {"PYTHONPATH": str(site)}
    where = run("-P", "-c", "import kb, api, kb.resources as r; print(kb.__file__, api.__file__)", cwd=tmp_path, **here)
    assert all(Path(path).is_relative_to(site) for path in where.split())
    (tmp_path / "article.txt").write_text(ARTICLE.read_text(encoding="utf-8"), encoding="utf-8")
    command = ("-P", site / "bin" / "kb")
    loaded = run(*command, "load", "article.txt", cwd=tmp_path, **here)
    assert "loaded: Putin and Kim sign partnership treaty in Pyongyang" in loaded
    answer = run(*command, "query", "visits", "--param", "state=PRK", "--format", "csv", cwd=tmp_path, **here)
    assert "Vladimir Putin" in answer
    assert kb.__version__ in run(*command, "--version", cwd=tmp_path, **here)


def test_installed_it_serves_pages(site, tmp_path):
    """Templates, styles and ontology are found in the wheel."""
    program = """
import asyncio, httpx
from api.app import create_app
from kb.pipeline import open_base
from kb.settings import Settings

async def main():
    settings = Settings(store="base")
    app = create_app(settings, open_base(settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        for path in ("/", "/ontology", "/queries", "/static/app.css"):
            print((await client.get(path, headers={"Accept": "text/html, */*"})).status_code)

asyncio.run(main())
"""
    assert run("-P", "-c", program, cwd=tmp_path, PYTHONPATH=str(site)).split() == ["200"] * 4


def test_sdist_is_enough_to_build_the_same_wheel(sdist, wheel, tmp_path):
    with tarfile.open(sdist) as archive:
        members = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "CHANGELOG.md", "LICENSE", "NOTICE", "tests/conftest.py", "pyproject.toml"} <= members
    assert [name for name in members if fnmatch(name, "*__pycache__*") or fnmatch(name, "*cache*")] == []
    assert names(built(tmp_path, sdist, tmp_path)) == names(wheel)
