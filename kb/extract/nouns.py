"""Who does the event that a noun names, and what prepositions bind to verbs and nouns.

Possessors, by-phrases, nationality adjectives, and support verbs ("pay a visit", "hold talks"): constructions G5 and G6
of the frame lexicon's design.
"""

from __future__ import annotations

from kb.extract.tree import NOMINAL, OBLIQUE
from kb.extract.verbs import Verbs
from kb.model import Token

_FLOATING = frozenset({"between", "with", "in", "at", "on"})
_NO_SUBJECT_SHARED = frozenset({"ccomp", "parataxis"})


class Nouns(Verbs):
    """Agents of event nouns, support verbs, predicates without a verb, prepositional phrases."""

    def subjects(self, i: int) -> tuple[int, ...]:
        """Return who does it: the logical subject of a verb, the agent of an event noun."""
        token = self.doc.tokens[i]
        if token.upos in ("NOUN", "PROPN") and not self._own(i, ("cop",)):
            return self._noun_agent(i)
        if self.is_passive(i):
            return self._by(i)
        return self._surface_subject(i)

    def _noun_agent(self, i: int) -> tuple[int, ...]:
        """Return who does the event a noun names: possessor, by-phrase, nationality, support verb's subject."""
        found = (
            self._children(i, "nmod:poss")
            or self._case(i, ("by",), deps=OBLIQUE)
            or self._children(i, "obl:agent")
            or self._support_subject(i)
            or self._participle_agent(i)
            or self._modifiers(i)
        )
        return tuple(self._antecedent(j) for j in found)

    def _authors(self, i: int) -> tuple[int, ...]:
        """Return who speaks in a report or statement: "a report by the panel", "the ministry's letter"."""
        if self.doc.tokens[i].lemma.lower() not in self.lexicon.words("document-noun"):
            return ()
        sent = (j for child in self._children(i, "acl:relcl") for j in self._children(child, "nsubj"))
        found = (
            *self._case(i, ("by", "from", "of"), deps=OBLIQUE),
            *self._children(i, "nmod:poss"),
            *self._participle_agent(i),
            *sent,
        )
        return found or self._modifiers(i)

    def _sanctions_below(self, i: int) -> tuple[int, ...]:
        """Return the nearest word for sanctions below token i ("a resolution on the panel that monitors sanctions")."""
        words, level = self.lexicon.words("sanction"), list(self.doc.children[i])
        while level:
            found = tuple(j for j in level if self.doc.tokens[j].lemma in words)
            if found:
                return found
            level = [c for j in level for c in self.doc.children[j]]
        return ()

    def _leaders(self, i: int) -> tuple[int, ...]:
        """Return who leads in "US-led sanctions", "a Saudi-led coalition"."""
        led = [c for c in self.doc.children[i] if self.doc.tokens[c].text.lower() == "led"]
        return tuple(c for word in led for c in self.doc.children[word] if self.doc.tokens[c].upos in ("PROPN", "ADJ"))

    def _participle_agent(self, i: int) -> tuple[int, ...]:
        """Return the agent in "sanctions imposed by the US", "the visit made by"."""
        found: list[int] = []
        for child in self._children(i, "acl"):
            if self.is_passive(child):
                found.extend(self._by(child))
        return tuple(found)

    def _modifiers(self, i: int) -> tuple[int, ...]:
        """Return the adjectives and nouns before a noun, with their conjuncts ("US and South Korean officials")."""
        found = []
        for child in self.doc.children[i]:
            if child < i and self.doc.tokens[child].dep in ("amod", "compound", "nmod", "nmod:unmarked"):
                found.append(child)
                found.extend(c for c in self._children(child, "conj") if c < i)
        return tuple(found)

    def _support_subject(self, i: int) -> tuple[int, ...]:
        """Return the subject of the support verb whose object noun i is ("Putin paid a visit", "held talks")."""
        verb = self.support_verb(i)
        if verb is None:
            return ()
        if self.doc.tokens[verb].head == i:  # "the visit Duarte made": the gap of the relative clause is no subject
            return self._by(verb) or self._children(verb, "nsubj")
        return self._by(verb) if self.is_passive(verb) else self._surface_subject(verb)

    def support_verb(self, i: int) -> int | None:
        """Return the verb that only carries event noun i, such as "make" in "make a visit", or None."""
        token = self.doc.tokens[i]
        if token.dep == "conj" and self.doc.tokens[token.head].upos in ("NOUN", "PROPN"):
            return self.support_verb(token.head)
        if self._own(i, ("cop",)):
            return i
        governor = self.doc.tokens[token.head]
        if self.case_of(i) == "of" and governor.lemma in self.lexicon.words("stretch"):  # "began two days of talks"
            verb = self.doc.tokens[governor.head]
            carries = governor.dep == "obl:unmarked" and verb.lemma in self.lexicon.words("support-verb")
            return verb.i if carries else self.support_verb(governor.i)
        if token.dep not in ("obj", "nsubj:pass", "acl", "xcomp") and not self._prepositional_support(token, governor):
            return self._supporting_relative(i)
        if governor.upos == "VERB" and governor.lemma in self.lexicon.words("support-verb"):
            return governor.i
        return None

    def _supporting_relative(self, i: int) -> int | None:
        """Return the support verb of a relative clause on an event noun: "the visit he paid", "talks held by"."""
        words = self.lexicon.words("support-verb")
        for child in self._children(i, "acl:relcl", "acl"):
            token = self.doc.tokens[child]
            objects = self._children(child, "obj")
            gap = all(self.doc.tokens[j].xpos in ("WDT", "WP") for j in objects)
            if token.upos == "VERB" and token.lemma in words and gap and (self.is_passive(child) or self._gap(child)):
                return child
        return None

    def _prepositional_support(self, token: Token, governor: Token) -> bool:
        """Return whether the noun stands in "begin with talks", "engage in talks", "embark on a visit"."""
        cases = {self.doc.tokens[c].lemma for c in self._children(token.i, "case")}
        return token.dep == "obl" and governor.upos == "VERB" and bool(cases & {"in", "on", "with", "for", "into"})

    def _clause_subject(self, i: int) -> tuple[int, ...]:
        """Return the subject of the clause that noun i stands in ("told reporters after a meeting with X")."""
        for ancestor in self.doc.ancestors(i):
            token = self.doc.tokens[ancestor]
            if token.upos in ("VERB", "AUX") or self._own(ancestor, ("cop",)):
                if token.dep == "acl" and self.is_passive(ancestor):  # "remarks made after a visit": whoever remarks
                    continue
                found = self.subjects(ancestor) if not self.is_passive(ancestor) else self._surface_subject(ancestor)
                if i in found and token.dep not in _NO_SUBJECT_SHARED:  # "where a meeting was planned"
                    continue
                return found
        return ()

    def _predicate(self, i: int) -> tuple[int, ...]:
        """Return what a subject is said to be: Lisbon in "the next stop is Lisbon"."""
        token = self.doc.tokens[i]
        return (token.head,) if token.dep.startswith("nsubj") and self._own(token.head, ("cop",)) else ()

    def _predicate_place(self, i: int) -> tuple[int, ...]:
        """Return the token itself where it says where somebody is: "Duarte is in Lisbon"."""
        if not self._own(i, ("cop",)):
            return ()
        cases = {self.doc.tokens[c].text.lower() for c in self._children(i, "case")}
        return (i,) if cases & {"in", "at", "off"} else ()

    def _governing_verb(self, i: int) -> tuple[int, ...]:
        """Return the verb of the clause that noun i stands in."""
        verbs = (a for a in self.doc.ancestors(i) if self.doc.tokens[a].upos in ("VERB", "AUX"))
        return tuple(verbs)[:1]

    def _preposition(self, i: int, name: str) -> tuple[int, ...]:
        """Return the objects of preposition `name` below token i; a noun also sees those of its support verb."""
        cases = tuple(name.split("|"))
        found = self._case(i, cases, deps=OBLIQUE)
        if not found and self.doc.tokens[i].upos in ("NOUN", "PROPN"):
            verb = self.support_verb(i)
            if verb is not None and verb != i:
                found = self._case(verb, cases, deps=OBLIQUE)
        if not found and self.doc.tokens[i].upos == "VERB":
            for child in self._children(i, "obj", "nsubj:pass", "xcomp", "obl"):
                if self.doc.tokens[child].upos in NOMINAL:
                    found += self._case(child, cases, deps=OBLIQUE)
        if not found:
            found = self._misplaced(i, cases)
        return tuple(self._antecedent(j) for j in found)

    def _misplaced(self, i: int, cases: tuple[str, ...]) -> tuple[int, ...]:
        """Return what the parser hung on a name or date that stands between: "talks on Tuesday with Li in Cairo"."""
        if not set(cases) & _FLOATING:
            return ()
        governors = [i, *self._children(i, "obj")]
        found: list[int] = []
        for child in (c for governor in governors for c in self.doc.children[governor]):
            token = self.doc.tokens[child]
            if token.dep.split(":")[0] in OBLIQUE and token.upos in ("PROPN", "NUM"):
                found.extend(self._case(child, cases, deps=OBLIQUE))
        return tuple(found)
