"""Offices without a name and without a state: "the foreign minister", "the Secretary-General", "the ambassador".

Whom they mean is told by the place or company in their clause, by the same title before, by a body that alone has such
an office, by a person of the sentences before whose office is not told, else by the state in focus.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.link import trees
from kb.link.constitution import has_office, holders_of, typical_of
from kb.link.context import Context, Entities
from kb.link.discourse import SUBJECT, is_body, is_person, is_state
from kb.link.titles import TitlePhrase
from kb.model import Entity

_ALONE = frozenset({"head-of-state", "head-of-government", "royal", "minister", "envoy"})
"""Kinds of offices that a state has one of, so that "the" is enough where the article speaks of the state."""

_VAGUE = frozenset({"minister", "secretary", "prince", "princess", "envoy", "special envoy", "representative"})
"""Of those, the roles that are too vague for it."""

_MEMORY = 12
"""How many sentences back the same title may stand."""

_OFTEN = 2
"""How often a person is named at least who is meant by a title that the text never gives them."""

_TOWARDS = frozenset({"to", "with", "from", "against", "in", "into", "on", "between"})


def read_bare(context: Context, i: int, title: TitlePhrase) -> Entities:
    """Return whom the office at token i means, which neither a name nor an owner tells; () where it stays open."""
    return _Bare(context, i, title).read()


class _Bare:
    def __init__(self, context: Context, i: int, title: TitlePhrase) -> None:
        self.context = context
        self.doc = context.doc
        self.tokens = context.tokens
        self.i = i
        self.title = title
        self.role = title.role.partition(" for ")[0]
        self.top = trees.top(self.doc, i)
        self.verb = self.tokens[self.top].head

    def read(self) -> Entities:
        """Return whom the office means."""
        if self._is_of_country():
            return ()
        if self._is_alone():
            barred = {e.id for e in self._facing()}
            beside = self._beside()
            if beside is not None and self._state(beside, barred):
                return (beside,)
            return self._same_title(barred) or self._body() or self._person() or self._in_focus(barred)
        return self._same_title(frozenset()) or self._body()

    def _is_alone(self) -> bool:
        vague = self.role in _VAGUE or self.title.core in self.context.words.weak_office
        return self.title.kind in _ALONE and not vague and not self.title.local

    def _is_of_country(self) -> bool:
        """Tell "the president of the Republic", whose owner is a noun for a state."""
        tail = self.tokens[self.title.core_end : self.title.end]
        return any(token.lemma.lower() in self.context.words.country for token in tail)

    def _state(self, entity: Entity, barred: set[str]) -> Entity | None:
        """Return the state that an entity is or serves, if it can have the office."""
        served = self.context.served(entity)
        possible = is_state(served) and served.id not in barred
        return served if possible and has_office(self.context.words, self.role, served.code) else None

    # --- who is meant -------------------------------------------------------------------------------------------------

    def _same_title(self, barred: set[str] | frozenset[str]) -> Entities:
        """Return whom the same title meant before: "the Turkish minister ... The minister"."""
        last = self.title.core.split()[-1]
        for item in self.context.discourse.before(self.i, _MEMORY, is_body):
            before = self.context.title_at.get(item.i)
            if before is not None and not before.plural and before.core.split()[-1:] == [last]:
                return () if any(e.id in barred for e in item.entities) else item.entities
        return ()

    def _body(self) -> Entities:
        """Return the body that has such an office: one that the article names, else the one it is typical of."""
        words, title = self.context.words, self.title
        holders = holders_of(words, self.role) or frozenset[str]()
        named = self.context.discourse.last(self.i, len(self.doc.sentences), lambda e: is_body(e) and e.code in holders)
        code = typical_of(words, self.role, title.core) or words.typical_body.get(self.role)
        body = named or (self.context.cast.state(code) if code else None)
        return (body,) if body is not None else ()

    def _person(self) -> Entities:
        """Return the subject just before whose office is not told: "Anders Holm left. The minister ..."."""
        told = {holder.person.id for holder in self.context.cast.holders}
        governing = {e.id for s in self._subjects() for e in self.context.actors(s)}
        for item in self.context.discourse.before(self.i, 1, is_person):
            person = item.entities[0]
            fits = self.context.discourse.gender.get(person.id) in (None, self.title.gender) or not self.title.gender
            if item.rank == SUBJECT and person.id not in governing:
                known = (
                    person.id in told
                    or self.context.times_named[person.id] < _OFTEN
                    or self.context.is_press((person,))
                )
                return (person,) if fits and not known else ()
        return ()

    def _in_focus(self, barred: set[str]) -> Entities:
        found = self.context.discourse.in_focus(self.i, 2, lambda e: self._state(e, barred), own=True)
        if found is None and self.context.cast.dateline is not None:
            found = self._state(self.context.cast.dateline, barred)
        return (found,) if found is not None else ()

    # --- the clause ---------------------------------------------------------------------------------------------------

    def _subjects(self) -> Iterator[int]:
        """Yield the subjects of the clauses that the title stands in, its own left out."""
        above = self.doc.ancestors(self.top)
        yield from (s for a in above for s in trees.subjects(self.doc, a) if s != self.top)

    def _facing(self) -> Iterator[Entity]:
        """Yield the states that the office does not serve: whom its holder acts towards, and where an envoy is sent."""
        own = trees.is_subject(self.tokens[self.top])
        tokens = list(self._objects() if own else () if self._is_company() else self._subjects())
        if self.title.kind == "envoy":
            tokens += range(self.title.core_end, self.title.end)
        yield from (self.context.served(e) for j in tokens for e in self.context.actors(j))

    def _objects(self) -> Iterator[int]:
        """Yield the objects of the verb whose subject the title is, and what stands behind "to", "with" ... in them."""
        for child in trees.children(self.doc, self.verb, "obj", "obl", "xcomp"):
            if self.tokens[child].dep == "obj":
                yield child
            yield from (j for j in self.doc.subtree(child) if trees.preposition(self.doc, j) in _TOWARDS)

    def _is_company(self) -> bool:
        """Tell "accompanied by the trade minister"."""
        return self.tokens[self.verb].lemma.lower() in self.context.words.together

    def _beside(self) -> Entity | None:
        """Return the state of the place in "met the president in Lima", of the subject in "was accompanied by"."""
        if trees.is_subject(self.tokens[self.top]):
            return None
        if self._is_company():
            with_whom = (e for s in self._subjects() for e in self.context.actors(s))
            return next((self.context.served(e) for e in with_whom), None)
        places = trees.children(self.doc, self.verb, "obl")
        names = (self.context.name_at.get(c) for c in places if self._is_in(c))
        return next((self._lies_in(name.place, name.actor) for name in names if name is not None), None)

    def _is_in(self, i: int) -> bool:
        return trees.preposition(self.doc, i) in self.context.words.locative

    def _lies_in(self, place: Entity | None, actor: Entity | None) -> Entity | None:
        return self.context.cast.state(place.state) if place is not None and place.state else actor
