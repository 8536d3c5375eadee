"""Help, version, start-up and what becomes of a defect of ours."""

import json
import re
import resource
import statistics
import subprocess
import sys

import pytest

from kb import __version__
from kb.cli import main
from kb.errors import KBError

COMMANDS = ("eval", "explain", "export", "extract", "load", "query", "remove", "serve", "status", "validate")
HEAVY = (
    "rdflib",
    "onnxruntime",
    "numpy",
    "fastapi",
    "uvicorn",
    "pyshacl",
    "trafilatura",
    "rich",
    "httpx",
    "pyoxigraph",
)


def test_all_commands_are_here():
    assert tuple(sorted(main.commands)) == COMMANDS


def test_help_lists_commands_and_exit_codes(kb):
    code, out, err = kb("--help")
    assert (code, err) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name} " in out
    codes = "0 done, 1 kept out by SHACL, 2 bad input or use, 3 a defect, 4 the store cannot be used."
    assert codes in " ".join(out.split())
    assert kb("-h").out == out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_its_options(kb, name):
    code, out, err = kb(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: kb {name} ")
    for parameter in main.commands[name].params:
        if parameter.param_type_name == "option":
            assert parameter.opts[0] in out
            assert parameter.help or parameter.type.name == "choice", parameter.name


def test_version(kb):
    assert kb("--version") == (0, f"kb, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lod"], "No such command .*lod"),
        (["load"], "Missing argument 'PATH...'"),
        (["load", "a.txt", "--format", "xml"], "'xml' is not one of 'table', 'json', 'turtle', 'trig'"),
        (["load", "a.txt", "--nope"], "No such option.*--nope"),
        (["serve", "--port", "http"], "'http' is not a valid integer"),
    ],
)
def test_wrong_use(kb, arguments, said):
    code, out, err = kb(*arguments)
    assert (code, out) == (2, "")
    assert re.search(said, err.replace("\n", " "))


# --- start-up ---------------------------------------------------------------------------------------------------------


def test_importing_the_commands_pulls_in_nothing_heavy():
    script = f"import kb.cli, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_help_is_quick(kb_process):
    """At most 0.3 s; the processor time of the process is measured, as others may be busy on this machine."""

    def used():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert kb_process("--help").code == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert statistics.median(used() for _ in range(5)) <= 0.3


# --- defects ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def defective(monkeypatch):
    """Extraction fails in a way nobody expected for articles whose text has a certain word."""
    import kb.extract as stage

    extract = stage.extract

    def fail(linked, *more):
        if "Belarus" in linked.doc.article.text:
            raise IndexError("list index out of range")
        return extract(linked, *more)

    monkeypatch.setattr(stage, "extract", fail)


def test_a_defect_names_the_article_and_the_rest_loads(kb, store, write, texts, defective):
    bad, good = write("a.txt", texts["sanctions"]), write("b.txt", texts["visit"])
    code, out, err = kb("load", bad, good, "--store", store)
    assert code == 3
    assert out.startswith("loaded: Duarte flies to Cairo for talks")
    assert err == (
        f"error[KB000]: {bad}: IndexError: list index out of range\n"
        "  hint: This is a defect: run `kb --debug COMMAND ...` again and report what it prints.\n"
        "1 of 2 articles in the base\n"
    )
    assert "Traceback" not in err


def test_a_defect_in_a_report(kb, write, texts, defective):
    code, out, _ = kb("load", write("a.txt", texts["sanctions"]), "--dry-run", "--format", "json")
    report = json.loads(out)
    assert (code, report["outcome"], report["exit_code"], report["error"]["code"]) == (3, "failed", 3, "KB000")


def test_a_defect_of_the_server_names_the_article_too(kb, store, write, texts, monkeypatch):
    def fail(base, item, *, dry_run=False):
        raise KBError("the server could not answer because of an error of its own", hint="See the log of `kb serve`.")

    monkeypatch.setattr("kb.pipeline.Base.load", fail)
    path = write("a.txt", texts["visit"])
    assert kb("load", path, "--store", store) == (
        3,
        "",
        f"error[KB000]: {path}: the server could not answer because of an error of its own\n"
        "  hint: See the log of `kb serve`.\n",
    )


def test_debugging_shows_where_it_is(kb, write, texts, defective):
    with pytest.raises(IndexError, match="list index out of range"):
        kb("--debug", "load", write("a.txt", texts["sanctions"]), "--dry-run")


def test_a_defect_of_a_command(kb, sample, monkeypatch):
    def fail(store):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("kb.holdings.status_of", fail)
    assert kb("status", "--store", sample) == (
        3,
        "",
        "error[KB000]: ZeroDivisionError: division by zero\n"
        "  hint: This is a defect: run `kb --debug COMMAND ...` again and report what it prints.\n",
    )
    with pytest.raises(ZeroDivisionError):
        kb("--debug", "status", "--store", sample)


def test_an_error_of_ours_has_a_traceback_only_on_demand(kb_process, tmp_path):
    plain = kb_process("status", "--store", tmp_path / "none")
    assert (plain.code, plain.out, "Traceback" in plain.err) == (2, "", False)
    debug = kb_process("--debug", "status", "--store", tmp_path / "none")
    assert debug.code == 1
    assert "Traceback (most recent call last)" in debug.err
    assert "NotFoundError" in debug.err
