"""Denials told by a negation: "We have tested no missile", "said there had been no launch".

To say that something is not so denies it only where it was in question: what the speaker has not done himself, or what
the text has told or alleged of his side before. The pronoun in "X accused Y of it; he denied it" is Y.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.extract.context import InArticle
from kb.extract.drafts import Draft, in_public, states
from kb.link import agents
from kb.model import Argument

_IN_QUESTION_SENTENCES = 6
_SAID_AGAIN_SENTENCES = 2
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nothing", "none", "neither"})
_FIRST_PERSON = frozenset({"we", "i"})
_OURS = frozenset({"us", "our", "ours", "me", "my", "mine"})
_OF_THE_KIND = frozenset({"kind", "sort", "such"})
_PERSONAL = frozenset({"he", "she", "it", "they"})


class Denials(InArticle):
    """Tells which negations deny, and who denies, among the drafts of one article."""

    def settled(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts without negations that deny nothing, every denial with the right speaker."""
        by_negation = self.lexicon.families["Denial"]["by_negation"]
        found: list[Draft] = []
        for draft in sorted(drafts, key=lambda d: d.trigger):
            whole = self._by_the_accused(draft, found) if draft.type == "Denial" else draft
            if self._of_no_concern(whole):
                continue
            if draft.rule not in by_negation or self._denies(whole, found):
                found.append(whole)
        return found

    def _of_no_concern(self, draft: Draft) -> bool:
        """Tell whether a private person denies, or accuses another: that is said of no state or body."""
        if draft.type not in ("Accusation", "Denial") or in_public(draft.entities("speaker"), self.state_of):
            return False
        return draft.type == "Denial" or not any(e.code or self.state_of(e) for e in draft.entities("target"))

    def _by_the_accused(self, denial: Draft, before: Sequence[Draft]) -> Draft:
        """Give a pronoun's denial to the accused where it seems to be the accuser who denies."""
        subject = next(iter(self.syntax.subjects(denial.trigger)), None)
        if subject is None or self.doc.tokens[subject].text.lower() not in _PERSONAL:
            return denial
        last = next((d for d in reversed(before) if d.type == "Accusation"), None)
        if last is None or self._sentences(last, denial) > 1 or not last.entities("target"):
            return denial
        if {e.id for e in last.entities("speaker")} != {e.id for e in denial.entities("speaker")}:
            return denial
        accused = [Argument("speaker", e, "the accused") for e in last.entities("target")]
        return denial.without("speaker").adding(accused)

    # --- what a negation denies -----------------------------------------------------------------------------------

    def _denies(self, denial: Draft, before: Sequence[Draft]) -> bool:
        own = states(denial.entities("speaker"), self.state_of)
        return any(self._own_act(i, own) or self._in_question(i, denial, own, before) for i in self._negated(denial))

    def _negated(self, denial: Draft) -> Iterator[int]:
        """Yield the heads of what is said not to be, unless it is a plan, a possibility or a state of mind."""
        for content in self.syntax.slot(denial.trigger, "comp"):
            for head in (content, *self.syntax.conjuncts(content)):
                if self._has_negation(head) and self._of_fact(head):
                    yield head

    def _has_negation(self, head: int) -> bool:
        slots = ("self", "adv", "det", "obj", "obj/det", "subj/det", "subj/adv", "subj")
        tokens = self.doc.tokens
        found = (i for slot in slots for i in self.syntax.slot(head, slot))
        below = {tokens[i].text.lower() for i in found if tokens[min(i + 1, len(tokens) - 1)].text != "but"}
        below |= {self.doc.tokens[i].text.lower() for i in self.doc.children[head] if self.doc.tokens[i].dep == "det"}
        return bool(below & _NEGATIONS)

    def _of_fact(self, head: int) -> bool:
        token = self.doc.tokens[head]
        modal = any(self.doc.tokens[i].xpos == "MD" for i in self.syntax.slot(head, "aux"))
        sides = (i for slot in ("subj", "obj") for i in self.syntax.slot(head, slot))
        if any(self.doc.tokens[i].lemma.lower() in self.lexicon.words("mental-noun") for i in sides):
            return False
        return not modal and token.lemma.lower() not in self.lexicon.words("mental-verb") and token.upos != "ADJ"

    def _own_act(self, head: int, own: frozenset[str]) -> bool:
        """Tell whether the speaker says it of himself or his side."""
        token = self.doc.tokens[head]
        if token.upos not in ("VERB", "AUX"):  # "Not us", "Not across our border"
            negated = any(self.doc.tokens[i].text.lower() == "not" for i in self.syntax.slot(head, "adv"))
            return negated and any(self.doc.tokens[i].text.lower() in _OURS for i in self.doc.subtree(head))
        subjects = (*self.syntax.slot(head, "subj"), *self.syntax.slot(head, "obj")[:1])
        return any(
            self.doc.tokens[i].text.lower() in _FIRST_PERSON or states(agents(self.linked, i), self.state_of) & own
            for i in subjects
        )

    def _in_question(self, head: int, denial: Draft, own: frozenset[str], before: Sequence[Draft]) -> bool:
        """Tell whether the text has told or alleged of the speaker's side what he says is not so."""
        sides = (j for slot in ("subj", "obj") for i in self.syntax.slot(head, slot) for j in self.doc.subtree(i))
        if any(self.doc.tokens[j].lemma.lower() in _OF_THE_KIND for j in sides):
            return True
        named = self._acts_named(head)
        for other in reversed(before):
            distance = self._sentences(other, denial)
            if distance > _IN_QUESTION_SENTENCES:
                return False
            if other.type == "Denial" and distance <= _SAID_AGAIN_SENTENCES and self._of(other, "speaker") & own:
                return True
            if other.type == "Accusation" and self._of(other, "target") & own:
                return True
            if other.type in named and self._of(other, *self.lexicon.families[other.type]["agents"]) & own:
                return True
        return False

    def _acts_named(self, head: int) -> frozenset[str]:
        """Return the classes of acts that the subject or object of a negated clause names: "no launch"."""
        if self.doc.tokens[head].upos not in ("VERB", "AUX"):
            return frozenset()
        nouns = {self.doc.tokens[i].lemma.lower() for slot in ("subj", "obj") for i in self.syntax.slot(head, slot)}
        named = self.lexicon.families["Stance"]["acts"]
        return frozenset(name for name, words in named.items() if nouns & self.lexicon.expand(words))

    # --- small parts ----------------------------------------------------------------------------------------------

    def _of(self, draft: Draft, *roles: str) -> frozenset[str]:
        return states(draft.entities(*roles), self.state_of)

    def _sentences(self, earlier: Draft, later: Draft) -> int:
        return self.doc.tokens[later.trigger].sentence - self.doc.tokens[earlier.trigger].sentence
