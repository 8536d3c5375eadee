"""What an expression is read against: the publication, the tense of its clause, the dates before it in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.model import Document, Precision, TimeExpression, TimeValue
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
class Context:
    """Tokens [start, end) of a document, and what came before them: `earlier` are the times found so far."""

    doc: Document
    words: TimeWords
    tenses: TenseReader
    start: int
    end: int
    published: date | None
    earlier: Sequence[TimeExpression]

    @cached_property
    def tense(self) -> Tense:
        """The tense of the clause."""
        return self.tenses.read(self.start, self.end)

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

    def anchor(self, precision: Precision) -> TimeValue | None:
        """Return the nearest date before the expression that is known at least so exactly."""
        sentence = self.doc.tokens[self.start].sentence
        for expression in reversed(self.earlier):
            if sentence - self.doc.tokens[expression.start].sentence > REACH:
                return None
            if _ORDER.index(expression.time.precision) <= _ORDER.index(precision):
                return expression.time
        return None

    def anchor_or_published(self, precision: Precision) -> TimeValue | None:
        """Return the nearest date before; without one the publication, if no more than a week has to be known."""
        anchor = self.anchor(precision)
        if anchor is None and self.published and precision is not Precision.DAY:
            day = self.published
            return TimeValue(day.isoformat(), day, day, Precision.DAY)
        return anchor

    def told_year(self) -> TimeValue | None:
        """Return a time of the same sentence that lies in another year than the publication and the year before."""
        sentence = self.doc.tokens[self.start].sentence
        for expression in reversed(self.earlier):
            if self.doc.tokens[expression.start].sentence != sentence:
                return None
            if _ORDER.index(expression.time.precision) <= _ORDER.index(Precision.YEAR):
                year = expression.time.earliest.year
                return None if self.published and 0 <= self.published.year - year <= 1 else expression.time
        return None
