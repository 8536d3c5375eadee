"""What follows a title: "of" and "for" phrases that complete the role or say whom it serves."""

from __future__ import annotations

from dataclasses import dataclass

from kb.link.names import Name, slug
from kb.link.titlewords import INSIDE, Setting
from kb.link.trees import POSSESSIVES, is_plural, joined
from kb.model import Entity, EntityKind

_SERVING = frozenset({"of", "for"})
_PLACING = frozenset({"in", "at"})
_PREPOSITIONS = _SERVING | _PLACING | {"to", "on"}


_TITLE = 3
"""Words that the title of a person in an "of" phrase has at most."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The phrases behind a title: where they end, the words they add to the role, whom they name as served.

    `below` tells that the office is one of a town, region or firm: "president of the Lombardy region".
    """

    end: int
    words: tuple[str, ...] = ()
    owners: tuple[Entity, ...] = ()
    below: bool = False


def read_tail(setting: Setting, core_end: int) -> Tail:
    """Return the prepositional phrases that begin at token `core_end`."""
    reader = _TailReader(setting)
    reader.read(core_end)
    return Tail(reader.end, tuple(reader.added), tuple(reader.owners), reader.below)


class _TailReader:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.tokens = setting.tokens
        self.added: list[str] = []
        self.owners: list[Entity] = []
        self.below = False
        self.end = 0

    def read(self, end: int) -> None:
        """Read phrase after phrase."""
        self.end = end
        limit = self.setting.doc.sentences[self.tokens[end - 1].sentence].end
        while self.end < limit and self.tokens[self.end].text in _PREPOSITIONS:  # not the "To" of President To Lam
            preposition = self.tokens[self.end].text
            start, stop = self.end + 1, self._noun_phrase(self.end + 1, limit)
            names = [n for n in self.setting.names_in(start, stop) if n.actor or n.place]
            if (
                stop == start
                or self._titled(start, stop)
                or (preposition not in _SERVING and not self._completes(preposition, start, names))
            ):
                return
            self._take(preposition, start, stop, names)
            self.end = stop
            if preposition in _PLACING:
                return

    def _titled(self, start: int, stop: int) -> bool:
        """Tell the person in "a spokesman for President Obama" from a body that is served."""
        person = stop in self.setting.person_at
        return person and self.setting.head_title(stop - 1, stop) is not None and stop - start <= _TITLE

    def _take(self, preposition: str, start: int, stop: int, names: list[Name]) -> None:
        """Note the owners in a phrase; one without a name belongs to the role."""
        head = self.tokens[stop - 1]
        served = preposition in _SERVING or (preposition == "to" and self._is_title(stop))
        if served and names:
            chamber = self._chamber(start, stop, names)
            self.owners.extend([chamber] if chamber else [n.actor for n in names if n.actor])
            self.below = self.below or (preposition == "of" and any(n.actor is None for n in names))
        elif not names:
            self.added += [preposition, *self._plain(start, stop)]
        self.below = self.below or head.text.lower() in self.setting.words.local or self._is_private(start, stop)

    def _is_title(self, stop: int) -> bool:
        """Tell the "to" of "adviser to Ukraine's president" from that of "ambassador to Ukraine"."""
        return self.setting.head_title(stop - 1, stop) is not None

    def _is_private(self, start: int, stop: int) -> bool:
        """Tell the firm or club in "chairwoman of the Swedish chipmaker Norrtek"."""
        nouns = (self.tokens[i].lemma.lower() for i in range(start, stop) if i not in self.setting.name_at)
        return not self.setting.words.private.isdisjoint(nouns)

    def _chamber(self, start: int, stop: int, names: list[Name]) -> Entity | None:
        """Return the body in "president of the Bolivian Senate": a role that makes no sense with the state."""
        last, head = names[-1], self.tokens[stop - 1]
        first = names[0].start
        if last.end >= stop or head.lemma.lower() not in self.setting.words.chamber or len(names) > 1:
            return None
        name = self.setting.doc.words(first, stop)
        state = last.actor.code if last.actor else None
        return Entity(f"organisation/{slug(name)}", EntityKind.ORGANISATION, name, state=state)

    def _completes(self, preposition: str, start: int, names: list[Name]) -> bool:
        """Tell the post and subject in "envoy to Oslo", "rapporteur on human rights" from adjuncts ("on Monday")."""
        if preposition in _PLACING or names:
            return bool(names) and names[0].start <= start + 1
        return self.tokens[start].upos != "PROPN" and (preposition == "on" or self.tokens[start].text == "the")

    def _plain(self, start: int, stop: int) -> list[str]:
        words: list[str] = []
        for i in range(start, stop):
            token = self.tokens[i]
            if token.upos == "DET":
                continue
            if words and joined(self.tokens[i - 1], token):
                words[-1] += token.text.lower().replace("’", "'")
            else:
                words.append(token.text.lower())
        return words

    # --- noun phrases ---------------------------------------------------------------------------------------------

    def _noun_phrase(self, start: int, limit: int) -> int:
        """Return the end of the noun phrase that begins at token `start`."""
        i = start
        while i < limit and self._is_inside(i, start, limit) and not (i > start and self._begins_person(i)):
            i += 1
        return i

    def _is_inside(self, i: int, start: int, limit: int) -> bool:
        token = self.tokens[i]
        if i in self.setting.name_at:
            return True
        if i in self.setting.person_at:
            return False
        if token.dep == "cc":
            return i > start and (self._coordinates(i, limit) or self._enumerates(i, start))
        if token.text == ",":
            return self._enumerates(i, start)
        if token.text == "-":
            return joined(self.tokens[i - 1], token)
        determiner = token.upos == "DET" and (i == start or self._enumerates(i, start))
        participle = token.upos == "VERB" and token.dep == "amod"
        return (
            token.upos in INSIDE or token.upos == "NUM" or token.text in (*POSSESSIVES, "&") or determiner or participle
        )

    def _begins_person(self, i: int) -> bool:
        """Tell whether an honorific at token i goes with a name behind it."""
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return self.setting.is_honorific(i) and following is not None and following.text[0].isupper()

    def _enumerates(self, i: int, start: int) -> bool:
        """Tell a comma, "and" or article inside "the ministers of Egypt, Jordan and the UAE": several officials."""
        before, behind = self._beside(i, -1), self._beside(i, 1)
        name = self.setting.name_at.get(behind)
        if name is None or name.actor is None or before < start or not is_plural(self.tokens[start - 2]):
            return False
        head = self.tokens[name.head]
        return before in self.setting.name_at and head.dep == "conj" and start <= head.head < i

    def _beside(self, i: int, step: int) -> int:
        """Return the nearest token before or behind token i that is no comma, "and" or article."""
        k = i + step
        while 0 <= k < len(self.tokens) and (self.tokens[k].text == "," or self._is_small(k)):
            k += step
        return k

    def _is_small(self, i: int) -> bool:
        return self.tokens[i].dep == "cc" or self.tokens[i].upos == "DET"

    def _coordinates(self, i: int, limit: int) -> bool:
        """Tell the "and" of "foreign affairs and trade" from one between two people."""
        if i + 1 >= limit or i + 1 in self.setting.person_at:
            return False
        both = self.tokens[i - 1].upos in INSIDE and self.tokens[i + 1].upos in INSIDE
        return both and self.setting.head_title(i + 1, i + 2) is None
