"""Offices the text gives to persons, from the constructions that join a title and a name.

    office.title-name     Russian Foreign Minister Sergey Lavrov
    office.title-comma    Iran's president, Hassan Rouhani, ...
    office.name-comma     Fawzi Barhoum, a Hamas spokesman
    office.copula         Baird is environment minister; the first ambassador will be Vaca
    office.as             was elected as president; resigned as foreign minister
    office.verb           Anan, who heads the agency
    office.counterpart    his French counterpart, Solène Kervella
    office.deputy         her deputy, Ruben Casals

A `Holding` is such a find before it is known whom the office serves. The last two are read in `kb.link.settle`, once
the office of the other person is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.link.appositions import Appositions
from kb.link.clauses import ClauseReader, Predicate
from kb.link.leading import LeadingVerbs
from kb.link.names import Name
from kb.link.persons import Person, Persons
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity


@dataclass(frozen=True)
class Holding:
    """A person holding an office, on tokens [start, end).

    `owners` and `owner_token` are those of the title, with the state in "King Hamad of Bahrain".
    """

    person: Person
    title: TitlePhrase
    role: str
    status: str
    start: int
    end: int
    rule: str
    owners: tuple[Entity, ...] = ()
    owner_token: int | None = None


def find_holdings(
    doc: Document,
    names: Sequence[Name],
    titles: Sequence[TitlePhrase],
    persons: Persons,
    words: Words,
    civil: Set[str] = frozenset(),
) -> list[Holding]:
    """Return every title-name pair of the document, in text order; `civil` are the codes of private bodies."""
    return list(_Finder(doc, names, titles, persons, words, civil).holdings())


class _Finder:
    def __init__(
        self,
        doc: Document,
        names: Sequence[Name],
        titles: Sequence[TitlePhrase],
        persons: Persons,
        words: Words,
        civil: Set[str],
    ) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.titles = titles
        self.persons = persons
        self.words = words
        self.civil = civil
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.clauses = ClauseReader(doc, persons, words)
        self.partner = self._coordinated()
        self.appositions = Appositions(doc, titles, persons, words, self.name_at, self.partner)

    def holdings(self) -> Iterator[Holding]:
        """Yield the holdings title by title."""
        for title in self.titles:
            if self._is_public(title):
                found = list(self._of_title(title))
                others = list(self._shared(title, found))
                second = self._respective(title, found[0]) if others else None
                yield from found if second is None else [replace(second, owners=second.owners or found[0].owners)]
                yield from others
        verbs = LeadingVerbs(self.doc, self.words, self.name_at)
        for title, verb, status in verbs.titles():
            predicate = self.clauses.led_by(verb, status)
            if predicate is not None:
                yield self._predicated(title, predicate)

    def _of_title(self, title: TitlePhrase) -> Iterator[Holding]:
        before = list(self._before_names(title))
        yield from before
        beside = self._beside(title) if not before else None
        if beside is not None:
            yield beside
            if title.plural and beside.rule == "office.title-comma":
                yield from self._more_names(title, beside.end)

    def _beside(self, title: TitlePhrase) -> Holding | None:
        """Return the holding of a title that does not stand right before the name."""
        predicate = self.appositions.read(title) or self.clauses.copula(title) or self.clauses.complement(title)
        return self._predicated(title, predicate) if predicate is not None else None

    def _predicated(self, title: TitlePhrase, predicate: Predicate) -> Holding:
        return self._holding(title, predicate.subject, predicate.rule, predicate.status)

    # --- two offices of one person --------------------------------------------------------------------------------

    def _coordinated(self) -> dict[TitlePhrase, TitlePhrase]:
        """Return the titles in "deputy prime minister and foreign minister", each with the other."""
        found: dict[TitlePhrase, TitlePhrase] = {}
        for one, two in pairwise(self.titles):
            apart = two.start != one.end + 1 or self.tokens[one.end].text != "and" or one.plural or two.plural
            capitals = {self.tokens[title.head].text[0].isupper() for title in (one, two)}
            begins = self.tokens[one.start].sentence != self.tokens[one.start - 1].sentence or one.start == 0
            if not apart and two.owner_token is None and not two.definite and (len(capitals) == 1 or begins):
                found |= {one: two, two: one}
        return found

    def _shared(self, title: TitlePhrase, found: Sequence[Holding]) -> Iterator[Holding]:
        """Yield the other office of the one person that a coordinated title goes with."""
        other = self.partner.get(title)
        if other is None or len(found) != 1 or not self._is_public(other):
            return
        mine = found[0]
        yield replace(
            mine,
            title=other,
            role=other.role,
            owners=other.owners or mine.owners,
            owner_token=mine.owner_token if other.owner_token is None else other.owner_token,
            start=min(mine.start, other.start),
            end=max(mine.end, other.end),
        )

    def _respective(self, title: TitlePhrase, holding: Holding) -> Holding | None:
        """Return who holds the second office in "the president and foreign minister, X and Y": not X."""
        span = next(span for span in holding.person.spans if holding.start <= span[0] < holding.end)
        first = span[1] + 1
        again = first < len(self.tokens) and self.tokens[span[1]].text == "and" and first in self.persons.span_at
        return self._holding(title, self.persons.span_at[first], holding.rule) if again else None

    def _is_public(self, title: TitlePhrase) -> bool:
        """Leave out offices of towns, firms and clubs, and the members in "members of the band"."""
        role = title.role
        for phrase in self.words.public:
            role = role.replace(phrase, "")
        words = set(role.replace("-", " ").split())
        named = {w.lower() for owner in title.owners if not owner.known for w in owner.name.split()}
        members = title.plural and "member" in words
        unknown = any(not owner.known for owner in title.owners)
        civil = any(owner.code in self.civil for owner in title.owners)
        civil = civil or (unknown and title.core in self.words.corporate)
        return not (title.local or members or civil or (words | named) & self.words.private)

    def _holding(self, title: TitlePhrase, span: tuple[int, int], rule: str, status: str | None = None) -> Holding:
        start, end = min(title.start, span[0]), max(title.end, span[1])
        owners, end = self._of_state(span[1], end) if not title.owners else ((), end)
        owners = (*title.owners, *owners)
        person = self.persons.at[span[0]]
        status = status or title.status
        return Holding(person, title, title.role, status, start, end, rule, owners, title.owner_token)

    def _of_state(self, i: int, end: int) -> tuple[tuple[Entity, ...], int]:
        """Read "of Bahrain" behind the name."""
        if i + 1 < len(self.tokens) and self.tokens[i].text == "of":
            first = i + 1 + (self.tokens[i + 1].upos == "DET")
            name = self.name_at.get(first)
            if name is not None and name.actor is not None and name.form != "demonym":
                return (name.actor,), max(end, name.end)
        return (), end

    # --- before the name ------------------------------------------------------------------------------------------

    def _before_names(self, title: TitlePhrase) -> Iterator[Holding]:
        for after in dict.fromkeys((title.core_end, title.end)):
            start = self.appositions.skip_ranks(self._skip_title(after))
            span = self.persons.span_at.get(start)
            if span is not None and span[0] == start:
                holding = self._holding(title, span, "office.title-name")
                yield holding
                if title.plural:
                    yield from self._more_names(title, holding.end)
                return

    def _more_names(self, title: TitlePhrase, i: int) -> Iterator[Holding]:
        """Read on in "Presidents A, B and C"."""
        while i < len(self.tokens) and self.tokens[i].text in (",", "and"):
            span = self.persons.span_at.get(i + 1)
            holding = self._holding(title, span, "office.title-name") if span is not None else None
            if holding is not None:
                yield holding
            i = holding.end if holding is not None else i + 1

    def _skip_title(self, i: int) -> int:
        """Step over a second title right before the name: "Foreign Minister Senator X"."""
        second = next((title for title in self.titles if title.start == i), None)
        return second.core_end if second is not None and not second.owners else i
