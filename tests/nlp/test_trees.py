from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.nlp.trees import best_tree


def is_tree(heads):
    """One root, and every word reaches it."""
    for i in range(len(heads)):
        node, steps = i, 0
        while heads[node] and steps <= len(heads):
            node, steps = heads[node] - 1, steps + 1
        if steps > len(heads):
            return False
    return np.count_nonzero(np.asarray(heads) == 0) == 1


def total(arcs, heads):
    return sum(arcs[i, head] for i, head in enumerate(heads))


def matrices(size):
    return arrays(np.float64, (size, size + 1), elements=st.integers(-40, 40).map(float))


@given(st.integers(1, 4).flatmap(matrices))
def test_the_tree_is_the_best_of_all_trees(arcs):
    found = best_tree(arcs)
    trees = [heads for heads in product(range(len(arcs) + 1), repeat=len(arcs)) if is_tree(heads)]
    assert is_tree(found)
    assert total(arcs, found) == max(total(arcs, heads) for heads in trees)


@given(st.integers(1, 30).flatmap(matrices))
def test_larger_trees_are_trees(arcs):
    assert is_tree(best_tree(arcs))


@pytest.mark.parametrize("size", [1, 2, 120])
def test_no_preference_at_all_still_gives_a_tree(size):
    assert is_tree(best_tree(np.zeros((size, size + 1), np.float32)))


def test_a_cycle_opens_at_its_cheapest_arc():
    arcs = np.array([[1.0, 0.0, 9.0], [0.0, 9.0, 0.0]])  # each word prefers the other
    assert best_tree(arcs).tolist() == [0, 1]
