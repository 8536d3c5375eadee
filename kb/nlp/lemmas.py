"""Lemmas: the network's class (how to change the word's end), checked against tables of the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.nlp.model import Floats

_OPEN = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADV"})


@dataclass(frozen=True)
class Edit:
    """One class of the network: a whole lemma, or lower-case if asked, cut `cut` characters off and add `suffix`."""

    whole: str | None
    lower: bool = False
    cut: int = 0
    suffix: str = ""

    @classmethod
    def read(cls, label: str) -> Edit:
        """Read a label such as ``=be`` or ``0|3|y`` (case kept, three off, y on)."""
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
class Lemmatizer:
    edits: tuple[Edit, ...]
    words: Mapping[str, int]

    def lemmas(self, words: Sequence[str], upos: Sequence[str], scores: Floats) -> list[str]:
        return [self._lemma(w, p, s) for w, p, s in zip(words, upos, scores, strict=True)]

    def _lemma(self, word: str, pos: str, scores: Floats) -> str:
        k = int(scores.argmax())
        r = self.edits[k].apply(word)
        if pos in _OPEN and r.isalpha() and r not in self.words and len(r) > 2:
            for k in np.argsort(-scores)[1:6]:
                if scores[k] < scores.max() - 6:
                    break
                x = self.edits[k].apply(word)
                if x in self.words and len(x) > 2:
                    return x
        return r or word


def load_lemmatizer(folder: Path, labels: Sequence[str], words: Mapping[str, int]) -> Lemmatizer:
    return Lemmatizer(tuple(Edit.read(label) for label in labels), words)
