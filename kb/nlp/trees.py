"""The highest-scoring dependency tree with exactly one root (Chu and Liu 1965; Edmonds 1967).

Heads are columns: 0 is the artificial root, h + 1 is word h.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Heads = NDArray[np.intp]

_NEVER = -1e12


def best_tree(arcs: NDArray[np.floating]) -> Heads:
    """Return the head of each word for `arcs`, words x (1 + words): the best tree with one word below the root."""
    words = len(arcs)
    scores = np.full((words + 1, words + 1), _NEVER)
    scores[1:] = arcs
    np.fill_diagonal(scores, _NEVER)
    heads = _greedy(scores)
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads):
        return heads[1:]
    # A root arc costs more than all other arcs together can bring, so the best tree takes one (Zmigrod et al. 2020).
    scores[1:, 0] -= (np.max(arcs) - np.min(arcs) + 1) * (words + 1)
    return _arborescence(scores)[1:]


def _greedy(scores: Matrix) -> Heads:
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    return heads


def _cycle(heads: Sequence[int] | Heads) -> list[int]:
    """Return the nodes of one cycle, or nothing."""
    seen_from = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen_from[node]:
            seen_from[node] = start
            node = int(heads[node])
        if node and seen_from[node] == start:
            cycle = [node]
            while (after := int(heads[cycle[-1]])) != node:
                cycle.append(after)
            return cycle
    return []


def _arborescence(scores: Matrix) -> Heads:
    """Return the best tree over all nodes: contract a cycle of greedy choices, solve the rest, open the cycle."""
    heads = _greedy(scores)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    rest = [node for node in range(len(scores)) if node not in set(cycle)]
    gain = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    entry, exit_ = gain[:, rest].argmax(0), scores[np.ix_(rest, cycle)].argmax(1)
    smaller = np.full((len(rest) + 1, len(rest) + 1), _NEVER)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    smaller[:-1, -1] = scores[np.ix_(rest, cycle)].max(1)
    smaller[-1, :-1] = gain[:, rest].max(0)
    np.fill_diagonal(smaller, _NEVER)
    return _open(heads, cycle, rest, entry, exit_, _arborescence(smaller))


def _open(heads: Heads, cycle: list[int], rest: list[int], entry: Heads, exit_: Heads, solved: Heads) -> Heads:
    """Carry the solution of the contracted graph over to the nodes of the full one."""
    opened = heads.copy()
    for place, node in enumerate(rest[1:], 1):
        head = int(solved[place])
        opened[node] = cycle[exit_[place]] if head == len(rest) else rest[head]
    outside = int(solved[len(rest)])
    opened[cycle[entry[outside]]] = rest[outside]
    return opened
