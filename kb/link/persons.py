"""Persons: which names in one article are one person's.

Names merge when one is part of the other or a misspelling of it; a surname alone is the person's of that name spoken of
last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from kb.link.names import Name
from kb.link.personnames import find_spans, name_words
from kb.link.spellings import is_part_of, is_spelling
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document

_MISSPELT = 2
"""Edits that two spellings of one long name may differ by."""

_LONG = 5
"""Letters from which on a misspelling can be told from another name."""

_LONG_SURNAME = 8
"""Letters that a surname alone needs for the same."""


@dataclass(eq=False)
class Person:
    """A person of the article: the fullest name, every span, and what gender the text gives."""

    name: str
    words: tuple[str, ...]
    spans: list[tuple[int, int]] = field(default_factory=list)
    gender: str | None = None

    @property
    def slug(self) -> str:
        """The name in plain lower-case letters, for the person's local id."""
        return "-".join(self.words)


@dataclass(frozen=True)
class Persons:
    """The persons of an article, and the person and the name at each token of a name."""

    people: tuple[Person, ...]
    at: Mapping[int, Person]
    span_at: Mapping[int, tuple[int, int]]


def find_persons(doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], words: Words) -> Persons:
    """Return the persons of a document, in the order in which they are first named."""
    people = _Merger(doc, words).merge(find_spans(doc, names, titles, words))
    at = {i: person for person in people for start, end in person.spans for i in range(start, end)}
    span_at = {i: span for person in people for span in person.spans for i in range(*span)}
    return Persons(tuple(people), at, span_at)


class _Merger:
    def __init__(self, doc: Document, words: Words) -> None:
        self.doc = doc
        self.words = words

    def merge(self, spans: Sequence[tuple[int, int]]) -> list[Person]:
        """Group spans into persons: full names first, in text order, then the names of one word."""
        people: list[Person] = []
        worded = [(span, name_words(self.doc, *span)) for span in spans]
        for span, words in sorted(worded, key=lambda item: len(item[1]) == 1):
            if words:
                self._add(people, span, words)
        for person in people:
            person.spans.sort()
            person.gender = self._gender(person)
        return sorted(people, key=lambda person: person.spans[0])

    def _add(self, people: list[Person], span: tuple[int, int], words: tuple[str, ...]) -> None:
        person = self._same(people, span, words)
        if person is None:
            person = Person(self.doc.words(*span), words)
            people.append(person)
        elif len(words) > len(person.words):
            person.name, person.words = self.doc.words(*span), words
        person.spans.append(span)

    def _same(self, people: Iterable[Person], span: tuple[int, int], words: tuple[str, ...]) -> Person | None:
        """Return the person whose name this is; of several the one named last before, else the first."""
        fitting = [person for person in people if _is_same_name(words, person.words)]
        before = [person for person in fitting if min(person.spans)[0] < span[0]]
        latest = max(before, key=lambda p: max(s for s in p.spans if s[0] < span[0]), default=None)
        return latest or next(iter(fitting), None)

    def _gender(self, person: Person) -> str | None:
        for start, _ in person.spans:
            for word in self._words_before(start):
                if word in self.words.feminine:
                    return "f"
                if word in self.words.masculine:
                    return "m"
        return None

    def _words_before(self, start: int) -> Iterator[str]:
        """Yield the three words before a name, back to the punctuation mark before them."""
        for token in reversed(self.doc.tokens[max(start - 3, 0) : start]):
            if not (token.text[0].isalpha() or token.text == "."):
                return
            yield token.text.lower().rstrip(".")


def _is_same_name(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names can be one person's."""
    short, long = sorted((words, other), key=len)
    if len(short) == 1:
        surname = len(long) == 1 or len(short[0]) >= _LONG
        return (
            short[0] in long
            or _is_misspelt_surname(short[0], long[-1])
            or (surname and is_spelling(short[0], long[-1]))
        )
    if set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0]):
        return True
    return is_part_of(short, long) or (len(short) == len(long) and _is_misspelling(short, long))


def _is_misspelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names differ in one part by a slip or two, or by a first name cut to its initial."""
    if one[0] == other[0]:
        return _is_close(" ".join(one[1:]), " ".join(other[1:]))
    return one[1:] == other[1:] and (_is_close(one[0], other[0]) or _is_initial(one[0], other[0]))


def _is_misspelt_surname(one: str, other: str) -> bool:
    """Tell "Papadopulos" from another family's name, and from "Ivanova" beside "Ivanov"."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(shorter) >= _LONG_SURNAME and not longer.startswith(shorter) and _is_close(one, other)


def _is_close(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG and Levenshtein.distance(one, other) <= _MISSPELT


def _is_initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))
