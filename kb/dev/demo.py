"""The first result of a newcomer (`make demo`): load the sample articles into a new store and ask two questions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click

STORE = Path("demo-store")
STEPS = (
    ("load", "data/articles", "--facts", "--store", str(STORE)),
    ("query", "visits", "--param", "state=PRK", "--store", str(STORE)),
    ("query", "accusations", "--store", str(STORE)),
)
NEXT = (
    (f"serve --store {STORE}", "pages and SPARQL endpoint on http://127.0.0.1:8000"),
    ("query --list", "the questions it can answer"),
    (f"load article.txt --store {STORE}", "read an article of your own"),
)


def main() -> int:
    """Run the steps, showing each command; return the exit code of the first that fails."""
    shutil.rmtree(STORE, ignore_errors=True)
    for step in STEPS:
        click.secho(f"\n$ kb {' '.join(step)}", bold=True)
        code = subprocess.run([sys.executable, "-m", "kb.cli", *step], check=False).returncode  # noqa: S603 - our own command
        if code:
            return code
    click.echo("\nGo on:")
    for command, meaning in NEXT:
        click.echo(f"  .venv/bin/kb {command:<50} {meaning}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
