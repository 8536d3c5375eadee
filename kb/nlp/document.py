"""From an article to its sentences: zone by zone, stretch by stretch.

Scores are kept of one stretch at a time, and words are shared (interned), so that a text of 5 MB needs about 450 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from sys import intern

from kb.model import FACTUAL_ZONES, Article, Document, NameSpan, Sentence, Span, Token, Zone, ZoneKind
from kb.nlp.casing import is_headline_style, restored, usual_forms
from kb.nlp.parser import Analysis, Parser
from kb.nlp.sentences import sentence_starts
from kb.nlp.tokens import tokenize

_ENDS = frozenset('.!?:“"')


def analyse(article: Article, parser: Parser) -> Document:
    """Return the sentences of the article's factual zones; every zone is a boundary of sentences.

    Each zone is analysed by itself, except that a headline's words get the casing they have in the text below.
    """
    draft = _Draft(article)
    usual: dict[str, str] | None = None
    for zone in article.zones:
        if zone.kind not in FACTUAL_ZONES:
            continue
        spans, words = _words(article, zone)
        if is_headline_style(words):
            usual = _running_text(article) if usual is None else usual
            _add(draft, zone.kind, spans, words, restored(words, usual), parser)
        else:
            _add(draft, zone.kind, spans, words, words, parser)
    return Document(article, tuple(draft.tokens), tuple(draft.sentences), tuple(draft.names))


def _words(article: Article, zone: Zone) -> tuple[list[Span], list[str]]:
    spans = tokenize(article.text, zone.span.start, zone.span.end)
    return spans, [intern(span.of(article.text)) for span in spans]


def _running_text(article: Article) -> dict[str, str]:
    """Return the usual casing of the words in the zones that are not in headline style."""
    zones = (_words(article, zone)[1] for zone in article.zones if zone.kind in FACTUAL_ZONES)
    return usual_forms(
        sentence for words in zones if not is_headline_style(words) for sentence in _roughly_split(words)
    )


def _roughly_split(words: Sequence[str]) -> Iterator[Sequence[str]]:
    ends = [0, *(i + 1 for i, word in enumerate(words) if word in _ENDS), len(words)]
    return (words[start:end] for start, end in pairwise(ends))


@dataclass
class _Draft:
    """A document in the making."""

    article: Article
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    names: list[NameSpan] = field(default_factory=list)

    def add(self, kind: ZoneKind, spans: Sequence[Span], words: Sequence[str], found: Analysis) -> None:
        """Append an analysed stretch."""
        indexes = list(range(len(self.tokens), len(self.tokens) + len(words)))
        starts = [i for i, first in enumerate(found.starts) if first] + [len(words)]
        for start, end in pairwise(starts):
            number = len(self.sentences)
            self.sentences.append(Sentence(number, indexes[start], indexes[end - 1] + 1, kind))
            self.tokens.extend(_token(i, indexes, number, spans[i], words[i], found) for i in range(start, end))
        self.names.extend(NameSpan(indexes[n.start], indexes[n.end - 1] + 1, n.label) for n in found.names)


def _token(i: int, indexes: Sequence[int], sentence: int, span: Span, word: str, found: Analysis) -> Token:
    return Token(
        i=indexes[i],
        start=span.start,
        end=span.end,
        text=word,
        lemma=intern(found.lemmas[i]),
        upos=found.upos[i],
        xpos=found.xpos[i],
        feats=found.feats[i],
        head=indexes[found.heads[i]],
        dep=found.dep[i],
        sentence=sentence,
    )


def _add(
    draft: _Draft, kind: ZoneKind, spans: Sequence[Span], words: Sequence[str], cased: Sequence[str], parser: Parser
) -> None:
    """Analyse the words of a zone in the casing given, and append them as they stand."""
    certain = sentence_starts(draft.article.text, spans)
    for start, end in parser.stretches(cased, certain):
        found = parser.parse(cased[start:end], certain[start:end])
        draft.add(kind, spans[start:end], words[start:end], found)
