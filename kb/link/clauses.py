"""Clauses that say who holds an office: a copula, "as", verbs of appointing and resigning, "who heads"."""

from __future__ import annotations

from dataclasses import dataclass

from kb.link import trees
from kb.link.persons import Persons
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Token

_UNREAL = frozenset({"not", "n't", "never", "would", "could", "might", "may", "no", "should"})
_FUTURE = frozenset({"will", "shall", "wo", "'ll"})

NameSpanOf = tuple[int, int]
"""The tokens [start, end) of a person's name."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A person's name, the status of the office (None: that of the title) and the construction that gives it."""

    subject: NameSpanOf
    status: str | None
    rule: str


class ClauseReader:
    """Reads the clauses of one document."""

    def __init__(self, doc: Document, persons: Persons, words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.persons = persons
        self.words = words

    # --- "X is minister", "the first ambassador will be X" ----------------------------------------------------------

    def copula(self, title: TitlePhrase) -> Predicate | None:
        """Return who is, was or will be what the title says."""
        head = self.tokens[title.head]
        copula = self._child(head.i, "cop")
        if copula is not None:
            span = self._person_of(self._child(head.i, *trees.SUBJECTS))
        elif head.dep in trees.SUBJECTS:
            span, copula = self.persons.span_at.get(head.head), self._child(head.head, "cop")
        else:
            return None
        status = self._clause_status(copula, title) if copula is not None else None
        return Predicate(span, status, "office.copula") if span is not None and status is not None else None

    def _clause_status(self, copula: Token, title: TitlePhrase) -> str | None:
        """Return the status by tense and auxiliary, None where the clause is negated or unreal."""
        below = [self.tokens[c] for c in self.doc.children[copula.head]]
        words = {token.lemma.lower() for token in below if token.dep in ("aux", "advmod", "det")}
        if words & _UNREAL:
            return None
        if words & _FUTURE:
            return "planned"
        past = copula.xpos in ("VBD", "VBN") and "have" not in words
        return "occurred" if past and title.status == "ongoing" else title.status

    def _person_of(self, token: Token | None) -> NameSpanOf | None:
        """Return the name a subject token belongs to, following a relative pronoun to its antecedent."""
        if token is None:
            return None
        if token.xpos in ("WP", "WDT"):
            noun = trees.antecedent(self.doc, token.i)
            return self.persons.span_at.get(noun) if noun is not None else None
        return self.persons.span_at.get(token.i)

    def _child(self, i: int, *deps: str) -> Token | None:
        return next((self.tokens[c] for c in trees.children(self.doc, i, *deps)), None)

    # --- "was named ambassador", "resigned as minister" ---------------------------------------------------------------

    def complement(self, title: TitlePhrase) -> Predicate | None:
        """Return whom a verb gives an office or takes it from, with "as" or a predicate complement."""
        head = self.tokens[title.head]
        verb = self._governor(head)
        lemma = verb.lemma.lower()
        status = self._verb_status(lemma)
        gives = lemma in self.words.appoint | self.words.nominate
        complement = head.dep in ("xcomp", "obj") and (gives or lemma in self.words.becoming)
        if verb.upos != "VERB" or status is None or not (complement or self._is_marked(head)):
            return None
        span = self._object_or_subject(verb, transitive=gives)
        return Predicate(span, status, "office.as") if span is not None else None

    def _governor(self, head: Token) -> Token:
        """Return the verb above a title, past the noun in "took over the job of minister"."""
        verb = self.tokens[head.head]
        return self.tokens[verb.head] if verb.upos == "NOUN" else verb

    def _verb_status(self, lemma: str) -> str | None:
        if lemma in self.words.nominate:
            return "planned"
        if lemma in self.words.resign:
            return "occurred"
        return "ongoing" if lemma in self.words.appoint | self.words.serve else None

    def _is_marked(self, head: Token) -> bool:
        return any(self.tokens[c].text.lower() == "as" for c in trees.children(self.doc, head.i, "case", "mark"))

    def _object_or_subject(self, verb: Token, *, transitive: bool) -> NameSpanOf | None:
        """Return whom an appointing verb appoints, or who serves or resigns."""
        if verb.dep == "acl" and verb.head in self.persons.span_at:
            return self.persons.span_at[verb.head]
        active = transitive and self._child(verb.i, "nsubj:pass") is None
        for dep in ("obj", "nsubj:pass") if active else ("nsubj:pass", "nsubj"):
            span = self._person_of(self._child(verb.i, dep))
            if span is not None:
                return span
        if verb.dep == "xcomp" and verb.head != verb.i:
            return self._object_or_subject(self.tokens[verb.head], transitive=False)
        return self.persons.span_at.get(verb.head) if verb.dep.startswith("acl") else None

    # --- "X, who heads the agency" ------------------------------------------------------------------------------------

    def led_by(self, verb: Token, status: str) -> Predicate | None:
        """Return who is the subject of a verb such as "heads"."""
        span = self._person_of(self._child(verb.i, "nsubj"))
        return Predicate(span, status, "office.verb") if span is not None else None
