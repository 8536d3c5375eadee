"""What a whole family needs beyond one rule: shared participants, states of origin, sanctions spoken of before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from kb.extract.context import InArticle
from kb.extract.drafts import Draft, states
from kb.extract.focus import Focus
from kb.link import agents, state_entity
from kb.model import Argument, Entity, EntityKind, Span

_FIRST_IN = re.compile(
    r"\bfirst\b.{0,60}?\bin (?:nearly |almost |more than |over |about |at least )?([\w-]+) years", re.I
)
_FIRST_SINCE = re.compile(r"\bfirst\b.{0,60}?\bsince (?:[A-Z]\w+ )?((?:1[89]|20)\d\d)")
_GOODS = ("arms", "technology", "money", "aid")
"""Kinds of goods, and the word classes of those names, the first that fits."""


class Completer(InArticle):
    """Completes the drafts of one article, or drops those that cannot be facts of their family."""

    def complete(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts that are whole, in the same order."""
        drafts = Focus(self.linked, self.syntax, self.lexicon, self.state_of).complete(drafts)
        steps: dict[str, Callable[[Draft], list[Draft]]] = {
            "Visit": self._visit,
            "Meeting": self._meeting,
            "Agreement": self._agreement,
            "Transfer": self._transfer,
        }
        found = [whole for draft in drafts for whole in steps.get(draft.type, _as_it_is)(draft)]
        return [draft for draft in map(self._distinct_sides, found) if self._has_required(draft)]

    def _has_required(self, draft: Draft) -> bool:
        present = {a.role for a in draft.arguments}
        return all(role in present for role in self.lexicon.families[draft.type]["required"])

    def _distinct_sides(self, draft: Draft) -> Draft:
        """Take from the target side whoever is on the acting side already."""
        family = self.lexicon.families[draft.type]
        if family.get("reflexive"):
            return draft
        actors = draft.entities(*family["agents"])
        if len(actors) > 1 and {e.id for e in actors} == {e.id for e in draft.entities(*family.get("other", ()))}:
            return draft  # each on the other: "Iraqi and Kuwaiti soldiers fought"
        for role in family.get("other", ()):
            if actors and draft.entities(role):
                draft = draft.without(role, actors)
        return draft

    # --- visits ---------------------------------------------------------------------------------------------------

    def _visit(self, draft: Draft) -> list[Draft]:
        draft = draft.without("visitor", draft.entities("companion"))
        draft = self._destination_from_place(draft)
        visitors, found = draft.entities("visitor"), []
        for destination in draft.entities("destination"):
            home = states(visitors, self.state_of)
            if not visitors or destination.code in home:
                continue
            hosts = [e for e in draft.entities("companion") if self.state_of(e) == destination.code]
            whole = self._to(draft, destination).without("companion", hosts)  # "for talks with the host" is no company
            found.append(whole.adding([*self._origin(visitors), *self._first_in_years(draft)]))
        return found

    def _to(self, draft: Draft, destination: Entity) -> Draft:
        """Return the draft with one destination and the cities that lie in it."""
        others = [e for e in draft.entities("destination") if e.id != destination.id]
        elsewhere = [e for e in draft.entities("place") if e.state not in (None, destination.code)]
        return draft.without("destination", others).without("place", elsewhere)

    def _destination_from_place(self, draft: Draft) -> Draft:
        """Add the state of a city that was named as the destination."""
        known = {e.code for e in draft.entities("destination")}
        found = []
        for argument in draft.arguments:
            if argument.role == "place" and isinstance(argument.value, Entity) and argument.value.state not in known:
                state = state_entity(self.linked, argument.value.state)
                if state is not None:
                    found.append(Argument("destination", state, argument.how, argument.span))
        return draft.adding(found)

    def _origin(self, visitors: tuple[Entity, ...]) -> list[Argument]:
        codes = sorted({code for entity in visitors if (code := entity.code or self.state_of(entity))})
        entities = [state_entity(self.linked, code) for code in codes]
        return [Argument("origin", e, "visitor's state") for e in entities if e and e.kind is EntityKind.STATE]

    def _first_in_years(self, draft: Draft) -> list[Argument]:
        """Read "first visit in 24 years" and "first since 2000" in the trigger's sentence."""
        sentence = self.doc.sentences[self.doc.tokens[draft.trigger].sentence]
        text = self.doc.span(sentence.start, sentence.end).of(self.doc.article.text)
        match = _FIRST_IN.search(text)
        if match:
            years = self._number(match.group(1))
            return [Argument("firstInYears", years, "first in", self._at(sentence.start, match))] if years else []
        match, published = _FIRST_SINCE.search(text), self.doc.article.published
        if match and published:
            years = published.year - int(match.group(1))
            return [Argument("firstInYears", years, "first since", self._at(sentence.start, match))]
        return []

    def _at(self, first_token: int, match: re.Match[str]) -> Span:
        offset = self.doc.tokens[first_token].start
        return Span(offset + match.start(), offset + match.end())

    def _number(self, word: str) -> int | None:
        if word.isdigit():
            return int(word)
        names = self.lexicon.families["numbers"]["names"]
        value = names.get(word.lower())
        return int(value) if value is not None else None

    # --- meetings and agreements ----------------------------------------------------------------------------------

    def _meeting(self, draft: Draft) -> list[Draft]:
        draft = draft.without("participant", self._represented(draft, "participant"))
        participants = {e.id: e for e in draft.entities("participant")}
        sides = {e.code or self.state_of(e) for e in participants.values()}
        one_side = len(participants) > 1 and len(sides) == 1 and draft.rule in self._between_states
        private = sides <= {None} or one_side
        return [draft] if not private and (len(participants) > 1 or self._convenes(draft)) else []

    @property
    def _between_states(self) -> list[str]:
        return list(self.lexicon.families["Meeting"]["between_states"])

    def _convenes(self, draft: Draft) -> bool:
        """Tell whether one organisation meets by itself: "the NATO summit in Riga", "leaders of ASEAN met"."""
        kinds = (EntityKind.ORGANISATION, EntityKind.GROUP)
        bodies = all(e.kind in kinds and e.code for e in draft.entities("participant"))
        dated = draft.time is not None or bool(draft.entities("place"))
        return bodies and dated and draft.rule in self.lexicon.families["Meeting"]["convening"]

    def _agreement(self, draft: Draft) -> list[Draft]:
        draft = draft.without("party", self._represented(draft, "party"))
        parties = [a for a in draft.arguments if a.role == "party"]
        alone = len({e.id for e in draft.entities("party")}) < 2
        other_side_only = alone and any(a.how.startswith(("with", "obj/with")) for a in parties)
        joint = draft.rule in self.lexicon.families["Agreement"]["joint"]
        return [] if alone and (joint or other_side_only) else [draft]

    def _represented(self, draft: Draft, role: str) -> list[Entity]:
        """Return the states for which an official of theirs stands beside them in the same role."""
        entities = draft.entities(role)
        served = {self.state_of(e) for e in entities if e.kind is EntityKind.OFFICIAL}
        others = {e for i in draft.tokens if self._is_company(i, draft.tokens) for e in agents(self.linked, i)}
        return [e for e in entities if e.kind is EntityKind.STATE and e.code in served and e not in others]

    def _is_company(self, i: int, tokens: Collection[int]) -> bool:
        """Tell people named as a group in a list with others: "President X and senior Turkish officials"."""
        token, mention = self.doc.tokens[i], self.linked.mention_of.get(i)
        listed = token.dep == "conj" or any(self.doc.tokens[c].dep == "cc" and c < i for c in self.doc.children[i])
        listed = listed or any(j in tokens for j in self.syntax.conjuncts(i))
        return listed and (token.xpos == "NNS" or (mention is not None and mention.how == "modifier"))

    # --- transfers ------------------------------------------------------------------------------------------------

    def _transfer(self, draft: Draft) -> list[Draft]:
        """Add the kind of goods, where they are named; drop what goes on within one state.

        A city as the recipient only tells the state.
        """
        draft = draft.without("place")
        sides = [states(draft.entities(role), self.state_of) for role in ("supplier", "recipient")]
        if sides[0] and sides[0] == sides[1]:  # "Spain gave its army rifles"
            return []
        goods = next((a for a in draft.arguments if a.role == "goods" and a.span is not None), None)
        if goods is None or goods.span is None or draft.value("goodsKind") is not None:
            return [draft]
        head = next(t.i for t in self.doc.tokens if t.start == goods.span.start)
        return [draft.adding([Argument("goodsKind", self._kind_of_goods(head), "kind of the goods")])]

    def _kind_of_goods(self, head: int) -> str:
        lemmas = {self.doc.tokens[i].lemma.lower() for i in (head, *self.syntax.conjuncts(head))}
        return next((kind for kind in _GOODS if lemmas & self.lexicon.words(kind)), "other")


def _as_it_is(draft: Draft) -> list[Draft]:
    return [draft]
