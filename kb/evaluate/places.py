"""Where in an article's text the evidence of a fact stands, and the sentence around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from kb.evaluate.scheme import Fact
from kb.model import Span

_PARAGRAPH = re.compile(r"\S.*?(?=\n[^\S\n]*\n|\Z)", re.DOTALL)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
"""Marks that annotators type and texts print; each is one character, so that offsets stay."""


class ArticleText:
    """The text of an article with its sentences, which layout and punctuation tell apart."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _plain(self) -> str:
        return self._text.translate(_STRAIGHT)

    @cached_property
    def _sentences(self) -> list[Span]:
        return list(_sentences(self._text))

    def locate(self, fact: Fact) -> Span | None:
        """Return where the evidence of a fact stands: offsets count if they fit, else its first occurrence."""
        evidence = fact.get("evidence")
        if isinstance(evidence, Mapping):
            quote, start, end = (evidence.get(key) for key in ("quote", "start", "end"))
            if isinstance(start, int) and isinstance(end, int) and self._text[start:end] == quote:
                return Span(start, end)
            evidence = quote
        return self._find(evidence) if isinstance(evidence, str) else None

    def _find(self, quote: str) -> Span | None:
        """Return the first occurrence, whatever white space and marks; of a quote with gaps, that of its first part."""
        words = re.split(r"\.\.\.|…|\[", quote.translate(_STRAIGHT))[0].split()
        if not words:
            return None
        found = re.search(r"\s+".join(map(re.escape, words)), self._plain, re.IGNORECASE)
        return Span(*found.span()) if found else None

    def sentence(self, place: Span | None) -> str | None:
        """Return the sentence that a place lies in, or all of them where it lies in several, on one line."""
        if place is None:
            return None
        touched = [s for s in self._sentences if s.start < place.end and place.start < s.end]
        if not touched:
            return " ".join(place.of(self._text).split())
        return " ".join(self._text[touched[0].start : touched[-1].end].split())

    def same_sentence(self, one: Span | None, other: Span | None) -> bool:
        """Return whether two places share a sentence."""
        if one is None or other is None:
            return False
        return any(_touch(s, one) and _touch(s, other) for s in self._sentences) or _touch(one, other)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _sentences(text: str) -> Iterator[Span]:
    from kb.nlp.sentences import sentence_starts
    from kb.nlp.tokens import tokenize

    for paragraph in _PARAGRAPH.finditer(text):
        words = tokenize(text, *paragraph.span())
        first = 0
        for i, starts in enumerate([*sentence_starts(text, words), True]):
            if starts and i > first:
                yield Span(words[first].start, words[i - 1].end)
                first = i
