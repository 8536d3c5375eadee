"""WordPiece of the uncased BERT vocabulary (Devlin et al. 2019) for words that are already separated."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LONGEST = 100
"""A run of letters longer than this is unknown, as in the reference implementation."""

_HEAD, _TAIL = 24, 8
"""At most so many pieces of one word are kept from its two ends: a ruler of 500 dashes must not fill the window."""


@dataclass
class WordPiece:
    """Cuts words into the pieces of `vocabulary` (piece to id); remembers the words it has seen, up to a limit."""

    vocabulary: Mapping[str, int] = field(repr=False)
    remember: int = 50_000
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def word(self, word: str) -> tuple[int, ...]:
        """Return the ids of the pieces of one word, at least one."""
        ids = self._known.get(word)
        if ids is None:
            ids = self._cut(word)
            if len(self._known) < self.remember:
                self._known[word] = ids
        return ids

    def encode(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the ids of the pieces of each word."""
        return [self.word(word) for word in words]

    def _cut(self, word: str) -> tuple[int, ...]:
        ids = [id_ for run in _runs(word) for id_ in self._pieces(run)] or [self.vocabulary["[UNK]"]]
        if len(ids) > _HEAD + _TAIL:
            ids[_HEAD:-_TAIL] = []
        return tuple(ids)

    def _pieces(self, run: str) -> Iterable[int]:
        """Yield greedy longest matches from the left, or unknown where there is no way through."""
        ids: list[int] = []
        start = 0
        while start < len(run) <= LONGEST:
            for end in range(len(run), start, -1):
                id_ = self.vocabulary.get(run[start:end] if start == 0 else f"##{run[start:end]}")
                if id_ is not None:
                    break
            else:
                break
            ids.append(id_)
            start = end
        return ids if start == len(run) else [self.vocabulary["[UNK]"]]


def _runs(word: str) -> Iterator[str]:
    """Yield the lower-cased, accent-free stretches of a word, each punctuation mark and ideograph on its own."""
    run = ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if unicodedata.category(char) in ("Mn", "Cc", "Cf", "Co", "Cs") or char == "\ufffd":
            continue
        if _stands_alone(char):
            yield from filter(None, (run, char))
            run = ""
        else:
            run += char
    if run:
        yield run


def _stands_alone(char: str) -> bool:
    if char.isascii():
        return not char.isalnum() and char > " "
    return unicodedata.category(char).startswith("P") or "\u4e00" <= char <= "\u9fff"
