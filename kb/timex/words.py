"""The words and forms of time expressions: ``data/timex/words.toml`` and ``data/timex/patterns.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.resources import resource
from kb.timex.grammar import Node, Pattern, Value

_PATTERN_KEYS = {"reader", "guard", "forms"}


@dataclass(frozen=True)
class TimeWords:
    """What is known of words of time.

    `classes` are the classes of each word with its value there, `capital` the words that count only with a capital,
    `holidays` the days by name, `many` the most that a plural of a unit without a number is taken to mean, `around`
    and `tense` lists of words that guards and tense ask for. `forms` is the trie.
    """

    classes: Mapping[str, Mapping[str, Value]]
    capital: frozenset[str]
    holidays: Mapping[str, Mapping[str, int]]
    many: Mapping[str, int]
    around: Mapping[str, frozenset[str]]
    tense: Mapping[str, frozenset[str]]
    forms: Node
    hash: str
    """The SHA-256 of both files, which names this state of the rules."""


def load_words(folder: Path | None = None) -> TimeWords:
    """Read the two files of a folder (the shipped one if None).

    Raises:
        ResourceError: one of them is missing or malformed.
    """
    folder = folder or resource("data", "timex")
    texts = [_read(folder / name) for name in ("words.toml", "patterns.toml")]
    try:
        words, patterns = map(tomllib.loads, texts)
        return _words(words, patterns, hashlib.sha256("\n".join(texts).encode()).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(f"{folder}: words.toml or patterns.toml is malformed: {error!r}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ResourceError(f"{path} cannot be read: {error}") from error


def _words(words: Mapping[str, Any], patterns: Mapping[str, Any], sha256: str) -> TimeWords:
    return TimeWords(
        classes=_classes(words["class"]),
        capital=frozenset(words["capital"]),
        holidays=words["holidays"],
        many=words["many"],
        around={name: frozenset(row) for name, row in words["around"].items()},
        tense={name: frozenset(row) for name, row in words["tense"].items()},
        forms=_forms(patterns["pattern"], words["holidays"]),
        hash=sha256,
    )


def _classes(tables: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    classes: dict[str, dict[str, Value]] = {}
    for name, table in tables.items():
        rows = table.items() if isinstance(table, dict) else ((word, word) for word in table)
        for word, value in rows:
            classes.setdefault(word, {})[name] = (value[0], value[1]) if isinstance(value, list) else value
    return classes


def _forms(patterns: list[dict[str, Any]], holidays: Mapping[str, Any]) -> Node:
    root = Node()
    for rank, entry in enumerate(patterns):
        if unknown := entry.keys() - _PATTERN_KEYS:
            raise ValueError(f"unknown key {min(unknown)} in the pattern for {entry['reader']}")
        pattern = Pattern(entry["reader"], entry.get("guard"))
        for form in entry["forms"]:
            root.add(form, rank, pattern)
    for name in holidays:
        pattern = Pattern("holiday", constants={"holiday": name})
        for form in (f"{name} (,? YEAR)?", f"REL {name}", f"{name} REL year"):
            root.add(form, len(patterns), pattern)
    return root
