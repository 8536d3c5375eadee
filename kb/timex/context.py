"""What an expression is read against: the publication, the tense of its clause, the dates before it in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import zip_longest

from kb.model import Document, Precision, TimeExpression, TimeValue
from kb.timex.periods import of_day
from kb.timex.tense import Tense, TenseReader
from kb.timex.words import TimeWords

REACH = 3
"""So many sentences back a date can be what "three days later" counts from."""

_ORDER = list(Precision)
UNIT_PRECISION = {
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "weekend": Precision.WEEK,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
    "century": Precision.CENTURY,
}


@dataclass
class Story:
    """A document being read: `earlier` are the times found so far."""

    doc: Document
    words: TimeWords
    published: date | None
    earlier: list[TimeExpression] = field(default_factory=list)

    @cached_property
    def tenses(self) -> TenseReader:
        """What tells the tense of its clauses."""
        return TenseReader(self.doc, self.words)

    @cached_property
    def numbered(self) -> frozenset[int]:
        """The numbers that the text uses as names: of resolutions, committees, pages."""
        found: set[int] = set()
        names, inside = self.words.around["numbered"], False
        for token, following in zip_longest(self.doc.tokens, self.doc.tokens[1:]):
            word = token.text.lower().rstrip(".")
            if word.isascii() and word.isdigit():
                named = inside or (following is not None and following.text.lower() in names)
                found.update((int(word),) if named and len(word) <= 4 else ())
            elif word in names:
                inside = True
            elif word not in ("", ",", "and", "or"):
                inside = False
        return frozenset(found)


@dataclass
class Context:
    """Tokens [start, end) of a story, which an expression covers, and what is around them."""

    story: Story
    start: int
    end: int

    @property
    def doc(self) -> Document:
        """The document."""
        return self.story.doc

    @property
    def words(self) -> TimeWords:
        """What is known of words of time."""
        return self.story.words

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.story.published

    @property
    def earlier(self) -> list[TimeExpression]:
        """The times before the expression."""
        return self.story.earlier

    @cached_property
    def tense(self) -> Tense:
        """The tense of the clause."""
        return self.story.tenses.read(self.start, self.end)

    @property
    def attribute(self) -> bool:
        """Whether the expression stands before the noun it belongs to, so that the clause says little of its time."""
        return self.story.tenses.attribute(self.start, self.end)

    @cached_property
    def before(self) -> str:
        """The word before the expression in its sentence, in lower case, or ""."""
        return self.word(self.start - 1)

    @cached_property
    def after(self) -> str:
        """The word behind the expression in its sentence, in lower case, or ""."""
        return self.word(self.end)

    def word(self, i: int) -> str:
        """Return token i in lower case if it is of the same sentence, else ""."""
        tokens = self.doc.tokens
        inside = 0 <= i < len(tokens) and tokens[i].sentence == tokens[self.start].sentence
        return tokens[i].text.lower().replace("’", "'") if inside else ""

    def tag(self, i: int) -> str:
        """Return the Penn tag of token i if it is of the same sentence, else ""."""
        return self.doc.tokens[i].xpos if self.word(i) else ""

    def among(self, word: str, *lists: str) -> bool:
        """Tell whether a word is in one of the lists of words around expressions."""
        return any(word in self.words.around[name] for name in lists)

    def is_in(self, word: str, name: str) -> bool:
        """Tell whether a word is in a class."""
        return name in self.words.classes.get(word, {})

    def anchor(self, precision: Precision) -> TimeValue | None:
        """Return the nearest date before the expression that is known at least so exactly."""
        sentence = self.doc.tokens[self.start].sentence
        for expression in reversed(self.earlier):
            if sentence - self.doc.tokens[expression.start].sentence > REACH:
                return None
            if _ORDER.index(expression.time.precision) <= _ORDER.index(precision):
                return expression.time
        return None

    def base(self, precision: Precision, direction: int) -> TimeValue | None:
        """Return the date that "two years later" (direction 1) or "the year before" (-1) counts from.

        That is the nearest date before; looking back it is the publication if there is none, unless the day counts.
        """
        anchor = self.anchor(precision)
        if anchor is None and direction < 0 and self.published and precision is not Precision.DAY:
            return of_day(self.published)
        return anchor

    def told(self) -> TimeValue | None:
        """Return a day or month of the same sentence that lies well before the publication, or has none to compare."""
        sentence = self.doc.tokens[self.start].sentence
        for expression in reversed(self.earlier):
            if self.doc.tokens[expression.start].sentence != sentence:
                return None
            if expression.time.precision in (Precision.DAY, Precision.MONTH):
                year = expression.time.earliest.year
                return None if self.published and 0 <= self.published.year - year <= 1 else expression.time
        return None
