"""The side of a military action that its sentence leaves out.

Troops are sent, withdrawn and exercised where they last were said to be; an attack that names no state hits whom the
attacker hit before, else whoever reports it, else the other state the article is about; what was hit "again" was hit
by whoever had hit it before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.extract.context import InArticle, InFocus
from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, states, told_before
from kb.link import state_entity
from kb.model import Argument, Entity, EntityKind

_REACH = 15
"""Over how many sentences a theatre of operations stays in focus."""
_NEAR = 3
"""Over how many sentences "the raid" is the one told before."""
_FORCE = ("attack", "invade")
_HIT = ("obj", "on", "at", "against", "into", "around", "near")


class Warfare(InFocus):
    """The military actions of one article, read in text order."""

    def __init__(self, article: InArticle, counterparts: Counterparts) -> None:
        super().__init__(article, counterparts)
        self._told: list[Draft] = []

    def follow(self, draft: Draft) -> None:
        """Keep a military action in mind."""
        if draft.type == "MilitaryAction" and _aims(draft):
            self._told.append(draft)

    def fill(self, draft: Draft) -> Draft | None:
        """Return the action with its actor and target, or None where the article tells none of whom it can be."""
        if not draft.entities("actor"):
            draft = self._by_whom(draft)
        if draft.value("action") not in _FORCE:
            return self._theatre(draft)
        return self._on_whom(draft)

    def _before(self, draft: Draft, reach: int) -> Iterable[Draft]:
        """Yield the actions told in the sentences before, the last first."""
        here = self.doc.tokens[draft.trigger].sentence
        return (d for d in reversed(self._told) if here - self.doc.tokens[d.trigger].sentence <= reach)

    # --- who acts -------------------------------------------------------------------------------------------------

    def _by_whom(self, draft: Draft) -> Draft:
        """Take the actor of an action of the same kind with the same target, told before."""
        hit = states(draft.entities("target", "place"), self._lying_in)
        alike = (d for d in self._before(draft, _REACH) if _kind(d) == _kind(draft) and d.entities("actor"))
        for told in alike:
            same = bool(hit & states(told.entities("target", "place"), self._lying_in))
            if same or (not hit and self._near(draft, told)):
                return draft.adding(told_before(told, "actor"))
        return draft

    def _near(self, draft: Draft, told: Draft) -> bool:
        return self.doc.tokens[draft.trigger].sentence - self.doc.tokens[told.trigger].sentence <= _NEAR

    def _lying_in(self, entity: Entity) -> str | None:
        return entity.state or self.state_of(entity)

    # --- where troops are -----------------------------------------------------------------------------------------

    def _theatre(self, draft: Draft) -> Draft | None:
        """Take where troops go, leave or exercise from the military action before it."""
        if _aims(draft):
            return draft
        last = next(iter(self._before(draft, _REACH)), None)
        if last is not None and last.value("action") != "attack":
            return draft.adding(told_before(last, "target"))
        return None if draft.rule in self.lexicon.families[draft.type]["in_theatre"] else draft

    # --- who is hit -----------------------------------------------------------------------------------------------

    def _on_whom(self, draft: Draft) -> Draft | None:
        """Tell on whom an attack was: each side on the other, else whoever reports it, was hit before, or is near.

        Only an attack on a boat, soldiers, an airfield and the like is taken for one on a state that is not named.
        """
        actors = draft.entities("actor")
        if draft.entities("target") or not actors:
            return draft
        sides = states(actors, self.state_of)
        if len(sides) > 1:
            return draft.adding(Argument("target", e, "each on the other") for e in actors)
        found = self._reporter(draft, sides)
        struck = not draft.entities("place") and (self._hits(draft, "struck-noun") or self._town(draft))
        if not found and struck:
            found = self._hit_before(draft, sides) or self._other_state(draft)
        return draft.adding(found) if found else None

    def _hits(self, draft: Draft, words: str) -> bool:
        return any(self.doc.tokens[i].lemma.lower() in self.lexicon.words(words) for i in self._hit(draft))

    def _hit(self, draft: Draft) -> list[int]:
        return [i for slot in _HIT for i in self.syntax.slot(draft.trigger, slot)]

    def _town(self, draft: Draft) -> bool:
        """Tell whether it hits a place that the gazetteer does not know."""
        return any(i in self.doc.place_tokens for i in self._hit(draft))

    def _hit_before(self, draft: Draft, sides: frozenset[str]) -> list[Argument]:
        """Return the target of the attacker's last attack."""
        for told in self._before(draft, _REACH):
            if _kind(told) == "force" and sides & states(told.entities("actor"), self.state_of):
                return told_before(told, "target")
        return []

    def _reporter(self, draft: Draft, sides: frozenset[str]) -> list[Argument]:
        """Return the state that reports an attack on a boat, soldiers and the like, which it means as its own."""
        chain = draft.factuality.chain
        if not self._hits(draft, "victim-noun"):
            return []
        accusers = {self.state_of(e) or e.code for e in (chain[-1].sources if chain else ())}
        victims = [state_entity(self.linked, code) for code in accusers - sides]
        return [Argument("target", e, "who reports it") for e in victims if e and e.kind is EntityKind.STATE]

    def _other_state(self, draft: Draft) -> list[Argument]:
        other = self._counterparts.other_than(draft.entities("actor"))
        return [Argument("target", other, "the other state of the article")] if other else []


def _aims(draft: Draft) -> bool:
    return bool(draft.entities("target", "place"))


def _kind(draft: Draft) -> object:
    return "force" if draft.value("action") in _FORCE else draft.value("action")
