"""Which words of a sentence stand inside a quoted utterance, and what that says of the tree.

Nothing outside the marks depends on a word inside them, but for one word where the utterance governs its reporting
clause ("The talks failed," Lavrov said after the meeting: the meeting is his). The network does not see this by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PENALTY = 8.0
"""What an arc from outside into an utterance loses, in logits: enough that a tree has one such arc at most."""

_OPEN, _CLOSE, _EITHER = frozenset("“«„"), frozenset("”»"), frozenset('"')
_END_OF_UTTERANCE = frozenset({",", ".", "?", "!", "...", "…", "--", "–", "—"})


def keep_apart(arcs: NDArray[np.floating], words: Sequence[str]) -> None:
    """Make arcs from outside into utterances dear; `arcs` is words x (1 + words) of one sentence, changed in place."""
    for start, end in utterances(words):
        outside = np.ones(len(words), bool)
        outside[max(0, start - 1) : end + 1] = False  # the marks go with what they enclose
        arcs[np.ix_(outside, np.arange(start + 1, end + 1))] -= PENALTY


def utterances(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches [start, end) inside quotation marks that end in a comma or full stop, as utterances do.

    An utterance may begin before the sentence (then it starts at 0) or end after it (then it ends with it).
    """
    found, start = [], None if _opens_first(words) else 0
    for i, word in enumerate(words):
        if start is None and (word in _OPEN or word in _EITHER):
            start = i + 1
        elif start is not None and (word in _CLOSE or word in _EITHER):
            if i > start and words[i - 1] in _END_OF_UTTERANCE:
                found.append((start, i))
            start = None
    if start and start < len(words):
        found.append((start, len(words)))
    return found


def _opens_first(words: Sequence[str]) -> bool:
    """Tell whether the first mark opens a quotation; a sentence whose first mark closes begins inside one."""
    marks = [word for word in words if word in _OPEN | _CLOSE | _EITHER]
    if not marks:
        return True
    return marks[0] in _OPEN or (marks[0] in _EITHER and len(marks) % 2 == 0)
