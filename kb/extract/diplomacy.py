"""The side of a diplomatic act that the sentence leaves out.

An envoy "was expelled" by the state that hosts him, "was called home" from there; where a report names neither, it is
the other state the article is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.extract.drafts import Draft, StateOf, states
from kb.extract.syntax import Syntax
from kb.link import state_entity
from kb.model import Argument, Entity, EntityKind, LinkedDocument

_ACTED_ON = ("expel", "summon")
"""Acts that are often told in the passive, without the host who acts."""
_TOLD_WITHOUT_TARGET = ("recall", "open_embassy", "close_embassy", "sever_ties", "restore_ties", "expel", "summon")
_MUTUAL = ("sever_ties", "restore_ties")
_LEAST_MENTIONS = 2
_NEAR_SENTENCES = 2
_LEAD = 1.3
"""How much more often than the next state the other state of the article is spoken of."""


class Counterparts:
    """Completes the diplomatic acts of one article with the states it speaks of most."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, state_of: StateOf) -> None:
        self.linked = linked
        self.syntax = syntax
        self.state_of = state_of
        self.mentions = _mentions(linked)

    def fill(self, draft: Draft) -> Draft:
        """Return the draft with the actor or target that only the article as a whole tells."""
        action = draft.value("action")
        if action in _MUTUAL:
            draft = _apart(self._between_the_two(draft))
        if action == "appoint":
            draft = self._sender(draft)
        if action in _ACTED_ON and not draft.entities("actor") and not self.syntax.subjects(draft.trigger):
            near = self._only_near(draft)
            if near is not None:
                return draft.adding([Argument("actor", near, "the other state spoken of there")])
            return self._adding(draft, "actor", draft.entities("target"))
        if action in _TOLD_WITHOUT_TARGET and draft.entities("actor"):
            draft = self._from_place(draft)
            if not draft.entities("target"):
                return self._adding(draft, "target", draft.entities("actor"))
        return draft

    def _between_the_two(self, draft: Draft) -> Draft:
        """Take ties of nobody named ("relations were restored") for those of the two states the article is about."""
        if draft.entities("actor", "target"):
            return draft
        return draft.adding(Argument("actor", e, "the two states of the article") for e in self.two_besides(()))

    def _sender(self, draft: Draft) -> Draft:
        """Take the state an envoy serves for the one that sends him, where nobody is said to."""
        if draft.entities("actor"):
            return draft
        served = (state_entity(self.linked, self.state_of(e)) for e in draft.entities("target"))
        return draft.adding(Argument("actor", e, "the envoy's state") for e in served if e is not None)

    def _only_near(self, draft: Draft) -> Entity | None:
        """Return the only other state spoken of in the draft's sentence and the two before, or None."""
        doc, known = self.linked.doc, states(draft.entities("target"), self.state_of)
        here = doc.tokens[draft.trigger].sentence
        first, last = doc.sentences[max(here - _NEAR_SENTENCES, 0)].start, doc.sentences[here].end
        tokens = (i for i in range(first, last) if i in self.linked.references)
        found = {e for i in tokens for e in self.linked.references[i] if e.kind is EntityKind.STATE}
        others = [e for e in found if e.code not in known]
        return others[0] if len(others) == 1 else None

    def _from_place(self, draft: Draft) -> Draft:
        """Take the state in which a named city lies for the target."""
        if draft.entities("target"):
            return draft
        lies_in = {e.state for e in draft.entities("place")}
        found = [e for e in self.mentions if e.code in lies_in]
        return draft.adding(Argument("target", e, "state of the place") for e in found)

    def _adding(self, draft: Draft, role: str, others: Sequence[Entity]) -> Draft:
        other = self.other_than(others)
        return draft if other is None else draft.adding([Argument(role, other, "the other state of the article")])

    def other_than(self, entities: Sequence[Entity]) -> Entity | None:
        """Return the state spoken of most besides those the entities are or serve, or None where two are level."""
        known = states(entities, self.state_of)
        ranked = [(e, n) for e, n in self.mentions.most_common() if e.code not in known]
        level = len(ranked) > 1 and ranked[1][1] * _LEAD > ranked[0][1]
        if not ranked or ranked[0][1] < _LEAST_MENTIONS or level:
            return None
        return ranked[0][0]

    def two_besides(self, entities: Sequence[Entity]) -> tuple[Entity, ...]:
        """Return the two states the article is about, if they stand out and the entities serve neither; else none."""
        known = states(entities, self.state_of)
        ranked = [(e, n) for e, n in self.mentions.most_common() if e.code not in known]
        if len(ranked) < 2 or (len(ranked) < len(self.mentions) and self._foremost(known, ranked[1][1])):
            return ()
        third = ranked[2][1] if len(ranked) > 2 else 0
        return (ranked[0][0], ranked[1][0]) if ranked[1][1] >= max(_LEAST_MENTIONS, third * _LEAD) else ()

    def _foremost(self, codes: Collection[str], count: int) -> bool:
        """Tell whether one of the states is spoken of as often as that."""
        return any(n >= count for e, n in self.mentions.items() if e.code in codes)


def _apart(draft: Draft) -> Draft:
    """Set those who act on each other ("Iran and Oman resumed ties") against one another."""
    first, *rest = draft.entities("actor") or (None,)
    if first is None or not rest or set(draft.entities("target")) - {first, *rest}:
        return draft
    others = [a for a in draft.arguments if a.role == "actor" and a.value in rest]
    apart = draft.without("target").without("actor", rest)
    return apart.adding(replace(a, role="target") for a in others)


def _mentions(linked: LinkedDocument) -> Counter[Entity]:
    """Count how often the article refers to each state, nationality adjectives and pronouns included."""
    found: Counter[Entity] = Counter()
    for i in sorted(linked.references):
        found.update(e for e in linked.references[i] if e.kind is EntityKind.STATE)
    return found
