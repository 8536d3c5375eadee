"""Annotated events as training items: trigger and status of each word, and the role of each word for each trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from kb.dev.training.annotations import AnnotatedSentence
from kb.dev.training.augment import Augmenter
from kb.dev.training.batches import IGNORED, Item, ItemMaker
from kb.dev.training.corpus import sentence_numbers
from kb.dev.training.labels import EVENTS, ROLES, STATUSES
from kb.model import Span
from kb.nlp.parser import CONTEXT, Parser
from kb.nlp.tokens import tokenize


@dataclass
class Passage:
    """Some sentences of an annotated article as words; an event is (trigger, label, status, {word: role})."""

    words: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    events: list[tuple[int, int, int, dict[int, int]]] = field(default_factory=list)


def passages(article: Sequence[AnnotatedSentence], parser: Parser) -> Iterator[Passage]:
    """Cut an article into passages as the parser reads them; an argument stands on the head of its words."""
    passage = Passage()
    for sentence in article:
        spans = tokenize(sentence.text, 0, len(sentence.text))
        if passage.words and len(passage.words) + len(spans) > CONTEXT:
            yield passage
            passage = Passage()
        _add(passage, sentence, spans, parser)
    if passage.words:
        yield passage


def _add(passage: Passage, sentence: AnnotatedSentence, spans: Sequence[Span], parser: Parser) -> None:
    words, base = [span.of(sentence.text) for span in spans], len(passage.words)
    heads = parser.parse(words, [True] + [False] * (len(words) - 1)).heads
    for event in sentence.events:
        roles = {base + _head(span, spans, heads): ROLES.index(role) + 1 for role, span in event.arguments}
        trigger = base + _head(event.trigger, spans, heads)
        passage.events.append((trigger, EVENTS.index(event.label) + 1, STATUSES.index(event.status), roles))
    passage.words.extend(words)
    passage.starts.extend(i == 0 for i in range(len(words)))


def _head(wanted: Span, spans: Sequence[Span], heads: Sequence[int]) -> int:
    """Return the first word of a stretch whose head lies outside it."""
    inside = [i for i, span in enumerate(spans) if span.start < wanted.end and wanted.start < span.end]
    return next((i for i in inside if heads[i] not in inside or heads[i] == i), inside[0])


def event_item(passage: Passage, maker: ItemMaker, augmenter: Augmenter | None = None) -> Item:
    """Encode a passage; `roles` are (trigger, [role of each word]) pairs, other sentences not counted."""
    words = passage.words if augmenter is None else augmenter.recase(passage.words)
    item = maker.words(words)
    sentences = sentence_numbers(passage.starts)
    item["trigger"] = [0] * len(words)
    item["status"], item["roles"] = [], []
    for trigger, label, status, roles in passage.events:
        item["trigger"][trigger] = label
        item["status"].append((trigger, status))
        same = [sentences[i] == sentences[trigger] for i in range(len(words))]
        item["roles"].append(
            (trigger, [roles.get(i, 0) if same[i] and i != trigger else IGNORED for i in range(len(words))])
        )
    return item


Articles = Sequence[Sequence[AnnotatedSentence]]


def split(articles: Articles, share: float, random: Random) -> tuple[Articles, Articles]:
    """Split articles at random into those to train on and a `share` to measure on."""
    order = list(articles)
    random.shuffle(order)
    cut = int(len(order) * share)
    return order[cut:], order[:cut]
