"""How long a visit lasts: "a three-day visit", "is in Apia until Sunday", "left Rome on Monday after two days".

The date that stands with a visit is its first day, unless the words say that it is the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kb.extract.drafts import Draft
from kb.extract.lexicon import Lexicon
from kb.extract.when import TimeReader
from kb.model import FactualityLabel, Precision, Temporal, TimeExpression, TimeValue

_LONGEST = timedelta(days=14)
"""How long before its last day a visit begins at most, where only the last day is told."""
_MOST_DAYS = 60
_FRESH = timedelta(days=2)


class Stays:
    """Reads the first and the last day of the visits of one article."""

    def __init__(self, times: TimeReader, lexicon: Lexicon) -> None:
        self.times = times
        self.doc = times.doc
        self.syntax = times.syntax
        self.lexicon = lexicon

    def span(self, draft: Draft) -> Draft:
        """Return a visit with the days that its words give; any other draft as it is."""
        time = draft.time
        if draft.type != "Visit" or time is None or time.time.precision is not Precision.DAY or time.time.end_value:
            return draft
        days = 1 if self._is_spent(draft.trigger, time) else self._days(draft.trigger)
        if self._is_last(draft, time):
            return replace(draft, time=replace(time, time=_ending(time.time, days)))
        return replace(draft, time=replace(time, time=_lasting(time.time, days))) if days else draft

    def settle(self, draft: Draft) -> Draft:
        """Return a visit as still going on whose traveller arrived in the last days and has not left, as told."""
        published = self.doc.article.published
        if draft.type != "Visit" or draft.time is None or published is None:
            return draft
        time, said = draft.time.time, draft.factuality
        last = time.latest if time.end_value else published
        fresh = time.precision is Precision.DAY and time.value and published - _FRESH <= time.earliest <= published
        arrived = self.doc.tokens[draft.trigger].lemma in self.lexicon.words("arrive-verb")
        if not (fresh and arrived and last >= published and said.label is FactualityLabel.OCCURRED):
            return draft
        return replace(draft, factuality=replace(said, label=FactualityLabel.ONGOING, temporal=Temporal.PRESENT))

    def _is_last(self, draft: Draft, time: TimeExpression) -> bool:
        """Tell whether the date is the last day: "until Sunday", "left on Sunday", "ended the visit on Sunday"."""
        if self.times.is_end(time):
            return True
        if self.syntax.case_of(draft.trigger) == "after":  # "speaking on Sunday after a visit to Rome"
            return True
        carrier = self.doc.tokens[self.doc.tokens[draft.trigger].head]
        ended = carrier.lemma in self.lexicon.words("finish-verb") and carrier.upos == "VERB"
        return ended or draft.rule in self.lexicon.families["Visit"]["leaving"]

    def _is_spent(self, trigger: int, time: TimeExpression) -> bool:
        """Tell whether the date is all of the visit: "spent Monday in Rome"."""
        head = self.doc.tokens[time.end - 1]
        bare = head.head == trigger and not self.syntax.case_of(head.i)
        return bare and self.doc.tokens[trigger].lemma == "spend"

    def _days(self, trigger: int) -> int | None:
        """Return the days told of the visit or its support verb: "a two-day stay", "for three days"."""
        for i in self._measured(trigger):
            days = self.times.number(i)
            if days is not None and 1 <= days <= _MOST_DAYS:
                return days
        return None

    def _measured(self, trigger: int) -> Iterator[int]:
        """Yield the nouns that may measure the visit: below it, below its support verb, or the trip it is told with."""
        visit = self.lexicon.words("visit-noun") | self.lexicon.words("tour-noun")
        nodes = [trigger, *(c for c in self.doc.children[trigger] if self.doc.tokens[c].lemma in visit)]
        for node in nodes:
            yield from (c for c in self.doc.children[node] if self.doc.tokens[c].lemma == "day")


def joined(one: TimeExpression, other: TimeExpression) -> TimeExpression:
    """Return the first day of one and the last day of the other, where each tells only one of them."""
    first, last = one.time, other.time
    if first.value and not first.end_value and not last.value and first.earliest <= last.latest:
        value = replace(first, latest=last.latest, end_value=last.end_value)
        return replace(one, time=value)
    return one


def _lasting(time: TimeValue, days: int) -> TimeValue:
    last = time.earliest + timedelta(days=days - 1)
    return replace(time, latest=last, end_value=last.isoformat())


def _ending(time: TimeValue, days: int | None) -> TimeValue:
    """Return a visit that ends at a time; it begins so many days before, or nobody says when."""
    first = time.latest - (timedelta(days=days - 1) if days else _LONGEST)
    return replace(time, value=first.isoformat() if days else "", earliest=first, end_value=time.value)
