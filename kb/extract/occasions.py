"""Which act of the article a stance is about: "condemned the firing", "welcomed the accord", "called it premature"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.extract.drafts import Draft
from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.model import Document, FactualityLabel

LAST_ACT_SENTENCES = 2
_NAMED_ACT_SENTENCES = 4
_TOLD = frozenset({FactualityLabel.OCCURRED, FactualityLabel.ONGOING, FactualityLabel.PLANNED, FactualityLabel.ALLEGED})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_PRONOUNS = frozenset({"it", "this", "that", "what", "them", "these", "those"})


class Occasions:
    """The acts that one article has told, in text order."""

    def __init__(self, doc: Document, syntax: Syntax, lexicon: Lexicon) -> None:
        self.doc = doc
        self.syntax = syntax
        self.lexicon = lexicon
        self._acts: list[Draft] = []

    def follow(self, act: Draft) -> None:
        """Keep in mind an act that a later stance may be about."""
        self._acts.append(act)

    def names_act(self, heads: Sequence[int]) -> bool:
        """Tell whether one of the tokens points at an act that the text has named: "the deal", "this step"."""
        return any(self.points(i) and (self._types_of(i) or self._is_act(i)) for i in heads)

    def points(self, head: int) -> bool:
        """Tell whether a noun points at what the text has told."""
        determiners = {self.doc.tokens[i].lemma.lower() for i in self.syntax.slot(head, "det")}
        return bool(determiners & _POINTING)

    def act_of(self, trigger: int, heads: Sequence[int], *, bare: bool) -> Draft | None:
        """Return the act that a stance with these head words is about; with none, the last act if it is `bare`."""
        told = [a for a in self._acts if a.factuality.label in _TOLD and a.trigger != trigger]
        for head in heads:
            types = self._types_of(head)
            if types and self.points(head):
                named = [a for a in told if a.type in types]
                return self._last(trigger, named, _NAMED_ACT_SENTENCES) or next(iter(named), None)
        if bare if not heads else self._about_what_happened(trigger, heads):
            no_occasion = self.lexicon.families["Stance"]["no_occasion"]
            told = [a for a in told if a.type not in no_occasion]
            return self._last(trigger, told, LAST_ACT_SENTENCES) or next(iter(told), None)
        return None

    def _types_of(self, head: int) -> frozenset[str]:
        """Return the classes of acts that a noun stands for: "the launch", "the accord"."""
        token = self.doc.tokens[head]
        if token.upos != "NOUN":
            return frozenset()
        names = self.lexicon.families["Stance"]["acts"]
        return frozenset(name for name, words in names.items() if token.lemma.lower() in self.lexicon.expand(words))

    def _is_act(self, head: int) -> bool:
        return self.doc.tokens[head].lemma.lower() in self.lexicon.words("act-noun")

    def _about_what_happened(self, trigger: int, heads: Sequence[int]) -> bool:
        """Tell whether one of the heads is "the decision", "it" or an apposition ("a step X called")."""
        pronoun = any(self.doc.tokens[i].upos == "PRON" and self.doc.tokens[i].text.lower() in _PRONOUNS for i in heads)
        return pronoun or any(self._is_act(i) and (self.points(i) or i < trigger) for i in heads)

    def _last(self, trigger: int, acts: Iterable[Draft], reach: int) -> Draft | None:
        """Return the last of the acts told before the trigger, at most `reach` sentences back."""
        here = self.doc.tokens[trigger].sentence
        before = [a for a in acts if a.trigger < trigger and here - self.doc.tokens[a.trigger].sentence <= reach]
        return before[-1] if before else None
