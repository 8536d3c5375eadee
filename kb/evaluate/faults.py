"""The facts missed and the facts in excess, each with its sentence and what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kb.evaluate.agreement import agents, core_score, overlap, serves_of
from kb.evaluate.figures import Evaluation, Slip
from kb.evaluate.places import ArticleText
from kb.evaluate.scheme import AGENTS, CORE, EXTRA, Fact

_SAID = ("about", "status")


class FaultKind(StrEnum):
    """How a fact went wrong."""

    NOTHING_THERE = "nothing there"
    """The other side has no fact in excess that could be meant."""
    OTHER_CORE = "other core"
    """It has one of this type in this sentence or with one of these agents, but the core slots do not agree."""
    OTHER_TYPE = "other type"
    """It has one of another type in this sentence, with one of these agents."""
    AGAIN = "again"
    """The prediction agrees with a gold fact that another prediction has been paired with."""


@dataclass(frozen=True)
class Fault:
    """A gold fact that was missed, or a predicted fact in excess.

    `instead` is what the other side has in its place: predicted facts for one that was missed, and the reverse.
    `sentence` is None where the text is not at hand or the evidence is not in it.
    """

    article: str
    missed: bool
    kind: FaultKind
    fact: Fact
    sentence: str | None = None
    instead: Fact | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON output."""
        return {
            "article": self.article,
            "kind": str(self.kind),
            "fact": plain(self.fact),
            "sentence": self.sentence,
            "instead": plain(self.instead) if self.instead else None,
        }


@dataclass(frozen=True)
class WrongSlot:
    """A matched fact with a wrong slot, and the sentence it was read from."""

    slip: Slip
    sentence: str | None

    @property
    def values(self) -> tuple[Any, Any]:
        """What the gold has in the slot, and what the prediction has."""
        slip = self.slip
        return _plain_value(slip.gold[slip.slot]), _plain_value(slip.predicted.get(slip.slot))


def wrong_slots(result: Evaluation, texts: Mapping[str, str]) -> list[WrongSlot]:
    """Return the wrong slots of matched facts, in the order of articles and types."""
    articles = {name: ArticleText(text) for name, text in texts.items()}
    found = []
    for slip in result.slips:
        text = articles.get(slip.article, ArticleText(""))
        found.append(WrongSlot(slip, text.sentence(text.locate(slip.predicted) or text.locate(slip.gold))))
    return found


def plain(fact: Fact) -> dict[str, Any]:
    """Return type and slots of a fact, each agent as its code or name."""
    slots = dict.fromkeys((*CORE[fact["type"]], *EXTRA[fact["type"]], *_SAID))
    kept = {slot: _plain_value(fact[slot]) for slot in slots if fact.get(slot) not in (None, [], "")}
    return {"type": fact["type"], **kept}


def _plain_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain_value(item) for item in value]
    return value.get("code") or value.get("name") if isinstance(value, Mapping) else value


def faults_of(
    result: Evaluation,
    gold: Mapping[str, Sequence[Fact]],
    texts: Mapping[str, str],
) -> list[Fault]:
    """Return the faults of a run, article by article in text order, those missed before those in excess."""
    found: list[Fault] = []
    for name in sorted(gold):
        article = _Article(
            ArticleText(texts.get(name, "")),
            serves_of(gold[name]),
            gold[name],
            {True: _of(result.missed, name), False: _of(result.spurious, name)},
        )
        for missed in (True, False):
            found += [article.fault(name, fact, missed=missed) for fact in article.in_order(missed=missed)]
    return found


def _of(facts: Iterable[tuple[str, Fact]], name: str) -> list[Fact]:
    return [fact for article, fact in facts if article == name]


@dataclass(frozen=True)
class _Article:
    """An article's text and facts; `wrong` are those missed (True) and those in excess (False)."""

    text: ArticleText
    serves: Mapping[str, str]
    gold: Sequence[Fact]
    wrong: Mapping[bool, Sequence[Fact]]

    def in_order(self, *, missed: bool) -> list[Fact]:
        return sorted(self.wrong[missed], key=lambda fact: getattr(self.text.locate(fact), "start", -1))

    def fault(self, name: str, fact: Fact, *, missed: bool) -> Fault:
        kind, instead = next(self._readings(fact, missed=missed), (FaultKind.NOTHING_THERE, None))
        return Fault(name, missed, kind, fact, self.text.sentence(self.text.locate(fact)), instead)

    def _readings(self, fact: Fact, *, missed: bool) -> Iterator[tuple[FaultKind, Fact]]:
        """Yield what may have been made of a fact on the other side, the likeliest first."""
        for other in () if missed else self.gold:
            if other["type"] == fact["type"] and core_score(fact["type"], other, fact, self.serves):
                yield FaultKind.AGAIN, other
        alike = [other for other in self.wrong[not missed] if other["type"] == fact["type"]]
        for near in (self._same_sentence, self._share_agent):
            yield from ((FaultKind.OTHER_CORE, other) for other in alike if near(fact, other))
        for other in self.wrong[not missed]:
            if other["type"] != fact["type"] and self._both(fact, other):
                yield FaultKind.OTHER_TYPE, other

    def _both(self, one: Fact, other: Fact) -> bool:
        return self._same_sentence(one, other) and self._share_agent(one, other)

    def _same_sentence(self, one: Fact, other: Fact) -> bool:
        return self.text.same_sentence(self.text.locate(one), self.text.locate(other))

    def _share_agent(self, one: Fact, other: Fact) -> bool:
        return overlap(_agents_of(one), _agents_of(other), self.serves) > 0


def _agents_of(fact: Fact) -> list[str]:
    return [agent for slot in CORE[fact["type"]] if slot in AGENTS for agent in agents(fact.get(slot))]
