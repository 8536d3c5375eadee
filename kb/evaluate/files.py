"""Annotated articles, facts and earlier figures, as they lie in files."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import InputError, MissingInputError
from kb.evaluate.scheme import Fact

if TYPE_CHECKING:
    from kb.intake import Input


def load_gold(folder: Path) -> dict[str, list[Fact]]:
    """Read NAME.gold.json files; return the facts by NAME.

    Raises:
        MissingInputError: the folder has none.
        InputError: one of them is not a gold file.
    """
    files = sorted(folder.glob("*.gold.json"))
    if not files:
        raise MissingInputError(
            f"no *.gold.json in {folder}", hint="Name a folder of NAME.gold.json and NAME.txt files."
        )
    return {file.name.removesuffix(".gold.json"): _facts(file) for file in files}


def load_articles(folder: Path) -> dict[str, Input]:
    """Return the annotated articles of a folder by NAME, each with the publication date that its annotation gives.

    The annotator knew when an article was published, as its reader does, also where the text does not say it.

    Raises:
        MissingInputError, InputError: as `load_gold`.
    """
    from kb.intake import gather
    from kb.model import ArticleInfo

    found = {}
    for name in load_gold(folder):
        published = _published(folder / f"{name}.gold.json")
        (found[name],) = gather([str(folder / f"{name}.txt")], ArticleInfo(published=published))
    return found


def _facts(file: Path) -> list[Fact]:
    try:
        return list(json.loads(file.read_text(encoding="utf-8"))["facts"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{file}: not a gold file: {error!r}") from error


def _published(file: Path) -> date | None:
    value = json.loads(file.read_text(encoding="utf-8")).get("published")
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):  # a month or a year is no anchor for "on Monday"
        return None


def gold_hash(folder: Path) -> str:
    """Return the SHA-256 of the annotations of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.gold.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def load_texts(folder: Path) -> dict[str, str]:
    """Read the NAME.txt files of a folder, line ends as in an article's text; return them by NAME."""
    return {file.stem: file.read_text(encoding="utf-8-sig", errors="replace") for file in sorted(folder.glob("*.txt"))}


def load_predicted(path: Path) -> dict[str, list[Fact]]:
    """Read facts as `kb extract` prints them; return them by the name of their source file, without its suffix.

    Raises:
        MissingInputError: there is no such file.
        InputError: a line of it is no such object.
    """
    found = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        try:
            row = json.loads(line)
            found[Path(row["source"]).stem] = list(row["facts"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: not a line of `kb extract`: {error!r}") from error
    return found


def load_figures(path: Path) -> dict[str, Any]:
    """Read what `kb eval --json` has printed.

    Raises:
        MissingInputError: there is no such file.
        InputError: it is something else.
    """
    try:
        figures = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not the output of `kb eval --json`: {error}") from error
    if not isinstance(figures, dict) or not {"f1", "types", "slots", "gold"} <= figures.keys():
        raise InputError(f"{path}: not the output of `kb eval --json`", hint="Save it with: kb eval DIR --json > FILE")
    return figures


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingInputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text: {error}") from error
