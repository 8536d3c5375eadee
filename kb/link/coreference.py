"""Whom each nominal of an article refers to, read once from the first token to the last.

Names and persons first; then offices without a name, pairs, noun phrases, pronouns and relative pronouns. What cannot
be told stays out: no reference is better than a wrong one.
"""

from __future__ import annotations

from kb.link import trees
from kb.link.context import Cast, Context, References
from kb.link.discourse import ACTOR, WEAK
from kb.link.metonyms import acts
from kb.link.names import Name
from kb.link.nouns import read_capital, read_noun
from kb.link.persons import Person
from kb.link.pronouns import read_pronoun, read_relative
from kb.link.roles import read_role
from kb.link.words import Words
from kb.model import Document, Token

_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADJ"})
_BESIDE = ("appos", "flat", "nmod:desc")
_ATTRIBUTIVE = ("amod", "compound", "nmod:desc")
_HOW = {"capital": "metonym", "metonym": "metonym", "demonym": "demonym"}


def resolve(doc: Document, cast: Cast, words: Words) -> References:
    """Return what every nominal token of the document refers to."""
    context = Context(doc, cast, words)
    for person, entity in cast.entity_of.items():
        if person.gender:
            context.discourse.gender[entity.id] = person.gender
    for token in doc.tokens:
        _read(context, token)
    return context.found


def _read(context: Context, token: Token) -> None:
    person, name = context.cast.persons.at.get(token.i), context.name_at.get(token.i)
    if person is not None:
        _read_person(context, token.i, person)
    elif name is not None:
        _read_name(context, token.i, name)
    elif token.xpos in _RELATIVE or (token.lemma == "that" and trees.is_subject(token)):
        context.refer(token.i, read_relative(context, token), "relative", WEAK)
    elif token.upos == "PRON" or token.xpos == "PRP$":
        entities = read_pronoun(context, token)
        context.refer(token.i, *((entities, "pronoun") if entities else read_role(context, token.i)))
    elif token.lemma == "capital" and token.upos == "NOUN" and not trees.is_plural(token):
        seat = read_capital(context, token.i)
        context.found.seats |= {token.i: seat} if seat is not None else {}
    elif token.upos in _NOUNS and _may_refer(context, token):
        entities, how = read_role(context, token.i)
        context.refer(token.i, *((entities, how) if entities else read_noun(context, token.i)))


def _may_refer(context: Context, token: Token) -> bool:
    """Tell the nouns that may stand for somebody from the rest, which need no reading."""
    i = token.i
    if i in context.title_at or token.lemma.lower() in context.words.referring:
        return True
    return token.text.lower() in context.words.referring or bool(trees.children(context.doc, i, *_BESIDE))


def _read_person(context: Context, i: int, person: Person) -> None:
    entity = context.cast.entity_of[person]
    if i == context.cast.persons.span_at[i][0]:
        context.refer(i, (entity,), "name")
    else:
        context.note(i, (entity,), "name")


def _read_name(context: Context, i: int, name: Name) -> None:
    if name.modifier or name.actor is None:
        _read_place(context, i, name)
        return
    entities = (context.acting(name.actor),)
    token = context.tokens[name.head]
    rank = WEAK if trees.preposition(context.doc, name.head) in context.words.locative else ACTOR
    how = _HOW.get(name.form, "gazetteer")
    if name.form in _HOW and name.form != "demonym" and not acts(context.doc, name, context.words):
        how, rank = "place", WEAK
    elif token.dep in _ATTRIBUTIVE:
        rank = WEAK
    context.note(i, entities, how)
    if i == name.start:
        context.discourse.add(name.head, entities, rank)


def _read_place(context: Context, i: int, name: Name) -> None:
    """Note that a town brings its state to mind."""
    state = context.cast.state(name.place.state) if name.place is not None and name.place.state else None
    if state is not None and i == name.start:
        context.discourse.add(name.head, (state,), WEAK)
