"""Many articles in one process: words a second from text to checked facts, beside those of the parser alone.

Processor time on one core, start-up not counted; printed with pytest -s. A word is what white space separates.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3

pytestmark = pytest.mark.slow

READING = """
import json, resource, sys, time
from pathlib import Path
from kb import intake, nlp
from kb.evaluate import load_articles
from kb.pipeline import Reader
from kb.settings import Settings

reader = Reader(Settings())
reader.prepare()
items = list(load_articles(Path(sys.argv[1])).values())
articles = [intake.read(item, max_bytes=10**7, cues=reader.cues) for item in items]

def timed(work, things):
    started = time.process_time()
    results = [work(thing) for thing in things]
    return time.process_time() - started, results

def peak():
    # Peak memory in MB; Linux keeps ru_maxrss of the parent over fork and exec, so the kernel's own count is read.
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6

rounds = int(sys.argv[2])
parsing = [timed(lambda article: nlp.analyse(article, reader.parser), articles)[0] for _ in range(rounds)]
reading = [timed(reader.try_out, items) for _ in range(rounds)]
print(json.dumps({
    "articles": len(items),
    "words": sum(len(article.text.split()) for article in articles),
    "parsing": min(parsing),
    "reading": min(seconds for seconds, _reports in reading),
    "facts": sum(len(report.facts) for report in reading[0][1]),
    "memory": peak(),
}))
"""
"""Run in a small process of its own, so that its peak memory counts nothing of the tests'."""


@pytest.fixture(scope="module")
def measured(shared):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    command = [sys.executable, "-c", READING, str(shared / "gold" / "dev"), str(ROUNDS)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def test_words_a_second(measured, slower):
    words, parsing, reading = (measured[name] for name in ("words", "parsing", "reading"))
    print(
        f"\n{measured['articles']} articles, {words:,} words, {measured['facts']} facts, best of {ROUNDS}: "
        f"{words / reading:,.0f} words a second to checked facts, {words / parsing:,.0f} by the parser alone "
        f"({parsing / reading:.0%} of the time)"
    )
    assert measured["articles"] == 35
    assert words / reading >= 2000 / slower
    assert reading <= 2.5 * parsing


def test_memory_of_many(measured):
    print(f"\n{measured['articles']} articles in one process: {measured['memory']:.0f} MB at most")
    assert measured["memory"] <= 500
