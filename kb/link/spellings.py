"""Spellings of one name: transliterations differ in vowels, doubled letters and a few consonants.

"Mohammad" and "Muhamed" are written alike once vowels are put into three classes and doubled letters are taken as one.
The last letter is kept apart, because it tells "Mario" from "Maria".
"""

from __future__ import annotations

import re
from itertools import groupby

_LONG = 4
"""Letters that a name needs for two spellings of it to be told from two names."""

_ALIKE = (
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("ph", "f"),
    ("tch", "c"),
    ("tsch", "c"),
    ("ch", "c"),
    ("q", "k"),
    ("w", "v"),
)
_DIPHTHONGS = re.compile(r"ou|oo|ey|ei|ai|ay|ee|iy|yi|ij")
_SINGLE = {"ou": "u", "oo": "u", "ee": "i", "iy": "i", "yi": "i", "ij": "i", "ey": "e", "ei": "e", "ai": "e", "ay": "e"}
_CLASSES = str.maketrans("aeiyou", "aaiiuu")
_ARTICLES = frozenset({"al", "el", "ul"})


def key(name: str) -> str:
    """Return what the spellings of a name in plain lower-case letters share."""
    for old, new in _ALIKE:
        name = name.replace(old, new)
    name = _DIPHTHONGS.sub(lambda match: _SINGLE[match.group()], name)
    return "".join(letter for letter, _ in groupby(name.translate(_CLASSES)))


def is_spelling(one: str, other: str) -> bool:
    """Tell whether two words can be spellings of one name: "Mohammad" and "Muhammed", but not "Mario" and "Maria"."""
    if one == other or (one in _ARTICLES and other in _ARTICLES):
        return True
    return min(len(one), len(other)) >= _LONG and key(one) == key(other) and _ends_alike(one, other)


def _ends_alike(one: str, other: str) -> bool:
    ends = {one[-1], other[-1]}
    return len(ends) == 1 or ends <= {"i", "y"} or ends.isdisjoint("aeo")


def is_part_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether two full names can be one in two spellings, the shorter with fewer names in the middle.

    First and last names are spelt alike; each name in the middle of the shorter is found in the longer in that order,
    as an initial too.
    """
    if not (is_spelling(short[0], long[0]) and is_spelling(short[-1], long[-1])):
        return False
    middle = iter(long[1:-1])
    return all(any(_is_middle(name, other) for other in middle) for name in short[1:-1])


def _is_middle(one: str, other: str) -> bool:
    return is_spelling(one, other) or (one[0] == other[0] and 1 in (len(one), len(other)))
