"""Whom an office serves where its own words leave it open.

In this order: whom the pronoun or noun before the title stands for; whom another mention of the same person names; whom
the same office without a name served before; the state of those the person comes along with; the state in focus, unless
somebody else holds that office there.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.link import trees
from kb.link.constitution import has_office, holders_of, typical_of
from kb.link.context import References, StateOf
from kb.link.facing import Facing
from kb.link.focus import Clues, Focus
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.tenures import Tenure, served_by
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind, Token

_SINGLE = ("head-of-state", "head-of-government")
"""Kinds of offices of which a state has one of a name."""


_KIN = 2
"""Words between a title and the kin above it at most: the name, and the title as its description."""


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
        self.facing = Facing(doc, words, state, references)
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
            self.facing.serving.setdefault(f"official/{holding.person.slug}", owner)

    def _implied(self, holding: Holding) -> Entity | None:
        owner = self._possessor(holding)
        if owner is not None or self._is_rank(holding) or holding.title.kind == "religious":
            return owner
        if holding.person in self.by_person:
            return self.by_person[holding.person].of
        owner = self._announced(holding) or self._company(holding) or self._relative(holding) or self._member(holding)
        core = holding.title.core
        if owner is not None or core in self.words.weak_office:
            return owner
        typical = typical_of(self.words, holding.role, core)
        body = self.state(typical) if typical else None
        if body is not None and (body.kind is not EntityKind.STATE or self._is_alone(body, holding.role)):
            return body
        impossible = self._without(holding.role)
        if len(impossible) == len(self.focus.states()):
            return body or self._body_with(holding)
        return self.focus.at(holding.start, self._clues(holding, typical, impossible)) or body

    def _clues(self, holding: Holding, typical: str | None, impossible: set[str]) -> Clues:
        held = self._held_by_others(holding)
        others = self.facing.states(holding) | impossible
        if holding.title.kind in _SINGLE and holding.status == "ongoing":
            others |= held
        located = self.facing.located(holding)
        if holding.title.core in self.words.posted:
            others |= located | self.focus.home_ground()
            located = set()
        colleagues = self.focus.colleagues(holding.start, self.facing.serving) - others
        return Clues(held, others, located, colleagues, typical)

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

    def _is_alone(self, body: Entity, role: str) -> bool:
        """Tell whether an article speaks of no state that has an office, not even of the one that it is typical of."""
        states = {state.code for state in self.focus.states()}
        only = holders_of(self.words, role) or frozenset[str]()
        return body.code not in states and states.isdisjoint(only)

    def _body_with(self, holding: Holding) -> Entity | None:
        """Return the body between states that alone has the office: the one named last, else the typical one."""
        codes = holders_of(self.words, holding.role) or frozenset[str]()
        items = [item for item in self.references.referred if any(e.code in codes for e in item.entities)]
        before = [item for item in items if item.i < holding.start] or items[:1]
        named = (e for item in reversed(before) for e in item.entities if e.code in codes)
        typical = self.words.typical_body.get(holding.role)
        return next(named, None) or (self.state(typical) if typical else None)

    def _without(self, role: str) -> set[str]:
        """Return the states of the article that have no such office."""
        return {state.id for state in self.focus.states() if not has_office(self.words, role, state.code)}

    # --- the clause around the person -----------------------------------------------------------------------------

    def _company(self, holding: Holding) -> Entity | None:
        """Return the state of those whom the person accompanies or comes with."""
        governor, subjects = self._clause(holding)
        if governor.lemma.lower() not in self.words.together:
            return None
        return next(self.facing.served(subjects), None)

    def _relative(self, holding: Holding) -> Entity | None:
        """Return the state of X in "X of North Korea, sister of leader Y"."""
        above = list(self.doc.ancestors(holding.title.head))[:_KIN]
        kin = next((i for i in above if self.doc.tokens[i].lemma.lower() in self.words.kin), None)
        return next(self.facing.served(self.doc.ancestors(kin)), None) if kin is not None else None

    def _member(self, holding: Holding) -> Entity | None:
        """Return the state of the group that a person is one of: "nine Belarusians, among them Minister X"."""
        tokens = self.doc.tokens
        first = self.doc.sentences[tokens[holding.title.start].sentence].start
        for i in range(holding.title.start - 1, first, -1):
            if tokens[i].upos == "VERB" and tokens[i].text.lower() != "including":
                return None
            if tokens[i].text.lower() in ("including", "among"):
                group = next((j for j in range(i - 1, first - 1, -1) if trees.is_plural(tokens[j])), i)
                states = set(self.facing.served([group]))
                return states.pop() if len(states) == 1 else None
        return None

    def _held_by_others(self, holding: Holding) -> set[str]:
        """Return the states where another person of the article holds the office."""
        tenures = self.known.values()
        return {
            t.of.id
            for t in tenures
            if t.role == holding.role and t.holding.status == "ongoing" and t.person is not holding.person
        }

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
