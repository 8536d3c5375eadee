"""Noise that makes the network hold on other texts: names exchanged for others of their kind, other casing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from kb.dev.training.corpus import Stretch

_SWAP, _LOWER, _TITLE, _UPPER = 0.5, 0.08, 0.10, 0.04
_MANY = 3
Key = tuple[object, ...]


class Augmenter:
    """Exchanges names with others of the same label and inner tree, and varies the casing of whole stretches."""

    def __init__(self, stretches: Iterable[Stretch], random: Random) -> None:
        self.random = random
        self.names: dict[Key, list[tuple[list[str], list[str]]]] = defaultdict(list)
        for text in stretches:
            for start, end, label in text.names or ():
                self.names[_key(text, start, end, label)].append((text.words[start:end], text.lemmas[start:end]))

    def vary(self, text: Stretch) -> Stretch:
        """Return another stretch of the same structure."""
        words, lemmas = list(text.words), list(text.lemmas)
        for start, end, label in text.names or ():
            others = self.names.get(_key(text, start, end, label), [])
            if self.random.random() < _SWAP and len(others) > _MANY:
                words[start:end], lemmas[start:end] = self.random.choice(others)
        return replace(text, words=self.recase(words), lemmas=lemmas)

    def recase(self, words: list[str]) -> list[str]:
        """Return the words as they stand, or sometimes in lower case, as a headline, or in capitals."""
        draw = self.random.random()
        if draw < _LOWER:
            return [word.lower() for word in words]
        if draw < _LOWER + _TITLE:
            return [word[:1].upper() + word[1:] if word.isalpha() and len(word) > _MANY else word for word in words]
        return [word.upper() for word in words] if draw < _LOWER + _TITLE + _UPPER else words


def _key(text: Stretch, start: int, end: int, label: str) -> Key:
    inside = range(start, end)
    return (
        label,
        *(
            (h - start, text.upos[i], text.deps[i]) if (h := text.heads[i]) in inside else ("out", text.upos[i])
            for i in inside
        ),
    )
