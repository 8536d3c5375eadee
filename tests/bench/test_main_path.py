"""What one article costs: time on one core from file to stored facts, start-up and memory; printed with pytest -s.

The limits are on processor time, so that other processes count little; wall-clock time is printed beside it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from kb.intake import gather
from kb.model import ArticleInfo
from kb.pipeline import open_base
from kb.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
WORDS = 1000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """An article of 1,000 words: the paragraphs of the sample articles, one after the other."""
    paragraphs, words = [], 0
    samples = sorted((ROOT / "data/articles").glob("*.txt"))
    for text in 2 * [path.read_text(encoding="utf-8") for path in samples]:
        title, published, *body = text.strip().split("\n\n")
        for paragraph in body:
            if words < WORDS:
                paragraphs.append(" ".join(paragraph.split()[: WORDS - words]))
                words += len(paragraphs[-1].split())
    text = "\n\n".join([title, published, *paragraphs])
    assert len(re.findall(r"\S+", "\n".join(paragraphs))) == WORDS
    path = tmp_path_factory.mktemp("article") / "article.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_article(article, tmp_path, slower):
    """Read, extract, validate, store and consolidate, after start-up."""
    base = open_base(Settings(store=str(tmp_path / "store")))
    base.reader.prepare()
    cpu, wall, report = [], [], None
    for _ in range(ROUNDS + 1):
        before = time.process_time(), time.perf_counter()
        (item,) = gather([str(article)], ArticleInfo())
        report = base.load(item)
        cpu.append(time.process_time() - before[0])
        wall.append(time.perf_counter() - before[1])
        assert report.outcome == "loaded", report.error
        base.remove(report.article["key"])
    base.store.close()
    counts = report.counts
    print(f"\n{WORDS} words, {counts['sentences']} sentences, {counts['facts']} facts: median of {ROUNDS}")
    print(f"processor {median(cpu[1:]):.3f} s, clock {median(wall[1:]):.3f} s; the first {cpu[0]:.3f} s")
    assert counts["facts"] >= 50
    assert median(cpu[1:]) <= 0.6 * slower


LAUNCHER = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "kb.cli", *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.stdout, done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Starts `kb` from a small process: the peak memory of a process counts what its parent had when it was started."""


def measured(*arguments):
    """Run `kb` and return what it printed, its processor time in seconds and its peak memory in MB."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    command = [sys.executable, "-c", LAUNCHER, *map(str, arguments)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    printed, code, seconds, peak = json.loads(result.stdout)
    assert code == 0, printed + result.stderr
    return printed, seconds, peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def test_start_of_load(tmp_path, slower):
    """From the command to the first article: the imports, the model, the rules, the shapes and the open store."""
    line = tmp_path / "line.txt"
    line.write_text("President Ana Duarte arrived in Cairo on Monday, officials there said.\n", encoding="utf-8")
    options = ("load", line, "--published", "2031-05-14", "--store", tmp_path / "store", "--format", "json")
    first = measured(*options)[1]
    times = []
    for _ in range(5):
        printed, seconds, _memory = measured(*options)
        times.append(seconds - json.loads(printed)["seconds"])
    print(f"\nstart of kb load: {median(times):.2f} s of processor time; {first:.2f} s with a new store")
    assert median(times) <= 1.2 * slower


def test_help_is_quick(slower):
    seconds = median(measured("--help")[1] for _ in range(5))
    print(f"\nkb --help: {seconds:.2f} s of processor time")
    assert seconds <= 0.3 * slower


def test_memory(article, tmp_path):
    _printed, seconds, memory = measured("load", article, "--store", tmp_path / "store")
    print(f"\nkb load of {WORDS} words: {memory:.0f} MB at most, {seconds:.2f} s of processor time")
    assert memory <= 500
