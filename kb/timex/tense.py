"""Whether the event that an expression dates lies behind or ahead of the publication, read off the clause.

The finite verb of the clause decides, with its auxiliaries (tense and aspect as in TimeML): past and perfect lie
behind, "will" ahead. Infinitives and participles depend on what governs them: "plans to visit on Friday" lies ahead,
"flew there to meet him on Friday" behind, a headline's "Putin to visit" ahead.
"""

from __future__ import annotations

from enum import Enum, auto

from kb.model import Document, Token, ZoneKind
from kb.timex.words import TimeWords


class Tense(Enum):
    """What the clause says of the direction in which to look for a date."""

    PAST = auto()
    FUTURE = auto()
    PROSPECT = auto()
    """Ahead of what is told, so mostly, but not surely, of the publication: "would", "agreed to"."""
    NEAREST = auto()
    """Either way."""


_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSE = frozenset({"aux", "aux:pass", "cop"})
_UP = 12
"""Verbs further up than this say nothing of the expression."""


class TenseReader:
    """Reads the tense of the clauses of one document."""

    def __init__(self, doc: Document, words: TimeWords) -> None:
        self.doc = doc
        self.words = words

    def read(self, start: int, end: int) -> Tense:
        """Return the tense that holds for tokens [start, end)."""
        head = self.head(start, end)
        case = self._cases(head) | self._before(start)
        lists = self.words.tense
        if case & lists["behind"]:
            return Tense.PAST
        if case & lists["ahead"]:
            return Tense.PROSPECT
        tense = self._of_clause(self.doc.tokens[head].head if head != self.doc.tokens[head].head else head)
        if tense is Tense.PAST and (case & (lists["limit"] | {"for", "to"})):
            return Tense.NEAREST
        if tense is Tense.NEAREST and case & lists["limit"]:
            return Tense.PROSPECT
        return tense

    def head(self, start: int, end: int) -> int:
        inside = range(start, end)
        return next((i for i in inside if self.doc.tokens[i].head not in inside), start)

    def _cases(self, i: int) -> set[str]:
        """Return the prepositions of a token, with the words fixed to them ("ahead of")."""
        tokens, children = self.doc.tokens, self.doc.children
        cases = [c for c in children[i] if tokens[c].dep in ("case", "mark")]
        return {tokens[c].text.lower() for case in cases for c in (case, *children[case])}

    def _before(self, start: int) -> set[str]:
        """Return the word before an expression in its sentence."""
        tokens = self.doc.tokens
        inside = start > 0 and tokens[start - 1].sentence == tokens[start].sentence
        return {tokens[start - 1].text.lower()} if inside else set()

    def _of_clause(self, i: int) -> Tense:
        """Climb from an expression to the verb of its clause; nouns on the way may stand before or after something."""
        tokens, lists = self.doc.tokens, self.words.tense
        nominal = False
        for _ in range(_UP):
            if self._is_clause(i):
                return self._of_verb(i, nominal)
            token = tokens[i]
            if token.upos == "ADJ" and token.lemma.lower() in lists["open"]:
                return Tense.PROSPECT
            nominal = nominal or (token.upos in ("NOUN", "ADJ") and token.head != i and bool(self.doc.children[i]))
            if token.head == i:
                return Tense.NEAREST
            if self._cases(i) & lists["behind"]:
                return Tense.PAST
            if self._cases(i) & lists["ahead"]:
                return Tense.PROSPECT
            i = token.head
        return Tense.NEAREST

    def _is_clause(self, i: int) -> bool:
        token = self.doc.tokens[i]
        if token.upos in _VERBAL and token.dep not in _CLAUSE and token.xpos != "NN":
            return True
        return any(self.doc.tokens[c].dep in ("cop", "aux") for c in self.doc.children[i])

    # --- the verb ---------------------------------------------------------------------------------------------

    def _of_verb(self, i: int, nominal: bool, depth: int = 0) -> Tense:
        """Return the tense of a clause; `nominal` when the expression belongs to a noun below the verb."""
        tokens = self.doc.tokens
        group = [tokens[c] for c in self.doc.children[i] if tokens[c].dep in _CLAUSE and c < i] or [tokens[i]]
        open_ = tokens[i].lemma.lower() in self.words.tense["open"]
        first = group[0]
        if first.xpos == "MD":
            return self._of_modal(group)
        if self._infinitive(i):
            return self._of_infinitive(i, depth)
        if first.xpos == "VBD" or (first is not tokens[i] and first.xpos == "VBN"):
            return Tense.NEAREST if open_ else Tense.PAST
        if first.xpos in ("VBZ", "VBP"):
            return self._of_present(i, group, nominal, open_)
        return self._of_nonfinite(i, open_, depth)

    def _of_modal(self, group: list[Token]) -> Tense:
        if any(token.lemma.lower() == "have" for token in group[1:]):
            return Tense.PAST
        return Tense.FUTURE if group[0].text.lower() in self.words.tense["future-modal"] else Tense.PROSPECT

    def _of_present(self, i: int, group: list[Token], nominal: bool, open_: bool) -> Tense:
        """Tell the perfect from the present, which with a date of its own speaks of what is to come."""
        perfect = group[0].lemma.lower() == "have" and self.doc.tokens[i].xpos in ("VBN", "VBD")
        if perfect:
            return Tense.NEAREST if open_ else Tense.PAST
        if open_:
            return Tense.FUTURE
        title = self.doc.sentences[self.doc.tokens[i].sentence].zone is ZoneKind.TITLE
        return Tense.NEAREST if nominal or title else Tense.PROSPECT

    def _infinitive(self, i: int) -> bool:
        tokens = self.doc.tokens
        return any(tokens[c].xpos == "TO" and tokens[c].dep in ("mark", "aux") for c in self.doc.children[i])

    def _of_infinitive(self, i: int, depth: int) -> Tense:
        """Return what the governor makes of "to visit": a plan lies ahead, a purpose in the time of its governor."""
        tokens = self.doc.tokens
        token = tokens[i]
        if token.head == i or depth > _UP:
            return Tense.FUTURE
        governor = tokens[token.head]
        if governor.lemma.lower() not in self.words.tense["prospective"]:
            return self._governed(token.head, depth)
        if governor.lemma.lower() in self.words.tense["open"]:
            tense = self._governed(token.head, depth)
            return tense if tense is not Tense.PAST else Tense.NEAREST
        return Tense.FUTURE if self._governed(token.head, depth) is not Tense.PAST else Tense.PROSPECT

    def _of_nonfinite(self, i: int, open_: bool, depth: int) -> Tense:
        """Return the tense of a participle or of a verb that shares the auxiliaries of the one it is joined to."""
        token = self.doc.tokens[i]
        if token.xpos == "VBN" and token.dep != "conj":
            return Tense.NEAREST if open_ else Tense.PAST
        if token.head == i or depth > _UP:
            return Tense.NEAREST
        return self._governed(token.head, depth)

    def _governed(self, i: int, depth: int) -> Tense:
        """Return the tense of the clause that token i belongs to."""
        for _ in range(_UP):
            if self._is_clause(i):
                return self._of_verb(i, nominal=False, depth=depth + 1)
            if self.doc.tokens[i].head == i:
                return Tense.NEAREST
            i = self.doc.tokens[i].head
        return Tense.NEAREST
