"""Where a meeting is that names no place: at the goal of the journey it is told with, or where a visitor is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kb.extract.drafts import Draft, StateOf
from kb.model import Document

_PURPOSES = ("advcl", "xcomp", "acl:relcl", "acl", "obl", "obj", "nmod", "conj")
_AFTER = timedelta(days=2)
"""How long after the first day of a visit, where its last day is not told, talks may be that belong to it."""


class Venues:
    """Finds the places of the meetings of one article among those of its visits."""

    def __init__(self, doc: Document, state_of: StateOf) -> None:
        self.doc = doc
        self.state_of = state_of

    def meet_there(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts with the place of each meeting for which somebody travels: "flew to Oslo to meet Y"."""
        visits = {draft.trigger: draft for draft in drafts if draft.type == "Visit" and draft.entities("place")}
        return [self._at_goal(draft, visits) for draft in drafts]

    def _at_goal(self, draft: Draft, visits: Mapping[int, Draft]) -> Draft:
        if draft.type != "Meeting" or draft.entities("place"):
            return draft
        journey = next((visits[i] for i in self._governors(draft.trigger) if i in visits), None)
        if journey is None or not set(journey.entities("visitor")) & set(draft.entities("participant")):
            return draft
        return draft.adding(replace(a, how="goal of the visit") for a in journey.arguments if a.role == "place")

    def _governors(self, trigger: int) -> Iterator[int]:
        """Yield what the event is the purpose or the sequel of, inside its sentence, the nearest first."""
        node = trigger
        while self.doc.tokens[node].head != node and self.doc.tokens[node].dep in _PURPOSES:
            node = self.doc.tokens[node].head
            yield node

    def host(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts with the place of each meeting of a visitor with those whose state is being visited."""
        visits = [draft for draft in drafts if draft.type == "Visit" and draft.entities("place")]
        return [self._hosted(draft, visits) for draft in drafts]

    def _hosted(self, draft: Draft, visits: Sequence[Draft]) -> Draft:
        away = draft.type != "Meeting" or draft.entities("place") or draft.value("kind") == "call"
        stays = [] if away else [visit for visit in visits if self._receives(visit, draft)]
        if len(stays) != 1:
            return draft
        return draft.adding(replace(a, how="where the visitor is") for a in stays[0].arguments if a.role == "place")

    def _receives(self, visit: Draft, meeting: Draft) -> bool:
        """Tell whether a meeting is one of the visitor with hosts, at a time at which the visit can be."""
        visitors = {e.id for e in visit.entities("visitor")}
        hosts = [e for e in meeting.entities("participant") if e.id not in visitors]
        visited = {e.code for e in visit.entities("destination")}
        among = bool(hosts) and len(hosts) < len(meeting.entities("participant"))
        return among and all(self.state_of(e) in visited for e in hosts) and _may_overlap(visit, meeting)


def _may_overlap(visit: Draft, meeting: Draft) -> bool:
    if visit.time is None or meeting.time is None:
        return True
    stay, talks = visit.time.time, meeting.time.time
    return stay.earliest <= talks.latest and talks.earliest <= stay.latest + _AFTER
