"""What surrounds the titles of a document, and which of its tokens are the head of a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.link.names import Name
from kb.link.records import Title
from kb.link.titletable import TitleWords
from kb.link.trees import joined
from kb.link.words import Words
from kb.model import Document, NameSpan, Token

INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
"""The parts of speech that a title is made of."""


def singular_of(token: Token) -> str:
    """Return the singular of a plural noun in lower case, also where the lemma keeps a capitalised plural."""
    lemma, text = token.lemma.lower(), token.text.lower()
    return lemma if lemma != text else text.removesuffix("s")


@dataclass(frozen=True)
class Setting:
    """What surrounds the titles of a document: its names, the words known of titles, the word lists."""

    doc: Document
    names: Sequence[Name]
    title_words: TitleWords
    words: Words

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the document."""
        return self.doc.tokens

    @cached_property
    def name_at(self) -> Mapping[int, Name]:
        """The name at each token."""
        return {i: name for name in self.names for i in range(name.start, name.end)}

    @cached_property
    def person_at(self) -> frozenset[int]:
        """The tokens of persons' names, titles that the model took along left out."""
        return frozenset(i for span in self.doc.names if span.label == "PER" for i in self._bare(span))

    @cached_property
    def _parts_of_names(self) -> frozenset[str]:
        """The words of persons' names of several words or with an honorific."""
        spans = (span for span in self.doc.names if span.label == "PER")
        named = (s for s in spans if s.end - s.start > 1 or self._addressed(s.start))
        return frozenset(self.tokens[i].text for span in named for i in range(span.start, span.end))

    def is_lone_name(self, i: int) -> bool:
        """Tell the "Tondar" of "Tondar spokesman", which nothing else shows to be a person, from "Trump spokesman"."""
        return self.tokens[i].text not in self._parts_of_names

    def names_in(self, start: int, end: int) -> list[Name]:
        """Return the names on tokens [start, end), in text order."""
        return list(dict.fromkeys(self.name_at[i] for i in range(start, end) if i in self.name_at))

    def is_honorific(self, i: int) -> bool:
        """Tell whether token i is a capitalised honorific such as "Mr" or "Gen."."""
        token = self.tokens[i]
        return token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific

    def stops(self, i: int, limit: int) -> range:
        """Return where a title head that begins at token i may end, the longest first; none where none begins."""
        token = self.tokens[i]
        word = token.text.lower()
        longest = self.title_words.longest
        forms = (word, word.removeprefix("ex-"), word.rpartition("-")[2], singular_of(token))
        length = max(longest.get(form, 0) for form in forms)
        return range(min(i + length, limit), i, -1)

    def head_title(self, start: int, end: int) -> Title | None:
        """Return the title that tokens [start, end) are the head of, in the plural too; None where they are none."""
        last = self.tokens[end - 1]
        if end - start == 1 and (last.upos not in INSIDE or not last.text[0].isalpha()):
            return None
        text = self._text(start, end)
        singular = self._text(start, end, singular=True)
        heads = self.title_words.heads
        forms = [text, text.removeprefix("ex-"), singular.removeprefix("ex-")]
        if end - start == 1:
            forms.append(text.rpartition("-")[2])
        return next((heads[form] for form in forms if form in heads), None)

    def _text(self, start: int, end: int, *, singular: bool = False) -> str:
        parts: list[str] = []
        before: Token | None = None
        for token in self.doc.tokens[start:end]:
            plural = singular and token.i == end - 1 and token.xpos in ("NNS", "NNPS")
            glue = "" if before is None or joined(before, token) else " "
            parts.append(glue + (singular_of(token) if plural else token.text.lower()).replace("’", "'"))
            before = token
        return "".join(parts)

    def _bare(self, span: NameSpan) -> range:
        """Return the tokens of a person's name without titles before it; none where it is a title alone."""
        start = span.start
        while start < span.end and self._is_title_word(start):
            start += 1
        alone = start == span.end and span.end - span.start == 1 and not self._addressed(span.start)
        return range(start if start < span.end or alone else span.end - 1, span.end)

    def _is_title_word(self, i: int) -> bool:
        return self.tokens[i].text.lower().rstrip(".") in self.words.honorific | self.title_words.heads.keys()

    def _addressed(self, i: int) -> bool:
        """Tell a surname such as "King" by the honorific before it."""
        return i > 0 and self.is_honorific(i - 1)
