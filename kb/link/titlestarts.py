"""What stands before the head of a title: the words that belong to it, unknown bodies, articles and possessors."""

from __future__ import annotations

from dataclasses import dataclass

from kb.link.names import slug
from kb.link.titlewords import INSIDE, Setting
from kb.link.trees import POSSESSIVES, joined
from kb.model import Entity, EntityKind, Token


@dataclass(frozen=True, slots=True)
class Possessor:
    """What stands before a title: where the phrase then begins, whom it names, whether it makes it definite.

    `token` is a possessor that is no name of a state or organisation.
    """

    start: int
    token: int | None = None
    owner: Entity | None = None
    definite: bool = False


def left_bound(setting: Setting, first: int, limit: int) -> int:
    """Return where the title whose head begins at token `first` begins itself, not before `limit`."""
    i = first
    while i - 1 >= limit and _belongs(setting, i - 1, i):
        i -= 1
    return i


def _belongs(setting: Setting, k: int, right: int) -> bool:
    """Tell whether token k is part of the title that goes on at token `right`."""
    token, following = setting.tokens[k], setting.tokens[right]
    name = setting.name_at.get(k)
    if name is not None:
        return not name.modifier
    if k in setting.person_at:
        return setting.is_lone_name(k) and modifies(token, right) and not following.text[0].isupper()
    return token.text.lower() not in setting.words.calendar and _is_title_word(setting, token, following)


def _is_title_word(setting: Setting, token: Token, following: Token) -> bool:
    """Tell whether a word that is neither a name nor a time belongs to the title."""
    if token.text in ("-", "."):
        before = setting.tokens[token.i - 1] if token.i else token
        after = joined(token, following) if token.text == "-" else before.text[0].isupper()
        return joined(before, token) and after
    if token.dep == "cc":
        return _joins_domains(setting, token.i, following.i)
    if token.text.lower() in setting.title_words.modifiers:
        return token.dep != "advmod" or token.text.lower() == "then"
    return _describes(token, following)


def _describes(token: Token, following: Token) -> bool:
    """Tell whether a word belongs to the title by its part of speech, relation and case."""
    if token.upos not in INSIDE and not (token.dep == "amod" and token.upos == "VERB"):
        return False
    if token.upos == "NOUN" and token.text[0].islower() and following.text[0].isupper():
        return False
    return token.i < token.head or token.dep in ("compound", "amod")


def _joins_domains(setting: Setting, k: int, right: int) -> bool:
    """Tell the "and" of "interior and justice minister" from the one between two people or clauses."""
    before = setting.tokens[k - 1]
    if k - 1 in setting.name_at:
        return right in setting.name_at and before.dep in ("amod", "compound")
    same_case = before.text[0].isupper() == setting.tokens[right].text[0].isupper()
    inside = before.upos in INSIDE and before.dep in ("amod", "compound", "conj", "nmod")
    return inside and same_case and setting.head_title(k - 1, k) is None


def unknown_body(setting: Setting, left: int, first: int) -> range:
    """Return the capitalised words before a lower-case title: "Tondar spokesman", "Civil Defense Authority director".

    They are a body that neither the gazetteer nor the model knows.
    """
    if setting.tokens[first].text[0].isupper():
        return range(0)
    start = first
    while start > left and _is_unknown_name(setting, start - 1):
        start -= 1
    return range(start, first)


def _is_unknown_name(setting: Setting, i: int) -> bool:
    token = setting.tokens[i]
    word = token.text.lower()
    known = i in setting.name_at or word in setting.title_words.modifiers or word in setting.words.bodies
    return token.text[0].isupper() and token.upos == "PROPN" and not known


def local_body(setting: Setting, span: range) -> Entity:
    """Return the organisation, local to the article, that tokens name."""
    name = setting.doc.words(span.start, span.stop)
    return Entity(f"organisation/{slug(name)}", EntityKind.ORGANISATION, name)


def nominated(setting: Setting, start: int) -> int | None:
    """Return the noun in "Trump's nominee for ambassador" before a title that begins at token `start`."""
    if start < 2 or setting.tokens[start - 1].text not in ("for", "as"):
        return None
    return start - 2 if setting.tokens[start - 2].lemma.lower() in setting.words.nominee else None


def read_possessor(setting: Setting, start: int) -> Possessor:
    """Read what stands before the phrase that begins at token `start`: article, possessive pronoun, possessor."""
    before = setting.tokens[start - 1] if start else None
    if before is None or before.sentence != setting.tokens[start].sentence:
        return Possessor(start)
    person = before.i in setting.person_at and before.i not in setting.name_at and modifies(before, start)
    if person or before.xpos in ("PRP$", "WP$"):
        return Possessor(start - 1, before.i, definite=True)
    if before.text in POSSESSIVES and start >= 2:
        return _genitive(setting, start - 2)
    article = before.upos == "DET"
    return Possessor(start - article, definite=article and before.text.lower() in ("the", "this", "that"))


def _genitive(setting: Setting, i: int) -> Possessor:
    name = setting.name_at.get(i)
    if name is not None and name.actor is not None:
        return Possessor(name.start, owner=name.actor, definite=True)
    return Possessor(name.start if name else i, i, definite=True)


def modifies(token: Token, start: int) -> bool:
    """Tell the name in "Trump spokesman Miller" from one that merely stands before a title."""
    return token.dep in ("compound", "nmod:poss") and token.head >= start
