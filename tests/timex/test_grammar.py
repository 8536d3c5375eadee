"""Forms, the trie and its matches."""

import pytest

from kb.timex.grammar import Lexeme, Node, Pattern

PATTERN = Pattern("date")


def _lexemes(*rows):
    return [Lexeme(i, i + 1, word, classes) for i, (word, classes) in enumerate(rows)]


@pytest.fixture
def root():
    node = Node()
    node.add("the? first=DAY|NTH of? MONTH (,? YEAR)?", 1, PATTERN)
    node.add("MONTH", 0, Pattern("month", constants={"kind": "alone"}))
    return node


@pytest.mark.parametrize(
    ("rows", "slots"),
    [
        ([("the", {}), ("3rd", {"NTH": 3}), ("of", {}), ("may", {"MONTH": 5})], [{"first": 3, "month": 5}]),
        ([("3", {"DAY": 3}), ("may", {"MONTH": 5})], [{"first": 3, "month": 5}]),
        (
            [("3", {"DAY": 3}), ("may", {"MONTH": 5}), (",", {}), ("2024", {"YEAR": 2024})],
            [{"first": 3, "month": 5, "year": 2024}, {"first": 3, "month": 5}],
        ),
        ([("may", {"MONTH": 5})], [{"month": 5, "kind": "alone"}]),
        ([("3", {"DAY": 3}), (",", {})], []),
        ([], []),
    ],
)
def test_matches_longest_first(root, rows, slots):
    assert [dict(match.slots) for match in root.matches(_lexemes(*rows), 0)] == slots


def test_rank_decides_between_matches_of_one_length():
    node = Node()
    node.add("MONTH", 2, Pattern("late"))
    node.add("may", 1, Pattern("early"))
    found = node.matches(_lexemes(("may", {"MONTH": 5})), 0)
    assert [match.pattern.reader for match in found] == ["early", "late"]


def test_values_by_type():
    node = Node()
    node.add("A B C", 0, PATTERN)
    (match,) = node.matches(_lexemes(("x", {"A": 1}), ("y", {"B": "day"}), ("z", {"C": (2, 6)})), 0)
    assert (match.number("a"), match.word("b"), match.pair("c")) == (1, "day", (2, 6))
    assert (match.number("b"), match.word("c"), match.pair("a")) == (None, None, None)


@pytest.mark.parametrize("form", ["(a", "a)", "a (b (c)?"])
def test_unbalanced_brackets(form):
    with pytest.raises(ValueError, match="bracket"):
        Node().add(form, 0, PATTERN)
