"""What the article has spoken of before: whose sanctions on whom, the sides of a visit or meeting, who receives goods.

Facts that name only a part ("the embargo was extended", "documents will be signed", "Iran sends drones") take the rest
from there, if it is near enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, StateOf
from kb.extract.lexicon import Lexicon
from kb.extract.sanctions import SANCTIONS, SanctionsFocus, without_nested
from kb.extract.syntax import Syntax
from kb.link import agents, state_entity
from kb.model import Argument, Entity, EntityKind, LinkedDocument, Precision

_SIDES_SENTENCES = 4
_VISIT_SENTENCES = 15
_RECIPIENT_SENTENCES = 2
_ACT_SENTENCES = 2
_ANOTHER_TEST = "test.another"


class Focus:
    """Reads the drafts of an article in text order and completes those that lack a side."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon, state_of: StateOf) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon
        self.state_of = state_of
        self._sides: Draft | None = None
        self._transfer: Draft | None = None
        self._test: Draft | None = None
        self._journeys: list[Draft] = []
        self._theatre: Draft | None = None
        self._acts: list[Draft] = []
        self._counterparts = Counterparts(linked, syntax, state_of)

    def complete(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts in text order, with what they lack where the article has told it."""
        wishes = self.lexicon.families["SanctionsAction"]["wishes"]
        drafts = without_nested(sorted(drafts, key=lambda d: d.trigger), self.doc, wishes)
        self._sanctions = SanctionsFocus(self.linked, self.syntax, self.lexicon, self.state_of, drafts)
        found = []
        for draft in drafts:
            whole = self._filled(draft)
            if whole is not None:
                found.append(whole)
                found.extend(self._follow(whole))
        return found

    def _filled(self, draft: Draft) -> Draft | None:
        if draft.type in SANCTIONS:
            return self._sanctions.fill(draft)
        if draft.type == "Visit":
            return self._fill_destination(self._fill_visitor(draft))
        if draft.type == "MilitaryAction":
            return self._fill_theatre(draft)
        if draft.type == "Agreement" and not draft.entities("party"):
            return self._fill_parties(draft)
        if draft.type == "Transfer":
            return self._fill_recipient(draft.without("recipient", draft.entities("supplier")))
        if draft.type == "WeaponsTest" and draft.rule == _ANOTHER_TEST:
            return self._fill_tester(draft)
        if draft.type == "DiplomaticAction":
            return self._counterparts.fill(draft)
        if draft.type == "Stance" and not draft.entities("target"):
            return self._fill_stance(draft)
        return draft

    def _follow(self, draft: Draft) -> list[Draft]:
        """Keep in mind what a draft says, and return what it takes for granted."""
        standing = None
        if draft.type in SANCTIONS:
            self._sanctions.follow(draft)
            standing = self._sanctions.presupposed(draft)
        elif draft.type in ("Visit", "Meeting") and len(self._sides_of(draft)) > 1:
            self._sides = draft
            self._journeys.append(draft)
        elif draft.type == "Agreement" and len(self._sides_of(draft)) > 1:
            self._sides = draft
        elif draft.type == "MilitaryAction" and draft.entities("target"):
            self._theatre = draft
        elif draft.type == "Transfer" and draft.entities("recipient"):
            self._transfer = draft
        elif draft.type == "WeaponsTest":
            self._test = draft

        if not self.lexicon.families[draft.type].get("speech") and draft.type != "SanctionsRegime":
            self._acts.append(draft)
        return [standing] if standing is not None else []

    def _near(self, draft: Draft, other: Draft | None, sentences: int) -> bool:
        if other is None:
            return False
        here, there = (self.doc.tokens[d.trigger].sentence for d in (draft, other))
        return here - there <= sentences

    # --- visits ---------------------------------------------------------------------------------------------------

    def _fill_visitor(self, draft: Draft) -> Draft:
        """Take the traveller of the last visit ("the visitor continues to Ethiopia", "a third leg, to Djibouti")."""
        if draft.entities("visitor"):
            return draft
        ends = {e.id for e in draft.entities("destination", "place")}
        visits = [v for v in reversed(self._journeys) if v.type == "Visit" and self._near(draft, v, _VISIT_SENTENCES)]
        same = [v for v in visits if ends & {e.id for e in v.entities("destination", "place")}]
        if not visits:
            return draft.adding(self._only_official(draft))
        last = (same or visits)[0]
        return draft.adding(replace(a, how="traveller in focus") for a in last.arguments if a.role == "visitor")

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

    def _fill_destination(self, draft: Draft) -> Draft:
        """Take the destination of the last visit of the same visitor, or where the visitor met somebody abroad."""
        visitors = {e.id for e in draft.entities("visitor")}
        if draft.entities("destination", "place") or not visitors:
            return draft
        for last in reversed(self._journeys):
            if not self._near(draft, last, _VISIT_SENTENCES):
                break
            if not visitors & {e.id for e in last.entities("visitor", "participant")}:
                continue
            found = [replace(a, how="destination in focus") for a in last.arguments if a.role == "destination"]
            if found or self._abroad(draft, last):
                return draft.adding(found or self._abroad(draft, last))
        return draft.adding(self._dateline(draft))

    def _dateline(self, draft: Draft) -> list[Argument]:
        """Return where the article is written, for somebody who "flew in on Monday"."""
        name = (self.doc.article.dateline or "").partition(",")[0].strip().casefold()
        found = {e.id: e for here in self.linked.places.values() for e in here if e.name.casefold() == name}
        home = {self.state_of(e) for e in draft.entities("visitor")}
        places = [e for e in found.values() if e.kind is EntityKind.PLACE and e.state not in home]
        return [Argument("place", e, "dateline") for e in places[:1]]

    def _abroad(self, draft: Draft, meeting: Draft) -> list[Argument]:
        """Return the venue of a meeting that lies outside the visitors' own states."""
        home = {self.state_of(e) for e in draft.entities("visitor")}
        return [
            replace(a, how="venue in focus")
            for a in meeting.arguments
            if a.role == "place" and isinstance(a.value, Entity) and a.value.state not in home
        ]

    # --- stances --------------------------------------------------------------------------------------------------

    def _fill_stance(self, draft: Draft) -> Draft:
        """Take as target whoever the matter names, else who did the last act ("praised the decision")."""
        own = {self.state_of(e) or e.id for e in draft.entities("speaker")}
        named = [e for i in self._matter(draft) for e in agents(self.linked, i) if (self.state_of(e) or e.id) not in own]
        if named:
            return draft.adding([Argument("target", named[0], "named in the matter")])
        if not self._on_an_act(draft):
            return draft
        if self._on_sanctions(draft) and self._sanctions:
            imposers = self._sanctions[-1][1]
            return draft.adding(Argument("target", e, "imposer of the sanctions in focus") for e in imposers)
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

    def _on_sanctions(self, draft: Draft) -> bool:
        words = self.lexicon.words("sanction")
        return any(self.doc.tokens[i].lemma in words for i in self.syntax.slot(draft.trigger, "obj"))

    def _on_an_act(self, draft: Draft) -> bool:
        """Tell whether the object is an act that the text has spoken of: "the decision", "this step", "it"."""
        for head in self.syntax.slot(draft.trigger, "obj"):
            determiners = {self.doc.tokens[i].lemma for i in self.syntax.slot(head, "det")}
            if self.doc.tokens[head].lemma in self.lexicon.words("act-noun") and determiners & {"the", "this", "that"}:
                return True
        return False

    # --- military actions -----------------------------------------------------------------------------------------

    def _fill_theatre(self, draft: Draft) -> Draft:
        """Take where troops go, leave or exercise from the military action before it ("Benin may send soldiers")."""
        last = self._theatre
        attacks = "attack" in (draft.value("action"), last.value("action") if last is not None else "")
        if draft.entities("target", "place") or last is None or attacks:
            return draft
        if not self._near(draft, last, _VISIT_SENTENCES):
            return draft
        return draft.adding(replace(a, how="place in focus") for a in last.arguments if a.role == "target")

    # --- agreements and transfers ---------------------------------------------------------------------------------

    def _fill_parties(self, draft: Draft) -> Draft:
        if self._sides is None or not self._near(draft, self._sides, _SIDES_SENTENCES) or self._of_old(draft):
            return draft
        sides = self._sides_of(self._sides)
        return draft.adding(Argument("party", e, "sides in focus") for e in sides)

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

    def _fill_tester(self, draft: Draft) -> Draft | None:
        """Read "a second test" as one of weapons only after another, by the same state where none is named."""
        if self._test is None:
            return None
        if draft.entities("actor"):
            return draft
        return draft.adding(a for a in self._test.arguments if a.role == "actor")

    def _fill_recipient(self, draft: Draft) -> Draft:
        if draft.entities("recipient"):
            return draft
        if self._transfer is None or not self._near(draft, self._transfer, _RECIPIENT_SENTENCES):
            other = self._counterparts.other_than(draft.entities("supplier"))
            return draft.adding([Argument("recipient", other, "the other state of the article")] if other else [])
        suppliers = {e.id for e in draft.entities("supplier")}
        recipients = [e for e in self._transfer.entities("recipient") if e.id not in suppliers]
        return draft.adding(Argument("recipient", e, "recipient in focus") for e in recipients)
