"""When a clause places its event: the tense and aspect of the verb that carries it."""

from __future__ import annotations

from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.model import Temporal, Token, ZoneKind


class Tense:
    """Reads tense and aspect off the tree."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.doc = syntax.doc

    def of(self, trigger: int) -> Temporal:
        """Return whether an event is told as past or as going on now; plans are told by cues, not by tense."""
        verb = self.doc.tokens[self._copula(trigger) or self.finite_verb(trigger)]
        if verb.dep == "cop" and verb.xpos == "VBN":  # "has been in Lisbon since Monday"
            return Temporal.PRESENT if self.syntax.slot(trigger, "since|for") else Temporal.PAST
        auxiliaries = {self.doc.tokens[c].lemma for c in self.doc.children[verb.i] if self.doc.tokens[c].dep == "aux"}
        if verb.xpos == "VBG" and "be" in auxiliaries and not self._past_auxiliary(verb):
            return Temporal.PRESENT
        if verb.i != trigger and verb.lemma in self.lexicon.words("aftermath-verb"):
            return Temporal.PAST
        if verb.xpos in ("VBZ", "VBP") and not auxiliaries and not self._is_headline(verb):
            return Temporal.PRESENT
        return Temporal.PAST

    def is_past_perfect(self, i: int) -> bool:
        """Tell whether a verb, or an adjective with its copula, stands in the past perfect of its own accord.

        In what somebody said the past perfect may only be the tense of reported speech.
        """
        token = self.doc.tokens[i]
        governor = self.doc.tokens[token.head]
        if token.dep == "ccomp" and governor.lemma in self.lexicon.words("reporting-verb"):
            return False
        words = {self.doc.tokens[c].text.lower() for c in self.doc.children[i] if c < i}
        return bool(words & {"had", "'d", "’d"}) and (token.xpos == "VBN" or "been" in words)

    def _is_headline(self, verb: Token) -> bool:
        """Tell whether a present tense is the headline's for what has happened: "Canada bans imports"."""
        return verb.upos == "VERB" and self.doc.sentences[verb.sentence].zone is ZoneKind.TITLE

    def _past_auxiliary(self, verb: Token) -> bool:
        return any(self.doc.tokens[c].xpos == "VBD" for c in self.doc.children[verb.i])

    def _copula(self, i: int) -> int | None:
        return next((c for c in self.doc.children[i] if self.doc.tokens[c].dep == "cop"), None)

    def finite_verb(self, i: int) -> int:
        """Return the verb whose tense dates the event: the trigger itself, or the verb that carries the noun."""
        token = self.doc.tokens[i]
        if token.upos in ("VERB", "AUX"):
            return i
        support = self.syntax.support_verb(i)
        if support is not None:
            return support
        return next((a for a in self.doc.ancestors(i) if self.doc.tokens[a].upos in ("VERB", "AUX")), i)
