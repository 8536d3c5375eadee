"""Towards whom a stance is that names nobody: "praised the decision", "hailed the deal", "demanded an apology".

The target is whoever its matter names, the target of a stance beside it, or who did the act that the article has told:
the one its noun stands for ("the firing", "the treaty"), else the last, else that of the headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.extract.context import InArticle, InFocus
from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, in_public, states
from kb.extract.occasions import LAST_ACT_SENTENCES, Occasions
from kb.link import agents
from kb.model import Argument, Entity, EntityKind

_STEM = 4
"""Letters that an event noun and its verb share."""
_THIRD_PERSON = frozenset({"it", "they", "them", "he", "she", "him", "her"})
_MATTER = ("obj", "comp", "for", "of", "against", "over|about|at|by|on")


class StanceTargets(InFocus):
    """Finds the targets of the stances of one article, told its drafts in text order."""

    def __init__(self, article: InArticle, counterparts: Counterparts) -> None:
        super().__init__(article, counterparts)
        self._occasions = Occasions(self.doc, self.syntax, self.lexicon)
        self._attitudes: list[Draft] = []

    def follow(self, draft: Draft) -> None:
        """Keep in mind an act that a stance may be about, or a stance or accusation that one beside it shares."""
        if draft.type in ("Stance", "Accusation") and draft.entities("target"):
            self._attitudes.append(draft)
        elif not self.lexicon.families[draft.type].get("speech") and draft.type != "SanctionsRegime":
            self._occasions.follow(draft)

    def fill(self, draft: Draft) -> Draft | None:
        """Return the stance with its target, or None where it has none and its rule means nothing without."""
        draft = self._without_own(draft)
        if draft.rule in self.lexicon.addressed and not draft.entities("target"):
            return None
        if self._listed(draft, "own_acts") and not self._of_own_side(draft):
            return None
        if draft.entities("target"):
            return draft if self._in_public(draft) or self._known(draft) else None
        found = next(filter(None, self._ways(draft)), [])
        kept = found or not self._listed(draft, "targeted") or self._occasions.names_act(self._heads(draft))
        return draft.adding(found) if kept and self._in_public(draft) else None

    def _known(self, draft: Draft) -> bool:
        """Tell whether it is towards a state, a known body or an official, and so of concern whoever takes it."""
        return any(e.code or self.state_of(e) or e.kind is EntityKind.OFFICIAL for e in draft.entities("target"))

    def _in_public(self, draft: Draft) -> bool:
        return in_public(draft.entities("speaker"), self.state_of)

    def accused(self, draft: Draft) -> Draft:
        """Return an accusation of "it" or "they" with who that must be, since nobody accuses himself so."""
        own = states(draft.entities("speaker"), self.state_of)
        others = [e for e in draft.entities("target") if not states([e], self.state_of) & own]
        pronoun = self._accused_pronoun(draft)
        if others or pronoun is None or not own:
            return draft
        found = self._before_in_sentence(pronoun, own) or self._shared(draft, own, 2) or self._other_state(draft)
        return draft.without("target").adding(found) if found else draft

    def _accused_pronoun(self, draft: Draft) -> int | None:
        """Return the personal pronoun that stands for the accused, if it is one."""
        family = self.lexicon.families["Accusation"]
        if draft.rule in family["at_object"]:
            slots: tuple[str, ...] = ("obj", "iobj")
        else:
            slots = ("subj", "comp/subj") if draft.rule in family["of_hostile_acts"] else ()
        found = (i for slot in slots for i in self.syntax.slot(draft.trigger, slot))
        return next((i for i in found if self.doc.tokens[i].text.lower() in _THIRD_PERSON), None)

    def _before_in_sentence(self, i: int, own: frozenset[str]) -> list[Argument]:
        """Return the nearest other state, body or official before token i in its sentence."""
        start = self.doc.sentences[self.doc.tokens[i].sentence].start
        for j in range(i - 1, start - 1, -1):
            named = [e for e in agents(self.linked, j) if not self._is_own(e, own)]
            if named and self.doc.tokens[j].upos in ("PROPN", "NOUN"):
                return [Argument("target", e, "named before the pronoun") for e in named]
        return []

    def _is_own(self, entity: Entity, own: frozenset[str]) -> bool:
        """Tell whether an entity is the speaker's state or one of its officials; bodies in it may stand against it."""
        official = entity.kind is EntityKind.OFFICIAL
        return (entity.code or entity.id) in own or (official and self.state_of(entity) in own)

    def _other_state(self, draft: Draft) -> list[Argument]:
        other = self._counterparts.other_than(draft.entities("speaker"))
        return [Argument("target", other, "the other state of the article")] if other else []

    def _listed(self, draft: Draft, name: str) -> bool:
        return draft.rule in self.lexicon.families["Stance"][name]

    def _of_own_side(self, draft: Draft) -> bool:
        """Tell whether the speaker says what his own side will do."""
        own = states(draft.entities("speaker"), self.state_of)
        subjects = self.syntax.slot(draft.trigger, "subj")
        ours = any(self.doc.tokens[i].text.lower() in ("we", "i") for i in subjects)
        return ours or any(states(agents(self.linked, i), self.state_of) & own for i in subjects)

    def _without_own(self, draft: Draft) -> Draft:
        """Return the draft without the speakers as targets; many a stance is not towards one's own state either."""
        speakers = draft.entities("speaker")
        draft = draft.without("target", speakers)
        own = states(speakers, self.state_of)
        if self._listed(draft, "abroad"):
            return draft.without("target", [e for e in draft.entities("target") if states([e], self.state_of) & own])
        return draft

    def _ways(self, draft: Draft) -> Iterator[list[Argument]]:
        """Yield the targets by each way in turn, empty lists included."""
        own = states(draft.entities("speaker"), self.state_of)
        yield self._named_before(draft, own)
        yield self._named(draft, own)
        yield self._shared(draft, own)
        yield self._told_by_verb(draft, own)
        yield self._doers(self._act_of(draft), own)
        yield self._proposer(draft, own)
        yield self._counterpart(draft)

    def _proposer(self, draft: Draft, own: frozenset[str]) -> list[Argument]:
        """Return who acts where an apposition takes up a matter: "renewed his offer, an idea X rejected"."""
        for head in self._heads(draft):
            if self.doc.tokens[head].dep == "appos":
                doers = (
                    e for i in self.syntax.slot(self.doc.tokens[head].head, "clause") for e in agents(self.linked, i)
                )
                return self._others(doers, own, "whose matter it is")
        return []

    def _counterpart(self, draft: Draft) -> list[Argument]:
        """Return the other state of the article, or both of those between which the speaker stands."""
        if not self._listed(draft, "at_counterpart") and not self._occasions.names_act(self._heads(draft)):
            return []
        both = self._counterparts.two_besides(draft.entities("speaker")) if self._listed(draft, "at_both") else ()
        return [Argument("target", e, "side in the article") for e in both] or self._other_state(draft)

    # --- the matter -----------------------------------------------------------------------------------------------

    def _heads(self, draft: Draft) -> tuple[int, ...]:
        """Return the heads of what the stance is about; an apposition is what it stands beside."""
        found = [i for slot in _MATTER for i in self.syntax.slot(draft.trigger, slot)]
        found += [i for slot in ("comp/subj",) for i in self.syntax.slot(draft.trigger, slot)]
        beside = [self.doc.tokens[i].head for i in found if self.doc.tokens[i].dep == "appos"]
        return tuple(dict.fromkeys((*found, *beside)))

    def _named(self, draft: Draft, own: frozenset[str]) -> list[Argument]:
        """Return the first other state, body or official that the matter names."""
        below = (j for i in self._heads(draft) for j in sorted(self.doc.subtree(i)) if j != draft.trigger)
        named = (e for j in below for e in agents(self.linked, j) if not states([e], self.state_of) & own)
        first = next(named, None)
        return [Argument("target", first, "named in the matter")] if first else []

    def _named_before(self, draft: Draft, own: frozenset[str]) -> list[Argument]:
        """Return whose "the troops" are, where the text has said so: "the arrival of US troops"."""
        nouns = (i for slot in ("obj", "comp/subj") for i in self.syntax.slot(draft.trigger, slot))
        for head in (i for i in nouns if self.doc.tokens[i].upos == "NOUN" and self._occasions.points(i)):
            below = self.doc.subtree(head)
            if any(agents(self.linked, j) for j in below):
                return []
            for j in range(min(below) - 1, -1, -1):
                named = agents(self.linked, j) if self.doc.tokens[j].lemma == self.doc.tokens[head].lemma else ()
                found = self._others(named, own, "whose the text has said it is")
                if found:
                    return found
        return []

    def _shared(self, draft: Draft, own: frozenset[str], reach: int = 0) -> list[Argument]:
        """Return the targets of a stance of the same side beside it ("deplored ... and demanded") or before."""
        sentence = self.doc.tokens[draft.trigger].sentence
        for other in reversed(self._attitudes):
            if sentence - self.doc.tokens[other.trigger].sentence > reach:
                return []
            if states(other.entities("speaker"), self.state_of) & own:
                return self._others(other.entities("target"), own, "target of the stance beside it")
        return []

    def _told_by_verb(self, draft: Draft, own: frozenset[str]) -> list[Argument]:
        """Return the subject of the verb that the act's noun takes up: "fired a missile ... condemned the firing"."""
        for head in (i for i in self._heads(draft) if self._occasions.points(i) and self.doc.tokens[i].upos == "NOUN"):
            stem = self.doc.tokens[head].lemma.lower()[:_STEM]
            start = self.doc.sentences[max(0, self.doc.tokens[head].sentence - LAST_ACT_SENTENCES)].start
            for j in range(draft.trigger - 1, start - 1, -1):
                verb = self.doc.tokens[j]
                if verb.upos == "VERB" and len(stem) == _STEM and verb.lemma.lower().startswith(stem):
                    doers = (e for i in self.syntax.slot(j, "subj") for e in agents(self.linked, i))
                    return self._others(doers, own, "who did what the noun takes up")
        return []

    # --- small parts ----------------------------------------------------------------------------------------------

    def _act_of(self, draft: Draft) -> Draft | None:
        """Return the act that the stance is about."""
        return self._occasions.act_of(draft.trigger, self._heads(draft), bare=self._listed(draft, "of_last_act"))

    def _doers(self, act: Draft | None, own: frozenset[str]) -> list[Argument]:
        if act is None:
            return []
        first = self.lexicon.families[act.type]["agents"][0]
        return self._others(act.entities(first), own, "who did the act in focus")

    def _others(self, entities: Iterable[Entity], own: frozenset[str], how: str) -> list[Argument]:
        return [Argument("target", e, how) for e in entities if not states([e], self.state_of) & own]
