"""Who travels where, told over several sentences: the traveller and the destination in focus.

"The visitor continues to Ethiopia", "a third leg, to Djibouti", "Duarte flew in on Monday".
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.extract.drafts import Draft, StateOf, told_before
from kb.model import Argument, Entity, EntityKind, LinkedDocument

_REACH = 15
"""Over how many sentences a journey stays in focus."""


class Journeys:
    """The visits and meetings of an article, read in text order."""

    def __init__(self, linked: LinkedDocument, state_of: StateOf) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.state_of = state_of
        self._told: list[Draft] = []

    def order(self, draft: Draft) -> tuple[int, bool, int]:
        """Order drafts by text, what lacks its destination after its sentence ("X, accompanied by Y, visited Z")."""
        lacking = draft.type == "Visit" and not draft.entities("destination", "place")
        return self.doc.tokens[draft.trigger].sentence, lacking, draft.trigger

    def follow(self, draft: Draft) -> None:
        """Keep a visit or a meeting in mind."""
        if draft.type in ("Visit", "Meeting"):
            self._told.append(draft)

    def fill_visit(self, draft: Draft) -> Draft:
        """Return a visit with the traveller and the destination that it leaves to what was told before."""
        return self._fill_destination(self._fill_visitor(draft))

    def _near(self, draft: Draft, other: Draft) -> bool:
        here, there = (self.doc.tokens[d.trigger].sentence for d in (draft, other))
        return here - there <= _REACH

    # --- travellers -----------------------------------------------------------------------------------------------

    def _fill_visitor(self, draft: Draft) -> Draft:
        """Take the traveller of the last visit, rather of one to the same place."""
        if draft.entities("visitor"):
            return draft
        ends = {e.id for e in draft.entities("destination", "place")}
        visits = [v for v in reversed(self._told) if v.type == "Visit" and self._near(draft, v)]
        same = [v for v in visits if ends & {e.id for e in v.entities("destination", "place")}]
        if not visits:
            return draft.adding(self._only_official(draft))
        last = (same or visits)[0]
        return draft.adding(told_before(last, "visitor"))

    def _only_official(self, draft: Draft) -> list[Argument]:
        """Return the one official of the sentence, whoever ends the trip ("refused Duarte leave, sinking a tour")."""
        sentence = self.doc.sentences[self.doc.tokens[draft.trigger].sentence]
        found = {
            e.id: Argument("visitor", e, "the sentence's only official")
            for i in range(sentence.start, draft.trigger)
            for e in self.linked.references.get(i, ())
            if e.kind is EntityKind.OFFICIAL
        }
        return list(found.values()) if len(found) == 1 else []

    # --- destinations ---------------------------------------------------------------------------------------------

    def _fill_destination(self, draft: Draft) -> Draft:
        """Take the destination of the last visit of the same visitor, or where the visitor met somebody abroad."""
        visitors = {e.id for e in draft.entities("visitor")}
        if draft.entities("destination", "place") or not visitors:
            return draft
        for last in reversed(self._told):
            if not self._near(draft, last):
                break
            if visitors & {e.id for e in last.entities("visitor", "participant")}:
                found = told_before(last, "destination") or self._abroad(draft, told_before(last, "place"))
                if found:
                    return draft.adding(found)
        return draft.adding(self._dateline(draft))

    def _abroad(self, draft: Draft, places: Iterable[Argument]) -> list[Argument]:
        """Return the places that lie outside the visitors' own states."""
        home = {self.state_of(e) for e in draft.entities("visitor")}
        return [a for a in places if isinstance(a.value, Entity) and a.value.state not in home]

    def _dateline(self, draft: Draft) -> list[Argument]:
        """Return where the article is written, for somebody who "flew in on Monday"."""
        name = (self.doc.article.dateline or "").partition(",")[0].strip().casefold()
        found = (e for here in self.linked.places.values() for e in here)
        places = [e for e in found if e.name.casefold() == name and e.kind is EntityKind.PLACE]
        return self._abroad(draft, [Argument("place", e, "dateline") for e in places[:1]])
