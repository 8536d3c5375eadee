"""Lists of officials, which parsers break: "met President A, Italian Prime Minister B, and Foreign Minister C".

A title makes each member long, so that the parser hangs the next one on the title, the verb or the name before. The
words show the list all the same: a comma or "and", perhaps the preposition again, a title and a name behind a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.link import trees
from kb.link.persons import Persons
from kb.link.titles import TitlePhrase
from kb.model import Document, Token

_LINKS = (",", "and", "with")
_MOST_LINKS = 3
_PLACES = ("obl", "obj", "nmod", "conj", "nsubj")
_REACH = 8
"""How many tokens before a name what belongs to its style begins at most."""

_LOOSE = frozenset({"obl", "obj", "conj", "nmod", "nmod:desc", "flat", "appos", "dep", "list", "parataxis", "compound"})


def with_lists(doc: Document, titles: Sequence[TitlePhrase], persons: Persons) -> Document:
    """Return the document with every titled name that follows another name in a list coordinated with it."""
    lists = _Lists(doc, persons)
    for start in sorted({span[0] for span in persons.span_at.values()}):
        lists.join_twin(start)
    for title in titles:
        if not title.plural:
            lists.mend(title)
    return replace(doc, tokens=tuple(lists.tokens)) if lists.mended else doc


class _Lists:
    def __init__(self, doc: Document, persons: Persons) -> None:
        self.doc = doc
        self.persons = persons
        self.tokens: list[Token] = list(doc.tokens)
        self.mended = False

    def join_twin(self, start: int) -> None:
        """Hang a style or title before a name on it where the parser gave both one place: "with Sheikh Hasina"."""
        i = start - 1
        while i > 0 and self.tokens[i].head == start and self.tokens[i].upos == "PROPN":
            i -= 1
        name = self.tokens[start]
        if i < 0 or i in self.persons.at or not self._is_twin(i, name):
            return
        for j in range(max(i - _REACH, 0), start):
            if self.tokens[j].head == i and j != i:
                self.tokens[j] = replace(self.tokens[j], head=start)
        self.tokens[i] = replace(self.tokens[i], head=start, dep="nmod:desc")
        self._give_preposition(name)
        self.mended = True

    def _is_twin(self, i: int, name: Token) -> bool:
        token = self.tokens[i]
        return (token.head, token.dep, token.upos) == (name.head, name.dep, "PROPN") and name.dep in _PLACES

    def _give_preposition(self, name: Token) -> None:
        """Hang a preposition on the name that the parser took for an adjunct by itself."""
        i = name.i - 1
        while i > 0 and self.tokens[i].head == name.i:
            i -= 1
        token = self.tokens[i]
        if token.upos == "ADP" and token.head == name.head and token.dep in ("obl", "nmod"):
            self.tokens[i] = replace(token, head=name.i, dep="case")

    def mend(self, title: TitlePhrase) -> None:
        """Coordinate the name behind a title with the name before it, where the parser has not."""
        span = self.persons.span_at.get(title.core_end) or self.persons.span_at.get(title.end)
        before = self._name_before(title.start) or self._guest_before(title.start)
        if span is None or before is None or not self._is_listed(title, span, before):
            return
        first = self._first(before[0])
        if first in (self._first(span[0]), span[0]) or title.start <= first < span[1]:
            return
        self._coordinate(range(title.start, span[1]), span[0], first)

    def _name_before(self, start: int) -> tuple[int, int] | None:
        """Return the name that ends before the comma, "and" or "and with" at the token before `start`."""
        i = start - 1
        while i > 0 and start - i <= _MOST_LINKS and self.tokens[i].text in _LINKS:
            i -= 1
        links = {token.text for token in self.tokens[i + 1 : start]}
        span = self.persons.span_at.get(i) if links & {",", "and"} else None
        return span if span is not None and span[1] == i + 1 else None

    def _guest_before(self, start: int) -> tuple[int, int] | None:
        """Return the guest of "with the ministers of A and B and with President X" that the first "with" goes with."""
        if start < 2 or [t.text for t in self.tokens[start - 2 : start]] != ["and", "with"]:
            return None
        i, seen = start - 3, 0
        while self.tokens[i].head != i and seen < _REACH:
            cases = (t for t in self.tokens[max(i - _REACH, 0) : i] if t.head == i and t.dep == "case")
            if any(t.text == "with" for t in cases) and self.tokens[i].dep == "obl":
                return i, i + 1
            i, seen = self.tokens[i].head, seen + 1
        return None

    def _is_listed(self, title: TitlePhrase, span: tuple[int, int], before: tuple[int, int]) -> bool:
        """Tell a member of the list from the subject of the next clause, and from the person's own second title."""
        outside = [t for t in self.tokens[title.start : span[1]] if not title.start <= t.head < span[1]]
        if self.persons.at.get(before[0]) is self.persons.at[span[0]] or any(t.dep not in _LOOSE for t in outside):
            return False
        follows = self.tokens[span[1]] if span[1] < len(self.tokens) else None
        subject = any(trees.is_subject(t) for t in self.tokens[before[0] : before[1]])
        speaks = follows is not None and follows.upos in ("VERB", "AUX") and not subject
        return not speaks and all(t.head < span[1] for t in outside)

    def _first(self, i: int) -> int:
        """Return the first member of the list that a name is in."""
        while self.tokens[i].dep in ("conj", "flat") and self.tokens[i].head != i:
            above = self.tokens[i].head
            if self.tokens[above].upos in ("VERB", "AUX"):
                break
            i = above
        return i

    def _coordinate(self, region: range, name: int, first: int) -> None:
        for i in region:
            token = self.tokens[i]
            if token.head not in region and i != name:
                self.tokens[i] = replace(token, head=name, dep="nmod:desc")
        self.tokens[name] = replace(self.tokens[name], head=first, dep="conj")
        self._untangle(region, name)
        self.mended = True

    def _untangle(self, region: range, name: int) -> None:
        """Hang what the name itself hung on inside its phrase ("Minister" with "Matteo" below it) on the name."""
        for i in region:
            token = self.tokens[i]
            if i != name and not self._reaches(i, name):
                self.tokens[i] = replace(token, head=name)

    def _reaches(self, i: int, name: int) -> bool:
        seen: set[int] = set()
        while i != name and i not in seen:
            seen.add(i)
            i = self.tokens[i].head
        return i == name
