"""From an article to its sentences: zone by zone, stretch by stretch, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.model import FACTUAL_ZONES, Article, Document, NameSpan, Sentence, Span, Token, Zone, ZoneKind
from kb.nlp.parser import Analysis, Parser
from kb.nlp.sentences import sentence_starts
from kb.nlp.tokens import tokenize


def analyse(article: Article, parser: Parser) -> Document:
    """Return the sentences of the article's factual zones; every zone is a boundary of sentences.

    The result depends on the text of each zone alone, not on how many threads or which zones there are.
    """
    draft = _Draft(article)
    for zone in article.zones:
        if zone.kind in FACTUAL_ZONES:
            _add_zone(draft, zone, parser)
    return Document(article, tuple(draft.tokens), tuple(draft.sentences), tuple(draft.names))


@dataclass
class _Draft:
    """A document in the making."""

    article: Article
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    names: list[NameSpan] = field(default_factory=list)

    def add(self, kind: ZoneKind, spans: Sequence[Span], words: Sequence[str], found: Analysis) -> None:
        """Append an analysed stretch."""
        offset = len(self.tokens)
        starts = [i for i, first in enumerate(found.starts) if first] + [len(words)]
        for start, end in pairwise(starts):
            number = len(self.sentences)
            self.sentences.append(Sentence(number, offset + start, offset + end, kind))
            self.tokens.extend(_token(i, offset, number, spans[i], words[i], found) for i in range(start, end))
        self.names.extend(NameSpan(n.start + offset, n.end + offset, n.label) for n in found.names)


def _token(i: int, offset: int, sentence: int, span: Span, word: str, found: Analysis) -> Token:
    return Token(
        offset + i,
        span.start,
        span.end,
        word,
        found.lemmas[i],
        found.upos[i],
        found.xpos[i],
        found.feats[i],
        offset + found.heads[i],
        found.dep[i],
        sentence,
    )


def _add_zone(draft: _Draft, zone: Zone, parser: Parser) -> None:
    text = draft.article.text
    spans = tokenize(text, zone.span.start, zone.span.end)
    words = [span.of(text) for span in spans]
    certain = sentence_starts(text, spans)
    for start, end in parser.stretches(words, certain):
        found = parser.parse(words[start:end], certain[start:end])
        draft.add(zone.kind, spans[start:end], words[start:end], found)
