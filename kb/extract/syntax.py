"""Grammatical slots of a trigger, the same for every form a predicate takes.

A rule names slots, not constructions: "subj" is who does it, "obj" whom or what it is done to, "to", "with", "against"
... the prepositional phrases. `Syntax.slot` finds them for active and passive verbs, reduced and full relative clauses,
control and raising, shared subjects of conjoined verbs, and for nouns with possessors, nationality adjectives and
support verbs ("pay a visit", "hold talks"). `kb.extract.verbs` and `kb.extract.nouns` know the constructions.

A path such as "obj/against" takes the slot "against" of what fills "obj".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from kb.extract.lexicon import Lexicon
from kb.extract.nouns import Nouns
from kb.model import Document


class Syntax(Nouns):
    """Slots over one document; results are cached per (token, slot)."""

    def __init__(self, doc: Document, lexicon: Lexicon) -> None:
        super().__init__(doc, lexicon)
        self._cache: dict[tuple[int, str], tuple[int, ...]] = {}

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
            "compound": lambda i: self._children(i, "compound"),
            "pred": self._predicate,
            "where": self._predicate_place,
            "verb": self._governing_verb,
            "when": lambda i: self._children(i, "obl:unmarked", "nmod:unmarked"),
            "desc": lambda i: self._children(i, "nmod:desc"),
            "num": lambda i: self._children(i, "nummod"),
            "bare": self._bare_adjuncts,
        }


def _unique(items: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(items))
