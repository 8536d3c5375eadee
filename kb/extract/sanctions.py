"""The sanctions an article speaks of: whose they are, on whom, and what is said of them without naming either.

"The measures were first imposed in 2018", "it called for them to be lifted", "Washington extended its own embargo" take
the missing sides from the sanctions in focus; and whoever extends, widens or violates sanctions speaks of a regime that
stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.extract.context import InArticle, InFocus
from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, states
from kb.extract.measures import Measures
from kb.extract.sanctionrecords import SANCTIONS, Record, first_on_body, is_by_imposer
from kb.extract.sanctionsides import SanctionSides
from kb.extract.sanctiontargets import GUESSED, SanctionTargets
from kb.extract.sanctionwords import too_weak
from kb.link import agents, state_entity
from kb.model import Argument, Entity, EntityKind, Factuality, FactualityLabel, Span

_TOLD = frozenset({FactualityLabel.ONGOING, FactualityLabel.DENIED, FactualityLabel.ALLEGED})
_REAL = frozenset({FactualityLabel.OCCURRED, FactualityLabel.ONGOING, FactualityLabel.ALLEGED})


class SanctionsFocus(InFocus):
    """Completes the facts about sanctions of one article, given in text order."""

    def __init__(self, article: InArticle, counterparts: Counterparts, drafts: Sequence[Draft]) -> None:
        super().__init__(article, counterparts)
        self.measures = Measures(self.linked, self.syntax, self.lexicon)
        self.family = self.lexicon.families["SanctionsAction"]
        self._before: list[Record] = []
        self._headings = tuple(self.measures.headings())
        self._heading = -1
        self._sides = SanctionSides(self.measures, drafts)
        self._hit = SanctionTargets(self.measures, self._sides, counterparts)
        self._after = [r for d in drafts if d.type in SANCTIONS for r in self._records(d) if r.codes]

    # --- filling --------------------------------------------------------------------------------------------------

    def fill(self, draft: Draft) -> Draft | None:
        """Return the draft with the sides it lacks, or None where it cannot be about sanctions."""
        if too_weak(draft, self.measures, self.lexicon):
            return None
        self._turn_to(draft.trigger)
        draft = draft.without("target", [e for e in draft.entities("target") if e.code in self.family["no_targets"]])
        if draft.rule in self.family["same_act"]:
            return self._same_act(draft)
        draft = self._target_in_front(draft)
        acting = "imposer" if draft.type == "SanctionsRegime" else "actor"
        named = self._imposers(draft)
        codes = self._codes(named)
        own = self._matching(codes, draft.trigger)
        missing = [] if draft.entities("target") else self._targets(draft, own)
        if not draft.entities(acting):
            missing += self._actors(draft, acting, named, own)
        draft = self._standing(draft.adding(missing))
        return None if self._on_itself(draft) else draft

    def _same_act(self, draft: Draft) -> Draft | None:
        """Return "London followed suit" as the act of others told right before, or None where none was."""
        last = next(iter(self._told_right_before(draft.trigger)), None)
        acting = self._codes(draft.entities("actor"))
        if last is None or acting & (last.codes | self._codes(last.targets)):
            return None
        targets = [Argument("target", e, "the act it follows") for e in last.targets]
        return draft.without("action").adding([*targets, Argument("action", str(last.action), "the act it follows")])

    def _told_right_before(self, trigger: int) -> list[Record]:
        """Return the acts of the sentence, the last first; else of the one before, where nothing else is told first."""
        acts = [r for r in self._before[::-1] if r.action in self.family["imposers_acts"]]
        sentence = self.doc.tokens[trigger].sentence
        here = [r for r in acts if self.doc.tokens[r.trigger].sentence == sentence]
        verbs = [self.doc.tokens[a] for a in self.doc.ancestors(trigger) if self.doc.tokens[a].upos == "VERB"]
        first = all(v.lemma in self.lexicon.words("reporting-verb") for v in verbs if v.i < trigger)
        return here or [r for r in acts if first and sentence - self.doc.tokens[r.trigger].sentence == 1]

    def _on_itself(self, draft: Draft) -> bool:
        """Tell whether imposer and target are the same: a misreading."""
        acting = {e.id for e in draft.entities("imposer", "actor")}
        return is_by_imposer(draft, self.family) and bool(acting) and acting == {e.id for e in draft.entities("target")}

    def _standing(self, draft: Draft) -> Draft:
        """Take a regime for standing whatever is said of its surroundings, unless there is said to be none.

        And who says that sanctions should go has said so.
        """
        if draft.rule in self.family["said"]:
            return replace(draft, factuality=replace(draft.factuality, label=FactualityLabel.OCCURRED))
        head = self.doc.tokens[self.doc.tokens[draft.trigger].head].lemma
        if draft.type != "SanctionsRegime" or head in ("be", "exist") or draft.factuality.label in _TOLD:
            return draft
        return replace(draft, factuality=replace(draft.factuality, label=FactualityLabel.ONGOING))

    def _turn_to(self, trigger: int) -> None:
        """Forget what was spoken of before the item of a round-up in which the trigger stands ("* Japan / Russia:").

        The states of its heading are the first imposer and target in focus.
        """
        heading = next((h for h in reversed(self._headings) if h[0] <= trigger), None)
        if heading is None or heading[0] == self._heading:
            return
        self._heading, sides = heading
        self._before = []
        if len(sides) == 2:
            self._before.append(Record(heading[0], self._codes(sides[:1]), sides[:1], sides[1:]))

    def follow(self, draft: Draft) -> None:
        """Keep in mind what a completed draft says of sanctions."""
        for record in self._records(draft):
            imposers = record.imposers or self._imposers_in_focus(draft, None)
            self._before.append(replace(record, codes=self._codes(imposers), imposers=imposers))

    def _matching(self, codes: frozenset[str], trigger: int) -> Record | None:
        """Return the sanctions of these imposers (of any, if none is named): the last before, else the first after."""
        before = [r for r in reversed(self._before) if not codes or codes & r.codes]
        after = [r for r in self._after if r.trigger > trigger and (not codes or codes & r.codes)]
        return first_on_body(before) or first_on_body(after)

    def _targets(self, draft: Draft, record: Record | None) -> list[Argument]:
        record = record or first_on_body(self._before[::-1])
        return self._hit.find(draft, record, self._imposers(draft))

    def _actors(self, draft: Draft, role: str, named: tuple[Entity, ...], record: Record | None) -> list[Argument]:
        """Return who acts: the imposers for acts that are theirs, whoever says so for wishes without a subject."""
        chain = draft.factuality.chain
        if is_by_imposer(draft, self.family) and not (chain and draft.rule in self.family["said_by_imposer"]):
            if self._has_own_subject(draft):
                return []
            imposers = named or self._imposers_in_focus(draft, record)
            if draft.type == "SanctionsAction":
                imposers = imposers or self._sides.imposer(draft.trigger, {e.id for e in draft.entities("target")})
            return [Argument(role, e, "sanctions in focus") for e in imposers]
        if not chain or not (draft.value("action") in self.family["wishes"] or is_by_imposer(draft, self.family)):
            return []
        return [Argument(role, e, "who says so") for e in chain[-1].sources]

    def _imposers_in_focus(self, draft: Draft, record: Record | None) -> tuple[Entity, ...]:
        """Return whose sanctions are spoken of; where the draft names a target, those on it, by states served."""
        named = states(draft.entities("target"), self.state_of)
        if not named:
            return record.imposers if record is not None else ()
        records = [*self._before[::-1], *(r for r in self._after if r.trigger > draft.trigger)]
        alike = (r for r in records if r.imposers and named & states(r.targets, self.state_of))
        found = next((r.imposers for r in alike), ())
        if found or any(e.kind is EntityKind.STATE for e in draft.entities("target")) or not self._before:
            return found
        return self._before[-1].imposers

    def _has_own_subject(self, draft: Draft) -> bool:
        """Tell whether somebody the linker does not know is named as acting; then it is nobody else's act."""
        if self.doc.tokens[draft.trigger].upos != "VERB":
            return False
        targets = set(draft.entities("target"))
        words = self.lexicon.words("sanction-any") | self.lexicon.words("legal-act")
        unknown = (i for i in self.syntax.subjects(draft.trigger) if not targets & set(agents(self.linked, i)))
        subjects = [self.doc.tokens[i] for i in unknown]
        return any(t.lemma.lower() not in words and t.upos in ("NOUN", "PROPN") for t in subjects)

    def _target_in_front(self, draft: Draft) -> Draft:
        """Take "Damascus" in "Damascus sanctions" for the target, where the article knows it as one."""
        role = "imposer" if draft.type == "SanctionsRegime" else "actor"
        known = {e.id for r in (*self._before, *self._after) for e in r.targets}
        known |= {e.id for e in self.measures.in_front(draft.trigger)}
        known -= {e.id for r in (*self._before, *self._after) for e in r.imposers}
        wrong = [
            a.value
            for a in draft.arguments
            if a.role == role and isinstance(a.value, Entity) and a.value.id in known and a.how.startswith("mod")
        ]
        return draft.without(role, wrong) if wrong else draft

    # --- whose sanctions ------------------------------------------------------------------------------------------

    def _records(self, draft: Draft) -> list[Record]:
        if draft.type not in SANCTIONS or not draft.entities("target"):
            return []
        imposers = self._imposers(draft)
        action = draft.value("action")
        act = str(action) if action else None
        return [Record(draft.trigger, self._codes(imposers), imposers, draft.entities("target"), act)]

    def _imposers(self, draft: Draft) -> tuple[Entity, ...]:
        """Return whose sanctions they are: the imposing side of the draft, or who stands at the word for them."""
        acting = draft.entities("imposer") or (draft.entities("actor") if is_by_imposer(draft, self.family) else ())
        return acting or self._at_noun(draft)

    def _at_noun(self, draft: Draft) -> tuple[Entity, ...]:
        return self.measures.imposers(draft.trigger, frozenset(e.id for e in draft.entities("target")))

    def _codes(self, imposers: Sequence[Entity]) -> frozenset[str]:
        alike = self.lexicon.families["SanctionsRegime"].get("alike", {})
        codes = (e.code or self.state_of(e) or e.id for e in imposers)
        return frozenset(alike.get(code, code) for code in codes)

    # --- regimes --------------------------------------------------------------------------------------------------

    def presupposed(self, draft: Draft) -> Draft | None:
        """Return the standing regime that an act on sanctions takes for granted, or None."""
        action = str(draft.value("action"))
        if draft.type != "SanctionsAction" or action not in self.family["presuppose"] or not self._holds(draft):
            return None
        if any(a.how in GUESSED for a in draft.arguments):
            return None
        record = self._matching(self._codes(self._imposers(draft)), draft.trigger)
        imposers = self._imposers(draft) or (record.imposers if record is not None else ())
        bodies = tuple(dict.fromkeys(state_entity(self.linked, self.state_of(e)) or e for e in imposers))
        targets = [e for e in draft.entities("target") if e.id not in {b.id for b in bodies}]
        if not bodies or not targets:
            return None
        arguments = (
            *(Argument("imposer", e, "presupposed", self._span(draft)) for e in bodies),
            *(Argument("target", e, "presupposed", self._span(draft)) for e in targets),
        )
        standing = Factuality(FactualityLabel.ONGOING, chain=draft.factuality.chain)
        regime = replace(draft, type="SanctionsRegime", rule="regime.presupposed", arguments=arguments, time=None)
        return replace(regime, factuality=standing)

    def _holds(self, draft: Draft) -> bool:
        return draft.factuality.label in _REAL

    def _span(self, draft: Draft) -> Span:
        token = self.doc.tokens[draft.trigger]
        return Span(token.start, token.end)
