"""Trees that break a rule of Universal Dependencies v2, mended.

Heads are columns: 0 is the artificial root, h + 1 is word h.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kb.nlp.trees import Heads

_LEFT_HEADED = frozenset({"conj", "appos", "flat", "fixed", "goeswith"})


def repair(heads: Heads, relations: Sequence[str], arcs: NDArray[np.float32], starts: Sequence[bool]) -> None:
    """Mend the heads of a stretch of words in place; `arcs` are the network's scores, words x (1 + words)."""
    turn_to_the_left(heads, relations, arcs, starts)
    share_subjects_out(heads, relations)


def turn_to_the_left(heads: Heads, relations: Sequence[str], arcs: NDArray[np.float32], starts: Sequence[bool]) -> None:
    """Give conjuncts, appositions and the like whose head follows them the best head before them.

    These relations go from left to right only.
    """
    for i, relation in enumerate(relations):
        if relation.split(":")[0] in _LEFT_HEADED and heads[i] > i + 1:
            first = max(j for j in range(i + 1) if starts[j])
            before = [j for j in range(first, i) if not _is_below(j, i, heads)]
            if before:
                heads[i] = 1 + max(before, key=lambda j: arcs[i, j + 1])


def share_subjects_out(heads: Heads, relations: Sequence[str]) -> None:
    """Give the first of two subjects of a reporting verb to the clause it stands in.

    A clause has one subject: in "The envoy will visit Quito, the ministry said" the envoy is not who says it.
    """
    for clause, relation in enumerate(relations):
        verb = int(heads[clause]) - 1
        if relation != "ccomp" or verb < clause:
            continue
        early = [i for i in range(clause) if relations[i] == "nsubj" and heads[i] == verb + 1]
        late = any(relations[i] == "nsubj" and heads[i] == verb + 1 for i in range(clause + 1, verb + 1))
        has_own = any(name.startswith("nsubj") and heads[i] == clause + 1 for i, name in enumerate(relations))
        if early and late and not has_own:
            heads[early[-1]] = clause + 1


def _is_below(node: int, top: int, heads: Heads) -> bool:
    while heads[node] and node != top:
        node = int(heads[node]) - 1
    return node == top
