"""What the article has spoken of before: whose sanctions on whom, the sides of a visit or meeting, who receives goods.

Facts that name only a part ("the embargo was extended", "documents will be signed", "Iran sends drones") take the rest
from there, if it is near enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.drafts import Draft, StateOf
from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.link import agents, agents_with_conjuncts, state_entity
from kb.model import Argument, Entity, EntityKind, LinkedDocument

_SANCTIONS = ("SanctionsAction", "SanctionsRegime")
_SIDES_SENTENCES = 4
_VISIT_SENTENCES = 15
_RECIPIENT_SENTENCES = 2
_ACT_SENTENCES = 2

Record = tuple[frozenset[str], tuple[Entity, ...], tuple[Entity, ...]]
"""Codes of the imposers (bodies that count as one under one code), the imposers, the targets."""


class Focus:
    """Reads the drafts of an article in text order and completes those that lack a side."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon, state_of: StateOf) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon
        self.state_of = state_of
        self._sanctions: list[Record] = []
        self._sides: Draft | None = None
        self._transfer: Draft | None = None
        self._visits: list[Draft] = []
        self._acts: list[Draft] = []

    def complete(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts in text order, with what they lack where the article has told it."""
        found = []
        for draft in sorted(drafts, key=lambda d: d.trigger):
            whole = self._filled(draft)
            self._follow(whole)
            found.append(whole)
        return found

    def _filled(self, draft: Draft) -> Draft:
        if draft.type in _SANCTIONS:
            return self._fill_sanctions(draft)
        if draft.type == "Visit" and not draft.entities("destination", "place"):
            return self._fill_destination(draft)
        if draft.type == "Agreement" and not draft.entities("party"):
            return self._fill_parties(draft)
        if draft.type == "Transfer" and not draft.entities("recipient"):
            return self._fill_recipient(draft)
        if draft.type == "Stance" and not draft.entities("target"):
            return self._fill_stance(draft)
        return draft

    def _follow(self, draft: Draft) -> None:
        if draft.type in _SANCTIONS:
            self._follow_sanctions(draft)
        elif draft.type in ("Visit", "Meeting") and len(self._sides_of(draft)) > 1:
            self._sides = draft
            self._visits += [draft] if draft.type == "Visit" else []
        elif draft.type == "Transfer" and draft.entities("recipient"):
            self._transfer = draft

        if not self.lexicon.families[draft.type].get("speech") and draft.type != "SanctionsRegime":
            self._acts.append(draft)

    def _near(self, draft: Draft, other: Draft | None, sentences: int) -> bool:
        if other is None:
            return False
        here, there = (self.doc.tokens[d.trigger].sentence for d in (draft, other))
        return here - there <= sentences

    # --- sanctions ------------------------------------------------------------------------------------------------

    def _fill_sanctions(self, draft: Draft) -> Draft:
        """Take the target from the last sanctions of the same imposer, if the draft names one, else from the last."""
        acting = "imposer" if draft.type == "SanctionsRegime" else "actor"
        named = self._imposers(draft)
        codes = self._codes(named)
        record = next((r for r in reversed(self._sanctions) if not codes or codes & r[0]), None)
        missing = []
        if not draft.entities("target"):
            missing += self._targets(draft, record)
        imposers = named or (record[1] if record is not None else ())
        if not draft.entities(acting) and self._by_imposer(draft):
            missing += [Argument(acting, e, "sanctions in focus") for e in imposers]
        return draft.adding(missing)

    def _targets(self, draft: Draft, record: Record | None) -> list[Argument]:
        """Return whom the sanctions are on: those in focus, else the one who evades sanctions."""
        if record is not None:
            return [Argument("target", e, "sanctions in focus") for e in record[2]]
        own = draft.value("action") in self.lexicon.families["SanctionsAction"]["own_sanctions"]
        return [Argument("target", e, "own sanctions") for e in draft.entities("actor")] if own else []

    def _follow_sanctions(self, draft: Draft) -> None:
        imposers = self._imposers(draft)
        if draft.entities("target") and (imposers or not self._sanctions):
            self._sanctions.append((self._codes(imposers), imposers, draft.entities("target")))
        elif draft.entities("target"):
            last = self._sanctions[-1]
            self._sanctions.append((last[0], last[1], draft.entities("target")))

    def _by_imposer(self, draft: Draft) -> bool:
        acts = self.lexicon.families["SanctionsAction"]["imposers_acts"]
        return draft.type == "SanctionsRegime" or draft.value("action") in acts

    def _imposers(self, draft: Draft) -> tuple[Entity, ...]:
        """Return whose sanctions they are: the imposing side of the draft, or who stands at the word for them."""
        acting = draft.entities("imposer") or (draft.entities("actor") if self._by_imposer(draft) else ())
        return acting or self._at_noun(draft.trigger)

    def _at_noun(self, trigger: int) -> tuple[Entity, ...]:
        words = self.lexicon.words("sanction-any")
        nouns = (trigger, *self.syntax.slot(trigger, "obj"), *self.syntax.slot(trigger, "of"))
        for noun in (i for i in nouns if self.doc.tokens[i].lemma in words):
            for slot in ("poss", "mod", "by", "acl/subj"):
                heads = self.syntax.slot(noun, slot)
                found = [e for i in heads for e in agents_with_conjuncts(self.linked, i)]
                bodies = tuple(e for e in found if e.kind is not EntityKind.OFFICIAL)
                if bodies:
                    return bodies
        return ()

    def _codes(self, imposers: Sequence[Entity]) -> frozenset[str]:
        alike = self.lexicon.families["SanctionsRegime"].get("alike", {})
        return frozenset(alike.get(e.code, e.code) or e.id for e in imposers)

    # --- visits ---------------------------------------------------------------------------------------------------

    def _fill_destination(self, draft: Draft) -> Draft:
        """Take the destination of the last visit of the same visitor ("Putin was accompanied by ...")."""
        visitors = {e.id for e in draft.entities("visitor")}
        last = next((v for v in reversed(self._visits) if visitors & {e.id for e in v.entities("visitor")}), None)
        if last is None or not self._near(draft, last, _VISIT_SENTENCES):
            return draft
        return draft.adding(a for a in last.arguments if a.role == "destination")

    # --- stances --------------------------------------------------------------------------------------------------

    def _fill_stance(self, draft: Draft) -> Draft:
        """Take as target whoever the matter names, else who did the last act ("praised the decision")."""
        own = {self.state_of(e) or e.id for e in draft.entities("speaker")}
        named = [e for i in self._matter(draft) for e in agents(self.linked, i) if (self.state_of(e) or e.id) not in own]
        if named:
            return draft.adding([Argument("target", named[0], "named in the matter")])
        if not self._on_an_act(draft):
            return draft
        for act in reversed(self._acts):
            doers = act.entities(*self.lexicon.families[act.type]["agents"])
            others = [e for e in doers if (self.state_of(e) or e.id) not in own]
            if self._near(draft, act, _ACT_SENTENCES) and others:
                return draft.adding(Argument("target", e, "who did the last act") for e in others)
        return draft

    def _matter(self, draft: Draft) -> list[int]:
        """Return the tokens of what the stance is about."""
        heads = [i for slot in ("obj", "comp", "for") for i in self.syntax.slot(draft.trigger, slot)]
        return [j for i in heads for j in self.doc.subtree(i)]

    def _on_an_act(self, draft: Draft) -> bool:
        """Tell whether the object is an act that the text has spoken of: "the decision", "this step", "it"."""
        for head in self.syntax.slot(draft.trigger, "obj"):
            determiners = {self.doc.tokens[i].lemma for i in self.syntax.slot(head, "det")}
            if self.doc.tokens[head].lemma in self.lexicon.words("act-noun") and determiners & {"the", "this", "that"}:
                return True
        return False

    # --- agreements and transfers ---------------------------------------------------------------------------------

    def _fill_parties(self, draft: Draft) -> Draft:
        if self._sides is None or not self._near(draft, self._sides, _SIDES_SENTENCES):
            return draft
        sides = self._sides_of(self._sides)
        return draft.adding(Argument("party", e, "sides in focus") for e in sides)

    def _sides_of(self, draft: Draft) -> tuple[Entity, ...]:
        """Return the states and organisations that meet, or those of visitors and hosts."""
        people = draft.entities("participant", "visitor", "destination")
        bodies = (state_entity(self.linked, self.state_of(e)) or e for e in people)
        return tuple(dict.fromkeys(bodies))

    def _fill_recipient(self, draft: Draft) -> Draft:
        if self._transfer is None or not self._near(draft, self._transfer, _RECIPIENT_SENTENCES):
            return draft
        suppliers = {e.id for e in draft.entities("supplier")}
        recipients = [e for e in self._transfer.entities("recipient") if e.id not in suppliers]
        return draft.adding(Argument("recipient", e, "recipient in focus") for e in recipients)
