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


def main() -> int:
    """Run the steps, showing each command; return the exit code of the first that fails."""
    shutil.rmtree(STORE, ignore_errors=True)
    for step in STEPS:
        click.secho(f"\n$ kb {' '.join(step)}", bold=True)
        code = subprocess.run([sys.executable, "-m", "kb.cli", *step], check=False).returncode
        if code:
            return code
    click.echo(
        f"\nGo on: .venv/bin/kb serve --store {STORE}   opens the pages and the SPARQL endpoint on http://127.0.0.1:8000"
        f"\n       .venv/bin/kb query --list            lists the questions it can answer"
        f"\n       .venv/bin/kb load article.txt --store {STORE}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
