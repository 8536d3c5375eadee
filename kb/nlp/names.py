"""Names from BIO scores: the best valid sequence of tags (Viterbi)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kb.model import NameSpan
from kb.nlp.model import Floats

_NEVER = np.float32(-1e9)


def find_names(scores: Floats, starts: Sequence[bool], tags: Sequence[str]) -> list[NameSpan]:
    """Return the names in a stretch of words, scored words x tags; none runs on where a sentence starts.

    Tags are O, B-X and I-X.
    """
    inside = np.array([tag.startswith("I") for tag in tags])
    emissions = np.where(inside & np.array(starts)[:, None], _NEVER, _log_softmax(scores))
    return list(_spans([tags[k] for k in _best_path(emissions, tags)]))


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)), np.float32)


def _best_path(emissions: Floats, tags: Sequence[str]) -> list[int]:
    """Return the best tag numbers in which I-X follows only B-X or I-X."""
    inside = np.array([tag.startswith("I") for tag in tags])
    allowed = np.array([[before[1:] == after[1:] for after in tags] for before in tags])
    transitions = np.where(inside[None, :] & ~allowed, _NEVER, np.float32(0))
    best = emissions[0]
    choices = []
    for row in emissions[1:]:
        reached = best[:, None] + transitions
        choices.append(reached.argmax(0))
        best = reached.max(0) + row
    path = [int(best.argmax())]
    for choice in reversed(choices):
        path.append(int(choice[path[-1]]))
    return path[::-1]


def _spans(path: Sequence[str]) -> Iterator[NameSpan]:
    start = None
    for i, tag in enumerate([*path, "O"]):
        if start is not None and not tag.startswith("I"):
            yield NameSpan(start, i, path[start][2:])
            start = None
        if tag.startswith("B"):
            start = i
