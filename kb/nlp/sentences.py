"""Where sentences start: what layout and punctuation settle; the model decides the rest.

Rules alone miss sentences after "U.S." and headings without a period, the model alone splits after "Gen." and joins
paragraphs; their union, with the vetoes below, is better than either (see tests/nlp/test_accuracy.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Span
from kb.nlp.abbreviations import BEFORE_NUMBER, NEVER_FINAL

_FINAL = frozenset({".", "!", "?"})
_MAY_END = ".!?…:;*•|"
_OPENERS = frozenset("\"'“‘«([{") | {"``"}
_CLOSERS = frozenset("\"'”’»)]}") | {"''"}
_NEVER_FIRST = frozenset("”’»)]},;:!?.%") | {"''", "'s", "’s"}

_STARTERS = frozenset({"The", "He", "She", "It", "They", "We", "This", "These", "But", "However", "Meanwhile"})
"""Words that have a capital only at a start, so that "U.S." before them ends a sentence."""

_BREAKS = "\n\r\v\f\u0085\u2028\u2029"
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 40, 120
"""Lengths between which a line of plain text may have been broken by an editor's wrapping."""


def sentence_starts(text: str, words: Sequence[Span]) -> list[bool | None]:
    """Tell for each word of a zone whether a sentence starts there; None leaves it to the model."""
    surfaces = [word.of(text) for word in words]
    starts: list[bool | None] = [True] if words else []
    for i in range(1, len(words)):
        gap = text[words[i - 1].end : words[i].start]
        starts.append(_ends_line(text, words, i, gap) or _starts(surfaces, i, bool(gap)))
    return starts


def _ends_line(text: str, words: Sequence[Span], i: int, gap: str) -> bool:
    """Return whether a line break before word i is one of the author's, not an editor's wrapping."""
    breaks = sum(mark in _BREAKS for mark in gap.replace("\r\n", "\n"))
    if not breaks:
        return False
    end = words[i - 1].end
    begin = max(text.rfind(mark, max(end - _LONGEST_WRAPPED - 1, 0), end) for mark in _BREAKS) + 1
    wrapped = breaks == 1 and _SHORTEST_WRAPPED <= end - begin <= _LONGEST_WRAPPED
    return not wrapped or text[end - 1] in '.!?:…”"'


def _starts(words: Sequence[str], i: int, apart: bool) -> bool | None:
    """Judge word i by the words around it; `apart` says that white space stands before it."""
    last = i - 1
    while last > 0 and words[last] in _CLOSERS:
        last -= 1
    first = i
    while first < len(words) - 1 and words[first] in _OPENERS:
        first += 1
    if words[i] in _NEVER_FIRST or not apart:
        return False
    if words[last][-1:] == "." and (words[last][:-1] in NEVER_FINAL or words[last][:-1] in BEFORE_NUMBER):
        return False
    if not _looks_initial(words[first]):
        return None if words[last][-1] in _MAY_END else False
    if words[last] in _FINAL and (last == i - 1 or words[last] == "."):
        return True
    if words[last][-1] == "." and words[first] in _STARTERS:
        return True
    return None  # among them "Why?" Putin asked.


def _looks_initial(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()
