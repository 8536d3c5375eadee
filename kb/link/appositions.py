"""Names set beside a title: "Iran's president, Hassan Rouhani" and "Fawzi Barhoum, a Hamas spokesman"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.link import trees
from kb.link.clauses import Predicate
from kb.link.names import Name
from kb.link.persons import Persons
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document

_SETS_OFF = (",", "(", "-", "–", "—")
_CLOSES = (",", ".", ";", ")", ":", "—", "–", '"', "”", "''")


class Appositions:
    """Reads the appositions of one document; `partner` are the titles coordinated with another."""

    def __init__(
        self,
        doc: Document,
        titles: Sequence[TitlePhrase],
        persons: Persons,
        words: Words,
        name_at: Mapping[int, Name],
        partner: Mapping[TitlePhrase, TitlePhrase],
    ) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.titles = titles
        self.persons = persons
        self.words = words
        self.name_at = name_at
        self.partner = partner

    def read(self, title: TitlePhrase) -> Predicate | None:
        """Return the person whose name a title is set beside; no status where the title itself gives it."""
        return self._title_comma(title) or self._name_comma(title)

    def skip_ranks(self, i: int) -> int:
        """Return where a name may begin at or behind token i, ranks and honorifics left out."""
        while i < len(self.tokens) and i not in self.persons.at and self._is_rank(i):
            i += 1
        return i

    def _is_rank(self, i: int) -> bool:
        token = self.tokens[i]
        honorific = token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific
        return honorific or token.text == "."

    def _title_comma(self, title: TitlePhrase) -> Predicate | None:
        i = title.end
        if i + 1 >= len(self.tokens) or self.tokens[i].text not in (*_SETS_OFF, ":"):
            return None
        second = next((t for t in self.titles if t.start <= i + 1 < t.core_end), None)
        if second is not None and title.core in self.words.weak_office and not title.owners:
            return None  # "the head of the organisation, Executive Secretary X": the second says it better
        span = self.persons.span_at.get(self._skip_to_name(i + 1, second))
        before = self._name_before(title)
        if span is None or (before is not None and not self._follows_title(before[0])):
            return None
        specific = self._is_specific(title) or (title in self.partner and self._is_specific(self.partner[title]))
        more = title in self.partner and span[1] < len(self.tokens) and self.tokens[span[1]].text == "and"
        if (specific and (more or self._is_closed(span[1], i))) or self._is_apposed(span, title):
            return Predicate(span, None, "office.title-comma")
        return None

    def _follows_title(self, start: int) -> bool:
        """Tell whether a name has a title before its comma: "the king of Mali, X, the king of Chad, Y"."""
        return any(
            title.end + 1 < len(self.tokens)
            and self.tokens[title.end].text == ","
            and self.skip_ranks(title.end + 1) == start
            for title in self.titles
        )

    def _is_specific(self, title: TitlePhrase) -> bool:
        return bool(title.definite or title.owners or title.owner_token is not None or title.end > title.core_end)

    def _is_closed(self, end: int, comma: int) -> bool:
        """Tell whether a name ends its apposition: a comma, the sentence's end or a verb of saying follows."""
        if end >= len(self.tokens) or self.tokens[end].sentence != self.tokens[comma].sentence:
            return True
        return self.tokens[end].text in _CLOSES or self.tokens[end].lemma.lower() in self.words.speech

    def _skip_to_name(self, i: int, second: TitlePhrase | None) -> int:
        """Step over ranks, a second title ("the envoy, former minister X") and a home state ("Sweden's X")."""
        if second is not None:
            return self.skip_ranks(second.core_end)
        name = self.name_at.get(i)
        if name is not None and name.end < len(self.tokens) and self.tokens[name.end].text in trees.POSSESSIVES:
            return name.end + 1
        return self.skip_ranks(i)

    def _is_apposed(self, span: tuple[int, int], title: TitlePhrase) -> bool:
        tokens = self.tokens[span[0] : span[1]]
        return any(token.head == title.head and token.dep in ("appos", "flat") for token in tokens)

    def _name_before(self, title: TitlePhrase) -> tuple[int, int] | None:
        """Return the span of the name that the title follows, set off by a comma, bracket or dash."""
        i = title.start - 1
        while i > 1 and self.tokens[i].text.lower() in self.words.calendar | self.words.since:
            i -= 1
        if i < 1 or self.tokens[i].text not in _SETS_OFF:
            return None
        span = self.persons.span_at.get(i - 1)
        return span if span is not None and span[1] == i else None

    def _name_comma(self, title: TitlePhrase) -> Predicate | None:
        head = self.tokens[title.head]
        if title.owner_token is not None and self.tokens[title.owner_token].xpos == "WP$":
            return None
        span = self._name_before(title)
        if span is None and head.dep == "appos" and self.tokens[head.head].sentence == head.sentence:
            span = self.persons.span_at.get(head.head)
        if span is None or (head.dep in trees.SUBJECTS and not self._is_enclosed(title)):
            return None
        status = "occurred" if self._is_past(span[1], title.start) else None
        return Predicate(span, status, "office.name-comma")

    def _is_enclosed(self, title: TitlePhrase) -> bool:
        return title.end < len(self.tokens) and self.tokens[title.end].text in (",", ")", ";", ".")

    def _is_past(self, start: int, end: int) -> bool:
        """Tell "X, until last year consul general" from what holds now."""
        return any(token.text.lower() in ("until", "once", "formerly") for token in self.tokens[start:end])
