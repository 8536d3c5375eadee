"""What everything that works on the drafts of one article is given."""

from __future__ import annotations

from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import StateOf
from kb.extract.lexicon import Lexicon
from kb.extract.syntax import Syntax
from kb.model import LinkedDocument


class InArticle:
    """One article with its syntax, the rules, and whom each entity serves in it."""

    def __init__(self, linked: LinkedDocument, syntax: Syntax, lexicon: Lexicon, state_of: StateOf) -> None:
        self.linked = linked
        self.doc = linked.doc
        self.syntax = syntax
        self.lexicon = lexicon
        self.state_of = state_of


class InFocus(InArticle):
    """The same for what takes a side that a draft leaves out from what the article told before, or is about."""

    def __init__(self, article: InArticle, counterparts: Counterparts) -> None:
        super().__init__(article.linked, article.syntax, article.lexicon, article.state_of)
        self._counterparts = counterparts
