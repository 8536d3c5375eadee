"""Speech acts and what they are about: accusations behind attributed hostile acts, denials and what they deny."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.extract.attribution import AttributionReader
from kb.extract.denials import Denials
from kb.extract.drafts import Draft, StateOf, states
from kb.extract.lexicon import Lexicon
from kb.extract.phrases import phrase
from kb.extract.syntax import Syntax
from kb.model import ACTOR_KINDS, Argument, Entity, Factuality, FactualityLabel, LinkedDocument

_SPEECH = ("Accusation", "Denial", "Stance")
_NOT_MADE = frozenset(
    {
        FactualityLabel.NOT_OCCURRED,
        FactualityLabel.HYPOTHETICAL,
        FactualityLabel.POSSIBLE,
        FactualityLabel.PROPOSED,
        FactualityLabel.CANCELLED,
    }
)
_SAID_OF = (FactualityLabel.ALLEGED, FactualityLabel.PLANNED)
"""What is said may be alleged or ahead; that it is said has happened."""
_OF_WHAT_IS_NOT = ("demand", "urge", "threaten", "promise", "warn")
"""Kinds of stances on what has not happened."""
_REPORTED = "accusation.reported-act"
_UNCERTAIN = (FactualityLabel.ALLEGED, FactualityLabel.DENIED, FactualityLabel.POSSIBLE)


def is_hostile(draft: Draft, family: Mapping[str, Any]) -> bool:
    """Tell whether reporting the act of another accuses him of it."""
    return bool(family.get("hostile")) or draft.value("action") in family.get("hostile_actions", ())


def said_by_source(draft: Draft) -> Draft:
    """Return a speech act told by its content alone with whoever says it as its speaker."""
    chain = draft.factuality.chain
    if not chain or chain[-1].commitment == "denying":
        return draft
    cue = chain[-1].cue
    draft = draft.adding(Argument("speaker", e, f"says: {cue}") for e in chain[-1].sources if e.kind in ACTOR_KINDS)
    refused = draft.type == "Stance" and draft.factuality.label is FactualityLabel.NOT_OCCURRED  # "will not accept"
    if draft.factuality.label not in _SAID_OF and not refused:
        return draft
    return replace(draft, factuality=replace(draft.factuality, label=FactualityLabel.OCCURRED))


class SpeechActs:
    """Derives accusations and links accusations and denials with the claims they are about."""

    def __init__(
        self,
        linked: LinkedDocument,
        syntax: Syntax,
        attribution: AttributionReader,
        lexicon: Lexicon,
        state_of: StateOf,
    ) -> None:
        self.doc = linked.doc
        self.syntax = syntax
        self.attribution = attribution
        self.lexicon = lexicon
        self.state_of = state_of
        self.denials = Denials(linked, syntax, lexicon, state_of)

    def add_accusations(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Add the accusation in "Seoul says Moscow supplies technology": a hostile act alleged by a third party."""
        attitudes = {d.trigger for d in drafts if d.type == "Stance"}
        unmade = {d.trigger for d in drafts if not self._is_made(d)}
        made = [d for d in drafts if self._is_made(d) and not self._is_wanted(d, attitudes)]
        told = [self._asserted_act(draft) for draft in made]
        told += [accusation for draft in told for accusation in self._accusation(draft)]
        asked = {d.trigger for d in made if d.type == "Stance" and d.value("kind") in _OF_WHAT_IS_NOT}
        asked |= {d.trigger for d in made if d.type == "Accusation"}
        told = [d for d in told if not self._below(d, unmade) and not self._only_content(d, asked)]
        return self.denials.settled(told)

    def _only_content(self, draft: Draft, asked: Collection[int]) -> bool:
        """Tell whether an accusation read off an act is what another one, a demand or a threat is about."""
        read_off = draft.rule == _REPORTED or draft.rule in self.lexicon.families["Accusation"]["of_source"]
        return draft.type == "Accusation" and read_off and any(i in asked for i in self.doc.ancestors(draft.trigger))

    def _below(self, draft: Draft, unmade: Collection[int]) -> bool:
        """Tell whether an accusation is only the content of one that is not made: "could accuse X of arming Y"."""
        return draft.type == "Accusation" and any(i in unmade for i in self.doc.ancestors(draft.trigger))

    def _is_made(self, draft: Draft) -> bool:
        """Tell whether a speech act is made: it is not when only possible or not done, nor when one accuses oneself."""
        if draft.type not in _SPEECH:
            return True
        return draft.factuality.label not in _NOT_MADE and not self._of_oneself(draft)

    def _is_wanted(self, draft: Draft, attitudes: Collection[int]) -> bool:
        """Tell whether a stance is only what another promises or asks for: "vowed to support", "urged to condemn"."""
        head = self.doc.tokens[draft.trigger].head
        planned = draft.type == "Stance" and draft.factuality.label is FactualityLabel.PLANNED
        return planned and head != draft.trigger and not {head, self.doc.tokens[head].head}.isdisjoint(attitudes)

    def _asserted_act(self, draft: Draft) -> Draft:
        """Return an accusation that somebody denies as one that was made."""
        if draft.type != "Accusation" or draft.factuality.label is not FactualityLabel.DENIED:
            return draft
        return replace(draft, factuality=replace(draft.factuality, label=FactualityLabel.OCCURRED))

    def _of_oneself(self, draft: Draft) -> bool:
        """Tell whether an accusation is none, because it is of one's own side ("said it had violated")."""
        if draft.type != "Accusation" or draft.rule not in self.lexicon.families["Accusation"]["of_others"]:
            return False
        own, accused = (states(draft.entities(role), self.state_of) for role in ("speaker", "target"))
        return not accused or accused <= own

    def _accusation(self, draft: Draft) -> list[Draft]:
        family = self.lexicon.families[draft.type]
        chain = draft.factuality.chain
        accusing = is_hostile(draft, family) and draft.value("action") not in family.get("no_offence", ())
        if not accusing or draft.factuality.label is not FactualityLabel.ALLEGED or not chain:
            return []
        speakers = [e for e in chain[-1].sources if e.kind in ACTOR_KINDS]
        accused = self._doers(draft) or draft.entities(*family["agents"])
        if not speakers or not accused or chain[-1].commitment == "denying":
            return []
        if draft.rule in family.get("told_with_another", ()):  # the verb before it accuses already
            return []
        arguments = [Argument("speaker", e, f"says: {chain[-1].cue}") for e in speakers]
        arguments += [Argument("target", e, "accused of the act") for e in accused]
        arguments.append(Argument("about", phrase(self.doc, draft.trigger), "reported act"))
        return [
            replace(
                draft,
                type="Accusation",
                rule=_REPORTED,
                arguments=tuple(arguments),
                factuality=Factuality(FactualityLabel.OCCURRED),
                time=None,
            )
        ]

    def _doers(self, draft: Draft) -> tuple[Entity, ...]:
        """Return the subject of the act, which may be on either side of it: the buyer as well as the seller."""
        found = (a for a in draft.arguments if a.how.split(":")[0] == "subj" and isinstance(a.value, Entity))
        return tuple(a.value for a in found if isinstance(a.value, Entity))

    # --- links ----------------------------------------------------------------------------------------------------

    def link(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Give every accusation and denial the claims it alleges or denies."""
        acts = [d for d in drafts if not self.lexicon.families[d.type].get("speech")]
        link = {"Accusation": self._alleged, "Denial": self._denied}
        return [replace(d, about=link[d.type](d, acts)) if d.type in link else d for d in drafts]

    def _alleged(self, accusation: Draft, acts: Sequence[Draft]) -> tuple[Draft, ...]:
        below = self._content(accusation)
        return tuple(
            act
            for act in acts
            if act.factuality.label in _UNCERTAIN
            and (act.trigger in below or act.trigger == accusation.trigger or self._said_by(act, accusation))
            and self._shares(self._actors(act), accusation.entities("target"))
        )

    def _denied(self, denial: Draft, acts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return what hangs below the denial; else the last thing alleged of the one who denies."""
        below = self._asserted(denial)
        inside = tuple(act for act in acts if act.trigger in below)
        if inside:
            return inside
        speakers = denial.entities("speaker")
        before = [
            act
            for act in acts
            if act.trigger < denial.trigger
            and act.factuality.label in _UNCERTAIN
            and self._shares(self._actors(act), speakers)
        ]
        return tuple(before[-1:])

    def _asserted(self, draft: Draft) -> frozenset[int]:
        """Return the content without its relative clauses: what they add is not what is denied."""
        content = self._content(draft)
        asides = (i for i in content if self.doc.tokens[i].dep == "acl:relcl")
        return content.difference(*(self.doc.subtree(i) for i in asides))

    def _content(self, draft: Draft) -> frozenset[int]:
        return frozenset(self.doc.subtree(draft.trigger)) - {draft.trigger}

    def _said_by(self, act: Draft, accusation: Draft) -> bool:
        sources = [e for link in act.factuality.chain for e in link.sources]
        near = abs(self.doc.tokens[act.trigger].sentence - self.doc.tokens[accusation.trigger].sentence) <= 1
        return near and self._shares(sources, accusation.entities("speaker"))

    def _actors(self, act: Draft) -> tuple[Entity, ...]:
        return act.entities(*self.lexicon.families[act.type]["agents"])

    def _shares(self, left: Sequence[Entity], right: Sequence[Entity]) -> bool:
        return bool(states(left, self.state_of) & states(right, self.state_of))
