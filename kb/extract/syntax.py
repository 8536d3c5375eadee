"""Grammatical slots of a trigger, the same for every form a predicate takes.

A rule names slots, not constructions: "subj" is who does it, "obj" whom or what it is done to, "to", "with", "against"
... the prepositional phrases. `Syntax.slot` finds them for active and passive verbs, reduced and full relative clauses,
control and raising, shared subjects of conjoined verbs, and for nouns with possessors, nationality adjectives and
support verbs ("pay a visit", "hold talks"). Labels are Universal Dependencies v2; the constructions are the shared
machinery G1-G6 of the frame lexicon's design.

A path such as "obj/against" takes the slot "against" of what fills "obj".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from kb.extract.lexicon import Lexicon
from kb.model import Document, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_SUBJECTS = ("nsubj", "nsubj:pass")
OBLIQUE = ("obl", "nmod")
_PARTICLES = frozenset(
    {"home", "down", "up", "in", "out", "off", "on", "over", "through", "back", "away", "along", "together"}
)
_FLOATING = frozenset({"between", "with", "in", "at", "on"})
NO_SUBJECT_SHARED = frozenset({"acl:relcl", "ccomp", "parataxis"})


class Syntax:
    """Slots over one document; results are cached per (token, slot)."""

    def __init__(self, doc: Document, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self._cache: dict[tuple[int, str], tuple[int, ...]] = {}

    # --- what rules ask for ---------------------------------------------------------------------------------------

    def slot(self, i: int, path: str) -> tuple[int, ...]:
        """Return the head tokens that fill a slot (or a path of slots) of token i, without their conjuncts."""
        key = (i, path)
        if key not in self._cache:
            self._cache[key] = ()  # a cycle in a broken parse ends here
            self._cache[key] = self._slot(i, path)
        return self._cache[key]

    def _slot(self, i: int, path: str) -> tuple[int, ...]:
        first, _, rest = path.partition("/")
        if rest:
            return _unique(found for middle in self.slot(i, first) for found in self.slot(middle, rest))
        finder = self._finders.get(first)
        found = finder(i) if finder is not None else self._preposition(i, first)
        return found if first == "self" else _unique(self._counted(j) for j in found)

    def _counted(self, i: int) -> int:
        """Return what a noun of quantity counts: "a number of documents", "a round of sanctions", "each of whom"."""
        if self.doc.tokens[i].lemma.lower() not in self.lexicon.words("quantity"):
            return i
        counted = next(iter(self._case(i, ("of",), deps=OBLIQUE)), i)
        return self._antecedent(counted)

    @cached_property
    def _finders(self) -> Mapping[str, Callable[[int], tuple[int, ...]]]:
        return {
            "self": lambda i: (i,),
            "subj": self.subjects,
            "obj": self.objects,
            "iobj": self._indirect_objects,
            "poss": lambda i: self._children(i, "nmod:poss"),
            "mod": self._modifiers,
            "conj": self.conjuncts,
            "comp": self._complements,
            "acl": lambda i: self._children(i, "acl"),
            "xcomp": lambda i: self._children(i, "xcomp"),
            "det": lambda i: self._children(i, "det", "nmod:poss"),
            "leader": self._leaders,
            "sanctions": self._sanctions_below,
            "relcl": lambda i: self._children(i, "acl:relcl"),
            "clause": self._clause_subject,
            "support": self._support_subject,
            "head": self._head,
            "case": lambda i: self._children(i, "case"),
            "mark": lambda i: self._children(i, "mark"),
            "author": self._authors,
            "appos": lambda i: self._children(i, "appos"),
            "prefix": self._prefix,
            "prt": lambda i: self._children(i, "compound:prt"),
            "aux": lambda i: self._children(i, "aux"),
            "adv": lambda i: self._children(i, "advmod"),
            "amod": lambda i: self._children(i, "amod"),
            "pred": self._predicate,
            "where": self._predicate_place,
            "verb": self._governing_verb,
            "when": lambda i: self._children(i, "obl:unmarked", "nmod:unmarked"),
            "desc": lambda i: self._children(i, "nmod:desc"),
        }

    # --- verbs ----------------------------------------------------------------------------------------------------

    def is_passive(self, i: int) -> bool:
        """Tell whether verb i is passive, reduced participles ("sanctions imposed by") and headlines included."""
        token = self.doc.tokens[i]
        if token.upos not in ("VERB", "AUX"):
            return False
        deps = {self.doc.tokens[c].dep for c in self.doc.children[i]}
        if deps & {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"} or self._bare_participle(token, deps):
            return True
        if token.xpos not in ("VBN", "VBD") or deps & {"aux", "obj"}:
            return self._passive_conjunct(token)
        if token.xpos == "VBN" and (token.dep in ("acl", "amod") or (token.dep == "advcl" and "nsubj" not in deps)):
            return True
        return self._passive_conjunct(token)

    def _bare_participle(self, token: Token, deps: set[str]) -> bool:
        """Return whether this is the participle of "wants the embargo kept", "had the ban lifted"."""
        return token.xpos == "VBN" and token.dep in ("xcomp", "ccomp") and not deps & {"aux", "obj", "mark", "cop"}

    def _passive_conjunct(self, token: Token) -> bool:
        """Return whether a bare participle shares the auxiliary of a passive verb ("was seized and sold").

        What is coordinated with a reduced participle ("imposed in 2006 and tightened since") is one too, though taggers
        take it for a past tense.
        """
        if token.dep != "conj" or self._own(token.i, ("nsubj", "aux", "obj")):
            return False
        reduced = self.doc.tokens[token.head].dep == "acl" and token.xpos == "VBD"
        return (token.xpos == "VBN" or reduced) and self.is_passive(token.head)

    def subjects(self, i: int) -> tuple[int, ...]:
        """Return who does it: the logical subject of a verb, the agent of an event noun."""
        token = self.doc.tokens[i]
        if token.upos in ("NOUN", "PROPN") and not self._own(i, ("cop",)):
            return self._noun_agent(i)
        if self.is_passive(i):
            return self._by(i)
        return self._surface_subject(i)

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
        return self._children(i, "iobj") or (objects[:-1] if given else ())

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
            return ()
        quoting = self._quoting_verb(token, governor)
        if quoting is not None:
            return self._surface_subject(quoting, seen)
        objects = self._children(governor.i, "obj", "iobj") or self._called_for(governor.i, token)
        marked = {self.doc.tokens[c].lemma for c in self._children(token.i, "mark", "case")}
        if token.dep != "advcl" or marked & {"of", "for", "from", "against"}:
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

    # --- nouns ----------------------------------------------------------------------------------------------------

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
                if i in found and token.dep not in NO_SUBJECT_SHARED - {"acl:relcl"}:  # "where a meeting was planned"
                    continue
                return found
        return ()

    # --- predicates without a verb --------------------------------------------------------------------------------

    def _predicate(self, i: int) -> tuple[int, ...]:
        """Return what a subject is said to be: Lisbon in "the next stop is Lisbon"."""
        token = self.doc.tokens[i]
        return (token.head,) if token.dep.startswith("nsubj") and self._own(token.head, ("cop",)) else ()

    def _predicate_place(self, i: int) -> tuple[int, ...]:
        """Return the token itself where it says where somebody is: "Duarte is in Lisbon"."""
        cases = {self.doc.tokens[c].text.lower() for c in self._children(i, "case")}
        return (i,) if self._own(i, ("cop",)) and cases & {"in", "at"} else ()

    def _governing_verb(self, i: int) -> tuple[int, ...]:
        """Return the verb of the clause that noun i stands in."""
        verbs = (a for a in self.doc.ancestors(i) if self.doc.tokens[a].upos in ("VERB", "AUX"))
        return tuple(verbs)[:1]

    # --- prepositions and complements -----------------------------------------------------------------------------

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

    def _case(self, i: int, cases: tuple[str, ...], *, deps: tuple[str, ...]) -> tuple[int, ...]:
        found = []
        for child in self.doc.children[i]:
            token = self.doc.tokens[child]
            if token.dep.split(":")[0] in deps and self.case_of(child) in cases:
                found.append(child)
        return tuple(found)

    def case_of(self, i: int) -> str:
        """Return the preposition of a noun phrase in lower case ("in exchange for" as one), or ""."""
        whole = (i, *self._children(i, "flat"))  # parsers hang the preposition on any part of "President Joel Musoke"
        parts = [c for j in whole for c in self._children(j, "case", "mark") if c < i]
        words: list[str] = []
        for part in parts:
            words.append(self.doc.tokens[part].text.lower())
            words.extend(self.doc.tokens[c].text.lower() for c in self._children(part, "fixed"))
        return " ".join(words)

    def _infinitive(self, i: int) -> bool:
        return any(self.doc.tokens[c].lemma == "to" for c in self._children(i, "mark"))

    def _complements(self, i: int) -> tuple[int, ...]:
        """Return the clauses that depend on a verb or noun as its content."""
        adverbial = (c for c in self._children(i, "advcl") if self._infinitive(c) or not self._own(c, _SUBJECTS))
        return (*self._children(i, "xcomp", "ccomp", "acl"), *adverbial)

    def _prefix(self, i: int) -> tuple[int, ...]:
        """Return the word that a hyphen joins to the verb, which taggers take for a noun ("its fleet test-fired")."""
        tokens = self.doc.tokens
        joined = i >= 2 and tokens[i - 1].text == "-" and tokens[i - 1].end == tokens[i].start
        return (i - 2,) if joined else ()

    def _head(self, i: int) -> tuple[int, ...]:
        """Return the governor, past a noun of quantity ("adopted a package of sanctions": the verb)."""
        token = self.doc.tokens[i]
        governor = self.doc.tokens[token.head]
        if governor.lemma.lower() in self.lexicon.words("quantity") and self.case_of(i) == "of" and governor.head != i:
            token, governor = governor, self.doc.tokens[governor.head]
        return () if token.head == token.i else (governor.i,)

    # --- small parts ----------------------------------------------------------------------------------------------

    def conjuncts(self, i: int) -> tuple[int, ...]:
        """Return the tokens coordinated below i ("A, B and C": B and C for A)."""
        found: list[int] = []
        # "envoy Mark Bell and envoy Ana Lund": the second hangs on any part of the first
        names = self._children(i, "flat", "appos", "nmod:desc")
        for child in (*self._children(i, "conj"), *(c for j in names for c in self._children(j, "conj"))):
            found.append(child)
            found.extend(self.conjuncts(child))
        return tuple(found)

    def particle(self, i: int) -> str:
        """Return the particle of a phrasal verb ("out" in "pull out"), or ""."""
        for child in self.doc.children[i]:
            token = self.doc.tokens[child]
            adverb = token.dep == "advmod" and (token.upos == "ADP" or token.text.lower() in _PARTICLES)
            adverb = adverb or (token.dep == "xcomp" and token.text.lower() == "home")  # "was called home"
            if token.dep == "compound:prt" or (adverb and child == i + 1):
                return token.text.lower()
        return ""

    def _children(self, i: int, *deps: str) -> tuple[int, ...]:
        return tuple(c for c in self.doc.children[i] if self.doc.tokens[c].dep in deps)

    def _own(self, i: int, deps: tuple[str, ...]) -> bool:
        return any(self.doc.tokens[c].dep in deps for c in self.doc.children[i])

    def _antecedent(self, i: int) -> int:
        """Return what a relative pronoun stands for, or the token itself."""
        token = self.doc.tokens[i]
        if token.xpos not in ("WDT", "WP", "WP$") and not (token.lemma == "that" and token.dep.startswith("nsubj")):
            return i
        for ancestor in self.doc.ancestors(i):
            if self.doc.tokens[ancestor].dep in ("acl:relcl", "advcl:relcl"):
                return self.doc.tokens[ancestor].head
        return i


def _unique(items: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(items))
