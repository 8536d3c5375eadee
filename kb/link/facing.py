"""Which states a person does not serve: those whose people they meet, whom they visit, who sanction or summon them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from kb.link import trees
from kb.link.context import References, StateOf
from kb.link.discourse import WEAK
from kb.link.focus import state_served
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.words import Words
from kb.model import Document, Entity

_TOWARDS = ("with", "to", "against", "on", "from")
_AT = ("in", "from", "at", "off", "near")
_INTO = ("to", "in", "into")
_CLAUSES = ("advcl", "ccomp", "acl:relcl", "parataxis", "advcl:relcl", "root")
_SAME_SUBJECT = ("xcomp", "advcl", "conj")


class Facing:
    """Finds the states that stand opposite a person in the clauses of one document.

    `serving` are the states of persons found so far, by the persons' ids.
    """

    def __init__(self, doc: Document, words: Words, state: StateOf, references: References) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.words = words
        self.state = state
        self.references = references
        self.serving: dict[str, Entity] = {}

    def states(self, holding: Holding) -> set[str]:
        """Return the ids of the states that the holder of an office faces: not the person's own."""
        tokens = [*self._opposite(holding), *self._hosts(holding), *self._beyond(holding), *self._posted(holding)]
        return {state.id for state in self.served(tokens)} | self._visited(holding.person)

    def served(self, tokens: Iterable[int]) -> Iterator[Entity]:
        """Yield the states that those whom tokens refer to are or serve."""
        for i in tokens:
            for entity in self.references.actors.get(i, ()):
                state = state_served(entity, self.state) or self.serving.get(entity.id)
                if state is not None:
                    yield state

    # --- clauses ----------------------------------------------------------------------------------------------------

    def _opposite(self, holding: Holding) -> Iterator[int]:
        """Yield the other side of the verbs of meeting and of acting against somebody around the person."""
        i = trees.top(self.doc, holding.title.head)
        if trees.is_subject(self.tokens[i]) and not self._is_second(i):
            verb = self.tokens[self.tokens[i].head]
            yield from self._objects(verb.i)
            if verb.dep in ("ccomp", "xcomp") and self.tokens[verb.head].lemma.lower() in self.words.opposing:
                yield from self._subjects(verb.head)
            return
        while self.tokens[i].head != i and self.tokens[i].dep not in _CLAUSES:
            i = self.tokens[i].head
            lemma = self.tokens[i].lemma.lower()
            if lemma in self.words.facing:
                yield from self._subjects(i)
            elif lemma in self.words.opposing:
                yield from (c for c in self._subjects(i) if self.tokens[c].upos in ("PROPN", "PRON"))

    def _is_second(self, i: int) -> bool:
        """Tell the object that the parser took for a second subject: "Norway wanted Minister X struck"."""
        verb = self.tokens[i].head
        return verb < i and any(c < verb for c in trees.subjects(self.doc, verb))

    def _subjects(self, verb: int) -> list[int]:
        """Return the subjects of a verb, those of the clause above where it has none."""
        found = [c for c in trees.subjects(self.doc, verb) if not self._is_second(c)]
        found += [c for subject in found for c in trees.conjuncts(self.doc, subject)]
        if found or self.tokens[verb].head == verb:
            return found
        above = self.tokens[verb].head
        if self.tokens[verb].dep == "acl":
            return [above]
        return trees.subjects(self.doc, above) if self.tokens[verb].dep in _SAME_SUBJECT else []

    def _objects(self, verb: int) -> Iterator[int]:
        """Yield whom the subject of a verb acts towards, in the clauses that have the same subject too."""
        lemma = self.tokens[verb].lemma.lower()
        if lemma in self.words.facing | self.words.opposing:
            for child in trees.children(self.doc, verb, "obj", "iobj", "obl", "obl:agent"):
                if self.tokens[child].dep in ("obj", "iobj") or trees.preposition(self.doc, child) in _TOWARDS:
                    yield from (child, *trees.conjuncts(self.doc, child))
        for child in trees.children(self.doc, verb, *_SAME_SUBJECT):
            if not trees.subjects(self.doc, child):
                yield from self._objects(child)

    def _beyond(self, holding: Holding) -> Iterator[int]:
        """Yield B for A in "between A and B" and "talks with B"."""
        i = trees.top(self.doc, holding.title.head)
        if trees.preposition(self.doc, i) == "between":
            own = set(self.doc.subtree(holding.title.head)) if i != holding.title.head else {i}
            yield from (j for j in (i, *trees.conjuncts(self.doc, i)) if j not in own)

    def _hosts(self, holding: Holding) -> Iterator[int]:
        """Yield the possessor in "his host, Prime Minister X"."""
        for above in list(self.doc.ancestors(holding.title.head))[:2]:
            if self.tokens[above].lemma.lower() in self.words.addressed:
                yield from trees.children(self.doc, above, "nmod:poss")

    def _posted(self, holding: Holding) -> Iterator[int]:
        """Yield where an envoy is sent: "ambassador to Israel"."""
        title = holding.title
        if title.kind == "envoy":
            yield from range(title.core_end, title.end)

    # --- where the person is ------------------------------------------------------------------------------------------

    def located(self, holding: Holding) -> set[str]:
        """Return the states in which the person speaks or acts: "In Bogotá, President X praised ..."."""
        i = trees.top(self.doc, holding.title.head)
        verb = self.tokens[i].head
        if not trees.is_subject(self.tokens[i]) or self.tokens[verb].lemma.lower() in self.words.motion:
            return set()
        places = [c for c in trees.children(self.doc, verb, "obl") if trees.preposition(self.doc, c) in _AT]
        return {state.id for c in places for state in self._lying.get(c, ())}

    @cached_property
    def _lying(self) -> dict[int, list[Entity]]:
        """The states that the names of places bring to mind, by token."""
        referred = self.references.referred
        return {
            item.i: [state for e in item.entities if (state := state_served(e, self.state)) is not None]
            for item in referred
            if item.rank == WEAK
        }

    # --- journeys ---------------------------------------------------------------------------------------------------

    def _visited(self, person: Person) -> set[str]:
        """Return the states that the person travels to: nobody visits the state that they serve."""
        entity = f"official/{person.slug}"
        subjects = [i for i, found in self.references.actors.items() if any(e.id == entity for e in found)]
        return {state.id for i in subjects for j in self._destinations(i) for state in self.served([j])}

    def _destinations(self, i: int) -> Iterator[int]:
        """Yield the objects of "to", "in" and "visit" in the clause of motion that token i is the subject of."""
        if not trees.is_subject(self.tokens[i]):
            return
        verbs = [self.tokens[i].head, *trees.children(self.doc, self.tokens[i].head, "xcomp")]
        verbs += [x for verb in verbs[1:] for x in trees.children(self.doc, verb, "xcomp")]
        for verb in verbs:
            lemma = self.tokens[verb].lemma.lower()
            if lemma in self.words.place_object:
                yield from trees.children(self.doc, verb, "obj")
            if lemma in self.words.motion:
                obliques = trees.children(self.doc, verb, "obl")
                yield from (child for child in obliques if trees.preposition(self.doc, child) in _INTO)
