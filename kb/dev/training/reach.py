"""How many annotated events the rules reach: `python -m kb.dev.training.reach [--missed N] [FILE ...]`.

An event of the training articles counts as reached when a rule of its class fires in its sentence, whatever the
arguments. This measures vocabulary and constructions on text written without sight of the rules; it is no gold for
facts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.dev.training.annotations import AnnotatedSentence, read_articles
from kb.dev.training.labels import CLASSES
from kb.extract.claims import Reading
from kb.model import Article, Span, Zone, ZoneKind
from kb.pipeline import Reader
from kb.resources import resource
from kb.settings import Settings

PUBLISHED = date(2031, 5, 14)


@dataclass
class Reach:
    """Counts by class of event, and the (label, trigger, sentence) of those missed."""

    events: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of all events that is reached."""
        return self.reached.total() / max(1, self.events.total())


def measure(articles: Iterable[Sequence[AnnotatedSentence]], reader: Reader) -> Reach:
    """Return what the rules reach in some articles."""
    found = Reach()
    for sentences in articles:
        article = article_of(sentences)
        fired = _fired(article, reader)
        for sentence, zone in zip(sentences, article.zones, strict=True):
            _count(found, sentence, {event for event, at in fired if zone.span.start <= at < zone.span.end})
    return found


def _fired(article: Article, reader: Reader) -> list[tuple[str, int]]:
    """Return the class of every rule that fires, and where its trigger begins."""
    linked = reader.link(article)
    matches = Reading(linked, reader.lexicon).matcher.matches()
    return [(match.rule.event, linked.doc.tokens[match.trigger].start) for match in matches]


def _count(found: Reach, sentence: AnnotatedSentence, fired: Collection[str]) -> None:
    for event in sentence.events:
        kind = CLASSES[event.label.partition(".")[0]]
        found.events[kind] += 1
        found.reached[kind] += kind in fired
        if kind not in fired:
            found.missed.append((event.label, event.trigger.of(sentence.text), sentence.text))


def article_of(sentences: Sequence[AnnotatedSentence]) -> Article:
    """Return the sentences as an article, a paragraph each; the first is its headline when it has no final stop."""
    zones: list[Zone] = []
    start = 0
    for sentence in sentences:
        kind = ZoneKind.BODY if zones or sentence.text.endswith((".", "”", '"')) else ZoneKind.TITLE
        zones.append(Zone(kind, Span(start, start + len(sentence.text))))
        start += len(sentence.text) + 1
    text = "\n".join(sentence.text for sentence in sentences)
    return Article("0" * 16, text, "0" * 16, "training", tuple(zones), published=PUBLISHED)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", type=Path, nargs="*")
    options.add_argument("--missed", type=int, default=0, metavar="N", help="list the first N events not reached")
    chosen = options.parse_args()
    files = chosen.files or sorted(resource("data", "training").glob("*.ann"))
    articles = (article for path in files for article in read_articles(path))
    found = measure(articles, Reader(Settings()))
    for kind, count in sorted(found.events.items()):
        print(f"{kind:20} {count:5} {found.reached[kind] / count:.2f}")
    print(f"{'all':20} {found.events.total():5} {found.share:.2f}")
    for label, trigger, sentence in found.missed[: chosen.missed]:
        print(f"{label} {trigger!r}: {sentence}")


if __name__ == "__main__":
    main()
