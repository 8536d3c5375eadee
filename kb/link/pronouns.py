"""Pronouns: he and she, it, they, we, and relative pronouns.

Heuristics after Hobbs (1978) and Lappin and Leass (1994): the subject of the clause before, then the subject of the
sentence before, same gender and number, never a co-argument.
"""

from __future__ import annotations

from kb.link import trees
from kb.link.context import Context, Entities
from kb.link.discourse import ACTOR, SUBJECT, Referred, is_body, is_person, is_state
from kb.link.nouns import read_noun
from kb.link.quotes import speaker_of
from kb.link.roles import read_role
from kb.model import Entity, EntityKind, Token

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = ("it", "its", "itself")
_THEY = ("they", "them", "their", "theirs", "themselves")
_I = ("i", "me", "my", "mine", "myself")
_WE = ("we", "us", "our", "ours", "ourselves")
_REASONS = ("over", "for", "because of", "after", "against", "about", "with")
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
    items = [item for item in items if not context.is_press(item.entities)] or items
    chosen = _listed_with(context, token, items) or _most_prominent(items, token.sentence)
    if chosen is None:
        return ()
    entity = next(e for e in chosen.entities if fits(e))
    context.discourse.gender.setdefault(entity.id, gender)
    return (entity,)


def _listed_with(context: Context, token: Token, items: list[Referred]) -> Referred | None:
    """Return the person in "President X and his cabinet"."""
    noun = context.tokens[token.head]
    if token.dep != "nmod:poss" or noun.dep != "conj":
        return None
    return next(
        (item for item in items if item.i == noun.head or noun.head in trees.conjuncts(context.doc, item.i)), None
    )


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
    found = _its(context, token) if possessive else _subject_before(context, token)
    if found is None and possessive:
        later = _cataphor(context, token)
        if later:
            return later
    if found is None and (possessive or trees.is_subject(token)):
        found = _previous_subject(context, token)
    return tuple(e for e in found.entities if is_body(e))[-1:] if found is not None else ()


def _subject_before(context: Context, token: Token) -> Referred | None:
    """Return the last subject of the sentence that is no co-argument of "it"."""
    here = context.discourse.before(token.i, 0, is_body)
    return next((item for item in here if item.rank == SUBJECT and item.verb != token.head), None)


def _its(context: Context, token: Token) -> Referred | None:
    """Return whose "its" is within the sentence.

    The body that the possessed noun is coordinated with ("the EU and its partners"); the subject of its clause; for a
    reason ("sanctions on Iran over its policy") the body named last, unless it is the agent of a "by" phrase.
    """
    doc = context.doc
    items = list(context.discourse.before(token.i, 0, is_body))
    noun = trees.top(doc, token.head)
    found = next((item for item in items if trees.top(doc, item.i) == noun), None)
    if found is None and trees.preposition(doc, noun) not in _REASONS:
        found = _clause_subject(context, token, items)
    others = [item for item in items if trees.preposition(doc, trees.top(doc, item.i)) != "by"]
    return found or next((item for item in others if item.rank >= ACTOR), next(iter(others), None))


def _clause_subject(context: Context, token: Token, items: list[Referred]) -> Referred | None:
    """Return the subject of the nearest clause around a token that has one, or the object that controls it."""
    for above in context.doc.ancestors(token.i):
        subject = next((item for item in items if item.rank == SUBJECT and item.verb == above), None)
        verb = context.tokens[above]
        if subject is None and verb.dep == "xcomp":
            subject = next((i for i in items if i.verb == verb.head and _is_object(context, i)), None)
        if subject is not None:
            return subject
    return None


def _is_object(context: Context, item: Referred) -> bool:
    return context.tokens[trees.top(context.doc, item.i)].dep in ("obj", "iobj")


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


def _ahead(context: Context, subject: int) -> Entities:
    """Return whom the subject behind a quotation stands for, before it has been read: 'the Chilean minister said'."""
    if context.tokens[subject].upos == "PRON":
        return read_pronoun(context, context.tokens[subject])
    return read_role(context, subject)[0] or read_noun(context, subject)[0]


def _speakers(context: Context, token: Token) -> Entities:
    """Return who speaks in the quotation that a token stands in."""
    for start, end in context.quotes:
        if start <= token.i < end:
            subject = speaker_of(context.doc, start, end, context.words)
            if subject is None:
                return ()
            return context.actors(subject) or _ahead(context, subject)
    return ()
