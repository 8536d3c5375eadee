"""Whom an office serves where its own words leave it open.

In this order: whom the pronoun or noun before the title stands for; whom another mention of the same person names; whom
the same office without a name served before; the state of those the person comes along with; the state in focus, unless
somebody else holds that office there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.link import trees
from kb.link.context import References, StateOf
from kb.link.focus import Focus, state_served
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.tenures import Tenure, served_by
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind, Token


class Implied:
    """What is known of whom the offices of a document serve, while holding after holding is added."""

    def __init__(
        self,
        doc: Document,
        titles: Sequence[TitlePhrase],
        words: Words,
        state: StateOf,
        references: References,
        focus: Focus,
        explicit: Sequence[Tenure],
    ) -> None:
        self.doc = doc
        self.titles = titles
        self.words = words
        self.state = state
        self.references = references
        self.focus = focus
        self.known = {tenure.holding: tenure for tenure in explicit}
        self.held = {tenure.holding.title for tenure in explicit}
        self.by_person: dict[Person, Tenure] = {}
        for tenure in explicit:
            self.by_person.setdefault(tenure.person, tenure)

    def add(self, holding: Holding) -> None:
        """Find whom a holding serves where its own words do not say."""
        if holding in self.known:
            return
        owner = self._implied(holding)
        if owner is not None:
            self.known[holding] = Tenure(holding, owner)
            self.by_person.setdefault(holding.person, self.known[holding])

    def _implied(self, holding: Holding) -> Entity | None:
        owner = self._possessor(holding)
        if owner is not None or self._is_rank(holding):
            return owner
        if holding.person in self.by_person:
            return self.by_person[holding.person].of
        owner = self._announced(holding) or self._company(holding)
        core = holding.title.core
        if owner is not None or core in self.words.weak_office:
            return owner
        typical = next((self.words.typical[r] for r in (core, holding.role) if r in self.words.typical), None)
        body = self.state(typical) if typical else None
        if body is not None and body.kind is not EntityKind.STATE:
            return body
        held, others = self._held_by_others(holding), self._faced(holding) | self._visited(holding.person)
        return self.focus.at(holding.start, held, typical, others) or body

    def _is_rank(self, holding: Holding) -> bool:
        """Tell a rank or style, which is no office by itself, from "crown prince" and "commander"."""
        role = holding.role
        return role in self.words.rank or (role.split()[-1] in self.words.rank and holding.title.kind == "military")

    def _possessor(self, holding: Holding) -> Entity | None:
        """Return whom "his", "whose" or "the bloc's" before the title stands for."""
        token = holding.owner_token
        entities = self.references.actors.get(token, ()) if token is not None else ()
        served = (served_by(entity, holding.title.kind, self.state) for entity in entities)
        return next((owner for owner in served if owner is not None), None)

    def _announced(self, holding: Holding) -> Entity | None:
        """Return whom the office served when it stood without a name: "a Haitian senator ... The senator, X"."""
        for title in self.titles:
            same = title.role == holding.role or title.role.split()[-1:] == holding.role.split()[-1:]
            named = title.owners and not title.plural and not title.local and title not in self.held
            if title.start < holding.start and same and named:
                return served_by(title.owners[0], title.kind, self.state)
        return None

    # --- the clause around the person -----------------------------------------------------------------------------

    def _company(self, holding: Holding) -> Entity | None:
        """Return the state of those whom the person accompanies or comes with."""
        governor, subjects = self._clause(holding)
        if governor.lemma.lower() not in self.words.together:
            return None
        return next(self._states(subjects), None)

    def _held_by_others(self, holding: Holding) -> set[str]:
        """Return the states where another person of the article holds the office."""
        tenures = self.known.values()
        return {t.of.id for t in tenures if t.role == holding.role and t.person is not holding.person}

    def _faced(self, holding: Holding) -> set[str]:
        """Return the states of those whom the person meets, receives or hosts: not the person's own."""
        governor, subjects = self._clause(holding)
        if governor.lemma.lower() not in self.words.facing:
            subjects = []
        return {state.id for state in self._states([*subjects, *self._hosts(holding)])}

    def _hosts(self, holding: Holding) -> Iterator[int]:
        """Yield the possessor in "his host, Prime Minister X"."""
        for above in list(self.doc.ancestors(holding.title.head))[:2]:
            if self.doc.tokens[above].lemma.lower() in self.words.addressed:
                yield from trees.children(self.doc, above, "nmod:poss")

    def _visited(self, person: Person) -> set[str]:
        """Return the states that the person travels to: nobody visits the state that they serve."""
        entity = f"official/{person.slug}"
        subjects = [i for i, found in self.references.actors.items() if any(e.id == entity for e in found)]
        return {state.id for i in subjects for j in self._destinations(i) for state in self._states([j])}

    def _destinations(self, i: int) -> Iterator[int]:
        """Yield the objects of "to", "in" and "visit" in the clause of motion that token i is the subject of."""
        tokens = self.doc.tokens
        if not trees.is_subject(tokens[i]):
            return
        verbs = [tokens[i].head, *trees.children(self.doc, tokens[i].head, "xcomp")]
        verbs += [x for verb in verbs[1:] for x in trees.children(self.doc, verb, "xcomp")]
        for verb in verbs:
            if tokens[verb].lemma.lower() in self.words.motion:
                for child in trees.children(self.doc, verb, "obl", "obj"):
                    if tokens[child].dep == "obj" or trees.preposition(self.doc, child) in ("to", "in", "into"):
                        yield child

    def _states(self, tokens: Iterable[int]) -> Iterator[Entity]:
        for i in tokens:
            for entity in self.references.actors.get(i, ()):
                state = state_served(entity, self.state)
                if state is not None:
                    yield state

    def _clause(self, holding: Holding) -> tuple[Token, list[int]]:
        """Return the word that governs the person's noun phrase, and the subjects beside it."""
        tokens = self.doc.tokens
        i = trees.top(self.doc, holding.title.head)
        governor = tokens[tokens[i].head]
        if trees.is_subject(tokens[i]):
            return governor, []
        beside = [c for c in trees.subjects(self.doc, governor.i) if c != i]
        if governor.upos == "NOUN" or (not beside and governor.dep in ("advcl", "acl")):
            beside += [c for c in trees.subjects(self.doc, governor.head) if c != governor.i]
        if not beside and governor.dep == "acl":  # "Kim, accompanied by Foreign Minister X"
            beside = [governor.head]
        return governor, beside
