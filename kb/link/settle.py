"""From title-name pairs to offices: whom each serves by its own words, by its context, or by the office it is like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.link.context import References
from kb.link.focus import Focus
from kb.link.gazetteer import Gazetteer
from kb.link.implied import Implied
from kb.link.offices import Holding
from kb.link.persons import Person
from kb.link.tenures import Tenure, body_served
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind


class Settler:
    """Finds whom each holding serves."""

    def __init__(
        self, doc: Document, titles: Sequence[TitlePhrase], words: Words, gazetteer: Gazetteer, dateline: str | None
    ) -> None:
        self.doc = doc
        self.titles = titles
        self.words = words
        self.state = gazetteer.entity
        self.home = gazetteer.home
        self.dateline = dateline

    # --- what the words say ---------------------------------------------------------------------------------------

    def explicit(self, holdings: Sequence[Holding]) -> list[Tenure]:
        """Return the holdings whose own words name whom they serve."""
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
            served = body_served(owner, holding.title.kind, self.state)
            sent_to = "ambassador" in holding.role and served.kind is not EntityKind.STATE and served.code != "EU"
            if not sent_to:  # a "UN ambassador" is sent there by a state
                return served
        return None

    # --- what the context says ------------------------------------------------------------------------------------

    def settle(self, holdings: Sequence[Holding], explicit: Sequence[Tenure], references: References) -> list[Tenure]:
        """Return every holding with whom it serves, those without any left out."""
        focus = Focus(self.doc, references, self.state, self.home, self.dateline)
        implied = Implied(self.doc, self.titles, self.words, self.state, references, focus, explicit)
        for holding in holdings:
            implied.add(holding)
        return [implied.known[holding] for holding in holdings if holding in implied.known]

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
