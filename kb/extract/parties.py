"""Parties without a name: "nine officials", "two gold firms", "a Cypriot tanker".

Whoever lists people and firms often names none of them. Such a party is a group of the article, called by its own
words.
"""

from __future__ import annotations

from kb.extract.phrases import phrase
from kb.extract.syntax import Syntax
from kb.link.names import slug
from kb.model import Entity, EntityKind

_MAX_WORDS = 8
_DESCRIBING = frozenset({"amod", "compound", "nummod", "nmod", "nmod:poss"})
_ONE_OF_THEM = frozenset({"a", "an", "another", "several", "some", "many", "these", "those"})


def unnamed_party(syntax: Syntax, head: int) -> Entity | None:
    """Return the group that a noun for people, firms or ships names by what they are, or None for other nouns.

    "The firm" alone, which only takes up what was named before, names none.
    """
    token = syntax.doc.tokens[head]
    words = syntax.lexicon.words("listed-noun")
    if token.upos != "NOUN" or not {token.lemma.lower(), token.text.lower()} & words or not _described(syntax, head):
        return None
    name = " ".join(phrase(syntax.doc, head, apart=("conj", "acl")).split()[:_MAX_WORDS]).lower()
    return Entity(f"group/{slug(name)}", EntityKind.GROUP, name) if slug(name) else None


def is_unnamed(entity: Entity) -> bool:
    """Tell whether an entity is a group that only its own words name."""
    return entity.kind is EntityKind.GROUP and not entity.known


def _described(syntax: Syntax, head: int) -> bool:
    """Tell whether more is said than "the firm": how many, which, or that they are new to the text."""
    children = [syntax.doc.tokens[c] for c in syntax.doc.children[head]]
    described = any(c.dep in _DESCRIBING or c.text.lower() in _ONE_OF_THEM for c in children)
    return described or syntax.doc.tokens[head].xpos == "NNS"
