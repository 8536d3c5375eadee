"""Small questions about a dependency tree: dependents by relation, prepositions, conjuncts, particles, antecedents."""

from __future__ import annotations

from kb.extract.lexicon import Lexicon
from kb.model import Document

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
OBLIQUE = ("obl", "nmod")
_PARTICLES = frozenset(
    {"home", "down", "up", "in", "out", "off", "on", "over", "through", "back", "away", "along", "together"}
)


class Tree:
    """The trees of one document. Labels are Universal Dependencies v2."""

    def __init__(self, doc: Document, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon

    def _counted(self, i: int) -> int:
        """Return what a noun of quantity counts: "a number of documents", "a round of sanctions", "each of whom"."""
        if self.doc.tokens[i].lemma.lower() not in self.lexicon.words("quantity"):
            return i
        counted = next(iter(self._case(i, ("of",), deps=OBLIQUE)), i)
        return self._antecedent(counted)

    def _case(self, i: int, cases: tuple[str, ...], *, deps: tuple[str, ...]) -> tuple[int, ...]:
        found = []
        for child in self.doc.children[i]:
            token = self.doc.tokens[child]
            if token.dep.split(":")[0] in deps and self.case_of(child) in cases:
                found.append(child)
        return tuple(found)

    def case_of(self, i: int) -> str:
        """Return the preposition of a noun phrase in lower case ("in exchange for" as one), or ""."""
        # parsers hang the preposition on any part of "President Joel Musoke", "Nigerian leader Musa Bello"
        whole = (i, *self._children(i, "flat"), *self._names_beside(i))
        parts = sorted(c for j in whole for c in self._children(j, "case", "mark") if c < i)
        words: list[str] = []
        for part in parts:
            words.append(self.doc.tokens[part].text.lower())
            words.extend(self.doc.tokens[c].text.lower() for c in self._children(part, "fixed"))
        return " ".join(words)

    def _names_beside(self, i: int) -> tuple[int, ...]:
        """Return the name that a title stands before, with no comma between."""
        names = self._children(i, "appos")
        return tuple(j for j in names if not any(t.dep == "punct" for t in self.doc.tokens[i + 1 : j]))

    def _infinitive(self, i: int) -> bool:
        return any(self.doc.tokens[c].lemma == "to" for c in self._children(i, "mark"))

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

    def conjuncts(self, i: int) -> tuple[int, ...]:
        """Return the tokens coordinated below i ("A, B and C": B and C for A)."""
        found: list[int] = []
        # "envoy Mark Bell and envoy Ana Lund": the second hangs on any part of the first
        names = self._children(i, "flat", "appos", "nmod:desc")
        below = (*self._children(i, "conj"), *(c for j in names for c in self._children(j, "conj")), *self._listed(i))
        for child in below:
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

    def _bare_adjuncts(self, i: int) -> tuple[int, ...]:
        """Return the noun phrases without a preposition that say where to or when: "called its envoy home"."""
        return tuple(c for c in self._children(i, "obl", "obl:unmarked") if not self.case_of(c))

    def _listed(self, i: int) -> tuple[int, ...]:
        """Return the second of two subjects that a headline joins with a comma: "Syria, Israel hold talks"."""
        tokens = self.doc.tokens
        if tokens[i].upos != "PROPN" or not tokens[i].dep.startswith("nsubj"):
            return ()
        found = (c for c in self._children(i, "nmod:unmarked", "appos") if tokens[c].upos == "PROPN")
        return tuple(c for c in found if self._after_comma(c) and self._before_verb(c, i))

    def _after_comma(self, i: int) -> bool:
        first = min(self.doc.subtree(i))
        return "," in (self.doc.tokens[first].text, self.doc.tokens[max(first - 1, 0)].text)

    def _before_verb(self, i: int, subject: int) -> bool:
        """Tell whether the words of i end where the verb of the subject begins, with no comma between."""
        return max(self.doc.subtree(i)) + 1 == self.doc.tokens[subject].head

    def _children(self, i: int, *deps: str) -> tuple[int, ...]:
        below = self.doc.children[i]
        return tuple([c for c in below if self.doc.tokens[c].dep in deps]) if below else ()

    def _own(self, i: int, deps: tuple[str, ...]) -> bool:
        return bool(self._children(i, *deps))

    def _antecedent(self, i: int) -> int:
        """Return what a relative pronoun stands for, or the token itself."""
        token = self.doc.tokens[i]
        if token.xpos not in ("WDT", "WP", "WP$") and not (token.lemma == "that" and token.dep.startswith("nsubj")):
            return i
        for ancestor in self.doc.ancestors(i):
            if self.doc.tokens[ancestor].dep in ("acl:relcl", "advcl:relcl"):
                return self.doc.tokens[ancestor].head
        return i
