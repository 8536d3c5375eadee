"""Capitals and government seats: does "Moscow" act in this sentence, or is it where something happens?"""

from __future__ import annotations

from kb.link import trees
from kb.link.names import Name
from kb.link.words import Words
from kb.model import Document

_ASIDE = ("root", "nmod", "obl", "appos", "parataxis", "list", "dep", "vocative")
_REACH = 3
"""How many words above the name a word of motion may stand: "on his flight to Moscow"."""


def acts(doc: Document, name: Name, words: Words) -> bool:
    """Tell whether a capital or seat of government stands for those who govern from it.

    Subjects, agents, possessors and most objects act; the objects of "in" or "near" and of verbs such as "visit" are
    places, and so are those of "to" and "from" beside a verb or noun of motion.
    """
    i = trees.top(doc, name.head)
    token = doc.tokens[i]
    preposition = trees.preposition(doc, i)
    if preposition in words.locative or _is_dateline(doc, name) or trees.children(doc, i, "cop"):
        return False
    if preposition in words.directional:
        return not _moves(doc, i, words)
    if token.dep == "obj":
        return doc.tokens[token.head].lemma.lower() not in words.place_object
    return bool(preposition) or token.dep not in _ASIDE


def _is_dateline(doc: Document, name: Name) -> bool:
    """Tell whether the name opens a paragraph in capitals: "SEOUL - ...", "VIENNA, Oct 6 - ..."."""
    text = doc.tokens[name.start].text
    return len(text) > 3 and text.isupper() and trees.breaks(doc, name.start)


def _moves(doc: Document, i: int, words: Words) -> bool:
    above = [doc.tokens[ancestor].lemma.lower() for ancestor in doc.ancestors(i)]
    return any(lemma in words.motion for lemma in above[:_REACH])
