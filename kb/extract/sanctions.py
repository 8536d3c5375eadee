"""The sanctions an article speaks of: whose they are, on whom, and what is said of them without naming either.

"The measures were first imposed in 2018", "it called for them to be lifted", "Washington extended its own embargo" take
the missing sides from the sanctions in focus; and whoever extends, widens or violates sanctions speaks of a regime that
stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.extract.drafts import Draft, StateOf, states
from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.link import agents_with_conjuncts, places, state_entity
from kb.model import Argument, Document, Entity, EntityKind, Factuality, FactualityLabel, LinkedDocument, Span

SANCTIONS = ("SanctionsAction", "SanctionsRegime")
_PRONOUNS = {"they": True, "them": True, "their": True, "these": True, "those": True, "both": True}
_PRONOUNS |= {"it": False, "its": False, "this": False, "that": False}
_REACH_SENTENCES = 2
_BULLETS = ("*", "•", "-", "–", "—", "·", "▪")
_HEADING_TOKENS = 8
_REAL = frozenset({FactualityLabel.OCCURRED, FactualityLabel.ONGOING, FactualityLabel.ALLEGED})


@dataclass(frozen=True)
class Record:
    """Sanctions spoken of at a token: the imposers (and their codes, alike bodies as one) and the targets."""

    trigger: int
    codes: frozenset[str]
    imposers: tuple[Entity, ...]
    targets: tuple[Entity, ...]


def pronouns_for_sanctions(doc: Document, lexicon: Lexicon) -> Mapping[int, int]:
    """Return the pronouns that can stand for sanctions, each with the nearest word for sanctions of its number before.

    It lies in the same sentence or the two before. Whether the pronoun does stand for it the verb decides: one lifts or
    extends sanctions, not states.
    """
    words, found = lexicon.words("sanction-any"), {}
    latest: dict[bool, int] = {}
    for token in doc.tokens:
        plural = _PRONOUNS.get(token.text.lower())
        if plural is not None and token.upos in ("PRON", "DET"):
            noun = latest.get(plural)
            if noun is not None and token.sentence - doc.tokens[noun].sentence <= _REACH_SENTENCES:
                found[token.i] = noun
        elif token.upos in ("NOUN", "PROPN") and token.lemma.lower() in words:
            latest[token.xpos.endswith("S")] = token.i
    return found


class SanctionsFocus:
    """Completes the facts about sanctions of one article, given in text order."""

    def __init__(
        self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon, state_of: StateOf, drafts: Sequence[Draft]
    ) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon
        self.state_of = state_of
        self.family = lexicon.families["SanctionsAction"]
        self._before: list[Record] = []
        self._headings = tuple(self._headings_of())
        self._heading = -1
        self._after = [r for d in drafts if d.type in SANCTIONS for r in self._records(d) if r.codes]

    # --- filling --------------------------------------------------------------------------------------------------

    def fill(self, draft: Draft) -> Draft | None:
        """Return the draft with the sides it lacks, or None where it cannot be about sanctions."""
        if self._weak(draft):
            return None
        self._turn_to(draft.trigger)
        draft = self._target_in_front(draft)
        acting = "imposer" if draft.type == "SanctionsRegime" else "actor"
        named = self._imposers(draft)
        codes = self._codes(named)
        own = self._matching(codes, draft.trigger)
        missing = [] if draft.entities("target") else self._targets(draft, own)
        if not draft.entities(acting):
            missing += self._actors(draft, acting, named, own)
        draft = draft.adding(missing)
        return None if self._on_itself(draft) else draft

    def _on_itself(self, draft: Draft) -> bool:
        """Tell whether imposer and target are the same: a misreading."""
        acting = {e.id for e in draft.entities("imposer", "actor")}
        return self._by_imposer(draft) and bool(acting) and acting == {e.id for e in draft.entities("target")}

    def _turn_to(self, trigger: int) -> None:
        """Forget what was spoken of before the item of a round-up in which the trigger stands ("* Japan / Russia: ...").

        The states of its heading are the first imposer and target in focus.
        """
        heading = next((h for h in reversed(self._headings) if h[0] <= trigger), None)
        if heading is None or heading[0] == self._heading:
            return
        self._heading, sides = heading
        self._before = []
        if len(sides) == 2:
            self._before.append(Record(heading[0], self._codes(sides[:1]), sides[:1], sides[1:]))

    def _headings_of(self) -> Iterator[tuple[int, tuple[Entity, ...]]]:
        """Yield the first token of every item of a round-up that has a heading, and the bodies the heading names."""
        for sentence in self.doc.sentences:
            first = self.doc.tokens[sentence.start : min(sentence.start + _HEADING_TOKENS, sentence.end)]
            colon = next((t.i for t in first if t.text == ":"), None)
            if colon is not None and first[0].text in _BULLETS:
                named = [e for i in range(sentence.start, colon) for e in self.linked.references.get(i, ())]
                yield sentence.start, tuple(dict.fromkeys(e for e in named if e.kind is not EntityKind.OFFICIAL))

    def follow(self, draft: Draft) -> None:
        """Keep in mind what a completed draft says of sanctions."""
        for record in self._records(draft):
            if not record.codes and self._before:
                record = replace(record, codes=self._before[-1].codes, imposers=self._before[-1].imposers)
            self._before.append(record)

    def _matching(self, codes: frozenset[str], trigger: int) -> Record | None:
        """Return the sanctions of these imposers (of any, if none is named): the last before, else the first after."""
        before = [r for r in reversed(self._before) if not codes or codes & r.codes]
        after = [r for r in self._after if r.trigger > trigger and (not codes or codes & r.codes)]
        return _first_on_body(before) or _first_on_body(after)

    def _targets(self, draft: Draft, record: Record | None) -> list[Argument]:
        """Return whom the sanctions are on: those in focus, the other state spoken of, the one who evades them."""
        in_places = self._places_at_noun(draft)
        record = record or _first_on_body(self._before[::-1])
        if in_places:
            return in_places
        if record is not None:
            return [Argument("target", e, "sanctions in focus") for e in record.targets]
        other = self._other_state(draft)
        if other is not None:
            return [Argument("target", other, "the other state of the sentence")]
        own = draft.value("action") in self.family["own_sanctions"]
        return [Argument("target", e, "own sanctions") for e in draft.entities("actor")] if own else []

    def _places_at_noun(self, draft: Draft) -> list[Argument]:
        """Return the states in which the places lie that the sanctions are on ("the embargo on Darfur")."""
        heads = [i for noun in self._nouns(draft.trigger) for i in self.syntax.slot(noun, "on|against")]
        found = [e for i in heads for e in places(self.linked, i) if e.kind is EntityKind.STATE]
        return [Argument("target", e, "state of the place") for e in dict.fromkeys(found)]

    def _actors(self, draft: Draft, role: str, named: tuple[Entity, ...], record: Record | None) -> list[Argument]:
        """Return who acts: the imposers for acts that are theirs, whoever says so for wishes without a subject."""
        chain = draft.factuality.chain
        if self._by_imposer(draft) and not (chain and draft.rule in self.family["said_by_imposer"]):
            if self._has_own_subject(draft.trigger):
                return []
            imposers = named or self._imposers_in_focus(draft, record)
            return [Argument(role, e, "sanctions in focus") for e in imposers]
        if not chain or not (draft.value("action") in self.family["wishes"] or self._by_imposer(draft)):
            return []
        return [Argument(role, e, "who says so") for e in chain[-1].sources]

    def _imposers_in_focus(self, draft: Draft, record: Record | None) -> tuple[Entity, ...]:
        """Return whose sanctions are spoken of; where the draft names a target, those on it, by states served."""
        named = states(draft.entities("target"), self.state_of)
        if not named:
            return record.imposers if record is not None else ()
        records = [*self._before[::-1], *(r for r in self._after if r.trigger > draft.trigger)]
        alike = (r for r in records if r.imposers and named & states(r.targets, self.state_of))
        return next((r.imposers for r in alike), ())

    def _has_own_subject(self, trigger: int) -> bool:
        """Tell whether somebody the linker does not know is named as acting; then it is nobody else's act."""
        if self.doc.tokens[trigger].upos != "VERB":
            return False
        words = self.lexicon.words("sanction-any") | self.lexicon.words("legal-act")
        subjects = [self.doc.tokens[i] for i in self.syntax.subjects(trigger)]
        return any(t.lemma.lower() not in words and t.upos in ("NOUN", "PROPN") for t in subjects)

    def _target_in_front(self, draft: Draft) -> Draft:
        """Take "Damascus" in "Damascus sanctions" for the target, where the article knows it as one."""
        role = "imposer" if draft.type == "SanctionsRegime" else "actor"
        known = {e.id for r in (*self._before, *self._after) for e in r.targets}
        known -= {e.id for r in (*self._before, *self._after) for e in r.imposers}
        wrong = [
            a.value
            for a in draft.arguments
            if a.role == role and isinstance(a.value, Entity) and a.value.id in known and a.how.startswith("mod")
        ]
        return draft.without(role, wrong) if wrong else draft

    # --- what is too weak -----------------------------------------------------------------------------------------

    def _weak(self, draft: Draft) -> bool:
        """Tell whether only a word such as "measures" or "list" speaks of sanctions, and nothing else does."""
        strong = self.lexicon.words("sanction")
        nouns = [self.doc.tokens[i] for i in self._nouns(draft.trigger)]
        names = {t.lemma.lower() for t in nouns}
        named = any(self._ends(noun.i, strong) for noun in nouns)
        if named or draft.rule in self.family["always_sanctions"]:
            return False
        both = draft.entities("target") and draft.entities("imposer", "actor")
        if (both or self._at_noun(draft)) and not names & self.lexicon.words("weak-measure"):
            return not names and not self._before and draft.rule in self.family["only_in_focus"]
        return not self._spoken_of(draft.trigger)

    def _spoken_of(self, trigger: int) -> bool:
        """Tell whether the article has spoken of sanctions up to the sentence of the trigger."""
        end = self.doc.sentences[self.doc.tokens[trigger].sentence].end
        strong = self.lexicon.words("sanction")
        return any(t.upos in ("NOUN", "PROPN", "VERB") and t.lemma.lower() in strong for t in self.doc.tokens[:end])

    def _ends(self, i: int, words: frozenset[str]) -> bool:
        """Tell whether noun i, alone or with the words before it, is one of the words ("travel ban")."""
        lemma = self.doc.tokens[i].lemma.lower()
        before = [self.doc.tokens[c].lemma.lower() for c in self.doc.children[i] if c < i]
        return lemma in words or any(f"{word} {lemma}" in words for word in before)

    def _nouns(self, trigger: int) -> Iterator[int]:
        """Yield the words for sanctions that a trigger is about, pronouns left out."""
        words = self.lexicon.words("sanction-any")
        paths = ("self", "obj", "of", "for", "with", "on", "from", "off", "under", "comp/obj", "comp/comp/obj", "subj")
        for path in (*paths, "obj/of", "for/of", "obj/acl/obj", "in/of", "over"):
            for i in self.syntax.slot(trigger, path):
                if self.doc.tokens[i].lemma.lower() in words:
                    yield i

    # --- whose sanctions ------------------------------------------------------------------------------------------

    def _records(self, draft: Draft) -> list[Record]:
        if draft.type not in SANCTIONS or not draft.entities("target"):
            return []
        imposers = self._imposers(draft)
        return [Record(draft.trigger, self._codes(imposers), imposers, draft.entities("target"))]

    def _by_imposer(self, draft: Draft) -> bool:
        return draft.type == "SanctionsRegime" or draft.value("action") in self.family["imposers_acts"]

    def _imposers(self, draft: Draft) -> tuple[Entity, ...]:
        """Return whose sanctions they are: the imposing side of the draft, or who stands at the word for them."""
        acting = draft.entities("imposer") or (draft.entities("actor") if self._by_imposer(draft) else ())
        return acting or self._at_noun(draft)

    def _at_noun(self, draft: Draft) -> tuple[Entity, ...]:
        targets = {e.id for e in draft.entities("target")}
        for noun in self._nouns(draft.trigger):
            for slot in ("leader", "poss", "mod", "mod/mod", "by", "acl/subj", "of"):
                heads = self.syntax.slot(noun, slot)
                found = [e for i in heads for e in agents_with_conjuncts(self.linked, i) if e.id not in targets]
                bodies = tuple(e for e in found if e.kind is not EntityKind.OFFICIAL)
                if bodies:
                    return bodies
        return ()

    def _codes(self, imposers: Sequence[Entity]) -> frozenset[str]:
        alike = self.lexicon.families["SanctionsRegime"].get("alike", {})
        codes = (e.code or self.state_of(e) or e.id for e in imposers)
        return frozenset(alike.get(code, code) for code in codes)

    def _other_state(self, draft: Draft) -> Entity | None:
        """Return the only state of the draft's sentence that does not act there."""
        sentence = self.doc.sentences[self.doc.tokens[draft.trigger].sentence]
        acting = states((*draft.entities("actor", "imposer"), *self._imposers(draft)), self.state_of)
        tokens = range(sentence.start, sentence.end)
        found = {e.id: e for i in tokens for e in self.linked.references.get(i, ()) if e.kind is EntityKind.STATE}
        others = [e for e in found.values() if e.code not in acting]
        return others[0] if len(others) == 1 and acting else None

    # --- regimes --------------------------------------------------------------------------------------------------

    def presupposed(self, draft: Draft) -> Draft | None:
        """Return the standing regime that an act on sanctions takes for granted, or None."""
        action = str(draft.value("action"))
        if draft.type != "SanctionsAction" or action not in self.family["presuppose"] or not self._holds(draft):
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
        return replace(
            draft, type="SanctionsRegime", rule="regime.presupposed", arguments=arguments, factuality=standing, time=None
        )

    def _holds(self, draft: Draft) -> bool:
        return draft.factuality.label in _REAL

    def _span(self, draft: Draft) -> Span:
        token = self.doc.tokens[draft.trigger]
        return Span(token.start, token.end)


def _first_on_body(records: Sequence[Record]) -> Record | None:
    """Return the first record on a state, organisation or group, else the first (on persons)."""
    on_bodies = (r for r in records if any(e.kind is not EntityKind.OFFICIAL for e in r.targets))
    return next(on_bodies, None) or next(iter(records), None)


def without_nested(drafts: Sequence[Draft], doc: Document, wishes: Sequence[str]) -> list[Draft]:
    """Drop the acts that another draft only wishes for ("called for sanctions to be lifted": nobody has lifted any)."""
    wishing = {d.trigger for d in drafts if d.type == "SanctionsAction" and d.value("action") in wishes}
    return [d for d in drafts if not _wished_for(d, doc, wishing, wishes)]


def _wished_for(draft: Draft, doc: Document, wishing: set[int], wishes: Sequence[str]) -> bool:
    if draft.type != "SanctionsAction" or draft.value("action") in wishes:
        return False
    return any(ancestor in wishing for ancestor in doc.ancestors(draft.trigger))
