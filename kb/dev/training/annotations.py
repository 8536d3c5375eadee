"""Articles annotated with events, as lines of text: the training data in `data/training`.

    # title of the article, style            a blank line ends each article
    S Peru's minister, Ana Soto, flew to Ankara on Tuesday.
    visit:occurred flew | agent=Ana Soto | to=Ankara | time=Tuesday

An event names its type (with its action), status and trigger word, then its arguments: verbatim stretches of the
sentence, several apart by "; ", the nth occurrence as `he#2`. `data/training/README.md` tells what is annotated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.dev.training.labels import EVENTS, ROLES, STATUSES
from kb.errors import InputError
from kb.model import Span

_HEAD = re.compile(r"([a-z]+(?:\.[a-z_-]+)?):([a-z]+) (\S+)")
_NTH = re.compile(r"(.*)#(\d+)")


@dataclass(frozen=True)
class Event:
    """An event in a sentence: its trigger word and the arguments, as stretches of the sentence's characters."""

    label: str
    status: str
    trigger: Span
    arguments: tuple[tuple[str, Span], ...]


@dataclass
class AnnotatedSentence:
    """A sentence with its events."""

    text: str
    events: list[Event] = field(default_factory=list)


def read_articles(path: Path) -> list[list[AnnotatedSentence]]:
    """Return the articles of a file of annotations.

    Raises:
        InputError: a line is not an annotation; the message names file, line and fault.
    """
    articles: list[list[AnnotatedSentence]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            articles.append([])
        elif line.startswith("S "):
            articles[-1].append(AnnotatedSentence(line[2:].strip()))
        elif not line.startswith("#"):
            try:
                _add_event(articles[-1], line)
            except ValueError as error:
                raise InputError(f"{path}:{number}: {error}", hint="see data/training/README.md") from error
    return [article for article in articles if article]


def _add_event(article: list[AnnotatedSentence], line: str) -> None:
    if not article:
        raise ValueError("an event without a sentence before it")
    sentence = article[-1]
    event = _event(line, sentence.text)
    if any(event.trigger == other.trigger for other in sentence.events):
        raise ValueError("two events have one trigger")
    sentence.events.append(event)


def _event(line: str, text: str) -> Event:
    head, *arguments = line.split(" | ")
    match = _HEAD.fullmatch(head.strip())
    if match is None:
        raise ValueError(f"{head!r} is no 'type.action:status trigger'")
    label, status, trigger = match.groups()
    if label not in EVENTS or status not in STATUSES:
        raise ValueError(f"unknown type or status: {label}:{status}")
    return Event(label, status, _find(text, trigger), tuple(_arguments(arguments, text)))


def _arguments(parts: list[str], text: str) -> Iterator[tuple[str, Span]]:
    for part in parts:
        role, _, fillers = part.strip().partition("=")
        if role not in ROLES:
            raise ValueError(f"unknown role {role!r}")
        for filler in fillers.split("; "):
            yield role, _find(text, filler.strip())


def _find(text: str, wanted: str) -> Span:
    """Return where the wanted words stand: their nth occurrence as whole words."""
    nth = _NTH.fullmatch(wanted)
    words, number = (nth[1], int(nth[2])) if nth else (wanted, 1)
    pattern = re.compile(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])") if words else None
    found = [match.span() for match in pattern.finditer(text)] if pattern else []
    if len(found) < number:
        raise ValueError(f"{wanted!r} does not stand in the sentence")
    return Span(*found[number - 1])
