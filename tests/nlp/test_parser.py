"""Relations that go from left to right only are turned round where the network lets them go the other way."""

import numpy as np

from kb.nlp.parser import _turn_to_the_left


def turned(heads, relations, likely, starts=None):
    """Return the heads after turning; `likely` maps a word to the head before it that the network prefers."""
    size = len(heads)
    arcs = np.zeros((size, size + 1), np.float32)
    for word, head in likely.items():
        arcs[word, head + 1] = 5
    columns = np.array([0 if head is None else head + 1 for head in heads])
    _turn_to_the_left(columns, relations, arcs, starts or [True] + [False] * (size - 1))
    return [None if column == 0 else int(column) - 1 for column in columns]


def test_a_conjunct_gets_a_head_before_it():
    assert turned([None, 0, 4, 2, 0], ["root", "obj", "conj", "flat", "obl"], {2: 1}) == [None, 0, 1, 2, 0]


def test_other_relations_stay():
    assert turned([1, None, 1], ["nsubj", "root", "obj"], {0: 0}) == [1, None, 1]


def test_no_cycle_is_made():
    heads = [2, 0, 3, None]
    assert turned(heads, ["conj", "flat", "conj", "root"], {2: 1, 0: 1}) == heads


def test_the_head_is_sought_in_the_same_sentence():
    heads = [None, 2, None]
    assert turned(heads, ["root", "conj", "root"], {1: 0}, [True, True, False]) == heads
