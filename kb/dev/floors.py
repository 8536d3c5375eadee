"""Write `tests/quality/floors.toml` anew from the figures of the annotated articles.

Run ``python -m kb.dev.floors GOLD_DIR...``, naming every folder of annotated articles; a floor goes by the name of its
folder. It lies 0.01 below the figure, for the small differences between processors. A floor that would fall is refused
unless KB_LOWER_FLOORS is set.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

import click

from kb.evaluate import evaluate, load_gold
from kb.intake import gather
from kb.model import ArticleInfo
from kb.pipeline import Reader
from kb.settings import Settings

MARGIN = 0.01
HEAD = """\
# The figures that the annotated articles must reach (tests/quality/test_floors.py). `gold` is the SHA-256 of the
# annotations, so that figures and gold go together. Written by python -m kb.dev.floors, which refuses to lower a floor
# unless KB_LOWER_FLOORS is set; the commit message then says why.
"""


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--file", type=click.Path(path_type=Path), default="tests/quality/floors.toml")
def main(folders: tuple[Path, ...], file: Path) -> None:
    """Measure, and set the floors a little below."""
    reader = Reader(Settings())
    new = {folder.name: floors(folder, reader) for folder in folders}
    old = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    lowered = [f"{name}.{key}" for name, key in falling(old, new)]
    if lowered and not os.environ.get("KB_LOWER_FLOORS"):
        raise SystemExit(f"these floors would fall: {', '.join(lowered)}; set KB_LOWER_FLOORS=1 and say why")
    file.write_text(HEAD + "".join(map(_section, new.items())), encoding="utf-8")


def floors(folder: Path, reader: Reader) -> dict[str, Any]:
    """Return the hash of a gold folder, and the floors for F1 and precision that its figures allow."""
    gold = load_gold(folder)
    items = gather([str(folder / f"{name}.txt") for name in gold], ArticleInfo())
    micro = evaluate(gold, {name: reader.try_out(item).facts for name, item in zip(gold, items, strict=True)}).micro
    return {
        "gold": gold_hash(folder),
        "f1": round(micro.f1 - MARGIN, 3),
        "precision": round(micro.precision - MARGIN, 3),
    }


def gold_hash(folder: Path) -> str:
    """Return the SHA-256 of the annotations of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.gold.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def falling(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the folder and figure of every floor that is lower in `new`."""
    return [
        (name, key)
        for name, floor in old.items()
        for key, value in floor.items()
        if isinstance(value, float) and new.get(name, {}).get(key, 0.0) < value
    ]


def _section(item: tuple[str, dict[str, Any]]) -> str:
    name, values = item
    lines = "".join(f'{key} = "{v}"\n' if isinstance(v, str) else f"{key} = {v}\n" for key, v in values.items())
    return f"\n[{name}]\n{lines}"


if __name__ == "__main__":
    main()
