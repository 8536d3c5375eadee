"""Titles in the text: "Deputy Prime Minister", "the head of the coast guard", "Turkey's then foreign minister".

A title is found around its head noun ("minister"), to the left as far as adjectives and nouns go, to the right over
"of" and "for" phrases. The names of states and organisations inside it say whom it serves and are no part of the role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.link.names import Name, slug
from kb.link.records import Title
from kb.link.titletails import Tail, read_tail
from kb.link.titlewords import INSIDE, Setting, TitleWords
from kb.link.trees import POSSESSIVES, is_plural, joined
from kb.link.words import Words
from kb.model import Document, Entity, EntityKind, Token


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


@dataclass(frozen=True, slots=True)
class _Possessor:
    """What stands before a title: where the phrase then begins, whom it names, whether it makes it definite."""

    start: int
    token: int | None = None
    owner: Entity | None = None
    definite: bool = False


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
        for end in range(min(i + self.title_words.longest, limit), i, -1):
            title = self.setting.head_title(i, end)
            if title is not None and not self._continues(end, limit):
                return end, title
        return None

    def _continues(self, end: int, limit: int) -> bool:
        """Tell whether the words go on to a later head: "deputy" in "deputy minister", "defence chief of staff"."""
        if end >= limit or end in self.setting.person_at or self.tokens[end].upos not in INSIDE:
            return False
        following = self.tokens[end]
        if following.text.lower().rstrip(".") in self.setting.words.rank and following.text[0].isupper():
            return False
        stops = range(end + 1, min(end + self.title_words.longest, limit) + 1)
        if any(self.setting.head_title(end, stop) is not None for stop in stops):
            return True
        return end + 1 < limit and end + 1 not in self.setting.person_at and self._is_head(end + 1)

    def _is_head(self, i: int) -> bool:
        return self.setting.head_title(i, i + 1) is not None

    # --- phrase ---------------------------------------------------------------------------------------------------

    def _phrase(self, first: int, end: int, title: Title, used: int) -> TitlePhrase:
        head = end - 1 if first <= self.tokens[first].head < end else first
        left = self._left(first, max(used, self.setting.doc.sentences[self.tokens[first].sentence].start))
        body = self._unknown_body(left, first)
        status, kept = self._role_words(left, first, end, body)
        core_end, status = self._after(end, status)
        tail = read_tail(self.setting, core_end)
        before = self._possessor(left)
        core = " ".join(kept)
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

    def _role(self, core: str, title: Title, tail: Tail) -> tuple[str, str]:
        """Return the role and its kind; who speaks "for the presidency" is a spokesman all the same."""
        if title.kind == "spokesperson":
            return self.title_words.normal(core)
        return self.title_words.normal(" ".join([core, *tail.words]))

    def _owners(self, left: int, first: int, before: _Possessor, body: range, tail: Tail) -> tuple[Entity, ...]:
        named = [name.actor for name in self.setting.names_in(left, first) if name.actor]
        named += [self._body(body)] if body else []
        possessor = [before.owner] if before.owner else []
        return tuple(dict.fromkeys([*possessor, *(named if before.token is None else ()), *tail.owners]))

    def _is_local(self, start: int, first: int, title: Title, tail: Tail) -> bool:
        """Tell whether a title belongs to a town or region: "Virginia's attorney general", "mayor"."""
        return title.kind == "local" or tail.below or any(n.actor is None for n in self.setting.names_in(start, first))

    # --- to the left ----------------------------------------------------------------------------------------------

    def _left(self, i: int, limit: int) -> int:
        while i - 1 >= limit and self._belongs(i - 1, i):
            i -= 1
        return i

    def _belongs(self, k: int, right: int) -> bool:
        """Tell whether token k is part of the title that goes on at token `right`."""
        token, following = self.tokens[k], self.tokens[right]
        name = self.setting.name_at.get(k)
        if name is not None:
            return not name.modifier
        if token.text.lower() in self.setting.words.calendar:
            return False
        if k in self.setting.person_at:
            return self.setting.is_lone_name(k) and _modifies(token, right) and not following.text[0].isupper()
        if token.text in ("-", "."):
            glued = k > 0 and joined(self.tokens[k - 1], token)
            return glued and (joined(token, following) if token.text == "-" else self.tokens[k - 1].text[0].isupper())
        if token.dep == "cc":
            return self._joins_domains(k, right)
        if token.text.lower() in self.title_words.modifiers:
            return token.dep != "advmod" or token.text.lower() == "then"
        return self._describes(token, following)

    def _describes(self, token: Token, following: Token) -> bool:
        """Tell whether a word that is no name belongs to the title by its part of speech, relation and case."""
        if token.upos not in INSIDE and not (token.dep == "amod" and token.upos == "VERB"):
            return False
        if token.upos == "NOUN" and token.text[0].islower() and following.text[0].isupper():
            return False
        return token.i < token.head or token.dep in ("compound", "amod")

    def _joins_domains(self, k: int, right: int) -> bool:
        """Tell the "and" of "interior and justice minister" from the one between two people or clauses."""
        before = self.tokens[k - 1]
        if k - 1 in self.setting.name_at:
            return right in self.setting.name_at and before.dep in ("amod", "compound")
        same_case = before.text[0].isupper() == self.tokens[right].text[0].isupper()
        inside = before.upos in INSIDE and before.dep in ("amod", "compound", "conj", "nmod")
        return inside and same_case and not self._is_head(k - 1)

    def _unknown_body(self, left: int, first: int) -> range:
        """Return the capitalised words before a lower-case title: "Tondar spokesman", "Civil Defense Authority director".

        They are a body that neither the gazetteer nor the model knows, unless they begin the sentence as a common word.
        """
        if self.tokens[first].text[0].isupper():
            return range(0)
        start = first
        while start > left and self._is_unknown_name(start - 1):
            start -= 1
        return range(start, first)

    def _is_unknown_name(self, i: int) -> bool:
        token = self.tokens[i]
        known = i in self.setting.name_at or token.text.lower() in self.title_words.modifiers
        return token.text[0].isupper() and token.upos == "PROPN" and not known

    def _body(self, span: range) -> Entity:
        name = self.setting.doc.words(span.start, span.stop)
        return Entity(f"organisation/{slug(name)}", EntityKind.ORGANISATION, name)

    # --- role -----------------------------------------------------------------------------------------------------

    def _role_words(self, start: int, first: int, end: int, body: range) -> tuple[str, list[str]]:
        """Return the status that the modifiers give, and the words of the role."""
        status, kept = "ongoing", list[str]()
        for i in range(start, end):
            word = self.tokens[i].text.lower().replace("’", "'")
            if word.startswith("ex-"):
                status, word = "occurred", word[3:]
            if i in self.setting.name_at or i in body or self._is_creed(i, first):
                continue
            modifier = self.title_words.modifiers.get(word) if i < end - 1 else None
            if modifier is not None:
                status = modifier.status if modifier.status != "ongoing" else status
                if not modifier.in_role or (word == "first" and not self._is_second_in_rank(i + 1)):
                    continue
            self._append(kept, i, end, word)
        return status, kept

    def _append(self, kept: list[str], i: int, end: int, word: str) -> None:
        if word in (".", "'s") or (not kept and (word == "-" or self.tokens[i].dep == "cc")):
            return
        if kept and (word == "-" or kept[-1].endswith("-")) and joined(self.tokens[i - 1], self.tokens[i]):
            kept[-1] += word
        else:
            kept.append(self._singular(i) if i == end - 1 else word)

    def _is_creed(self, i: int, first: int) -> bool:
        """Tell a capitalised adjective that is no part of a lower-case role: "a Shiite member of parliament"."""
        token = self.tokens[i]
        begins = i == 0 or self.tokens[i - 1].sentence != token.sentence
        capital = token.upos == "ADJ" and token.text[0].isupper() and not begins
        return capital and self.tokens[first].text[0].islower()

    def _is_second_in_rank(self, i: int) -> bool:
        return self.tokens[i].text.lower() in ("vice", "deputy")

    def _singular(self, i: int) -> str:
        token = self.tokens[i]
        plural = is_plural(token) and token.lemma.lower() in self.title_words.heads
        return (token.lemma if plural else token.text).lower().removeprefix("ex-").replace("’", "'")

    def _after(self, end: int, status: str) -> tuple[int, str]:
        """Read "-elect", "designate" and "nominee" after the head."""
        tokens = self.tokens
        hyphen = end + 1 < len(tokens) and tokens[end].text == "-" and joined(tokens[end - 1], tokens[end])
        k = end + 1 if hyphen else end
        modifier = self.title_words.modifiers.get(tokens[k].text.lower()) if k < len(tokens) else None
        return (k + 1, modifier.status) if modifier is not None and modifier.after else (end, status)

    # --- possessor ------------------------------------------------------------------------------------------------

    def _possessor(self, start: int) -> _Possessor:
        """Read what stands before the phrase: article, possessive pronoun, possessor."""
        before = self.tokens[start - 1] if start else None
        if before is None or before.sentence != self.tokens[start].sentence:
            return _Possessor(start)
        if before.i in self.setting.person_at and before.i not in self.setting.name_at and _modifies(before, start):
            return _Possessor(start - 1, before.i, definite=True)
        if before.xpos in ("PRP$", "WP$"):
            return _Possessor(start - 1, before.i, definite=True)
        if before.text in POSSESSIVES and start >= 2:
            return self._genitive(start - 2)
        article = before.upos == "DET"
        return _Possessor(start - article, definite=article and before.text.lower() in ("the", "this", "that"))

    def _genitive(self, i: int) -> _Possessor:
        name = self.setting.name_at.get(i)
        if name is not None and name.actor is not None:
            return _Possessor(name.start, owner=name.actor, definite=True)
        return _Possessor(name.start if name else i, i, definite=True)


def _modifies(token: Token, start: int) -> bool:
    """Tell the name in "Trump spokesman Miller" from one that merely stands before a title."""
    return token.dep in ("compound", "nmod:poss") and token.head >= start
