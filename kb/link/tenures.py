"""From title-name pairs to offices: whom each office serves, and which pairs say the same.

Where the words leave it open, an office serves, in this order: whom another mention of the same person names; whom the
pronoun or noun before the title stands for; whom the same office without a name served before; the state of those the
person comes along with; the state in focus, unless somebody else holds that office there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.link.context import References, StateOf
from kb.link.focus import Focus, state_served
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind

_CHAIN = ("conj", "nmod:desc", "flat", "appos", "compound")
_GENERIC = frozenset({"leader", "chief", "head", "minister", "secretary", "envoy", "official", "representative", "diplomat"})
_STATE_KINDS = frozenset({"spokesperson", "minister", "envoy", "military", "official", "royal"})


@dataclass(frozen=True)
class Tenure:
    """A holding with whom it serves."""

    holding: Holding
    of: Entity

    @property
    def role(self) -> str:
        """The short title."""
        return self.holding.role

    @property
    def kind(self) -> str:
        """The kind of office, as in the gazetteer."""
        return self.holding.title.kind

    @property
    def person(self) -> Person:
        """Who holds it."""
        return self.holding.person


class Settler:
    """Finds whom each holding serves."""

    def __init__(self, doc: Document, titles: Sequence[TitlePhrase], words: Words, state: StateOf) -> None:
        self.doc = doc
        self.titles = titles
        self.held: set[TitlePhrase] = set()
        self.words = words
        self.state = state

    # --- what the words say ---------------------------------------------------------------------------------------

    def explicit(self, holdings: Sequence[Holding]) -> list[Tenure]:
        """Return the holdings whose own words name whom they serve."""
        self.held = {holding.title for holding in holdings}
        shared = self._shared(holdings)
        found = []
        for holding in holdings:
            owner = shared.get(holding) or self._owner(holding.owners, holding)
            if owner is not None:
                found.append(Tenure(holding, owner))
        return found

    def _shared(self, holdings: Sequence[Holding]) -> dict[Holding, Entity]:
        """Read "Presidents A and B" in order where the text has "the Kyrgyz and Tajik presidents"."""
        groups: dict[TitlePhrase, list[Holding]] = defaultdict(list)
        for holding in holdings:
            if holding.title.plural:
                groups[holding.title].append(holding)
        found = {}
        for title, group in groups.items():
            named = [t.owners for t in (title, *self.titles) if t.plural and t.role == title.role]
            owners = next((o for o in named if len(o) == len(group) > 1), ())
            found.update(zip(group, owners, strict=False))
        return found

    def _owner(self, owners: Iterable[Entity], holding: Holding) -> Entity | None:
        for owner in owners:
            served = self._served(owner, holding.title.kind)
            sent_to = "ambassador" in holding.role and served.kind is not EntityKind.STATE and served.code != "EU"
            if not sent_to:  # a "UN ambassador" is sent there by a state
                return served
        return None

    def _served(self, owner: Entity, kind: str) -> Entity:
        """Return the state an organ acts for, unless the office makes sense with the organ alone."""
        if owner.kind is EntityKind.STATE or owner.state in (None, owner.code):
            return owner
        acts_for_state = owner.known and kind != "legislator"
        return self.state(owner.state) or owner if acts_for_state or kind in _STATE_KINDS else owner

    # --- what the context says ------------------------------------------------------------------------------------

    def settle(self, holdings: Sequence[Holding], explicit: Sequence[Tenure], references: References) -> list[Tenure]:
        """Return every holding with whom it serves, those without any left out."""
        known = {t.holding: t for t in explicit}
        by_person: dict[Person, Tenure] = {}
        for tenure in explicit:
            by_person.setdefault(tenure.person, tenure)
        focus = Focus(self.doc, references, self.state)
        for holding in holdings:
            if holding not in known:
                owner = self._implied(holding, by_person, references, focus, known)
                if owner is not None:
                    known[holding] = Tenure(holding, owner)
                    by_person.setdefault(holding.person, known[holding])
        return [known[holding] for holding in holdings if holding in known]

    def beside(self, nouns: Mapping[int, Person], tenures: Sequence[Tenure], references: References) -> list[Tenure]:
        """Return the offices in "his French counterpart, Solène Kervella": the same office for another state."""
        found = []
        for i, person in sorted(nouns.items()):
            states = [e for c in self.doc.children[i] for e in references.actors.get(c, ()) if e.kind is EntityKind.STATE]
            like = [e.id for c in self.doc.children[i] for e in references.actors.get(c, ()) if e.kind is EntityKind.OFFICIAL]
            model = next((t for t in tenures if f"official/{t.person.slug}" in like), None)
            if model is not None and states:
                start, end = min(i, person.spans[0][0]), 0
                span = next(s for s in person.spans if s[0] > i)
                start = min([i, *(c for c in self.doc.children[i] if c < i)])
                end = span[1]
                holding = replace(model.holding, person=person, start=start, end=end, rule="office.counterpart")
                found.append(Tenure(holding, states[0]))
        return found

    def _implied(
        self,
        holding: Holding,
        by_person: Mapping[Person, Tenure],
        references: References,
        focus: Focus,
        known: Mapping[Holding, Tenure],
    ) -> Entity | None:
        owner = self._possessor(holding, references)
        if owner is not None:
            return owner
        if holding.role.split()[-1] in self.words.rank:
            return None
        if holding.person in by_person:
            return by_person[holding.person].of
        owner = self._announced(holding) or self._company(holding, references)
        if owner is not None or holding.role in self.words.weak_office:
            return owner
        held_by_others = {t.of.id for t in known.values() if t.role == holding.role and t.person is not holding.person}
        barred = held_by_others | self._faced(holding, references)
        return focus.at(holding.start, barred, self.words.typical.get(holding.role))

    def _possessor(self, holding: Holding, references: References) -> Entity | None:
        """Return whom "his", "whose" or "the bloc's" before the title stands for."""
        for entity in references.actors.get(holding.owner_token, ()) if holding.owner_token is not None else ():
            served = self.state(entity.state) if entity.kind is EntityKind.OFFICIAL and entity.state else entity
            if served is not None and served.kind is not EntityKind.OFFICIAL and (served.code or not served.known):
                return self._served(served, holding.title.kind)
        return None

    def _announced(self, holding: Holding) -> Entity | None:
        """Return whom the office served when it stood without a name: "a Haitian senator ... The senator, X"."""
        for title in self.titles:
            same = title.role.split()[-1:] == holding.role.split()[-1:] or title.role == holding.role
            if title.start < holding.start and same and title.owners and not title.plural and title not in self.held:
                return self._served(title.owners[0], title.kind)
        return None

    def _company(self, holding: Holding, references: References) -> Entity | None:
        """Return the state of those whom the person accompanies or comes with."""
        governor, subjects = self._clause(holding)
        if governor.lemma.lower() not in self.words.together:
            return None
        states = (state_served(e, self.state) for i in subjects for e in references.actors.get(i, ()))
        return next((state for state in states if state is not None), None)

    def _faced(self, holding: Holding, references: References) -> set[str]:
        """Return the states of those whom the person meets: who is met serves another."""
        governor, subjects = self._clause(holding)
        if governor.lemma.lower() not in self.words.facing:
            return set()
        states = (state_served(e, self.state) for i in subjects for e in references.actors.get(i, ()))
        return {state.id for state in states if state is not None}

    def _clause(self, holding: Holding) -> tuple:
        """Return the word that governs the person's noun phrase, and the subjects beside it."""
        tokens = self.doc.tokens
        i = holding.title.head
        while tokens[i].dep in _CHAIN and tokens[i].head != i:
            i = tokens[i].head
        governor = tokens[tokens[i].head]
        beside = [c for c in self.doc.children[governor.i] if c != i and tokens[c].dep.startswith("nsubj")]
        if governor.upos == "NOUN":
            above = self.doc.children[governor.head]
            beside += [c for c in above if c != governor.i and tokens[c].dep.startswith("nsubj")]
        return governor, beside if not tokens[i].dep.startswith("nsubj") else []


def distinct(tenures: Sequence[Tenure]) -> list[Tenure]:
    """Keep one tenure per person and role; a general word ("minister") yields to a special one ("foreign minister")."""
    kept: list[Tenure] = []
    for tenure in tenures:
        same = next((k for k in kept if k.person is tenure.person and _same(k, tenure)), None)
        if same is None:
            kept.append(tenure)
        elif _better(tenure, same):
            kept[kept.index(same)] = replace(tenure)
    return kept


def _same(a: Tenure, b: Tenure) -> bool:
    if a.role == b.role:
        return True
    if a.of != b.of:
        return False
    short, long = sorted((a.role.split(), b.role.split()), key=len)
    return set(short) <= set(long) or a.role in _GENERIC or b.role in _GENERIC


def _better(new: Tenure, old: Tenure) -> bool:
    if old.role in _GENERIC:
        return new.role not in _GENERIC
    return set(old.role.split()) < set(new.role.split()) and new.role not in _GENERIC
