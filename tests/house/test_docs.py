"""The documents say what the code is, and the code says what it is for."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import kb
import kb.errors
from kb.cli import main
from kb.dev import gen_docs
from kb.query import load_queries

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE", "data/articles/README.md")
BINARY = {".onnx", ".npy", ".gz"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def errors():
    kinds = [kb.errors.KBError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return kinds


# --- README ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(main.commands))
def test_readme_has_every_command(name):
    assert re.search(rf"^\| `kb {name}\b[^|]*\| \S", README, flags=re.MULTILINE), f"no row for kb {name}"


def test_readme_has_every_setting():
    assert gen_docs.settings_rows() in README, "run python -m kb.dev.gen_docs"


def test_generated_table_is_up_to_date_and_a_stale_one_is_named(monkeypatch):
    result = CliRunner().invoke(gen_docs.main, ["--check"])
    assert (result.exit_code, result.output) == (0, "")
    monkeypatch.setattr(gen_docs, "settings_rows", lambda: "| stale |")
    result = CliRunner().invoke(gen_docs.main, ["--check"])
    assert result.exit_code == 1
    assert "python -m kb.dev.gen_docs" in result.output


def test_readme_has_every_exit_code():
    paragraph = re.search(r"^Exit codes: (.+?)\n\n", README, flags=re.MULTILINE | re.DOTALL).group(1)
    named = {int(code) for code in re.findall(r"(?:^|; |\n)(\d)\s", paragraph)}
    assert named == {0} | {error.exit_code for error in errors()}


def test_readme_holds_no_placeholder():
    assert re.findall(r"@[A-Z_]+@", README) == []


def command_lines(text):
    """Return what follows `kb` in the code of a document, in blocks and in spans, as words."""
    blocks = re.findall(r"^(?:    |\$ )(?:\.venv/bin/)?kb (.+)$", text, flags=re.MULTILINE)
    spans = re.findall(r"`kb ([^`\n]+)`", text)
    return [shlex.split(line, comments=True) for line in (*blocks, *spans)]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_documented_commands_and_options_exist(name):
    lines = command_lines(text_of(name))
    assert len(lines) >= 1
    for words in lines:
        command, options = next(word for word in words if not word.startswith("-")), set()
        assert command in main.commands or command == "COMMAND", words
        for parameter in main.commands[command].params if command in main.commands else ():
            options |= {*parameter.opts, *parameter.secondary_opts}
        given = {word for word in words[words.index(command) :] if word.startswith("--")}
        assert given <= options | {"--help"}, words


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documented_files_modules_and_targets_exist(name):
    text = text_of(name)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = re.findall(r"(?<![/\w])((?:kb|api|data|shapes|ontology|tests)/[\w./-]*\w)", text)
    modules = [module.replace(".", "/") for module in re.findall(r"python -m ((?:kb|api)\.[\w.]*\w)", text)]
    for path in {*links, *paths}:
        assert (ROOT / path).exists(), path
    for module in modules:
        assert (ROOT / f"{module}.py").exists() or (ROOT / module).is_dir(), module
    for target in re.findall(r"[`$ ]make (\w+)`", text):
        assert re.search(rf"^{target}:", text_of("Makefile"), flags=re.MULTILINE), target


def test_every_option_has_its_help():
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            documented = isinstance(parameter, click.Argument) or parameter.help or parameter.name == "form"
            assert documented, (name, parameter.name)


# --- queries, errors, change log -------------------------------------------------------------------------------------


def test_every_query_is_listed():
    result = CliRunner().invoke(main, ["query", "--list"])
    assert result.exit_code == 0
    listed = {line.split()[0] for line in result.output.splitlines() if line[:1].strip()}
    assert listed == set(load_queries()) == {path.stem for path in (ROOT / "kb/queries").glob("*.rq")}


def test_every_error_class_says_when_it_is_raised():
    assert [error.__name__ for error in errors() if not (error.__doc__ or "").strip().endswith(".")] == []


def test_change_log_begins_with_this_version():
    first = re.search(r"^## \[(.+?)\]", text_of("CHANGELOG.md"), flags=re.MULTILINE).group(1)
    assert first in {"Unreleased", kb.__version__}


# --- the code --------------------------------------------------------------------------------------------------------


def modules():
    return sorted(path for package in ("kb", "api") for path in (ROOT / package).rglob("*.py"))


def undocumented(tree, name):
    """Yield the public things without a docstring: the module, its classes and functions, and their methods."""
    if not ast.get_docstring(tree):
        yield name
    for node in tree.body:
        if getattr(node, "name", "_").startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node, f"{name}.{node.name}")
        elif not ast.get_docstring(node) and not _is_overload(node):
            yield f"{name}.{node.name}"


def _is_overload(node):
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"overload", "setter"})


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_public_things_have_docstrings(path):
    found = list(undocumented(ast.parse(path.read_text(encoding="utf-8")), path.stem))
    assert found == []


def test_missing_docstrings_are_found():
    source = '"""M."""\ndef a(): ...\nclass B:\n  """B."""\n  def c(self): ...\n  def _d(self): ...\ndef _e(): ...\n'
    assert list(undocumented(ast.parse(source), "m")) == ["m.a", "m.B.c"]


# --- nothing of the machine it was made on ---------------------------------------------------------------------------

OF_A_MACHINE = {
    "path": re.compile(r"(?<![\w.:])/(?:work|root|opt|mnt|private|tmp/brief)/\w|(?<!path )/(?:home|Users)/\w"),
    "registry host": re.compile(r"\b(?:pypi|pythonhosted|npmjs|crates)\.(?:org|com|io)\b", flags=re.IGNORECASE),
    "unfinished": re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b"),
}


def project_files():
    """Return the files of the project: what git would commit, or everything where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        folders = ("kb", "api", "ontology", "shapes", "data", "tests", ".ci")
        found = [path for folder in folders for path in (ROOT / folder).rglob("*")] + list(ROOT.glob("*.*"))
        listed = [str(path.relative_to(ROOT)) for path in found if "__pycache__" not in path.parts]
    return [ROOT / name for name in listed if (ROOT / name).is_file() and Path(name).suffix not in BINARY]


@pytest.mark.parametrize("kind", OF_A_MACHINE)
def test_nothing_of_the_machine_is_left(kind):
    files = project_files()
    assert len(files) > 200
    found = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if OF_A_MACHINE[kind].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("path", '"/' + 'work/main"'),
        ("path", "see /" + "opt/x"),
        ("registry host", "https://" + "pypi" + ".org/simple"),
    ],
)
def test_what_is_of_a_machine_is_found(kind, line):
    assert OF_A_MACHINE[kind].search(line)
