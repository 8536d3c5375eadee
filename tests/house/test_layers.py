"""Data flows one way, modules stay readable, and nothing heavy is imported before it is used."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
LONGER = {"kb/vocab.py": "generated", "kb/model.py": "the types that all stages share, in one place"}

SERVER = {"fastapi", "uvicorn", "starlette", "jinja2"}
MODEL = {"onnxruntime", "numpy"}
SHAPES = {"pyshacl", "rdflib"}
INTAKE = {"trafilatura", "lxml", "py3langid", "charset_normalizer"}
OTHERS = {"httpx", "rich", "rapidfuzz", "anyascii", "pyoxigraph"}


def lint_imports(*options, cwd=ROOT):
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", program, "--no-cache", *options]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_layers_are_kept():
    result = lint_imports()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_a_broken_layer_is_found(tmp_path):
    """A contract that could not fail would prove nothing."""
    for name, text in {"low": "import pack.high\n", "high": "", "__init__": ""}.items():
        (tmp_path / "pack").mkdir(exist_ok=True)
        (tmp_path / "pack" / f"{name}.py").write_text(text)
    contract = "[importlinter]\nroot_package = pack\n[importlinter:contract:1]\nname = c\ntype = layers\n"
    (tmp_path / ".importlinter").write_text(contract + "layers =\n    pack.high\n    pack.low\n")
    result = lint_imports(cwd=tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "1 broken" in result.stdout


def test_every_part_of_kb_has_its_layer():
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contract = tomllib.load(stream)["tool"]["importlinter"]["contracts"][0]
    named = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    parts = {f"kb.{path.stem}" for path in (ROOT / "kb").glob("*.py") if path.stem != "__init__"}
    parts |= {f"kb.{path.parent.name}" for path in (ROOT / "kb").glob("*/__init__.py")}
    assert parts | {"api"} == named


def test_no_module_is_too_long():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for package in ("kb", "api")
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in LONGER} == {}


def imported(module):
    """Return the top-level names in memory after an import in a new process."""
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KB_", "PYTHON"))}
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("kb", SERVER | MODEL | SHAPES | INTAKE | OTHERS),
        ("kb.cli", SERVER | MODEL | SHAPES | INTAKE | OTHERS),
        ("kb.pipeline", SERVER | MODEL | SHAPES | INTAKE | OTHERS),
        ("kb.handover", SERVER | MODEL | SHAPES | INTAKE | (OTHERS - {"httpx", "pyoxigraph"})),
        ("kb.intake", SERVER | MODEL | SHAPES | INTAKE),
        ("kb.nlp", SERVER | SHAPES | INTAKE | {"onnxruntime"}),
        ("kb.link", SERVER | SHAPES | INTAKE | {"onnxruntime"}),
        ("kb.timex", SERVER | SHAPES | INTAKE | {"onnxruntime"}),
        ("kb.extract", SERVER | SHAPES | INTAKE | {"onnxruntime"}),
        ("kb.graph", SERVER | MODEL | INTAKE | {"pyshacl"}),
        ("kb.store", SERVER | MODEL | SHAPES | INTAKE),
        ("kb.query", SERVER | MODEL | {"pyshacl"} | INTAKE),
        ("kb.resolve", SERVER | MODEL | {"pyshacl"} | INTAKE),
        ("kb.facts", SERVER | MODEL | {"pyshacl"} | INTAKE),
        ("kb.foundation", SERVER | MODEL | {"pyshacl"} | INTAKE),
    ],
)
def test_nothing_heavy_is_imported(module, heavy):
    assert imported(module) & heavy == set()
