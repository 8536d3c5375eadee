"""What the article has spoken of before: whose sanctions on whom, the sides of a visit or meeting, who receives goods.

Facts that name only a part ("the embargo was extended", "documents will be signed", "Iran sends drones") take the rest
from there, if it is near enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.extract.context import InArticle
from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, StateOf
from kb.extract.journeys import Journeys
from kb.extract.lexicon import Lexicon
from kb.extract.sanctionrecords import SANCTIONS
from kb.extract.sanctions import SanctionsFocus
from kb.extract.stances import StanceTargets
from kb.extract.supplies import Supplies
from kb.extract.syntax import Syntax
from kb.extract.warfare import Warfare
from kb.extract.wishes import without_wished_for
from kb.link import agents, places, state_entity
from kb.model import Argument, Entity, LinkedDocument, Precision

_SIDES_SENTENCES = 4
_ANOTHER_TEST = "test.another"


class Focus(InArticle):
    """Reads the drafts of an article in text order and completes those that lack a side."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon, state_of: StateOf) -> None:
        super().__init__(linked, syntax, lexicon, state_of)
        self._sides: Draft | None = None
        self._test: Draft | None = None
        self._journeys = Journeys(linked, state_of)
        self._counterparts = Counterparts(linked, syntax, state_of)
        self._supplies = Supplies(self, self._counterparts)
        self._warfare = Warfare(self, self._counterparts)
        self._stances = StanceTargets(self, self._counterparts)

    def complete(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts in text order, with what they lack where the article has told it."""
        wishes = self.lexicon.families["SanctionsAction"]["wishes"]
        drafts = without_wished_for(sorted(drafts, key=self._journeys.order), self.doc, wishes)
        self._sanctions = SanctionsFocus(self, self._counterparts, drafts)
        found = []
        for draft in drafts:
            whole = self._filled(draft)
            if whole is not None:
                found.append(whole)
                found.extend(self._follow(whole))
        return found

    def _filled(self, draft: Draft) -> Draft | None:
        """Return the draft with what it lacks, or None where the article shows that it is none."""
        steps: dict[str, Callable[[Draft], Draft | None]] = {
            "SanctionsAction": self._sanctions.fill,
            "SanctionsRegime": self._sanctions.fill,
            "Visit": self._fill_visit,
            "MilitaryAction": self._warfare.fill,
            "Agreement": self._fill_parties,
            "Transfer": self._supplies.fill,
            "Meeting": self._fill_participants,
            "WeaponsTest": self._fill_test,
            "DiplomaticAction": self._counterparts.fill,
            "Stance": self._stances.fill,
            "Accusation": self._stances.accused,
        }
        step = steps.get(draft.type)
        return draft if step is None else step(draft)

    def _follow(self, draft: Draft) -> list[Draft]:
        """Keep in mind what a draft says, and return what it takes for granted."""
        standing = None
        for thread in (self._journeys, self._supplies, self._warfare):
            thread.follow(draft)
        if draft.type in SANCTIONS:
            self._sanctions.follow(draft)
            standing = self._sanctions.presupposed(draft)
        elif draft.type in ("Visit", "Meeting", "Agreement") and len(self._sides_of(draft)) > 1:
            self._sides = draft
        elif draft.type == "WeaponsTest":
            self._test = draft
        self._stances.follow(draft)
        return [standing] if standing is not None else []

    def _near(self, draft: Draft, other: Draft | None, sentences: int) -> bool:
        if other is None:
            return False
        here, there = (self.doc.tokens[d.trigger].sentence for d in (draft, other))
        return here - there <= sentences

    # --- visits and agreements ------------------------------------------------------------------------------------

    def _fill_visit(self, draft: Draft) -> Draft:
        """Take the other state of the article for the end of a journey ("during her visit") where nothing tells it."""
        draft = self._journeys.fill_visit(draft)
        visitors = draft.entities("visitor")
        if draft.entities("destination", "place") or not any(self.state_of(e) for e in visitors):
            return draft
        if draft.rule not in self.lexicon.families["Visit"]["to_other_state"]:
            return draft
        other = self._counterparts.other_than(visitors)
        return draft.adding([Argument("destination", other, "the other state of the article")] if other else [])

    def _fill_parties(self, draft: Draft) -> Draft:
        near = self._near(draft, self._sides, _SIDES_SENTENCES)
        if draft.entities("party") or self._sides is None or not near or self._of_old(draft):
            return draft
        sides = self._sides_of(self._sides)
        return draft.adding(Argument("party", e, "sides in focus") for e in sides)

    def _fill_participants(self, draft: Draft) -> Draft:
        """Take the sides in focus for those of "the talks in Oslo", else the two states the article is about."""
        if draft.rule not in self.lexicon.families["Meeting"]["in_focus"] or draft.entities("participant"):
            return draft
        near = self._sides is not None and self._near(draft, self._sides, _SIDES_SENTENCES)
        sides = self._sides_of(self._sides) if near and self._sides is not None else self._counterparts.two_besides(())
        return draft.adding(Argument("participant", e, "sides in focus") for e in sides)

    def _of_old(self, draft: Draft) -> bool:
        """Tell whether an agreement is dated to a bygone year: "the treaty, signed in 1996"."""
        if draft.time is None or draft.time.time.precision is not Precision.YEAR:
            return False
        published = self.doc.article.published
        return published is None or draft.time.time.latest < published

    def _sides_of(self, draft: Draft) -> tuple[Entity, ...]:
        """Return the states and organisations that meet, or those of visitors and hosts."""
        people = draft.entities("participant", "visitor", "destination", "party")
        bodies = (state_entity(self.linked, self.state_of(e)) or e for e in people)
        return tuple(dict.fromkeys(bodies))

    def _fill_test(self, draft: Draft) -> Draft | None:
        return self._fill_tester(draft) if draft.rule == _ANOTHER_TEST else self._unless_attack(draft)

    def _unless_attack(self, draft: Draft) -> Draft | None:
        """Drop what was fired at a place, a state or a body: that is no test."""
        aimed = [i for slot in ("at", "on", "against") for i in self.syntax.slot(draft.trigger, slot)]
        into = [i for slot in ("into", "toward", "towards") for i in self.syntax.slot(draft.trigger, slot)]
        hit = any(agents(self.linked, i) or places(self.linked, i) for i in aimed)
        return None if hit or any(agents(self.linked, i) for i in into) else draft

    def _fill_tester(self, draft: Draft) -> Draft | None:
        """Read "a second test" as one of weapons only after another, by the same state where none is named."""
        if self._test is None:
            return None
        if draft.entities("actor"):
            return draft
        return draft.adding(a for a in self._test.arguments if a.role == "actor")
