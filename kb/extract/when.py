"""Which time expression dates an event: the nearest one in its own clause."""

from __future__ import annotations

from datetime import date

from kb.extract.syntax import Syntax
from kb.model import LinkedDocument, Precision, TimeExpression, TimeValue

_BARRIERS = frozenset({"ccomp", "acl:relcl", "advcl", "advcl:relcl", "parataxis", "conj"})

_OTHER_TIME = frozenset({"before", "after", "ahead of", "since", "until", "prior to"})
"""Conjunctions that say that two events are not at one time."""

_ENDS = frozenset({"until", "till", "through"})
"""Prepositions that say how long something lasts, not when it is decided."""


class TimeReader:
    """Finds the time expression of a trigger."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self._heads = tuple((self._head(time), time) for time in linked.times)

    def time_of(self, trigger: int, *, since: bool = False, until: bool = False) -> TimeExpression | None:
        """Return the expression that dates the event, or None.

        `since`: the year since when it has lasted counts as well; `until`: so does the time until when.

        It hangs on the trigger or on something below it in the same clause, else on the verb that governs the trigger
        (its support verb, or the clause the noun stands in). Times of other clauses do not count.
        """
        before = self._years_before(trigger)
        if before is not None:
            return before
        node, borrowed = trigger, 0
        while True:
            found = self._nearest_below(node, trigger, since=since, until=until)
            if found is not None:
                return found
            token = self.doc.tokens[node]
            if token.head == node or borrowed >= 3 or not self._may_climb(node):
                return None
            node, borrowed = token.head, borrowed + 1

    def is_end(self, time: TimeExpression) -> bool:
        """Tell whether an expression gives the last day of something: "until Sunday"."""
        return self.syntax.case_of(self._head(time)) in _ENDS

    def _years_before(self, trigger: int) -> TimeExpression | None:
        """Return the year in "met Kim on Wednesday, 24 years after he had visited Pyongyang"."""
        token = self.doc.tokens[trigger]
        if token.dep != "advcl" or self.syntax.case_of(trigger) != "after":
            return None
        years = next((c for c in self.syntax.slot(trigger, "when") if self.doc.tokens[c].lemma == "year"), None)
        number = self.number(years) if years is not None else None
        main = self.time_of(token.head)
        now = main.time.earliest if main is not None else self.doc.article.published
        if years is None or number is None or now is None or number >= now.year:
            return None
        year = now.year - number
        value = TimeValue(str(year), date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        return TimeExpression(min(self.doc.children[years], default=years), years + 1, value)

    def number(self, noun: int) -> int | None:
        """Return how many of a noun there are: "24 years", "three-day"."""
        names = self.syntax.lexicon.families["numbers"]["names"]
        words = [self.doc.tokens[c].text.lower() for c in self.doc.children[noun] if self.doc.tokens[c].dep == "nummod"]
        return next((int(w) if w.isdigit() else int(names[w]) for w in words if w.isdigit() or w in names), None)

    def _head(self, time: TimeExpression) -> int:
        inside = range(time.start, time.end)
        return next((i for i in inside if self.doc.tokens[i].head not in inside), time.start)

    def announced(self, trigger: int) -> TimeExpression | None:
        """Return when an event was reported: "Cuba has banned imports of salt, its ministry said on Tuesday"."""
        doc = self.doc
        above = [a for a in doc.ancestors(trigger) if doc.tokens[a].upos == "VERB"]
        aside = [c for i in (trigger, *above) for c in doc.children[i] if doc.tokens[c].dep == "parataxis"]
        saying = (i for i in (*above, *aside) if self._says(i))
        return next((t for i in saying if (t := self._nearest_below(i, i)) is not None), None)

    def _nearest_below(
        self, node: int, trigger: int, *, since: bool = False, until: bool = False
    ) -> TimeExpression | None:
        sentence = self.doc.tokens[node].sentence
        below = [
            (self._depth(head, node), abs(head - trigger), time.start, time)
            for head, time in self._heads
            if self.doc.tokens[head].sentence == sentence
            and self._in_clause(head, node, trigger)
            and (since or not self._is_bygone(head, time))
            and (until or not self.is_end(time))
            and not self._of_another(head, node, time)
        ]
        return min(below)[3] if below else None

    def _depth(self, head: int, node: int) -> int:
        """Return 0 for what hangs on the event's word itself, 1 for what hangs on one of its arguments."""
        return int(head != node and self.doc.tokens[head].head != node)

    def _is_bygone(self, head: int, time: TimeExpression) -> bool:
        """Tell whether a year only says how long it had not happened: "the first visit since 2018"."""
        return time.time.precision is Precision.YEAR and self.syntax.case_of(head) == "since"

    def _of_another(self, head: int, node: int, time: TimeExpression) -> bool:
        """Tell whether a time only says which event it was after: "after the coup of 1 May", "after the 2017 vote"."""
        governor = self.doc.tokens[head].head
        inside = node not in (governor, head) and self.doc.tokens[governor].upos == "NOUN"
        which = self.syntax.case_of(head) == "of" or time.time.precision is Precision.YEAR
        return inside and which and self.syntax.case_of(governor) in _OTHER_TIME

    def _in_clause(self, head: int, node: int, trigger: int) -> bool:
        """Tell whether `head` lies below `node` without crossing into another clause or another event noun."""
        current = head
        while current != node:
            token = self.doc.tokens[current]
            if token.head == current or (token.dep in _BARRIERS and current != head):
                return False
            if token.dep in _BARRIERS and token.upos in ("VERB", "AUX"):
                return False
            if token.dep == "acl" and token.upos == "VERB" and current != head and token.head not in (node, trigger):
                return False
            current = token.head
        return True

    def _may_climb(self, node: int) -> bool:
        """Tell whether the governor's times may date the event: nouns and raised or controlled verbs borrow them."""
        token = self.doc.tokens[node]
        if token.upos in ("NOUN", "PROPN", "ADJ"):
            return token.dep not in ("nsubj", "acl:relcl", "appos") or self.doc.tokens[token.head].upos == "VERB"
        if token.dep == "advcl" and self.syntax.case_of(node) in _OTHER_TIME:
            return False
        if token.dep == "acl:relcl":
            return self._is_there(node)
        aside = token.dep == "advcl" and token.xpos == "VBG"  # "said on Monday, urging the council to meet"
        return token.dep in ("xcomp", "acl", "conj", "advcl") and (aside or not self._says(token.head))

    def _is_there(self, i: int) -> bool:
        """Tell whether a relative clause goes on with the journey: "flies to Rome on Friday, where he will see"."""
        return any(self.doc.tokens[c].text.lower() == "where" for c in self.doc.children[i])

    def _says(self, i: int) -> bool:
        return self.doc.tokens[i].lemma in self.syntax.lexicon.words("reporting-verb")
