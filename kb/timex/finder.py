"""Finding the time expressions of a document: words -> forms -> guards -> readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kb.model import Document, TimeExpression, TimeValue
from kb.timex import absolute, anaphora, counting, relative, stretches
from kb.timex.absolute import Reader
from kb.timex.context import Context, Story
from kb.timex.grammar import Lexeme, Match
from kb.timex.guards import GUARDS
from kb.timex.lexemes import lexemes_of
from kb.timex.words import TimeWords, load_words

READERS: Mapping[str, Reader] = {
    **absolute.READERS,
    **stretches.READERS,
    **relative.READERS,
    **counting.READERS,
    **anaphora.READERS,
}


def find_times(doc: Document, published: date | None, words: TimeWords | None = None) -> tuple[TimeExpression, ...]:
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
    story = Story(doc, words, published)
    lexemes = lexemes_of(doc, words)
    named = frozenset(i for name in doc.names if name.label == "PER" for i in range(name.start, name.end))
    at = 0
    while at < len(lexemes):
        at = _read(story, lexemes, at, named) if _may_start(lexemes[at], words) else at + 1
    return tuple(story.earlier)


def _may_start(lexeme: Lexeme, words: TimeWords) -> bool:
    edges = words.forms.edges
    return lexeme.word in edges or any(name in edges for name in lexeme.classes)


def _read(story: Story, lexemes: Sequence[Lexeme], at: int, named: frozenset[int]) -> int:
    """Read the expression that begins at a lexeme, if one does, and return where to go on."""
    for match in story.words.forms.matches(lexemes, at):
        start, end = lexemes[match.start].start, lexemes[match.end - 1].end
        if start in named or end - 1 in named or story.doc.tokens[start].sentence != story.doc.tokens[end - 1].sentence:
            continue
        value = _value(match, Context(story, start, end))
        if value is not None:
            story.earlier.append(TimeExpression(start, end, value))
            return match.end
    return at + 1


def _value(match: Match, context: Context) -> TimeValue | None:
    guard = match.pattern.guard
    if guard is not None and not GUARDS[guard](match, context):
        return None
    try:
        return READERS[match.pattern.reader](match, context)
    except (ValueError, OverflowError):  # a day that the calendar does not have
        return None
