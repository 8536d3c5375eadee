"""Who acts where the text names an office or a delegation only: "the Chinese minister", "a team led by Rui Lima"."""

from __future__ import annotations

from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.link import agents
from kb.model import Entity, EntityKind, LinkedDocument, Token

_LEADING = frozenset({"lead", "head", "chair"})


def is_office(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a common noun is who acts for a state on a journey or at a table."""
    return token.upos == "NOUN" and token.lemma.lower() in lexicon.words("official-noun")


def led_by(i: int, syntax: Syntax, linked: LinkedDocument) -> tuple[Entity, ...]:
    """Return the officials in "a delegation led by Rui Lima", "a team under Rui Lima"; none for other nouns."""
    tokens = syntax.doc.tokens
    if tokens[i].lemma.lower() not in syntax.lexicon.words("delegation-noun"):
        return ()
    led = [j for c in syntax.slot(i, "acl") if tokens[c].lemma in _LEADING for j in syntax.slot(c, "by")]
    found = (e for j in (*led, *syntax.slot(i, "under")) for e in agents(linked, j))
    return tuple(e for e in found if e.kind is EntityKind.OFFICIAL)
