"""Finding the time expressions of a document: words -> forms -> guards -> readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kb.model import Document, TimeExpression, TimeValue
from kb.timex import absolute, relative
from kb.timex.absolute import Reader
from kb.timex.context import Context
from kb.timex.grammar import Lexeme, Match
from kb.timex.guards import GUARDS, counts
from kb.timex.lexemes import lexemes_of
from kb.timex.tense import TenseReader
from kb.timex.words import TimeWords, load_words

READERS: Mapping[str, Reader] = {**absolute.READERS, **relative.READERS}


def find_times(
    doc: Document, published: date | None, words: TimeWords | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a document with what they mean, in text order; they do not overlap.

    Where several forms match, the longest that has a meaning wins. Prepositions do not belong to an expression
    (TimeML). Without a publication date what counts from it ("last week", "on Friday") is left out. Durations ("for
    five hours"), ages and sets ("every Friday") are no dates.

    Args:
        doc: the analysed article.
        published: the day the article was published.
        words: the words and forms, from `load_words`; read anew if None.

    Raises:
        ResourceError: the files of words are missing or malformed.
    """
    words = words or load_words()
    finder = _Finder(doc, published, words)
    return finder.find()


class _Finder:
    def __init__(self, doc: Document, published: date | None, words: TimeWords) -> None:
        self.doc = doc
        self.published = published
        self.words = words
        self.tenses = TenseReader(doc, words)
        self.lexemes = lexemes_of(doc, words)
        self.found: list[TimeExpression] = []
        self.named = frozenset(i for name in doc.names if name.label == "PER" for i in range(name.start, name.end))

    def find(self) -> tuple[TimeExpression, ...]:
        at = 0
        while at < len(self.lexemes):
            lexeme = self.lexemes[at]
            at = self._read(at) if self._may_start(lexeme) else at + 1
        return tuple(self.found)

    def _may_start(self, lexeme: Lexeme) -> bool:
        edges = self.words.forms.edges
        return lexeme.word in edges or any(name in edges for name in lexeme.classes)

    def _read(self, at: int) -> int:
        """Read the expression that begins at a lexeme, if one does, and return where to go on."""
        for match in self.words.forms.matches(self.lexemes, at):
            start, end = self.lexemes[match.start].start, self.lexemes[match.end - 1].end
            value = self._value(match, start, end)
            if value is not None:
                self.found.append(TimeExpression(start, end, value))
                return match.end
        return at + 1

    def _value(self, match: Match, start: int, end: int) -> TimeValue | None:
        tokens = self.doc.tokens
        if tokens[start].sentence != tokens[end - 1].sentence or start in self.named or end - 1 in self.named:
            return None
        context = Context(self.doc, self.words, self.tenses, start, end, self.published, self.found)
        guard = match.pattern.guard
        if guard is not None and not GUARDS[guard](match, context):
            return None
        try:
            return READERS[match.pattern.reader](match, context)
        except (ValueError, OverflowError):  # a day that the calendar does not have
            return None
