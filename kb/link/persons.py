"""Persons: where their names stand, and which names in one article are one person's.

Spans come from the model, from titles and honorifics ("Mr Toccafondi"), and from names seen elsewhere in the article
(a surname alone, a headline in capitals). Names merge when one is part of the other or a misspelling of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from kb.link.names import Name
from kb.link.trees import joined
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document

_POSSESSIVE = ("'s", "’s", "'", "’")
_MISSPELT = 2
"""Edits that two spellings of one long name may differ by."""


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
    """The persons of an article and the person at each token of a name."""

    people: tuple[Person, ...]
    at: Mapping[int, Person]
    span_at: Mapping[int, tuple[int, int]]


def find_persons(doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], words: Words) -> Persons:
    """Return the persons of a document."""
    spans = _SpanFinder(doc, names, titles, words).spans()
    people = _Merger(doc, words).merge(spans)
    at = {i: person for person in people for start, end in person.spans for i in range(start, end)}
    span_at = {i: span for person in people for span in person.spans for i in range(*span)}
    return Persons(tuple(people), at, span_at)


def name_words(doc: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the words of a name folded to plain lower-case letters: "Tae-hyun" gives "tae" and "hyun"."""
    letters = "".join(c if c.isalnum() else " " for c in anyascii(doc.words(start, end)).replace("'", ""))
    return tuple(letters.lower().split())


class _SpanFinder:
    def __init__(
        self, doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], words: Words
    ) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.words = words
        self.titles = titles
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.title_at = {i for title in titles for i in range(title.head, title.core_end)}
        self.taken: dict[int, tuple[int, int]] = {}

    def spans(self) -> list[tuple[int, int]]:
        """Return the spans of persons' names in text order, not overlapping."""
        for span in self.doc.names:
            if span.label == "PER":
                self._take(*self._trimmed(span.start, self._extended(span.end)))
        for title in self.titles:
            self._take_after_title(title)
        for i in range(len(self.tokens) - 1):
            if self._is_honorific(i) and i not in self.taken:
                start = self._skip_honorifics(i)
                self._take(start, self.name_run(start))
        self._take_known_words()
        return sorted(set(self.taken.values()))

    def _take(self, start: int, end: int) -> None:
        if end <= start or any(i in self.taken for i in range(start, end)):
            return
        first = self.tokens[start]
        name = self.name_at.get(start)
        whole = name is not None and name.end >= end and name.form != "local"
        whole = whole or all(i in self.title_at for i in range(start, end))
        if whole or not first.text[0].isupper() or not any(self.tokens[i].text[0].isalpha() for i in range(start, end)):
            return
        for i in range(start, end):
            self.taken[i] = (start, end)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Strip titles and honorifics before the name and what the model took along behind it."""
        while start < end - 1 and (self._is_honorific(start) or start in self.title_at or self.tokens[start].text == "."):
            start += 1
        while end > start + 1 and (self.tokens[end - 1].text in _POSSESSIVE or not self.tokens[end - 1].text[0].isalpha()):
            end -= 1
        return start, end

    def _extended(self, end: int) -> int:
        """Add the rest of a hyphenated name that the model cut off."""
        tokens = self.tokens
        while end < len(tokens) and self._belongs(end):
            end += 1
        return end

    def _belongs(self, i: int) -> bool:
        """Tell whether token i goes on with the name that ends before it."""
        tokens = self.tokens
        token, previous = tokens[i], tokens[i - 1]
        if previous.text == "-":
            return joined(previous, token) and token.upos == "PROPN"
        if token.text == "-":
            return i + 1 < len(tokens) and joined(previous, token) and joined(token, tokens[i + 1]) and tokens[i + 1].upos == "PROPN"
        return token.dep == "flat" and token.upos == "PROPN" and token.text[0].isupper() and token.head < i <= token.head + 4 and i not in self.title_at and i not in self.name_at

    def _is_honorific(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific

    def _skip_honorifics(self, i: int) -> int:
        end = len(self.tokens)
        while i < end and (self._is_honorific(i) or self.tokens[i].text == "."):
            i += 1
        return i

    def _take_after_title(self, title: TitlePhrase) -> None:
        for start in dict.fromkeys((title.core_end, title.end)):
            comma = start < len(self.tokens) and self.tokens[start].text == ","
            first = self._skip_honorifics(start + comma)
            end = self.name_run(first)
            long_enough = end - first >= (2 if comma or not self.tokens[title.head].text[0].isupper() else 1)
            if long_enough and first not in self.name_at and first not in self.title_at:
                self._take(first, end)

        self._take_before_title(title)

    def _take_before_title(self, title: TitlePhrase) -> None:
        """Take the name in "Terry McAuliffe, the former chairman" where the model has missed it."""
        end = title.start - 1
        if end < 2 or self.tokens[end].text != "," or not (title.definite or title.owners or title.owner_token):
            return
        start = end
        while start > 0 and self._name_word(start - 1) and self.tokens[start - 1].upos == "PROPN" and not self._breaks(start):
            start -= 1
        if end - start >= 2 and self.tokens[title.head].dep == "appos":
            self._take(start, end)

    def name_run(self, i: int) -> int:
        """Return the end of the run of capitalised words that begins at token i."""
        end = i
        while end < len(self.tokens):
            token = self.tokens[end]
            previous = self.tokens[end - 1] if end > i else None
            if end > 0 and self._breaks(end) or (previous is not None and previous.sentence != token.sentence and previous.text != "."):
                break
            if not (self._name_word(end) or (previous is not None and self._inner(end))):
                break
            end += 1
        while end > i and not self.tokens[end - 1].text[0].isupper() and self.tokens[end - 1].text != ".":
            end -= 1
        return end

    def _breaks(self, i: int) -> bool:
        """Tell whether a new line begins at token i."""
        return "\n" in self.doc.article.text[self.tokens[i - 1].end : self.tokens[i].start]

    def _name_word(self, i: int) -> bool:
        token = self.tokens[i]
        known = self.name_at.get(i)
        return token.text[0].isupper() and token.upos in ("PROPN", "NOUN", "ADJ", "X") and (known is None or known.form in ("place", "local")) and i not in self.title_at

    def _inner(self, i: int) -> bool:
        """Tell whether token i is a hyphen, initial's full stop or particle inside a name."""
        tokens = self.tokens
        if i + 1 >= len(tokens) or not tokens[i + 1].text[0].isalpha():
            return False
        if tokens[i].text == "-":
            return joined(tokens[i - 1], tokens[i]) and joined(tokens[i], tokens[i + 1])
        if tokens[i].text == ".":
            return len(tokens[i - 1].text) == 1
        particle = tokens[i].text.lower() in self.words.particle or (i > 0 and tokens[i - 1].text == "-" and joined(tokens[i - 1], tokens[i]))
        return particle and (tokens[i + 1].text[0].isupper() or tokens[i + 1].text == "-" or tokens[i].text[0].isupper())

    def _take_known_words(self) -> None:
        """Find the persons already seen where only one word of the name stands, headlines in capitals included."""
        full = [name_words(self.doc, *span) for span in sorted(set(self.taken.values()))]
        known = {word for name in full for word in (name if len(name) <= 4 else name[-1:]) if len(word) > 1}
        for token in self.tokens:
            if token.i in self.taken or not token.text[0].isupper() or len(token.text) < 2:
                continue
            folded = name_words(self.doc, token.i, token.i + 1)
            if len(folded) == 1 and folded[0] in known and self._may_be_surname(token.i):
                self._take(token.i, token.i + 1)

    def _may_be_surname(self, i: int) -> bool:
        token = self.tokens[i]
        return token.upos == "PROPN" and i not in self.name_at and i not in self.title_at


class _Merger:
    def __init__(self, doc: Document, words: Words) -> None:
        self.doc = doc
        self.words = words

    def merge(self, spans: Sequence[tuple[int, int]]) -> list[Person]:
        """Group spans into persons: full names first, in text order, then the names of one word."""
        people: list[Person] = []
        worded = [(span, self._words(span)) for span in spans]
        for (start, end), words in worded:
            if len(words) > 1:
                self._add(people, (start, end), words)
        for (start, end), words in worded:
            if len(words) == 1:
                self._add(people, (start, end), words)
        for person in people:
            person.spans.sort()
            person.gender = self._gender(person)
        return sorted(people, key=lambda p: p.spans[0])

    def _words(self, span: tuple[int, int]) -> tuple[str, ...]:
        return tuple(w for w in name_words(self.doc, *span) if w != "s")

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
        fitting = [person for person in people if self._fits(words, person.words)]
        before = [p for p in fitting if min(p.spans)[0] < span[0]]
        latest = max(before, key=lambda p: max(s for s in p.spans if s[0] < span[0]), default=None)
        return latest or next(iter(fitting), None)

    def _fits(self, words: tuple[str, ...], other: tuple[str, ...]) -> bool:
        short, long = sorted((words, other), key=len)
        if len(short) == 1:
            return short[0] in long
        if set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0]):
            return True
        same_first = short[0] == long[0] and short != long
        return len(short) == len(long) and (
            (same_first and _close(" ".join(short[1:]), " ".join(long[1:])))
            or (short[-1] == long[-1] and (_close(short[0], long[0]) or _initial(short[0], long[0])))
        )

    def _gender(self, person: Person) -> str | None:
        for start, _ in person.spans:
            for i in self._before(start):
                word = self.doc.tokens[i].text.lower().rstrip(".")
                if word in self.words.feminine:
                    return "f"
                if word in self.words.masculine:
                    return "m"
        return None

    def _before(self, start: int) -> Iterator[int]:
        i = start - 1
        while i >= 0 and start - i <= 3 and (self.doc.tokens[i].text[0].isalpha() or self.doc.tokens[i].text == "."):
            yield i
            i -= 1


def _close(left: str, right: str) -> bool:
    """Tell whether two spellings differ by a slip or two in a name long enough to tell."""
    return min(len(left), len(right)) >= 5 and Levenshtein.distance(left, right) <= _MISSPELT


def _initial(left: str, right: str) -> bool:
    return left[0] == right[0] and 1 in (len(left), len(right))
