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
_AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
_PREDICATED = frozenset({"aux", "aux:pass", "cop", "nsubj", "nsubj:pass"})
"""What stands below a predicate that is no verb, or that the tagger took for a noun."""

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
        lists = self.words.tense
        case = self._cases(head) | self._before(start)
        if case & lists["behind"]:
            return Tense.PAST
        if case & lists["ahead"]:
            return Tense.PROSPECT
        top = head if self._is_clause(head) else self._governor(head)
        tense = self._climb(self._complement(top, start), attached=True)
        if tense is Tense.PAST and (case & (lists["limit"] | {"for", "to"})):
            return Tense.NEAREST
        if tense is Tense.NEAREST and case & lists["limit"]:
            return Tense.PROSPECT
        return tense

    def attribute(self, start: int, end: int) -> bool:
        """Tell whether tokens [start, end) stand before the noun they belong to, and that is not what the clause is of.

        So it is in "on the agenda of the December summit", but not in "the December summit failed".
        """
        head = self.head(start, end)
        noun = self.doc.tokens[self.doc.tokens[head].head]
        return end <= noun.i and noun.upos in ("NOUN", "PROPN") and not noun.dep.startswith("nsubj")

    def _governor(self, head: int) -> int:
        """Return what an expression hangs on; not a verb beyond another that governs it, for such arcs are errors.

        In "a pact negotiated for years awaits signature on Friday" the day belongs to the second verb.
        """
        top = self.doc.tokens[head].head
        above = top
        for _ in range(_UP):
            above = self.doc.tokens[above].head
            if top < above < head:
                top = above
        return top

    def _complement(self, i: int, start: int) -> int:
        """Return the infinitive of a plan if the expression stands behind it: "was going to be in China in April"."""
        tokens = self.doc.tokens
        if tokens[i].lemma.lower() not in self.words.tense["prospective"]:
            return i
        below = (c for c in self.doc.children[i] if tokens[c].dep == "xcomp" and c < start)
        return next((c for c in below if self._infinitive(c) is not None), i)

    def head(self, start: int, end: int) -> int:
        """Return the token of [start, end) that the others depend on."""
        inside = range(start, end)
        return next((i for i in inside if self.doc.tokens[i].head not in inside), start)

    def _cases(self, i: int) -> set[str]:
        """Return the prepositions of a token, with the words fixed to them or standing before "of" ("ahead of")."""
        tokens, children = self.doc.tokens, self.doc.children
        cases = [c for c in children[i] if tokens[c].dep in ("case", "mark")]
        found = {tokens[c].text.lower() for case in cases for c in (case, *children[case])}
        return found | {tokens[c - 1].text.lower() for c in cases if c > 0 and tokens[c].text == "of"}

    def _before(self, start: int) -> set[str]:
        """Return the word before an expression in its sentence."""
        tokens = self.doc.tokens
        inside = start > 0 and tokens[start - 1].sentence == tokens[start].sentence
        return {tokens[start - 1].text.lower()} if inside else set()

    def _climb(self, i: int, *, attached: bool, depth: int = 0) -> Tense:
        """Climb from token i to the verb of its clause; nouns on the way may stand before or after something.

        `attached` while the expression may hang on the verb itself, and not on a noun below it.
        """
        tokens, lists = self.doc.tokens, self.words.tense
        while depth < _UP:
            if self._is_clause(i):
                return self._of_verb(i, attached, depth)
            token = tokens[i]
            cases = self._cases(i)
            if cases & lists["behind"]:
                return Tense.PAST
            if cases & lists["ahead"] or (token.upos == "ADJ" and token.lemma.lower() in lists["open"]):
                return Tense.PROSPECT
            if token.head == i:
                break
            attached = attached and token.upos not in ("NOUN", "ADJ")
            i, depth = token.head, depth + 1
        return Tense.NEAREST

    def _is_clause(self, i: int) -> bool:
        token = self.doc.tokens[i]
        if token.upos in _VERBAL and token.dep not in _AUXILIARY:
            return True
        return any(self.doc.tokens[c].dep in _PREDICATED for c in self.doc.children[i])

    # --- the verb ---------------------------------------------------------------------------------------------

    def _of_verb(self, i: int, attached: bool, depth: int) -> Tense:
        """Return the tense of a clause, from its first auxiliary or the verb itself."""
        tokens = self.doc.tokens
        group = [tokens[c] for c in self.doc.children[i] if tokens[c].dep in _AUXILIARY and c < i] or [tokens[i]]
        open_ = tokens[i].lemma.lower() in self.words.tense["open"] and not self._particle(i)
        first, marked = group[0], self._infinitive(i)
        if first.xpos == "MD":
            return self._of_modal(group)
        if marked is not None:
            return self._of_be_to(first) if first.i < marked else self._of_infinitive(i, depth)
        if first.xpos == "VBD" and tokens[i].dep != "acl":
            return Tense.NEAREST if open_ else Tense.PAST
        if first.xpos in ("VBZ", "VBP") or tokens[i].upos not in _VERBAL:
            return self._of_present(i, group, attached, open_)
        return self._of_nonfinite(i, open_, depth)

    def _particle(self, i: int) -> bool:
        """Tell whether a verb has a particle: "set up" is not the "set" of plans."""
        return any(self.doc.tokens[c].dep == "compound:prt" for c in self.doc.children[i])

    def _of_modal(self, group: list[Token]) -> Tense:
        if any(token.lemma.lower() == "have" for token in group[1:]):
            return Tense.PAST
        return Tense.FUTURE if group[0].text.lower() in self.words.tense["future-modal"] else Tense.PROSPECT

    def _of_be_to(self, be: Token) -> Tense:
        """Return the tense of "is to visit" and "was to visit"; of the latter it is open whether it came to pass."""
        return Tense.NEAREST if be.xpos in ("VBD", "VBN") else Tense.FUTURE

    def _of_present(self, i: int, group: list[Token], attached: bool, open_: bool) -> Tense:
        """Tell the perfect from the present, which with a date of its own speaks of what is to come."""
        perfect = group[0].lemma.lower() == "have" and self.doc.tokens[i].xpos in ("VBN", "VBD")
        if perfect:
            return Tense.NEAREST if open_ else Tense.PAST
        if open_:
            return Tense.FUTURE
        title = self.doc.sentences[self.doc.tokens[i].sentence].zone is ZoneKind.TITLE
        return Tense.PROSPECT if attached and not title else Tense.NEAREST

    def _infinitive(self, i: int) -> int | None:
        """Return the "to" of an infinitive."""
        tokens = self.doc.tokens
        marks = (c for c in self.doc.children[i] if tokens[c].xpos == "TO" and tokens[c].dep in ("mark", "aux"))
        return next(marks, None)

    def _of_infinitive(self, i: int, depth: int) -> Tense:
        """Return what the governor makes of "to visit": a plan lies ahead, a purpose in the time of its governor."""
        token = self.doc.tokens[i]
        if token.head == i:
            return Tense.FUTURE
        governor = self.doc.tokens[token.head].lemma.lower()
        tense = self._climb(token.head, attached=True, depth=depth + 1)
        if governor not in self.words.tense["prospective"]:
            return Tense.PROSPECT if tense is Tense.NEAREST else tense
        if governor in self.words.tense["open"]:
            return Tense.NEAREST if tense is Tense.PAST else tense
        return Tense.PROSPECT if tense is Tense.PAST else Tense.FUTURE

    def _of_nonfinite(self, i: int, open_: bool, depth: int) -> Tense:
        """Return the tense of a participle or of a verb that shares the auxiliaries of the one it is joined to."""
        token = self.doc.tokens[i]
        if token.xpos in ("VBN", "VBD") and token.dep != "conj":
            return Tense.NEAREST if open_ else Tense.PAST
        return Tense.NEAREST if token.head == i else self._climb(token.head, attached=True, depth=depth + 1)
