"""Offices without a name ("the Japanese foreign minister"), counterparts, and pairs ("both sides", "the leaders")."""

from __future__ import annotations

from collections.abc import Callable

from kb.link import trees
from kb.link.bare import read_bare
from kb.link.context import Context, Entities, Holder
from kb.link.discourse import Fits, is_body, is_person, is_state
from kb.link.nouns import is_definite, modifiers, persons_of, possessors
from kb.link.titles import TitlePhrase
from kb.model import Entity

_STYLE = 7
"""How many tokens behind "His Majesty" the name begins at most."""

_TOP = frozenset({"chief", "head", "boss"})
_OTHER_GENDER = {"man": "f", "woman": "m"}
_OFFICIALS = frozenset(
    {"minister", "head", "official", "leader", "president", "premier", "envoy", "negotiator", "king", "diplomat"}
)
HEADS = frozenset({"head-of-state", "head-of-government", "leader", "party-leader"})


def read_role(context: Context, i: int) -> tuple[Entities, str]:
    """Return the actors that an office noun, counterpart or pair at token i refers to, and the step that found them."""
    for how, reader in _READERS.items():
        entities = reader(context, i, context.tokens[i].lemma.lower())
        if entities:
            return entities, how
    return (), ""


# --- pairs ----------------------------------------------------------------------------------------------------------


def _pair(context: Context, i: int, lemma: str) -> Entities:
    """Resolve "both sides", "the two leaders", "the ministers", "the two", "the rivals"."""
    determiners = trees.determiners(context.doc, i)
    counted = determiners & context.words.pair_words
    if determiners & context.words.each and lemma in context.words.sides and not trees.is_plural(context.tokens[i]):
        return _two(context, i, is_state) or _two(context, i, is_body) or _states_of_pair(context, i)
    if _stands_alone(context, i) or lemma in ("pair", "duo"):
        return _two(context, i, is_person) or _two(context, i, is_state)
    definite = bool(counted & {"both"}) or is_definite(context, i)
    if not trees.is_plural(context.tokens[i]) or not definite or modifiers(context, i):
        return ()
    if lemma in context.words.pair:
        return _pair_of_persons(context, i, lemma, sure=bool(counted))
    rivals = lemma in context.words.rivals and not possessors(context, i)
    if rivals or (counted and lemma in context.words.sides):
        return _two(context, i, is_state) or _two(context, i, is_body) or _states_of_pair(context, i)
    return ()


def _two(context: Context, i: int, fits: Fits) -> Entities:
    """Return the two entities of different sides that are spoken of."""
    return context.discourse.pair(i, fits, lambda entity: context.served(entity).id)


def _states_of_pair(context: Context, i: int) -> Entities:
    """Return whom the two persons spoken of serve: "A met B. The two sides signed ..."."""
    served = tuple(context.served(person) for person in _two(context, i, is_person))
    return served if len(set(served)) == 2 and all(is_body(e) for e in served) else ()


def _served_by_pair(context: Context, i: int) -> Entities:
    """Return the two states spoken of, by name or by an official: "Kenya and Uganda ... The two ministers"."""
    found = _two(context, i, lambda e: is_state(context.served(e)))
    return tuple(context.served(e) for e in found)


def _stands_alone(context: Context, i: int) -> bool:
    """Tell the noun phrases "the two" and "both" from the numerals."""
    token = context.tokens[i]
    word = token.text.lower()
    return trees.is_argument(token) and (word == "both" or (word == "two" and is_definite(context, i)))


def _pair_of_persons(context: Context, i: int, lemma: str, *, sure: bool) -> Entities:
    holders = {
        h.person.id for h in context.cast.holders if lemma in h.role.split() or (lemma == "leader" and h.kind in HEADS)
    }
    other = _OTHER_GENDER.get(lemma)

    def fits(entity: Entity) -> bool:
        return is_person(entity) and context.discourse.gender.get(entity.id) != (other or "")

    found = _two(context, i, lambda e: e.id in holders) or (_two(context, i, fits) if sure else ())
    theirs = sure or "their" in trees.determiners(context.doc, i)
    return found or (_served_by_pair(context, i) if theirs and lemma in _OFFICIALS else ())


# --- counterparts ---------------------------------------------------------------------------------------------------


def _counterpart(context: Context, i: int, _: str) -> Entities:
    """Resolve "his French counterpart" to the person named beside it, the holder of that office, else the state."""
    person = context.cast.beside.get(i)
    if person is not None:
        return (context.cast.entity_of[person],)
    if not trees.listed(context.doc, i, context.words.counterpart):
        return ()
    owner = possessors(context, i)
    states = tuple(e for e in modifiers(context, i) if is_state(e) and e.code not in {p.state for p in owner})
    roles = {h.role for h in context.cast.holders if h.person in persons_of(owner)}
    codes = {state.code for state in states}
    named = tuple(h.person for h in context.cast.holders if h.of in codes and h.role in roles)
    return named[:1] or states


# --- offices --------------------------------------------------------------------------------------------------------


def _office(context: Context, i: int, _: str) -> Entities:
    """Resolve an office without a name to its holder, else to whom it serves by its words or the article's."""
    title = context.title_at.get(i)
    if title is None:
        return ()
    person = context.cast.held.get(title)
    if person is not None:
        return (context.cast.entity_of[person],)
    owners = owners_of(context, title)
    if title.plural or title.status != "ongoing" or not (title.definite or owners):
        return owners
    holder = _holder(context, i, title, owners)
    if holder is not None:
        return (holder,)
    return owners or (read_bare(context, i, title) if title.owner_token is None else ())


def owners_of(context: Context, title: TitlePhrase) -> Entities:
    """Return whom a title serves by its own words."""
    if title.owners or title.owner_token is None:
        return tuple(context.acting(e) for e in title.owners)
    return tuple(context.served(e) for e in context.actors(title.owner_token))


def _holder(context: Context, i: int, title: TitlePhrase, owners: Entities) -> Entity | None:
    """Return the person of the article who holds the office, the one spoken of last where there are several."""
    codes = {e.code or e.id for e in owners}
    fitting = {
        h.person.id: h.person for h in context.cast.holders if _same_office(h, title) and (not codes or h.of in codes)
    }
    last = context.discourse.last(i, len(context.doc.sentences), lambda e: e.id in fitting)
    return last or next(iter(fitting.values()), None)


def _same_office(holder: Holder, title: TitlePhrase) -> bool:
    if title.kind in HEADS and holder.kind in HEADS and ("leader" in title.role or title.kind == holder.kind):
        return True
    if title.core in _TOP and title.owners:  # "the NATO chief" is its secretary general
        return holder.kind in ("international", "agency-head")
    return holder.role == title.role or _is_short_for(title.role, holder.role) or _is_short_for(holder.role, title.role)


def _is_short_for(short: str, role: str) -> bool:
    """Tell "the minister" of the foreign minister from the trade minister, and from his deputy."""
    less, more = (set(r.replace("defense", "defence").split()) for r in (short, role))
    same_head = short.rsplit(maxsplit=1)[-1] == role.rsplit(maxsplit=1)[-1]
    return same_head and less <= more and not (more - less) & {"deputy", "vice"}


def _style(context: Context, i: int, lemma: str) -> Entities:
    """Resolve "His Majesty King X" and "Her Excellency the Foreign Minister, Y" to the person named behind it."""
    if lemma not in context.words.styles:
        return ()
    end = min(i + _STYLE, context.doc.sentences[context.tokens[i].sentence].end)
    verb = next((j for j in range(i + 1, end) if context.tokens[j].upos in ("VERB", "AUX")), end)
    person = next((context.cast.persons.at[j] for j in range(i + 1, verb) if j in context.cast.persons.at), None)
    return (context.cast.entity_of[person],) if person is not None else ()


_READERS: dict[str, Callable[[Context, int, str], Entities]] = {
    "pair": _pair,
    "style": _style,
    "counterpart": _counterpart,
    "role": _office,
}
