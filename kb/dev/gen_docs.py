"""Write the table of settings into the README from the fields of `Settings`.

Run ``python -m kb.dev.gen_docs``; ``--check`` compares instead of writing.
"""

from __future__ import annotations

from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import click

from kb.settings import Settings, variable

README = Path(__file__).resolve().parents[2] / "README.md"
HEAD = "| variable | default | meaning |\n|---|---|---|\n"


@click.command()
@click.option("--check", is_flag=True, help="Compare with the table that is there; exit 1 where it differs.")
def main(check: bool) -> None:
    """Write the settings table of README.md."""
    before = README.read_text(encoding="utf-8")
    text = with_table(before)
    if not check:
        README.write_text(text, encoding="utf-8")
    elif text != before:
        raise click.ClickException("README.md does not list the settings as they are: run python -m kb.dev.gen_docs")


def with_table(text: str) -> str:
    """Return a text with the rows of its settings table written anew; they end at the first blank line.

    Raises:
        ClickException: the text has no such table.
    """
    before, head, after = text.partition(HEAD)
    if not head:
        raise click.ClickException(f"README.md has no table that begins {HEAD.splitlines()[0]}")
    _rows, blank, rest = after.partition("\n\n")
    return f"{before}{head}{settings_rows()}{blank}{rest}"


def settings_rows() -> str:
    """Return one row of the table for every setting."""
    return "\n".join(_row(setting) for setting in fields(Settings))


def _row(setting: Field[Any]) -> str:
    default = "" if setting.default in (None, ()) else f"`{setting.default}`"
    return f"| `{variable(setting)}` | {default} | {setting.metadata['help']} |"


if __name__ == "__main__":
    main()
