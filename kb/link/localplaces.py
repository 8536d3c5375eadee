"""Places that the gazetteer does not know but the text explains: "in Lakselv, Norway", "the Swedish town of Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.link.names import Name, slug
from kb.link.trees import POSSESSIVES, breaks, is_subject, span_head
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind

_LONGEST = 4
"""Words that the name of an unknown place has at most."""

_REACH = 6
"""Words between a settlement's state and its own name at most: "the Swedish ... town of"."""

_INNER = frozenset({"in", "the", "far", "of", "north", "south", "centre", "center"})


def find_places(doc: Document, names: Sequence[Name], words: Words) -> list[Name]:
    """Return the names of unknown places whose state stands beside them, in text order."""
    return list(_Finder(doc, names, words).places())


class _Finder:
    def __init__(self, doc: Document, names: Sequence[Name], words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.words = words
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.persons = {i for span in doc.names if span.label == "PER" for i in range(span.start, span.end)}

    def places(self) -> Iterator[Name]:
        """Yield them."""
        for token in self.tokens[1:]:
            before = self.tokens[token.i - 1]
            if not self._is_word(token.i) or self._is_word(before.i):
                continue
            end = self._end(token.i)
            if before.text == "of":
                state = self._state_before(before.i)
            elif before.text.lower() in self.words.locative | self.words.directional:
                state = self._state_behind(end)
            else:
                continue
            if state is not None:
                yield self._name(token.i, end, state)

    def _name(self, start: int, end: int, state: Entity) -> Name:
        text = self.doc.words(start, end)
        place = Entity(f"place/{slug(text)}-{str(state.code).lower()}", EntityKind.PLACE, text, state=state.code)
        return Name(start, end, span_head(self.doc, start, end), "place", None, place)

    def _is_word(self, i: int) -> bool:
        """Tell whether token i may be a word of an unknown place's name."""
        token = self.tokens[i]
        free = i not in self.name_at and i not in self.persons
        return free and token.upos == "PROPN" and token.text[0].isupper() and slug(token.text) != ""

    def _end(self, start: int) -> int:
        end = start + 1
        while end < len(self.tokens) and end - start < _LONGEST and self._is_word(end) and not breaks(self.doc, end):
            end += 1
        return end

    def _state_behind(self, end: int) -> Entity | None:
        """Return the state in ", northern Norway" and ", in the far north of Norway" behind a name."""
        if end >= len(self.tokens) or self.tokens[end].text != ",":
            return None
        for i in range(end + 1, min(end + 1 + _REACH, len(self.tokens))):
            name = self.name_at.get(i)
            if name is not None:
                acts = name.form != "name" or is_subject(self.tokens[name.head])
                return name.actor if not acts and name.actor and self._is_state(name.actor) else None
            if self.tokens[i].text.lower() not in _INNER | self.words.compass | self.words.locative:
                return None
        return None

    def _state_before(self, of: int) -> Entity | None:
        """Return the state in "the northern Swedish town of" and "Sweden's port of" before a name."""
        if self.tokens[of - 1].lemma.lower() not in self.words.settlement:
            return None
        for i in range(of - 2, max(of - _REACH, -1), -1):
            name = self.name_at.get(i)
            if name is not None:
                beside = name.form == "demonym" or self.tokens[name.end].text in POSSESSIVES
                return name.actor if beside and name.actor and self._is_state(name.actor) else None
            if self.tokens[i].upos not in ("ADJ", "NOUN", "PART", "VERB", "PUNCT"):
                return None
        return None

    def _is_state(self, entity: Entity) -> bool:
        return entity.kind is EntityKind.STATE
