"""Titles in the text: "Deputy Prime Minister", "the head of the coast guard", "Turkey's then foreign minister".

A title is found around its head noun ("minister"), to the left as far as adjectives and nouns go, to the right over
"of" and "for" phrases. The names of states and organisations inside it say whom it serves and are no part of the role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.link.names import Name
from kb.link.records import Title
from kb.link.titleroles import read_suffix, role_words
from kb.link.titlestarts import Possessor, left_bound, local_body, nominated, read_possessor, unknown_body
from kb.link.titletable import TitleWords
from kb.link.titletails import Tail, read_tail
from kb.link.titlewords import INSIDE, Setting
from kb.link.trees import is_plural
from kb.link.words import Words
from kb.model import Document, Entity


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title on tokens [start, end), its head noun, and whom it serves where the phrase says so.

    `owners` are the states and organisations named in it; `owner_token` is a possessor that is no such name ("his",
    "whose", "the bloc's", "Putin's"). `core_end` is where the phrase ends without its "of" phrases, `core` the role
    without them. A `local` title belongs to a town or region.
    """

    start: int
    end: int
    core_end: int
    head: int
    role: str
    core: str
    kind: str
    status: str
    owners: tuple[Entity, ...] = ()
    owner_token: int | None = None
    definite: bool = False
    plural: bool = False
    gender: str | None = None
    local: bool = False


def find_titles(doc: Document, names: Sequence[Name], title_words: TitleWords, words: Words) -> tuple[TitlePhrase, ...]:
    """Return the titles of a document in text order; they do not overlap."""
    return tuple(_TitleFinder(Setting(doc, names, title_words, words)).titles())


class _TitleFinder:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.tokens = setting.tokens
        self.title_words = setting.title_words

    def titles(self) -> Iterator[TitlePhrase]:
        i, used = 0, 0
        while i < len(self.tokens):
            head = self._head(i)
            if head is None:
                i += 1
                continue
            phrase = self._phrase(i, *head, used)
            yield phrase
            used = i = phrase.end

    # --- head -----------------------------------------------------------------------------------------------------

    def _head(self, i: int) -> tuple[int, Title] | None:
        """Return the end of the title head that begins at token i, and its title; None where there is none."""
        limit = self.setting.doc.sentences[self.tokens[i].sentence].end
        if i in self.setting.person_at:
            return None
        for end in self.setting.stops(i, limit):
            title = self.setting.head_title(i, end)
            if title is not None and not self._continues(end, limit):
                return end, title
        return None

    def _continues(self, end: int, limit: int) -> bool:
        """Tell whether the words go on to a later head: "deputy" in "deputy minister", "defence chief of staff"."""
        if end >= limit or end in self.setting.person_at or self.tokens[end].upos not in INSIDE:
            return False
        if end in self.setting.name_at and self.tokens[end - 1].text.lower() in self.title_words.modifiers:
            return self._heads_behind_names(end, limit)
        following = self.tokens[end]
        stacked = self.setting.words.rank | self.setting.words.stacked
        if following.text.lower().rstrip(".") in stacked and following.text[0].isupper():
            return False
        if any(self.setting.head_title(end, stop) is not None for stop in self.setting.stops(end, limit)):
            return True
        return end + 1 < limit and end + 1 not in self.setting.person_at and self._is_head(end + 1)

    def _heads_behind_names(self, i: int, limit: int) -> bool:
        """Tell whether a head follows the names at token i: "Deputy US Trade Representative"."""
        while i < limit and i in self.setting.name_at:
            i += 1
        return any(
            self.setting.head_title(i, stop) is not None for stop in (self.setting.stops(i, limit) if i < limit else ())
        )

    def _is_head(self, i: int) -> bool:
        return self.setting.head_title(i, i + 1) is not None

    # --- phrase ---------------------------------------------------------------------------------------------------

    def _phrase(self, first: int, end: int, title: Title, used: int) -> TitlePhrase:
        setting = self.setting
        head = end - 1 if first <= self.tokens[first].head < end else first
        left = left_bound(setting, first, max(used, setting.doc.sentences[self.tokens[first].sentence].start))
        body = unknown_body(setting, left, first)
        status, kept = role_words(setting, left, first, end, body)
        core_end, status = read_suffix(setting, end, status)
        tail = read_tail(setting, core_end)
        nominee = nominated(setting, left)
        status = "planned" if nominee is not None else status
        before = read_possessor(setting, left if nominee is None else nominee)
        core = " ".join(self._own_words(kept, title))
        role, kind = self._role(core, title, tail)
        return TitlePhrase(
            before.start,
            tail.end,
            core_end,
            head,
            role,
            core,
            kind,
            status,
            self._owners(left, first, before, body, tail),
            before.token,
            before.definite,
            is_plural(self.tokens[head]),
            title.gender,
            self._is_local(before.start, first, title, tail),
        )

    def _own_words(self, kept: list[str], title: Title) -> list[str]:
        """Leave out the body that a "foreign ministry spokeswoman" speaks for."""
        if title.kind != "spokesperson":
            return kept
        bodies = [i for i, word in enumerate(kept) if word in self.setting.words.bodies]
        return kept[bodies[-1] + 1 :] if bodies else kept

    def _role(self, core: str, title: Title, tail: Tail) -> tuple[str, str]:
        """Return the role and its kind; who speaks "for the presidency" is a spokesman all the same."""
        if title.kind == "spokesperson":
            return self.title_words.normal(core)
        return self.title_words.normal(" ".join([core, *tail.words]))

    def _owners(self, left: int, first: int, before: Possessor, body: range, tail: Tail) -> tuple[Entity, ...]:
        named = [name.actor for name in self.setting.names_in(left, first) if name.actor]
        named += [local_body(self.setting, body)] if body else []
        possessor = [before.owner] if before.owner else []
        return tuple(dict.fromkeys([*possessor, *(named if before.token is None else ()), *tail.owners]))

    def _is_local(self, start: int, first: int, title: Title, tail: Tail) -> bool:
        """Tell whether a title belongs to a town, a region or no government: "mayor", "shadow minister"."""
        unofficial = any(token.text.lower() in self.setting.words.unofficial for token in self.tokens[start:first])
        nowhere = any(name.actor is None for name in self.setting.names_in(start, first))
        return title.kind == "local" or tail.below or unofficial or nowhere
