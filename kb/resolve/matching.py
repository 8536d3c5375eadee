"""Whether two claims of one block can be about one event: persons, places, kind, content and dates.

The rule: participants are equal at state level (that is the block) and compatible at person level, date
intervals overlap within their precision, places are not disjoint. Words alone never make two claims one event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kb.resolve.blocks import CLASSES
from kb.resolve.records import ClaimRecord

DAY = timedelta(days=1)
"""How far apart the same day can be in two articles: time zones."""

RECENT = timedelta(days=31)
"""How old the news is that an article reports without a date, and how far off what goes on."""

RECALLED = timedelta(days=366)
"""How long ago what an article mentions without a date took place."""

PLANS = timedelta(days=366)
"""How far ahead plans without a date reach."""

FUTURE = frozenset({"planned", "expected", "proposed", "possible", "hypothetical"})
CALL = "call"
COMPANIONS = {"visitor": "companion"}
"""A role and the one whose persons may also fill it: a companion of one article is a visitor of another."""

_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Features:
    """What of a claim is compared.

    `persons` are the officials by role and state, `others` those who may stand for them. `first` and `last` are the
    bounds of its date, or those that its article's date sets to it. `dated` tells that the claim has a date itself,
    `exact` that it is known to the day, `extent` that it lasts from one day to another.
    """

    record: ClaimRecord
    persons: Mapping[tuple[str, str], frozenset[str]]
    others: Mapping[tuple[str, str], frozenset[str]]
    places: frozenset[str]
    mode: str | None
    goods: str | None
    words: frozenset[str]
    first: date
    last: date
    dated: bool
    exact: bool
    extent: bool

    @property
    def rank(self) -> tuple[int, int]:
        """How exactly the date is known, the most exact first: from a day to a day, a day, days apart, none."""
        tier = 3 if not self.dated else 2 if not self.exact else 1 - self.extent
        return tier, (self.last - self.first).days if tier == 2 else 0


def features(record: ClaimRecord) -> Features:
    """Return what of a claim is compared."""
    event, when = CLASSES[record.event], record.when
    first, last = (when.earliest, when.latest) if when else implied_bounds(record)
    exact = when is not None and when.precision == "day"
    kind = record.concept("kind") if record.event == "Meeting" else None
    return Features(
        record=record,
        persons=_persons(record, event.roles),
        others=_persons(record, [role for role in event.roles if role in COMPANIONS], COMPANIONS),
        places=_places(record) if event.local else frozenset(),
        mode=kind and (CALL if kind == CALL else "in person"),
        goods=record.concept("goodsKind"),
        words=_words(record) if event.speech else frozenset(),
        first=first,
        last=last,
        dated=when is not None,
        exact=exact,
        extent=exact and first < last,
    )


def implied_bounds(record: ClaimRecord) -> tuple[date, date]:
    """Return the first and the last day of what a claim without a date can be about, seen from its publication."""
    day = record.published
    if day is None:
        return date.min, date.max
    before = _back(day, RECENT)
    if record.factuality in FUTURE:
        return _back(day, DAY), ahead(day, PLANS)
    if record.factuality in {"cancelled", "postponed"}:
        return before, ahead(day, PLANS)
    if record.factuality == "ongoing":
        return before, ahead(day, RECENT)
    return before if CLASSES[record.event].speech else _back(day, RECALLED), ahead(day, DAY)


def alike(one: Features, other: Features) -> bool:
    """Tell whether two claims of one block agree in everything but their dates."""
    return (
        _agree(one.mode, other.mode)
        and _agree(one.goods, other.goods)
        and (not one.places or not other.places or not one.places.isdisjoint(other.places))
        and (_persons_fit(one, other) or _persons_fit(other, one))
        and _content_fits(one, other)
    )


def overlap(one: Features, other: Features) -> bool:
    """Tell whether the dates of two claims overlap within their precision; without dates, whether both are one news."""
    if not one.dated and not other.dated:
        return _same_news(one.record.published, other.record.published)
    slack = DAY if one.exact and other.exact else timedelta()
    return one.first <= ahead(other.last, slack) and other.first <= ahead(one.last, slack)


def distance(features_: Features, day: date) -> int:
    """Return how many days a day lies outside the bounds of a claim."""
    return max((features_.first - day).days, (day - features_.last).days, 0)


def _same_news(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= RECENT


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _persons_fit(few: Features, many: Features) -> bool:
    """Tell whether all persons of one claim take part in the other, wherever that one names persons of their state."""
    for key, persons in few.persons.items():
        known = many.persons.get(key)
        if known and not persons <= known | many.others.get(key, frozenset()):
            return False
    return True


def _content_fits(one: Features, other: Features) -> bool:
    """Tell whether two speeches can be about the same: by the claims they speak of, else by their words."""
    mine, theirs = one.record.content, other.record.content
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    if not one.words or not other.words:
        return True
    return 2 * len(one.words & other.words) >= min(len(one.words), len(other.words))


def _persons(
    record: ClaimRecord, roles: tuple[str, ...] | list[str], renamed: Mapping[str, str] | None = None
) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for role in roles:
        for agent in record.agents.get((renamed or {}).get(role, role), ()):
            if agent.person:
                found.setdefault((role, agent.body), set()).add(agent.iri)
    return {key: frozenset(iris) for key, iris in found.items()}


def _places(record: ClaimRecord) -> frozenset[str]:
    """Return the places whose names mean the same in every article."""
    return frozenset(place.iri for place in record.agents.get("place", ()) if place.linked)


def _words(record: ClaimRecord) -> frozenset[str]:
    texts = (value.value.casefold() for value in record.values.get("about", ()))
    return frozenset(word for text in texts for word in _WORD.findall(text))


def _back(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def ahead(day: date, by: timedelta) -> date:
    """Return the day so much later, or the last day there is."""
    return day + by if date.max - day > by else date.max
