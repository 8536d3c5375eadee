"""Who does it and whom it is done to, for verbs in every form of clause.

Active and passive, reduced and full relative clauses, control and raising, subjects shared by conjoined verbs: the
constructions G1-G4 of the frame lexicon's design.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from kb.extract.tree import NOMINAL, OBLIQUE, Tree
from kb.model import Token, ZoneKind

_SUBJECTS = ("nsubj", "nsubj:pass")


class Verbs(Tree, ABC):
    """Subjects and objects of verbs; what they ask of nouns is in `kb.extract.nouns`."""

    @abstractmethod
    def _noun_agent(self, i: int) -> tuple[int, ...]:
        """Return who does the event that noun i names."""

    @abstractmethod
    def _clause_subject(self, i: int) -> tuple[int, ...]:
        """Return the subject of the clause that noun i stands in."""

    @abstractmethod
    def _preposition(self, i: int, name: str) -> tuple[int, ...]:
        """Return the objects of a preposition below token i."""

    def is_passive(self, i: int) -> bool:
        """Tell whether verb i is passive, reduced participles ("sanctions imposed by") and headlines included."""
        token = self.doc.tokens[i]
        if token.upos not in ("VERB", "AUX"):
            return False
        deps = {self.doc.tokens[c].dep for c in self.doc.children[i]}
        if deps & {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"} or self._bare_participle(token, deps):
            return True
        if self._in_headline(token, deps):
            return True
        if token.xpos not in ("VBN", "VBD") or deps & {"aux", "obj"}:
            return self._passive_conjunct(token)
        if token.xpos == "VBN" and (token.dep in ("acl", "amod") or (token.dep == "advcl" and "nsubj" not in deps)):
            return True
        return self._passive_conjunct(token)

    def _bare_participle(self, token: Token, deps: set[str]) -> bool:
        """Return whether this is the participle of "wants the embargo kept", "had the ban lifted"."""
        return token.xpos == "VBN" and token.dep in ("xcomp", "ccomp") and not deps & {"aux", "obj", "mark", "cop"}

    def _in_headline(self, token: Token, deps: set[str]) -> bool:
        """Return whether a headline leaves "was" out: "Envoy expelled", where taggers see a past tense."""
        if token.dep not in ("root", "conj", "parataxis") or token.xpos not in ("VBN", "VBD"):
            return False
        if self.doc.sentences[token.sentence].zone is not ZoneKind.TITLE or deps & {"aux", "obj", "ccomp", "xcomp"}:
            return False
        return "nsubj" in deps and token.lemma.lower() in self.lexicon.words("transitive-verb")

    def _passive_conjunct(self, token: Token) -> bool:
        """Return whether a bare participle shares the auxiliary of a passive verb ("was seized and sold").

        What is coordinated with a reduced participle ("imposed in 2006 and tightened since") is one too, though taggers
        take it for a past tense.
        """
        if token.dep != "conj" or self._own(token.i, ("nsubj", "aux", "obj")):
            return False
        reduced = self.doc.tokens[token.head].dep == "acl" and token.xpos == "VBD"
        return (token.xpos == "VBN" or reduced) and self.is_passive(token.head)

    def objects(self, i: int) -> tuple[int, ...]:
        """Return whom or what it is done to."""
        token = self.doc.tokens[i]
        if token.upos in ("NOUN", "PROPN"):
            return self._preposition(i, "of")
        if self.is_passive(i):
            return self._surface_subject(i)
        own = self._children(i, "obj") or self._moved_object(i) or self._after_particle(i)
        if own:
            return tuple(self._antecedent(j) for j in own if j not in self._indirect_objects(i))
        if token.dep == "acl:relcl" and self._gap(i):
            return (token.head,)
        return ()

    def _after_particle(self, i: int) -> tuple[int, ...]:
        """Return the bare noun phrase after a particle, which parsers take for an adjunct ("called in the envoy")."""
        particles = [c for c in self._children(i, "compound:prt") if c > i]
        bare = [c for c in self._children(i, "obl") if particles and c > particles[0] and not self.case_of(c)]
        return tuple(bare[:1])

    def _moved_object(self, i: int) -> tuple[int, ...]:
        """Return an object put after an adjunct, which parsers take for a subject ("extended for a year the ban")."""
        subjects = [c for c in self.doc.children[i] if self.doc.tokens[c].dep == "nsubj"]
        if self.doc.tokens[i].upos != "VERB" or len(subjects) < 2 or not subjects[0] < i < subjects[-1]:
            return ()
        return (subjects[-1],)

    def _indirect_objects(self, i: int) -> tuple[int, ...]:
        """Return to whom; of two objects the first is meant so ("sold Kenya two boats"), whatever the parser says."""
        objects = self._children(i, "obj")
        given = objects[-1:] and not any(self.doc.tokens[j].dep == "mark" for j in self.doc.subtree(objects[-1]))
        return self._children(i, "iobj") or (objects[:-1] if given else ()) or self._bare_name(i, objects)

    def _bare_name(self, i: int, objects: tuple[int, ...]) -> tuple[int, ...]:
        """Return to whom in "lends Kenya money", where parsers take the name for the first part of a compound."""
        if self.doc.tokens[i].lemma not in self.lexicon.words("ditransitive"):
            return ()
        names = (c for j in objects for c in self._children(j, "compound") if c == i + 1)
        return tuple(c for c in names if c in self.doc.place_tokens)

    def _surface_subject(self, i: int, seen: frozenset[int] = frozenset()) -> tuple[int, ...]:
        if i in seen:
            return ()
        own = [c for c in self._children(i, "nsubj", "nsubj:pass", "nsubj:outer") if c not in self._moved_object(i)]
        own = own or [c for j in self._prefix(i) for c in self._children(j, "nsubj", "nsubj:pass")]
        if own:
            return tuple(self._antecedent(j) for j in own)
        token = self.doc.tokens[i]
        if token.head == i:
            return ()
        return self._shared_subject(token, seen | {i})

    def _shared_subject(self, token: Token, seen: frozenset[int]) -> tuple[int, ...]:
        """Return the subject that a clause without one of its own borrows from its governor."""
        governor = self.doc.tokens[token.head]
        if token.dep in ("acl", "amod"):
            return self._acl_subject(token, governor)
        if token.dep == "acl:relcl":
            return (governor.i,)
        if token.dep in ("xcomp", "advcl", "ccomp"):
            return self._controller(token, governor, seen)
        if token.dep == "conj" and governor.upos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            return self._surface_subject(governor.i, seen)
        return ()

    def _acl_subject(self, token: Token, governor: Token) -> tuple[int, ...]:
        """Return the subject in "a delegation visiting Seoul", "X of providing", "the president's plan to visit"."""
        infinitive = any(self.doc.tokens[c].lemma == "to" for c in self._children(token.i, "mark"))
        if self._adjoined(token):
            return self._speaker_beside(governor)
        if infinitive and governor.lemma.lower() in self.lexicon.words("legal-act"):
            return self._clause_subject(governor.i) or self._noun_agent(governor.i)
        if infinitive and governor.upos == "NOUN":
            offered = self._invited(governor.i)
            return offered or self._noun_agent(governor.i) or self._clause_subject(governor.i)
        if infinitive and self.doc.tokens[governor.head].upos == "VERB" and governor.dep == "obj":
            return (governor.i,)
        return (governor.i,)

    def _adjoined(self, token: Token) -> bool:
        """Tell whether this is the participle of an aside: ", accusing her", ", welcoming the vote"."""
        comma = token.i > 0 and self.doc.tokens[token.i - 1].text == ","
        return comma and token.xpos == "VBG" and token.lemma in self.lexicon.words("attitude-verb")

    def _speaker_beside(self, noun: Token) -> tuple[int, ...]:
        """Return who says it in an aside that the parser hung on the noun before: the noun, or who acts on it."""
        while noun.dep in ("appos", "flat", "conj") and noun.head != noun.i:
            noun = self.doc.tokens[noun.head]
        if noun.dep.split(":")[0] in ("obj", "iobj", "obl", "nmod"):
            return self._clause_subject(noun.i) or (noun.i,)
        return (noun.i,)

    def _quoting_verb(self, token: Token, governor: Token) -> int | None:
        """Return the verb of "..., X said, welcoming it", where the parser hung the aside on what X said."""
        says = self.doc.tokens[governor.head]
        quoted = governor.dep in ("ccomp", "parataxis") and says.i < token.i and says.upos == "VERB"
        return says.i if quoted and self._adjoined(token) else None

    def _controller(self, token: Token, governor: Token, seen: frozenset[int]) -> tuple[int, ...]:
        """Return the subject of a complement or adjunct: the governor's object where it has one, else its subject."""
        if token.dep == "ccomp" and not self._nonfinite(token):
            return self._misplaced_subject(token, governor)
        quoting = self._quoting_verb(token, governor)
        if quoting is not None:
            return self._surface_subject(quoting, seen)
        objects = self._children(governor.i, "obj", "iobj") or self._called_for(governor.i, token)
        marked = {self.doc.tokens[c].lemma for c in self._children(token.i, "mark", "case")}
        charged = "with" in marked and governor.lemma in self.lexicon.words("doubtful-verb")  # "charged X with arming"
        if token.dep != "advcl" or charged or marked & {"of", "for", "from", "against"}:
            if self.is_passive(governor.i):
                return self._surface_subject(governor.i, seen)
            if objects and governor.lemma not in self.lexicon.words("subject-control"):
                return tuple(self._antecedent(j) for j in objects[:1])
            addressee = self._preposition(governor.i, "on") if governor.lemma in ("call", "prevail") else ()
            addressee = addressee or (self._preposition(governor.i, "to") if governor.lemma == "appeal" else ())
            if marked & {"for"} and token.dep == "advcl":
                addressee = self._case(governor.i, ("on", "against"), deps=("obl",))  # punished "for arming rebels"
            if addressee:
                return addressee
        return self._surface_subject(governor.i, seen)

    def _misplaced_subject(self, token: Token, governor: Token) -> tuple[int, ...]:
        """Return the subject that the parser gave the verb above as a second one: "said Peru's king views it as"."""
        between = [c for c in self._children(governor.i, "nsubj") if governor.i < c < token.i]
        before = [c for c in self._children(governor.i, "nsubj", "nsubj:pass") if c < governor.i]
        return tuple(between[-1:]) if before and between else ()

    def _invited(self, i: int) -> tuple[int, ...]:
        """Return to whom an offer goes, and so who is to act: "an invitation to X to visit"."""
        found = self._preposition(i, "to") if self.doc.tokens[i].lemma in self.lexicon.words("offer-noun") else ()
        return tuple(j for j in found if self.doc.tokens[j].upos in NOMINAL)

    def _called_for(self, governor: int, token: Token) -> tuple[int, ...]:
        """Return "them" in "called for them to be lifted", which parsers hang on the governor."""
        if not any(self.doc.tokens[c].lemma == "for" for c in self._children(token.i, "mark")):
            return ()
        below = self._children(governor, "obl", "nsubj")
        return tuple(c for c in below if governor < c < token.i and not self.case_of(c))[-1:]

    def _nonfinite(self, token: Token) -> bool:
        return token.xpos in ("VB", "VBG", "VBN") and not self._own(token.i, ("nsubj",))

    def _by(self, i: int) -> tuple[int, ...]:
        agents = self._children(i, "obl:agent")
        if agents:
            return tuple(self._antecedent(j) for j in agents)
        return self._case(i, ("by",), deps=OBLIQUE) or self._agent_on_adjunct(i)

    def _agent_on_adjunct(self, i: int) -> tuple[int, ...]:
        """Return the agent that the parser hung on an adjunct: "was met upon his arrival by Kim"."""
        found: list[int] = []
        for child in self._children(i, "obl", "nsubj:pass"):
            found.extend(self._case(child, ("by",), deps=OBLIQUE))
        return tuple(j for j in found if j > i)  # not the author in "the offer by Kim was rejected"

    def _gap(self, i: int) -> bool:
        """Tell whether the object gap of a relative clause is what its antecedent fills ("the pact Putin signed")."""
        tokens = self.doc.tokens
        has_subject = bool(self._children(i, "nsubj"))
        if not has_subject or tokens[i].upos != "VERB":
            return False
        subjects = self._children(i, "nsubj")
        return not any(tokens[s].xpos in ("WDT", "WP") or tokens[s].lemma == "that" for s in subjects)

    def _complements(self, i: int) -> tuple[int, ...]:
        """Return the clauses that depend on a verb or noun as its content."""
        adverbial = (c for c in self._children(i, "advcl") if self._infinitive(c) or not self._own(c, _SUBJECTS))
        return (*self._children(i, "xcomp", "ccomp", "acl"), *adverbial)
