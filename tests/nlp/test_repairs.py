"""Trees that break a rule of Universal Dependencies are mended; others stay as they are."""

import numpy as np

from kb.nlp.repairs import repair


def turned(heads, relations, likely, starts=None):
    """Return the heads after turning; `likely` maps a word to the head before it that the network prefers."""
    size = len(heads)
    arcs = np.zeros((size, size + 1), np.float32)
    for word, head in likely.items():
        arcs[word, head + 1] = 5
    columns = np.array([0 if head is None else head + 1 for head in heads])
    repair(columns, relations, arcs, starts or [True] + [False] * (size - 1))
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


def test_a_reporting_verb_gives_its_first_subject_to_the_clause():
    #        envoy visits  ,  ministry said
    heads = [4, 4, 1, 4, None]
    relations = ["nsubj", "ccomp", "punct", "nsubj", "root"]
    assert turned(heads, relations, {}) == [1, 4, 1, 4, None]


def test_a_clause_with_a_subject_of_its_own_gets_no_second_one():
    heads = [5, 2, 5, 2, 5, None]
    relations = ["nsubj", "nsubj", "ccomp", "punct", "nsubj", "root"]
    assert turned(heads, relations, {}) == heads


def test_a_reporting_verb_keeps_its_only_subject():
    heads = [1, None, 1]
    assert turned(heads, ["nsubj", "root", "ccomp"], {}) == heads
