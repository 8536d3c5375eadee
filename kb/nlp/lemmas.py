"""Lemmas: irregular forms and suffix rules over a list of known words, and the network where they do not decide.

The network scores ways to change a word's end. For the inflected forms of open-class words it only chooses among the
lemmas the tables allow ("stating" is of "state", not of "stat"); it decides alone for closed classes, for names and for
words no table knows.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from kb.errors import ResourceError
from kb.nlp.model import Floats

TABLES = "lemmas.json.gz"

_TABLE_OF = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}
_INFLECTED = frozenset({"NNS", "JJR", "JJS", "RBR", "RBS"})
_BASE_VERB = frozenset({"VB", "VBP"})
_ONE_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]+")
_PLAIN = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Edit:
    """One class of the network: a whole lemma, or cut so many characters off and add a suffix."""

    whole: str | None
    lower: bool = False
    cut: int = 0
    suffix: str = ""

    @classmethod
    def read(cls, label: str) -> Edit:
        """Read a label such as ``=be``, or ``1|3|y``: in lower case (0: as it is), three off, y on.

        Raises:
            ValueError: it has another form.
        """
        if label.startswith("="):
            return cls(label[1:])
        lower, cut, suffix = label.split("|", 2)
        return cls(None, lower == "1", int(cut), suffix)

    def apply(self, word: str) -> str:
        """Return the lemma this class gives a word."""
        if self.whole is not None:
            return self.whole
        base = word.lower() if self.lower else word
        return base[: max(len(base) - self.cut, 0)] + self.suffix


@dataclass(frozen=True)
class Table:
    """The inflection of one part of speech: irregular forms, suffix rules (old, new), and its known words."""

    exceptions: Mapping[str, Sequence[str]] = field(repr=False)
    rules: Sequence[tuple[str, str]]
    words: frozenset[str] = field(repr=False)

    def lemmas(self, form: str) -> list[str]:
        """Return the known words that an inflected form, in lower case, can be a form of."""
        irregular = self.exceptions.get(form)
        if irregular:
            return list(irregular)
        prefix, hyphen, last = form.rpartition("-")
        if hyphen:
            return [f"{prefix}-{lemma}" for lemma in self.lemmas(last)]
        return list(dict.fromkeys(lemma for lemma in self.by_rule(form) if self.knows(lemma)))

    def by_rule(self, form: str) -> Iterator[str]:
        """Yield what the rules make of a form: "hoping" gives "hope", and not "hop", which doubles its consonant."""
        for old, new in self.rules:
            base = form[: len(form) - len(old)]
            if len(base) > 1 and form.endswith(old) and (new or not self._doubles(base, old)):
                yield base + new

    def _doubles(self, base: str, suffix: str) -> bool:
        """Tell whether a word of one syllable doubles its consonant before the suffix ("signaled" need not)."""
        return bool(_ONE_SYLLABLE.fullmatch(base)) and base + base[-1] + suffix in self.exceptions

    def knows(self, word: str) -> bool:
        """Tell whether it is a word of this class, in American or British spelling (the list is American)."""
        return word in self.words or (word.endswith("ise") and f"{word[:-3]}ize" in self.words)


@dataclass(frozen=True)
class Lemmatizer:
    """Finds lemmas from a word, its tags and the network's scores over `edits`."""

    edits: Sequence[Edit] = field(repr=False)
    tables: Mapping[str, Table]

    def lemma(self, word: str, upos: str, xpos: str, scores: Floats) -> str:
        """Return the lemma of a word: in lower case unless it is a proper noun, never empty."""
        if upos == "PROPN":
            return self._name(word, xpos, scores)
        form = word.lower().translate(_PLAIN)
        if upos == "PUNCT" or any(char.isdigit() for char in form):
            return form
        if upos not in _TABLE_OF:
            return self._best(word, scores)
        table = self.tables[_TABLE_OF[upos]]
        if xpos in _INFLECTED or (upos == "VERB" and xpos not in _BASE_VERB):
            return self._inflected(word, form, table, scores)
        if not form.replace("-", "").isalpha():  # "gov't", "'s"
            return self._best(word, scores)
        tensed = upos == "VERB" and form not in table.words  # "are" is tagged as a base form too
        return table.exceptions.get(form, (form,))[0] if tensed else form

    def _inflected(self, word: str, form: str, table: Table, scores: Floats) -> str:
        """Return the lemma of the tables the network prefers; of an unknown word, what a rule and the network give."""
        lemmas = table.lemmas(form)
        if not lemmas:
            if form in table.words:  # plural only ("troops"), or without a mark of the past ("cast")
                return form
            lemmas = [lemma for lemma in table.by_rule(form) if len(lemma) > 2]
        return self._preferred(lemmas, word, scores) if lemmas else self._best(word, scores)

    def _preferred(self, lemmas: Sequence[str], word: str, scores: Floats) -> str:
        if len(lemmas) == 1:
            return lemmas[0]
        given = dict.fromkeys(lemmas, -np.inf)
        for k, edit in enumerate(self.edits):
            lemma = edit.apply(word).lower()
            if lemma in given:
                given[lemma] = max(given[lemma], float(scores[k]))
        return max(lemmas, key=given.__getitem__)

    def _best(self, word: str, scores: Floats) -> str:
        lemma = self.edits[int(scores.argmax())].apply(word).translate(_PLAIN)
        return lemma.lower() or word.lower()

    def _name(self, word: str, xpos: str, scores: Floats) -> str:
        """Return a name as it is; of a plural name ("Bangladeshis") the singular the network gives, if regular."""
        if xpos != "NNPS":
            return word
        lemma = self.edits[int(scores.argmax())].apply(word)
        return lemma if lemma.lower() in self.tables["noun"].lemmas(word.lower()) else word


def load_lemmatizer(folder: Path, labels: Sequence[str]) -> Lemmatizer:
    """Load the tables of the model's folder; `labels` are the network's classes.

    Raises:
        ResourceError: the tables are missing or malformed.
    """
    path = folder / TABLES
    try:
        raw: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        tables = {part: _table(raw[part]) for part in _TABLE_OF.values()}
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"{path} is not a table of lemmas: {error}") from error
    try:
        return Lemmatizer(tuple(Edit.read(label) for label in labels), tables)
    except ValueError as error:
        raise ResourceError(f"{folder}: a lemma class of the labels is malformed: {error}") from error


def _table(raw: Mapping[str, Any]) -> Table:
    rules = [(str(old), str(new)) for old, new in raw["rules"]]
    return Table(raw["exceptions"], rules, frozenset(raw["words"].split(" ")))
