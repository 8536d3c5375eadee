"""The forms of time expressions, compiled into one trie that is walked along the words of the text.

A form is a line such as ``the? day=DAY|NTH of? MONTH (,? YEAR)?``: capitals are a class of words, anything else is the
word itself, ``?`` makes a word or a group optional, ``|`` parts alternatives, ``name=`` names the value that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Value = int | str | tuple[int, int]

_ITEM = re.compile(r"[()]\??|[^\s()]+")
_CLASS = re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """How to read what one of its forms matches; `constants` are values that the form itself gives."""

    reader: str
    guard: str | None = None
    constants: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Tokens [start, end), mostly one, as the word a form may name, with the classes it is in and its value there."""

    start: int
    end: int
    word: str
    classes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Match:
    """Lexemes [start, end) that a form matches, and the values it reads from them."""

    start: int
    end: int
    pattern: Pattern
    slots: Mapping[str, Value]

    def number(self, name: str) -> int | None:
        """Return a value that is a number."""
        value = self.slots.get(name)
        return value if isinstance(value, int) else None

    def word(self, name: str) -> str | None:
        """Return a value that is a word."""
        value = self.slots.get(name)
        return value if isinstance(value, str) else None

    def pair(self, name: str) -> tuple[int, int] | None:
        """Return a value that is a least and a most."""
        value = self.slots.get(name)
        return value if isinstance(value, tuple) else None


@dataclass
class Node:
    """A place in the trie: the edges by word or class, each with the name of its value, and the patterns that end."""

    edges: dict[str, list[tuple[str | None, Node]]] = field(default_factory=dict)
    ends: list[tuple[int, Pattern]] = field(default_factory=list)

    def add(self, form: str, rank: int, pattern: Pattern) -> None:
        """Add a form; of two matches of one length the pattern of the lower rank goes first.

        Raises:
            ValueError: the form's brackets do not match.
        """
        for sequence in _sequences(form):
            node = self
            for key, slot in sequence:
                node = node._follow(key, slot)
            node.ends.append((rank, pattern))

    def _follow(self, key: str, slot: str | None) -> Node:
        below = self.edges.setdefault(key, [])
        for name, node in below:
            if name == slot:
                return node
        below.append((slot, Node()))
        return below[-1][1]

    def matches(self, lexemes: Sequence[Lexeme], start: int) -> list[Match]:
        """Return the matches that begin at a lexeme, the longest first."""
        found: list[tuple[int, int, Match]] = []
        stack: list[tuple[Node, int, tuple[tuple[str, Value], ...]]] = [(self, start, ())]
        while stack:
            node, at, slots = stack.pop()
            for rank, pattern in node.ends:
                found.append((-at, rank, Match(start, at, pattern, {**pattern.constants, **dict(slots)})))
            if at < len(lexemes):
                stack.extend(_steps(node, lexemes[at], at, slots))
        return [match for _, _, match in sorted(found, key=lambda row: row[:2])]


def _steps(
    node: Node, lexeme: Lexeme, at: int, slots: tuple[tuple[str, Value], ...]
) -> Iterator[tuple[Node, int, tuple[tuple[str, Value], ...]]]:
    for slot, below in node.edges.get(lexeme.word, ()):
        yield below, at + 1, (*slots, (slot, lexeme.word)) if slot else slots
    for name, value in lexeme.classes.items():
        for slot, below in node.edges.get(name, ()):
            yield below, at + 1, (*slots, (slot, value)) if slot else slots


# --- reading a form -----------------------------------------------------------------------------------------------

Atoms = tuple[tuple[str, str | None], ...]


def _sequences(form: str) -> list[Atoms]:
    """Return every sequence of words and classes that a form allows, without the empty one."""
    items = _ITEM.findall(form)
    sequences, end = _group(items, 0)
    if end != len(items):
        raise ValueError(f"unbalanced brackets in the form {form!r}")
    return [sequence for sequence in dict.fromkeys(sequences) if sequence]


def _group(items: Sequence[str], at: int) -> tuple[list[Atoms], int]:
    """Return the sequences up to the closing bracket or the end, and where that is."""
    sequences: list[Atoms] = [()]
    while at < len(items) and not items[at].startswith(")"):
        if items[at] == "(":
            inner, at = _group(items, at + 1)
            if at == len(items):
                raise ValueError(f"no closing bracket in the form {' '.join(items)!r}")
            optional = items[at].endswith("?")
        else:
            optional = items[at].endswith("?")
            inner = [(atom,) for atom in _atoms(items[at].removesuffix("?"))]
        choices = [*inner, ()] if optional else inner
        sequences = [left + right for left in sequences for right in choices]
        at += 1
    return sequences, at


def _atoms(item: str) -> Iterator[tuple[str, str | None]]:
    name, equals, rest = item.rpartition("=")
    for option in rest.split("|"):
        own = option.lower() if _CLASS.fullmatch(option) else None
        yield option, name if equals else own
