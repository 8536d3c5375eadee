"""Annotated stretches of text as the network sees them: treebank sentences with names, one JSON object a line.

A line has `words`, `spaces`, `upos`, `xpos`, `feats`, `lemma`, `heads` (a root is its own head), `deps`, `ss` (sentence
starts) and `ents` ([start, end, label] with PER, ORG, LOC; null where names were not annotated).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.nlp.parser import CONTEXT, LONGEST

NAME_TAGS = ["O", *(f"{place}-{label}" for label in ("PER", "ORG", "LOC") for place in "BI")]


@dataclass(frozen=True)
class Stretch:
    """Some whole sentences of one text; `heads` are indexes into it, a root is its own head."""

    words: list[str]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    starts: list[bool]
    names: list[tuple[int, int, str]] | None

    def part(self, start: int, end: int) -> Stretch:
        """Return the words [start, end); a word whose head lies outside becomes a root."""
        inside = range(start, end)
        names = None if self.names is None else [n for n in self.names if n[0] in inside and n[1] <= end]
        return Stretch(
            words=self.words[start:end],
            upos=self.upos[start:end],
            xpos=self.xpos[start:end],
            feats=self.feats[start:end],
            lemmas=self.lemmas[start:end],
            heads=[h - start if h in inside else i for i, h in enumerate(self.heads[start:end])],
            deps=self.deps[start:end],
            starts=self.starts[start:end],
            names=None if names is None else [(s - start, e - start, label) for s, e, label in names],
        )


def read_stretches(path: Path) -> list[Stretch]:
    """Return the stretches of a treebank file, each of at most `CONTEXT` words unless one sentence is longer.

    Raises:
        InputError: the file is missing or a line is not an annotated text.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return [part for n, line in enumerate(lines, 1) for part in cut(_read(path, n, line))]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _read(path: Path, number: int, line: str) -> Stretch:
    try:
        row: dict[str, Any] = json.loads(line)
        return Stretch(
            words=row["words"],
            upos=row["upos"],
            xpos=row["xpos"],
            feats=row["feats"],
            lemmas=row["lemma"],
            heads=row["heads"],
            deps=row["deps"],
            starts=row["ss"],
            names=None if row["ents"] is None else [(start, end, label) for start, end, label in row["ents"]],
        )
    except (json.JSONDecodeError, KeyError) as error:
        raise InputError(f"{path}:{number} is not an annotated text: {error!r}") from error


def cut(text: Stretch) -> Iterator[Stretch]:
    """Cut a text at sentence starts into stretches as the parser reads them."""
    if len(text.words) <= CONTEXT:
        yield text
        return
    starts = [i for i, first in enumerate(text.starts) if first and i] + [len(text.words)]
    begin = last = 0
    for end in starts:
        if end - begin > CONTEXT and last > begin:
            yield text.part(begin, min(last, begin + LONGEST))
            begin = last
        last = end
    yield text.part(begin, min(len(text.words), begin + LONGEST))


def lemma_rule(word: str, lemma: str) -> str:
    """Return the edit from word to lemma: "flag|cut|add" (flag 1: lower-case first), or "=lemma"."""
    for flag, base in (("0", word), ("1", word.lower())):
        shared = next(
            (k for k, (a, b) in enumerate(zip(base, lemma, strict=False)) if a != b), min(len(base), len(lemma))
        )
        if shared > 0 or len(base) <= 3:
            short = shared > 0 and len(lemma) - shared <= 6
            return f"{flag}|{len(base) - shared}|{lemma[shared:]}" if short else f"={lemma}"
    return f"={lemma}"


def label_tables(stretches: Iterable[Stretch]) -> dict[str, list[str]]:
    """Return the labels of each task, the most frequent first; rare ones are left out and not trained."""
    counts: dict[str, Counter[str]] = {task: Counter() for task in ("upos", "xpos", "feats", "dep", "lem")}
    for text in stretches:
        counts["upos"].update(text.upos)
        counts["xpos"].update(text.xpos)
        counts["feats"].update(text.feats)
        counts["dep"].update(text.deps)
        counts["lem"].update(map(lemma_rule, text.words, text.lemmas))
    least = {"feats": 3, "lem": 3}
    tables = {task: [label for label, n in c.most_common() if n >= least.get(task, 2)] for task, c in counts.items()}
    return tables | {"ner": NAME_TAGS}


def sentence_numbers(starts: Sequence[bool]) -> list[int]:
    """Return the number of each word's sentence."""
    numbers, number = [], -1
    for first in starts:
        number += first
        numbers.append(number)
    return numbers
