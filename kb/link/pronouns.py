"""Pronouns: he and she, it, they, we, and relative pronouns.

Heuristics after Hobbs (1978) and Lappin and Leass (1994): the subject of the clause before, then the subject of the
sentence before, same gender and number, never a co-argument.
"""

from __future__ import annotations

from kb.link import trees
from kb.link.context import Context, Entities
from kb.link.discourse import ACTOR, SUBJECT, Referred, is_body, is_person, is_state
from kb.link.quotes import speaker_of
from kb.model import Entity, EntityKind, Token

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = ("it", "its", "itself")
_THEY = ("they", "them", "their", "theirs", "themselves")
_I = ("i", "me", "my", "mine", "myself")
_WE = ("we", "us", "our", "ours", "ourselves")
_CATAPHORA = 8
"""How far "For its part, China ..." may look ahead, in tokens."""


def read_pronoun(context: Context, token: Token) -> Entities:
    """Return whom a pronoun refers to; () where that cannot be told."""
    word = token.text.lower()
    if word in _GENDER:
        return _he(context, token, _GENDER[word])
    if word in _IT and token.dep != "expl":
        return _it(context, token)
    if word in _THEY:
        return _they(context, token)
    if word in _WE or word in _I:
        speakers = _speakers(context, token)
        return speakers if word in _I else tuple(context.served(e) for e in speakers)
    return ()


def read_relative(context: Context, token: Token) -> Entities:
    """Return whom a relative pronoun refers to: what its antecedent does."""
    noun = trees.antecedent(context.doc, token.i)
    return context.actors(noun) if noun is not None else ()


def _he(context: Context, token: Token, gender: str) -> Entities:
    speakers = _speakers(context, token)

    def fits(entity: Entity) -> bool:
        right = context.discourse.gender.get(entity.id, gender) == gender
        return is_person(entity) and right and entity not in speakers

    items = [item for item in context.discourse.before(token.i, 3, fits) if not _is_coargument(item, token)]
    chosen = _most_prominent(items, token.sentence)
    if chosen is None:
        return ()
    entity = next(e for e in chosen.entities if fits(e))
    context.discourse.gender.setdefault(entity.id, gender)
    return (entity,)


def _is_coargument(item: Referred, token: Token) -> bool:
    """Tell whether a mention is another argument of the pronoun's own verb: "Kim hugged him" is not Kim."""
    return token.dep != "nmod:poss" and item.verb == token.head and item.sentence == token.sentence


def _most_prominent(items: list[Referred], sentence: int) -> Referred | None:
    """Return the last subject of the pronoun's sentence, else the first of the nearest sentence before; else others."""
    if not items:
        return None
    near = [item for item in items if item.sentence == items[0].sentence]
    preferred = [item for item in near if item.rank == SUBJECT] or near
    if items[0].sentence != sentence:
        return preferred[-1]
    coordinated = [item for item in preferred if item.verb == preferred[0].verb and item.rank == SUBJECT]
    return coordinated[-1] if coordinated else preferred[0]


def _it(context: Context, token: Token) -> Entities:
    possessive = token.text.lower() == "its"
    here = [i for i in context.discourse.before(token.i, 0, is_body) if _may_be_it(context, token, i, possessive)]
    found = _in_sentence(here, possessive=possessive)
    if found is None and possessive:
        later = _cataphor(context, token)
        if later:
            return later
    if found is None and (possessive or trees.is_subject(token)):
        found = _previous_subject(context, token)
    return tuple(e for e in found.entities if is_body(e))[-1:] if found is not None else ()


def _may_be_it(context: Context, token: Token, item: Referred, possessive: bool) -> bool:
    """Leave out co-arguments of "it", and the agents in "sanctions by the EU over its policy" for "its"."""
    if not possessive:
        return item.verb != token.head
    top = trees.top(context.doc, item.i)
    return trees.preposition(context.doc, top) != "by" or top == trees.top(context.doc, token.head)


def _in_sentence(items: list[Referred], *, possessive: bool) -> Referred | None:
    if possessive:
        return next((item for item in items if item.rank >= ACTOR), next(iter(items), None))
    return next((item for item in items if item.rank == SUBJECT), None)


def _previous_subject(context: Context, token: Token) -> Referred | None:
    before = [
        i for i in context.discourse.before(token.i, 1, is_body) if i.sentence < token.sentence and i.rank == SUBJECT
    ]
    return before[-1] if before else None


def _cataphor(context: Context, token: Token) -> Entities:
    """Read "For its part, China said ...": the subject that follows in the sentence."""
    end = min(context.doc.sentences[token.sentence].end, token.i + _CATAPHORA)
    for i in range(token.i + 1, end):
        name = context.name_at.get(i)
        if name is not None and trees.is_subject(context.tokens[name.head]):
            return context.actors(i)
    return ()


def _they(context: Context, token: Token) -> Entities:
    """Return the nearest subject in this sentence or the one before that is several, or a body of people."""
    for item in context.discourse.before(token.i, 1, lambda e: e.kind is not EntityKind.PLACE):
        group = (item.i, *trees.conjuncts(context.doc, item.i))
        entities = tuple(dict.fromkeys(e for i in group for e in context.actors(i)))
        several = len(entities) > 1 or trees.is_plural(context.tokens[item.i])
        collective = any(is_body(e) and not is_state(e) for e in entities)
        if item.rank == SUBJECT and (several or collective) and item.verb != token.head:
            return entities
    return _met(context, token) if trees.is_subject(token) else ()


def _met(context: Context, token: Token) -> Entities:
    """Return the two persons of the sentence before: "A met B. They signed ..."."""
    items = [i for i in context.discourse.before(token.i, 1, is_person) if i.sentence == token.sentence - 1]
    persons = tuple(dict.fromkeys(e for item in reversed(items) for e in item.entities if is_person(e)))
    return persons if len(persons) == 2 else ()


def _speakers(context: Context, token: Token) -> Entities:
    """Return who speaks in the quotation that a token stands in."""
    for start, end in context.quotes:
        if start <= token.i < end:
            subject = speaker_of(context.doc, start, end, context.words)
            if subject is None:
                return ()
            pronoun = context.tokens[subject].upos == "PRON" and not context.actors(subject)
            return read_pronoun(context, context.tokens[subject]) if pronoun else context.actors(subject)
    return ()
