"""From title-name pairs to offices: whom each office serves, and which pairs say the same.

Where the words leave it open, an office serves, in this order: whom another mention of the same person names; whom the
pronoun or noun before the title stands for; whom the same office without a name served before; the state of those the
person comes along with; the state in focus, unless somebody else holds that office there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.link import trees
from kb.link.context import References
from kb.link.focus import Focus, state_served
from kb.link.gazetteer import Gazetteer
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind, Token

_GENERIC = frozenset(
    {"leader", "chief", "head", "minister", "secretary", "envoy", "official", "representative", "diplomat"}
)
_STATE_KINDS = frozenset({"spokesperson", "minister", "envoy", "military", "official", "royal", "adviser"})


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

    def __init__(
        self, doc: Document, titles: Sequence[TitlePhrase], words: Words, gazetteer: Gazetteer, dateline: str | None
    ) -> None:
        self.doc = doc
        self.titles = titles
        self.held: set[TitlePhrase] = set()
        self.words = words
        self.state = gazetteer.entity
        self.home = gazetteer.home
        self.dateline = dateline

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
        found: dict[Holding, Entity] = {}
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
        if owner.kind is EntityKind.STATE or owner.state is None or owner.state == owner.code:
            return owner
        acts_for_state = owner.known and kind != "legislator"
        return self.state(owner.state) or owner if acts_for_state or kind in _STATE_KINDS else owner

    # --- what the context says ------------------------------------------------------------------------------------

    def settle(self, holdings: Sequence[Holding], explicit: Sequence[Tenure], references: References) -> list[Tenure]:
        """Return every holding with whom it serves, those without any left out."""
        context = _Context(self, references, explicit)
        for holding in holdings:
            context.add(holding)
        return [context.known[holding] for holding in holdings if holding in context.known]

    def served_by(self, entity: Entity, kind: str) -> Entity | None:
        """Return whom an office of an entity's serves: the state of a person, what an organ acts for."""
        person = entity.kind is EntityKind.OFFICIAL
        served = self.state(entity.state) if person and entity.state else entity
        if served is None or served.kind is EntityKind.OFFICIAL or not (served.code or not served.known):
            return None
        return self._served(served, kind)

    # --- counterparts and deputies --------------------------------------------------------------------------------

    def beside(self, nouns: Mapping[int, Person], tenures: Sequence[Tenure], references: References) -> list[Tenure]:
        """Return the offices in "his French counterpart, Solène Kervella" and "her deputy, Ruben Casals"."""
        found = (self._modelled(i, person, tenures, references) for i, person in sorted(nouns.items()))
        return [tenure for tenure in found if tenure is not None]

    def _modelled(self, i: int, person: Person, tenures: Sequence[Tenure], references: References) -> Tenure | None:
        below = [e for c in self.doc.children[i] for e in references.actors.get(c, ())]
        like = {e.id for e in below if e.kind is EntityKind.OFFICIAL}
        model = next((t for t in tenures if f"official/{t.person.slug}" in like and t.person is not person), None)
        states = [e for e in below if e.kind is EntityKind.STATE]
        second = self.doc.tokens[i].lemma.lower() in self.words.second
        if model is None or not (second or states):
            return None
        start = min([i, *(c for c in self.doc.children[i] if c < i)])
        end = next(stop for begin, stop in person.spans if begin > i)
        role = f"deputy {model.role}" if second else model.role
        rule = "office.deputy" if second else "office.counterpart"
        holding = replace(model.holding, person=person, role=role, status="ongoing", start=start, end=end, rule=rule)
        return Tenure(holding, model.of if second else states[0])


class _Context:
    """What is known of whom the offices of a document serve, while holding after holding is added."""

    def __init__(self, settler: Settler, references: References, explicit: Sequence[Tenure]) -> None:
        self.settler = settler
        self.doc = settler.doc
        self.words = settler.words
        self.references = references
        self.focus = Focus(settler.doc, references, settler.state, settler.home, settler.dateline)
        self.known = {tenure.holding: tenure for tenure in explicit}
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
        body = self.settler.state(typical) if typical else None
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
        served = (self.settler.served_by(entity, holding.title.kind) for entity in entities)
        return next((owner for owner in served if owner is not None), None)

    def _announced(self, holding: Holding) -> Entity | None:
        """Return whom the office served when it stood without a name: "a Haitian senator ... The senator, X"."""
        for title in self.settler.titles:
            same = title.role == holding.role or title.role.split()[-1:] == holding.role.split()[-1:]
            named = title.owners and not title.plural and title not in self.settler.held
            if title.start < holding.start and same and named:
                return self.settler.served_by(title.owners[0], title.kind)
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
                state = state_served(entity, self.settler.state)
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
        if governor.upos == "NOUN":
            beside += [c for c in trees.subjects(self.doc, governor.head) if c != governor.i]
        return governor, beside


def distinct(tenures: Sequence[Tenure]) -> list[Tenure]:
    """Keep one tenure per person and role; a general word ("minister") yields to a special one ("foreign minister")."""
    kept: list[Tenure] = []
    for tenure in tenures:
        same = next((k for k in kept if k.person is tenure.person and _same(k, tenure)), None)
        if same is None:
            kept.append(tenure)
        elif _better(tenure, same):
            kept[kept.index(same)] = tenure
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
