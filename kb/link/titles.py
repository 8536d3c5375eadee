"""Titles in the text: "Deputy Prime Minister", "the head of the coast guard", "Turkey's then foreign minister".

A title is found around its head noun ("minister"), to the left as far as adjectives and nouns go, to the right over
"of" and "for" phrases. The names of states and organisations inside it say whom it serves and are no part of the role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.link.names import Name
from kb.link.trees import joined
from kb.link.records import Modifier, Title
from kb.link.words import Words
from kb.model import Document, Entity, NameSpan, Token

_POSSESSIVE = ("'s", "’s", "'", "’")
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
_SERVING = frozenset({"of", "for"})
_PLACING = frozenset({"in", "at"})
_PREPOSITIONS = _SERVING | _PLACING | {"to", "on"}
_MAX_HEAD = 3


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title on tokens [start, end), its head noun, and whom it serves where the phrase says so.

    `owners` are the states and organisations named in it; `owner_token` is a possessor that is no such name ("his",
    "whose", "the bloc's", "Putin's"). `core_end` is where the phrase ends without its "of" phrases. A `local` title belongs to a city or region.
    """

    start: int
    end: int
    core_end: int
    head: int
    role: str
    kind: str
    status: str
    owners: tuple[Entity, ...] = ()
    owner_token: int | None = None
    definite: bool = False
    plural: bool = False
    gender: str | None = None
    local: bool = False


class TitleWords:
    """The titles and modifiers of the gazetteer, looked up by the words they end in."""

    def __init__(self, titles: Sequence[Title], modifiers: Sequence[Modifier]) -> None:
        self.titles: dict[str, Title] = {}
        for title in titles:
            for name in (title.name, *title.names):
                self.titles.setdefault(name, title)
        self.heads: dict[str, Title] = {}
        for name, title in self.titles.items():
            if len(name.split()) == 1 or title.name == name:
                self.heads.setdefault(name, title)
        self.modifiers = {m.name: m for m in modifiers}

    def normal(self, role: str) -> tuple[str, str]:
        """Return the short form of a role ("minister of foreign affairs": "foreign minister") and its kind."""
        title = self.titles.get(role)
        if title is None:
            return role, self.kind(role)
        return title.role or title.name, title.kind

    def kind(self, role: str) -> str:
        """Return the kind of office of the longest known title that the role ends in."""
        words = role.split(" of ")[0].split(" for ")[0].split()
        for start in range(len(words)):
            title = self.titles.get(" ".join(words[start:]))
            if title is not None:
                below = start > 0 and words[start - 1] in ("deputy", "vice") and title.kind in ("head-of-state", "head-of-government")
                return "minister" if below else title.kind
        return "official"


def find_titles(doc: Document, names: Sequence[Name], title_words: TitleWords, words: Words) -> tuple[TitlePhrase, ...]:
    """Return the titles of a document in text order; they do not overlap."""
    return tuple(_TitleFinder(doc, names, title_words, words).titles())


class _TitleFinder:
    def __init__(self, doc: Document, names: Sequence[Name], title_words: TitleWords, words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.title_words = title_words
        self.words = words
        self.name_at: Mapping[int, Name] = {i: name for name in names for i in range(name.start, name.end)}
        self.person_at = {i for span in doc.names if span.label == "PER" for i in self._bare(span)}
        self.organisation_at = {
            i: (span.start, span.end)
            for span in doc.names
            if span.label == "ORG"
            for i in range(span.start, span.end)
        }

    def _bare(self, span: NameSpan) -> range:
        """Return the tokens of a person's name without the titles the model took along."""
        start = span.start
        while start < span.end - 1 and self.tokens[start].text.lower().rstrip(".") in self.words.honorific | self.title_words.heads.keys():
            start += 1
        return range(start, span.end)

    def titles(self) -> Iterator[TitlePhrase]:
        i, used = 0, 0
        while i < len(self.tokens):
            head = self._head(i)
            if head is None:
                i += 1
                continue
            end, title = head
            phrase = self._phrase(i, end, title, used)
            yield phrase
            used = i = phrase.end

    # --- head -----------------------------------------------------------------------------------------------------

    def _head(self, i: int) -> tuple[int, Title] | None:
        """Return the end of the title head that begins at token i, and its title; None where there is none."""
        limit = self.doc.sentences[self.tokens[i].sentence].end
        if i in self.person_at:
            return None
        for length in range(_MAX_HEAD, 0, -1):
            if i + length <= limit:
                title = self._known(i, i + length)
                if title is not None and not self._continues(i + length, limit):
                    return i + length, title
        return None

    def _known(self, start: int, end: int) -> Title | None:
        last = self.tokens[end - 1]
        if end - start == 1 and (last.upos not in _INSIDE or not last.text[0].isalpha()):
            return None
        text = self._text(start, end)
        stripped = text.removeprefix("ex-")
        singular = self._text(start, end, lemma=True).removeprefix("ex-")
        for form in (stripped, singular, stripped.rpartition("-")[2]):
            title = self.title_words.heads.get(form)
            if title is not None:
                return title
        return None

    def _text(self, start: int, end: int, *, lemma: bool = False) -> str:
        parts = []
        for i in range(start, end):
            token = self.tokens[i]
            word = token.lemma.lower() if lemma and i == end - 1 and token.xpos in ("NNS", "NNPS") else token.text.lower()
            glue = "" if not parts or joined(self.tokens[i - 1], token) else " "
            parts.append(glue + word.replace("’", "'"))
        return "".join(parts)

    def _continues(self, end: int, limit: int) -> bool:
        """Tell whether the words go on to a later head: "deputy" in "deputy minister", "defence chief of staff"."""
        if end >= limit:
            return False
        nxt = self.tokens[end]
        if nxt.upos not in _INSIDE or nxt.i in self.person_at:
            return False
        if nxt.text.lower().rstrip(".") in self.words.rank and nxt.text[0].isupper():
            return False
        return any(
            self._known(end, end + n) is not None for n in range(1, _MAX_HEAD + 1) if end + n <= limit
        ) or (end + 1 < limit and self.tokens[end + 1].i not in self.person_at and self._known(end + 1, end + 2) is not None)

    # --- phrase ---------------------------------------------------------------------------------------------------

    def _phrase(self, first: int, end: int, title: Title, used: int) -> TitlePhrase:
        head = end - 1 if self.tokens[first].head >= first and self.tokens[first].head < end else first
        start = self._left(first, max(used, self.doc.sentences[self.tokens[first].sentence].start))
        owners = [name.actor for name in self._names(start, first) if name.actor]
        status, kept = self._role_words(start, end)
        core_end, status = self._after(end, status)
        phrase_end, tail, more = self._prepositions(core_end)
        start, owner_token, possessor, definite = self._possessor(start)
        role, kind = self.title_words.normal(" ".join([*kept, *tail]))
        owners = [*possessor, *(owners if owner_token is None else ()), *more]
        return TitlePhrase(
            start, phrase_end, core_end, head, role, kind, status, tuple(dict.fromkeys(owners)), owner_token, definite,
            self.tokens[head].xpos in ("NNS", "NNPS"), title.gender, self._is_local(start, first, core_end, phrase_end, tail),
        )

    def _is_local(self, start: int, first: int, core_end: int, end: int, tail: list[str]) -> bool:
        """Tell whether a title belongs to a town or region: "Virginia's attorney general"."""
        of_phrase = self._names(core_end, end) if core_end < end and self.tokens[core_end].text.lower() == "of" else []
        names = [*self._names(start, first), *of_phrase]
        return any(n.actor is None for n in names) or bool(self.words.local & set(tail))

    def _left(self, i: int, limit: int) -> int:
        while i - 1 >= limit and self._belongs(i - 1, i):
            i -= 1
        return i

    def _belongs(self, k: int, right: int) -> bool:
        """Tell whether token k is part of the title that goes on at token `right`."""
        token = self.tokens[k]
        if k in self.person_at and k not in self.name_at:
            return False
        if token.text == "-":
            return k > 0 and joined(self.tokens[k - 1], token) and joined(token, self.tokens[right])
        if token.text == ".":
            return k > 0 and joined(self.tokens[k - 1], token) and self.tokens[k - 1].text[0].isupper()
        if k in self.name_at:
            return not self.name_at[k].modifier
        if token.dep == "cc":
            return self._joins_domains(k, right)
        if token.text.lower() in self.title_words.modifiers:
            return token.dep != "advmod" or token.text.lower() == "then"
        if token.upos not in _INSIDE and not (token.dep == "amod" and token.upos == "VERB"):
            return False
        if token.upos == "NOUN" and token.text[0].islower() and self.tokens[right].text[0].isupper():
            return False
        return k < token.head or token.dep in ("compound", "amod")

    def _joins_domains(self, k: int, right: int) -> bool:
        """Tell the "and" of "interior and justice minister" from the one between two people or clauses."""
        before = self.tokens[k - 1]
        if k - 1 in self.name_at and right in self.name_at:
            return before.dep in ("amod", "compound")
        same_case = before.text[0].isupper() == self.tokens[right].text[0].isupper()
        title_before = self._known(k - 1, k) is not None
        return before.upos in _INSIDE and same_case and not title_before and before.dep in ("amod", "compound", "conj", "nmod") and k - 1 not in self.name_at

    def _names(self, start: int, end: int) -> list[Name]:
        return list(dict.fromkeys(self.name_at[i] for i in range(start, end) if i in self.name_at))

    def _role_words(self, start: int, end: int) -> tuple[str, list[str]]:
        """Return the status that the modifiers give, and the words of the role."""
        status, kept = "ongoing", []
        for i in range(start, end):
            word = self.tokens[i].text.lower().replace("’", "'")
            modifier = self.title_words.modifiers.get(word)
            if word.startswith("ex-"):
                status, word = "occurred", word[3:]
            if i in self.name_at:
                continue
            if modifier is not None and i < end - 1:
                status = modifier.status if modifier.status != "ongoing" else status
                if not modifier.in_role or (word == "first" and self.tokens[i + 1].text.lower() not in ("vice", "deputy")):
                    continue
            if word in (".", "'s") or (word == "-" and not kept):
                continue
            glued = kept and (word == "-" or (kept[-1].endswith("-"))) and joined(self.tokens[i - 1], self.tokens[i])
            if glued:
                kept[-1] += word
            else:
                kept.append(self._singular(i) if i == end - 1 else word)
        return status, kept

    def _singular(self, i: int) -> str:
        token = self.tokens[i]
        plural = token.xpos in ("NNS", "NNPS") and token.lemma.lower() in self.title_words.heads
        word = token.lemma if plural else token.text
        return word.lower().removeprefix("ex-").replace("’", "'")

    def _after(self, end: int, status: str) -> tuple[int, str]:
        """Read "-elect", "designate" and "nominee" after the head."""
        tokens = self.tokens
        k = end + 1 if end + 1 < len(tokens) and tokens[end].text == "-" and joined(tokens[end - 1], tokens[end]) else end
        if k < len(tokens):
            modifier = self.title_words.modifiers.get(tokens[k].text.lower())
            if modifier is not None and modifier.after:
                return k + 1, modifier.status
        return end, status

    def _possessor(self, start: int) -> tuple[int, int | None, list[Entity], bool]:
        """Read what stands before the phrase: article, possessive pronoun, possessor."""
        if start == 0:
            return start, None, [], False
        before = self.tokens[start - 1]
        if before.sentence != self.tokens[start].sentence:
            return start, None, [], False
        if before.i in self.person_at and before.i not in self.name_at and self._modifies(before, start):
            return start - 1, start - 1, [], True
        if before.xpos in ("PRP$", "WP$"):
            return start - 1, start - 1, [], True
        if before.text in _POSSESSIVE and start >= 2:
            owner = start - 2
            name = self.name_at.get(owner)
            first = name.start if name else owner
            if name is not None and name.actor is not None:
                return first, None, [name.actor], True
            return first, owner, [], True
        definite = before.upos == "DET" and before.text.lower() in ("the", "this", "that")
        return start - (before.upos == "DET"), None, [], definite

    def _modifies(self, token: Token, start: int) -> bool:
        """Tell the name in "Trump spokesman Miller" from one that merely stands before a title."""
        return token.dep in ("compound", "nmod:poss") and token.head >= start

    # --- prepositional phrases ------------------------------------------------------------------------------------

    def _prepositions(self, end: int) -> tuple[int, list[str], list[Entity]]:
        """Return where the "of" and "for" phrases end, the words they add to the role, and the owners in them."""
        tail: list[str] = []
        owners: list[Entity] = []
        limit = self.doc.sentences[self.tokens[end - 1].sentence].end
        while end < limit and self.tokens[end].text.lower() in _PREPOSITIONS:
            preposition = self.tokens[end].text.lower()
            stop = self._noun_phrase(end + 1, limit)
            names = [n for n in self._names(end + 1, stop) if n.actor or n.place]
            if stop == end + 1 or (preposition not in _SERVING and not self._completes(preposition, end + 1, names)):
                break
            if preposition in _SERVING and names:
                owners.extend(n.actor for n in names if n.actor)
            elif not names:
                tail += [preposition, *self._plain(end + 1, stop)]
            end = stop
            if preposition in _PLACING:
                break
        return end, tail, owners

    def _completes(self, preposition: str, start: int, names: list[Name]) -> bool:
        """Tell the post and subject in "envoy to Oslo", "rapporteur on human rights" from adjuncts ("on Monday")."""
        if preposition in _PLACING or names:
            return bool(names) and names[0].start <= start + 1
        return self.tokens[start].upos != "PROPN" and (preposition == "on" or self.tokens[start].text == "the")

    def _plain(self, start: int, stop: int) -> list[str]:
        return [self.tokens[i].text.lower() for i in range(start, stop) if self.tokens[i].upos != "DET"]

    def _noun_phrase(self, i: int, limit: int) -> int:
        """Return the end of the noun phrase that begins at token i."""
        start = i
        while i < limit:
            token = self.tokens[i]
            if i in self.person_at and i not in self.name_at:
                break
            inner = token.upos in _INSIDE or token.upos == "NUM" or token.text in (*_POSSESSIVE, "&")
            inner = inner or (token.upos == "DET" and i == start) or (token.upos == "VERB" and token.dep == "amod")
            inner = inner or (token.text == "-" and joined(self.tokens[i - 1], token)) or i in self.name_at
            inner = inner or (token.dep == "cc" and i > start and self._coordinates(i, limit))
            if not inner or (i > start and self._honorific(i)):
                break
            i += 1
        return i

    def _honorific(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific and i + 1 < len(self.tokens) and self.tokens[i + 1].text[0].isupper()

    def _coordinates(self, i: int, limit: int) -> bool:
        nxt = self.tokens[i + 1] if i + 1 < limit else None
        return nxt is not None and nxt.upos in _INSIDE and nxt.i not in self.person_at and self.tokens[i - 1].upos in _INSIDE and self._head(i + 1) is None
