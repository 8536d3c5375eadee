"""How many annotated events the rules reach: `python -m kb.dev.training.reach [--missed N] [FILE ...]`.

An event of the training articles counts as reached when a rule of its class fires in its sentence, whatever the
arguments. This measures vocabulary and constructions on text written without sight of the rules; it is no gold for
facts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.dev.training.annotations import AnnotatedSentence, read_articles
from kb.dev.training.labels import CLASSES
from kb.extract import Lexicon, load_lexicon
from kb.extract.claims import Reading
from kb.link import link
from kb.link.gazetteer import Gazetteer, load_gazetteer
from kb.model import Article, Span, Zone, ZoneKind
from kb.nlp import Parser, analyse, load_parser
from kb.resources import resource
from kb.timex import find_times

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


class Reacher:
    """Reads annotated articles with the rules."""

    def __init__(self, parser: Parser, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.parser, self.gazetteer, self.lexicon = parser, gazetteer, lexicon

    def measure(self, articles: Iterable[Sequence[AnnotatedSentence]]) -> Reach:
        """Return what the rules reach in some articles."""
        found = Reach()
        for sentences in articles:
            self._add(found, sentences)
        return found

    def _add(self, found: Reach, sentences: Sequence[AnnotatedSentence]) -> None:
        article = article_of(sentences)
        fired = self._fired(article)
        for sentence, zone in zip(sentences, article.zones, strict=True):
            here = {event for event, at in fired if zone.span.start <= at < zone.span.end}
            for event in sentence.events:
                kind = CLASSES[event.label.partition(".")[0]]
                found.events[kind] += 1
                found.reached[kind] += kind in here
                if kind not in here:
                    found.missed.append((event.label, event.trigger.of(sentence.text), sentence.text))

    def _fired(self, article: Article) -> list[tuple[str, int]]:
        doc = analyse(article, self.parser)
        reading = Reading(link(doc, self.gazetteer, find_times(doc, article.published)), self.lexicon)
        return [(match.rule.event, doc.tokens[match.trigger].start) for match in reading.matcher.matches()]


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
    parts = load_parser(resource("data", "model")), load_gazetteer(resource("data", "gazetteer"))
    reacher = Reacher(*parts, load_lexicon(resource("data", "lexicon")))
    files = chosen.files or sorted(resource("data", "training").glob("*.ann"))
    found = reacher.measure(article for path in files for article in read_articles(path))
    for kind, count in sorted(found.events.items()):
        print(f"{kind:20} {count:5} {found.reached[kind] / count:.2f}")
    print(f"{'all':20} {found.events.total():5} {found.share:.2f}")
    for label, trigger, sentence in found.missed[: chosen.missed]:
        print(f"{label} {trigger!r}: {sentence}")


if __name__ == "__main__":
    main()
