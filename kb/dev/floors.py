"""Write `tests/quality/floors.toml` anew from the figures of annotated articles, PLOVER's sentences and travel remarks.

Run ``python -m kb.dev.floors GOLD_DIR...``, naming every folder that has a floor: folders of annotated articles, the
folder of PLOVER's sentences (kb/dev/plover.py) and that of the travel records (kb/dev/remarks.py). A floor goes by the
name of its folder. It lies 0.01 below the figure, for the small differences between processors. A floor that would fall
is refused unless KB_LOWER_FLOORS is set, and so is a folder left out that has one.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kb.dev import plover, remarks
from kb.evaluate import Evaluation, evaluate, gold_hash, load_articles, load_gold
from kb.pipeline import Reader
from kb.settings import Settings

MARGIN = 0.01
HEAD = """\
# The figures that must be reached (tests/quality/test_floors.py): annotated articles, PLOVER's sentences
# (kb/dev/plover.py) and travel remarks (kb/dev/remarks.py). `gold` is the SHA-256 of the annotations, so that figures
# and gold go together. Written by python -m kb.dev.floors, which refuses to lower a floor unless KB_LOWER_FLOORS is
# set; the commit message then says why.
"""


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--file", type=click.Path(path_type=Path), default="tests/quality/floors.toml")
def main(folders: tuple[Path, ...], file: Path) -> None:
    """Measure, and set the floors a little below."""
    reader = Reader(Settings())
    new = {folder.name: {"gold": digest(folder)} | floors(figures(folder, reader)) for folder in folders}
    old = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    lowered = [f"{name}.{key}" for name, key in falling(old, new)]
    if lowered and not os.environ.get("KB_LOWER_FLOORS"):
        raise SystemExit(f"these floors would fall: {', '.join(lowered)}; set KB_LOWER_FLOORS=1 and say why")
    file.write_text(HEAD + "".join(map(_section, new.items())), encoding="utf-8")


def figures(folder: Path, reader: Reader) -> dict[str, float]:
    """Return the figures of a folder, in which more is better."""
    if (folder / plover.NAME).exists():
        return plover.measure(folder, reader).shares()
    if any(folder.glob("*-travels")):
        return remark_figures(remarks.measure(folder, remarks.GOLD, reader))
    gold = load_gold(folder)
    found = {name: reader.try_out(item).facts for name, item in load_articles(folder).items()}
    return article_figures(evaluate(gold, found))


def article_figures(result: Evaluation) -> dict[str, float]:
    """Return the figures that have floors of a folder of annotated articles."""
    found = {"f1": result.micro.f1, "precision": result.micro.precision, "slots": result.slot_accuracy}
    counts = result.slot_counts()
    return found | {slot: counts[slot][0] / counts[slot][1] for slot in ("status", "dates") if slot in counts}


def remark_figures(found: remarks.RemarkFigures) -> dict[str, float]:
    """Return the figures that have floors of the travel remarks."""
    return {
        "people_precision": found.people.precision,
        "people_recall": found.people.recall,
        "precision": found.both.precision,
        "recall": found.both.recall,
    }


def floors(measured: Mapping[str, float]) -> dict[str, float]:
    """Return the floors that figures allow."""
    return {name: round(max(value - MARGIN, 0.0), 3) for name, value in measured.items()}


def digest(folder: Path) -> str:
    """Return the SHA-256 of what a folder's figures are measured against."""
    if (folder / plover.NAME).exists():
        return hashlib.sha256((folder / plover.NAME).read_bytes()).hexdigest()
    if any(folder.glob("*-travels")):
        texts = [f"{trip.number} {remarks.brief(trip).data!r}" for trip in remarks.drawn(folder)]
        return hashlib.sha256(remarks.GOLD.read_bytes() + "\n".join(texts).encode()).hexdigest()
    return gold_hash(folder)


def falling(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the folder and figure of every floor that is lower in `new`, or no more in it."""
    return [
        (name, key)
        for name, floor in old.items()
        for key, value in floor.items()
        if isinstance(value, float) and new.get(name, {}).get(key, 0.0) < value
    ]


def _section(item: tuple[str, Mapping[str, Any]]) -> str:
    name, values = item
    lines = "".join(f'{key} = "{v}"\n' if isinstance(v, str) else f"{key} = {v}\n" for key, v in values.items())
    return f"\n[{name}]\n{lines}"


if __name__ == "__main__":
    main()
