"""Lists of words, some of several words ("travel ban"), split once so that a token is soon looked up in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SplitWords = tuple[frozenset[str], Mapping[str, Sequence[tuple[str, ...]]]]


class WordLists:
    """The lists of one lexicon, which are few: each is split when it is first asked for, and kept."""

    def __init__(self) -> None:
        self._split: dict[tuple[str, ...], SplitWords] = {}

    def by_last_word(self, words: tuple[str, ...]) -> SplitWords:
        """Return the words of one word, and the words before the last one of the others, by the last one."""
        if words not in self._split:
            longer: dict[str, list[tuple[str, ...]]] = {}
            for *before, last in (word.split() for word in words):
                if before:
                    longer.setdefault(last, []).append(tuple(before))
            self._split[words] = frozenset(word for word in words if " " not in word), longer
        return self._split[words]
