"""Verbs that give an office: "X, who heads the IAEA", "X, who runs Peru's finance ministry"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.link import trees
from kb.link.discourse import is_state
from kb.link.names import Name
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, Token


class LeadingVerbs:
    """Reads what the verbs of one document say of who leads which body."""

    def __init__(self, doc: Document, words: Words, name_at: Mapping[int, Name]) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.words = words
        self.name_at = name_at

    def titles(self) -> Iterator[tuple[TitlePhrase, Token, str]]:
        """Yield a title made of each such verb, the verb, and whether the office is still held."""
        for token in self.tokens:
            role = self.words.leading.get(token.lemma.lower()) if token.upos == "VERB" else None
            body = next(iter(trees.children(self.doc, token.i, "obj")), None) if role else None
            title = self._title(token, role, body) if role and body is not None else None
            if title is not None:
                yield title, token, "occurred" if token.xpos in ("VBD", "VBN") else "ongoing"

    def _title(self, verb: Token, role: str, body: int) -> TitlePhrase | None:
        name = self.name_at.get(body)
        if name is not None and name.actor is not None and not is_state(name.actor):
            return self._phrase(verb, name.end, role, "agency-head", (name.actor,))
        if name is not None or not trees.listed(self.doc, body, self.words.headed):
            return None
        named = [self.name_at[i].actor for i in self.doc.subtree(body) if i in self.name_at]
        owners = tuple(dict.fromkeys(actor for actor in named if actor is not None))
        words = self._own_words(body)
        end = max(self.doc.subtree(body)) + 1
        if self.tokens[body].lemma.lower() == "ministry":
            return (
                self._phrase(verb, end, " ".join([*words[:-1], "minister"]), "minister", owners) if words[1:] else None
            )
        return self._phrase(verb, end, f"{role} of the {' '.join(words)}", "agency-head", owners)

    def _own_words(self, body: int) -> list[str]:
        """Return the words of a body's name in lower case, without whose it is."""
        before = (c for c in trees.children(self.doc, body, "compound", "amod") if c < body and c not in self.name_at)
        return [self.tokens[i].text.lower() for i in (*before, body)]

    def _phrase(self, verb: Token, end: int, role: str, kind: str, owners: tuple[Entity, ...]) -> TitlePhrase:
        return TitlePhrase(verb.i, end, verb.i + 1, verb.i, role, role, kind, "ongoing", owners, definite=True)
