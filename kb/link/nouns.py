"""Noun phrases without a name of their own: "US and South Korean officials", "the Turkish army", "the country"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.link import trees
from kb.link.context import Context, Entities
from kb.link.discourse import is_body, is_organisation, is_person, is_state
from kb.link.names import slug
from kb.model import Entity, EntityKind

_BEFORE = ("amod", "compound", "nmod:poss", "nmod:desc", "nmod", "nmod:unmarked")
_AFTER = ("nmod", "obl")
_OF_WHOM = frozenset({"of", "from", "with", "for"})
_WHERE = frozenset({"in", "at"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "both"})
_CLUB = frozenset({"bloc", "alliance", "grouping", "union", "league"})
_MOVEMENT = frozenset({"movement", "militia", "party", "group"})
_ANY_BODY = frozenset({"body", "organisation", "organization"})
_NEAR = 2
"""How many sentences back "the capital" of before is still meant."""

_ANOTHER = frozenset({"neighbouring", "neighboring", "other", "rival", "adjacent", "latter"})
_MEMORY = 8
"""How many sentences back "the bloc" may look."""


def read_noun(context: Context, i: int) -> tuple[Entities, str]:
    """Return the actors that noun i refers to and the step that found them; ((), "") for none."""
    for how, reader in _READERS.items():
        entities = reader(context, i, context.tokens[i].lemma.lower())
        if entities:
            return entities, how
    return (), ""


def read_capital(context: Context, i: int) -> Entity | None:
    """Return the state whose capital "the capital", "its capital" or "the Kenyan capital" is."""
    named = [e for e in modifiers(context, i) if is_state(e)]
    if named or not is_definite(context, i):
        return named[0] if len(named) == 1 else None
    first = context.tokens[i].sentence - _NEAR
    before = [j for j in context.found.seats if context.tokens[j].sentence >= first]
    return context.found.seats[before[-1]] if before else _focus(context, i, own=True)


def modifiers(context: Context, i: int) -> Entities:
    """Return the states, organisations and persons beside noun i: adjectives, possessors, of-phrases and theirs."""
    found = [context.served(e) for j in _modifier_tokens(context, i) for e in context.actors(j)]
    if not found and context.tokens[i].lemma.lower() in context.words.resident:
        where = [*_behind(context, i, _WHERE), *_seat(context, i)]
        found = [context.served(e) for j in where for e in context.actors(j)]
    return tuple(dict.fromkeys(found))


def _modifier_tokens(context: Context, i: int) -> Iterator[int]:
    doc = context.doc
    for child in doc.children[i]:
        dep = doc.tokens[child].dep
        if child < i and dep in _BEFORE:
            yield from (j for j in (child, *trees.conjuncts(doc, child)) if j < i and not _in_compound(context, j))
    yield from _behind(context, i, _OF_WHOM)


def _behind(context: Context, i: int, prepositions: frozenset[str]) -> Iterator[int]:
    """Yield the heads of the prepositional phrases behind noun i, and what is coordinated with them."""
    for child in trees.children(context.doc, i, *_AFTER):
        if child > i and trees.preposition(context.doc, child) in prepositions:
            yield from (child, *trees.conjuncts(context.doc, child))


def _seat(context: Context, i: int) -> Iterator[int]:
    """Yield the place right behind noun i that the parser hung to the verb: "accused the government in Harare of"."""
    name = context.name_at.get(i + 2)
    if name is not None and name.actor is not None and context.tokens[i + 1].text in _WHERE:
        yield name.head


def _in_compound(context: Context, i: int) -> bool:
    name = context.name_at.get(i)
    return name is not None and name.modifier


def is_definite(context: Context, i: int) -> bool:
    """Tell whether a noun has a definite article, demonstrative or possessive."""
    return bool(trees.determiners(context.doc, i) & _DEFINITE)


def _country(context: Context, i: int, lemma: str) -> Entities:
    """Resolve "the country", "the kingdom" to the state in focus."""
    if not _is_country(context, i, lemma) or trees.is_plural(context.tokens[i]) or not is_definite(context, i):
        return ()
    named = tuple(e for e in modifiers(context, i) if is_state(e))
    focus = _focus(context, i, barred=_governing(context, i) if _is_another(context, i) else ())
    return named or ((focus,) if focus else ())


def _is_country(context: Context, i: int, lemma: str) -> bool:
    """Tell "the country" and "the Gulf state" from "the state"."""
    if lemma != "state" or context.tokens[i].upos != "NOUN":
        return lemma in context.words.country
    before = (c for c in trees.children(context.doc, i, "compound", "amod", "nmod:desc") if c < i)
    return any(
        context.tokens[c].text.lower() in context.words.region or context.tokens[c].upos == "PROPN" for c in before
    )


def _apposition(context: Context, i: int, _: str) -> Entities:
    """Resolve "the regional bloc IGAD", "its sponsor, Senator X" to the name that stands beside the noun."""
    for child in trees.children(context.doc, i, "appos", "flat", "nmod:desc"):
        name = context.name_at.get(child)
        if child > i and (child in context.cast.persons.at or (name is not None and name.form in ("name", "local"))):
            return context.actors(child)
    return ()


def _people(context: Context, i: int, _: str) -> Entities:
    """Resolve people and bodies that act for whom stands beside them."""
    if not trees.listed(context.doc, i, context.words.people | context.words.bodies):
        return ()
    return tuple(e for e in modifiers(context, i) if is_body(e)) or _retinue(context, i)


def _retinue(context: Context, i: int) -> Entities:
    """Return the state of the official beside them in "President X and senior officials", "X and his cabinet"."""
    token = context.tokens[i]
    if token.dep != "conj" or token.lemma.lower() not in context.words.retinue or _is_described(context, i):
        return ()
    first = next((above for above in context.doc.ancestors(i) if context.tokens[above].dep != "conj"), token.head)
    listed = [j for j in (first, *trees.conjuncts(context.doc, first)) if j < i]
    served = [context.served(e) for j in reversed(listed) for e in context.actors(j) if is_person(e)]
    return tuple(e for e in served[:1] if is_body(e))


def _is_described(context: Context, i: int) -> bool:
    """Tell "business leaders" and "representatives of the people" from people of whom only the rank is told."""
    words = (c for c in context.doc.children[i] if context.tokens[c].dep not in ("cc", "punct", "conj", "case"))
    return any(context.tokens[c].text.lower() not in context.words.ranking for c in words)


def _body(context: Context, i: int, lemma: str) -> Entities:
    """Resolve "the council" to the organisation so called, "the government" to whom it was or the state in focus."""
    if lemma not in context.words.organ and lemma not in context.words.body_of_states:
        return ()
    definite = is_definite(context, i) or _is_bare(context, i, lemma)
    if not definite or (trees.is_plural(context.tokens[i]) and lemma != "authority"):
        return ()
    if any(c in context.cast.persons.at for c in trees.children(context.doc, i, "compound", "nmod:poss", "nmod")):
        return ()  # "the Doe administration" is not that of the state in focus
    earlier = _same_noun(context, i, lemma)
    if earlier:
        return earlier
    if lemma in context.words.body_of_states:
        entity = context.discourse.last(i, _MEMORY, lambda e: _called(context, e, lemma))
        return (entity,) if entity else ()
    focus = _focus(context, i, own=True) or context.cast.dateline if lemma in context.words.organ else None
    return (focus,) if focus else ()


def _is_bare(context: Context, i: int, lemma: str) -> bool:
    """Tell the "Congress" and "Parliament" that need no article."""
    token = context.tokens[i]
    return lemma in context.words.legislature and token.text[0].isupper() and trees.is_argument(token)


def _is_another(context: Context, i: int) -> bool:
    """Tell "the neighbouring country" from the speaker's own."""
    return any(context.tokens[c].text.lower() in _ANOTHER for c in trees.children(context.doc, i, "amod"))


def _governing(context: Context, i: int) -> Entities:
    """Return the states of the subjects of the clauses that noun i stands in."""
    above = context.doc.ancestors(i)
    return tuple(context.served(e) for a in above for s in trees.subjects(context.doc, a) for e in context.actors(s))


def _focus(context: Context, i: int, *, own: bool = False, barred: Entities = ()) -> Entity | None:
    """Return the state in focus, which its officials bring into focus too."""

    def state(entity: Entity) -> Entity | None:
        served = context.served(entity)
        return served if is_state(served) and served not in barred else None

    return context.discourse.in_focus(i, 2, state, own=own)


def _same_noun(context: Context, i: int, lemma: str) -> Entities:
    """Return what the same noun referred to before: "the Myanmar junta ... the junta"."""
    if lemma not in context.words.organ:
        return ()
    same = (item for item in context.discourse.before(i, 12, is_body) if context.tokens[item.i].lemma.lower() == lemma)
    item = next(same, None)
    return item.entities if item is not None else ()


def _called(context: Context, entity: Entity, lemma: str) -> bool:
    """Tell whether a body can be called by a noun: "the bloc" is one of states, "the movement" and "group" are not."""
    if is_state(entity) or not is_body(entity):
        return False
    if lemma in _ANY_BODY or lemma in entity.name.lower().split():
        return True
    below = not is_organisation(entity) or not entity.known or context.cast.home(str(entity.code)) is not None
    return lemma in (_MOVEMENT if below else _CLUB)


def _group(context: Context, i: int, lemma: str) -> Entities:
    """Name an unnamed but identifiable group by its own words: "rebel forces", "three lawmakers"."""
    if lemma not in context.words.group or context.tokens[i].dep in ("amod", "compound"):
        return ()
    before = [c for c in trees.children(context.doc, i, "amod", "compound") if c < i]
    name = " ".join(context.tokens[c].text for c in [*before, i]).lower()
    return (Entity(f"group/{slug(name)}", EntityKind.GROUP, name),)


def possessors(context: Context, i: int) -> Entities:
    """Return whom the possessor of noun i refers to."""
    return tuple(e for c in trees.children(context.doc, i, "nmod:poss") for e in context.actors(c))


def persons_of(entities: Entities) -> Entities:
    """Return the persons among the entities."""
    return tuple(e for e in entities if is_person(e))


_READERS: dict[str, Callable[[Context, int, str], Entities]] = {
    "country": _country,
    "apposition": _apposition,
    "modifier": _people,
    "body": _body,
    "group": _group,
}
