"""Offices the text gives to persons, from the constructions that join a title and a name.

    office.title-name     Russian Foreign Minister Sergey Lavrov
    office.title-comma    Iran's president, Hassan Rouhani, ...
    office.name-comma     Fawzi Barhoum, a Hamas spokesman
    office.copula         Baird is environment minister; the first ambassador will be Vaca
    office.as             was elected as president; resigned as foreign minister
    office.counterpart    his French counterpart, Solène Kervella
    office.deputy         her deputy, Ruben Casals

A `Holding` is such a find before it is known whom the office serves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.link.names import Name
from kb.link.persons import Person, Persons
from kb.link.titles import TitlePhrase
from kb.link.words import Words
from kb.model import Document, Entity, Token

_SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")


@dataclass(frozen=True)
class Holding:
    """A person holding an office; `owners` and `owner_token` as in `TitlePhrase`, `like` whose office is the same."""

    person: Person
    title: TitlePhrase
    role: str
    status: str
    start: int
    end: int
    rule: str
    owners: tuple[Entity, ...] = ()
    owner_token: int | None = None


def find_holdings(doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], persons: Persons, words: Words) -> list[Holding]:
    """Return every title-name pair of the document, in text order."""
    return list(_Finder(doc, names, titles, persons, words).holdings())


class _Finder:
    def __init__(self, doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], persons: Persons, words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.titles = titles
        self.persons = persons
        self.words = words
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.name_end = {end: person for person in persons.people for _, end in person.spans}
        self.prenominal: set[int] = set()

    def holdings(self) -> Iterator[Holding]:
        for title in self.titles:
            if not self._public(title):
                continue
            found = list(self._before_names(title))
            if found:
                self.prenominal.add(title.head)
                yield from found
                continue
            other = self._title_comma(title) or self._name_comma(title) or self._copula(title) or self._as(title)
            if other is not None:
                yield other

    def _public(self, title: TitlePhrase) -> bool:
        """Leave out offices of towns, firms and clubs, and the members in "members of the band"."""
        role = set(title.role.replace("-", " ").split())
        named = {w.lower() for owner in title.owners if not owner.known for w in owner.name.split()}
        return not (title.local or (role | named) & self.words.private or (title.plural and role & {"member"}))

    # --- before the name ------------------------------------------------------------------------------------------

    def _before_names(self, title: TitlePhrase) -> Iterator[Holding]:
        for after in dict.fromkeys((title.core_end, title.end)):
            start = self._skip_ranks(after)
            span = self.persons.span_at.get(start)
            if span is not None and span[0] == start:
                yield self._holding(title, span, "office.title-name")
                if title.plural:
                    yield from self._more_names(title, span[1])
                return

    def _more_names(self, title: TitlePhrase, i: int) -> Iterator[Holding]:
        """Read on in "Presidents A, B and C"."""
        while i < len(self.tokens) and self.tokens[i].text in (",", "and"):
            span = self.persons.span_at.get(i + 1)
            if span is not None:
                yield self._holding(title, span, "office.title-name")
            i = span[1] if span else i + 1

    def _skip_ranks(self, i: int) -> int:
        while i < len(self.tokens) and i not in self.persons.at and (self._is_honorific(i) or self.tokens[i].text == "."):
            i += 1
        return i

    def _is_honorific(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific

    def _holding(self, title: TitlePhrase, span: tuple[int, int], rule: str, status: str | None = None) -> Holding:
        start, end = min(title.start, span[0]), max(title.end, span[1])
        owners, end = self._of_state(span[1], end)
        person = self.persons.at[span[0]]
        return Holding(person, title, title.role, status or title.status, start, end, rule, (*title.owners, *owners), title.owner_token)

    def _of_state(self, i: int, end: int) -> tuple[tuple[Entity, ...], int]:
        """Read "of Bahrain" behind the name."""
        if i + 1 < len(self.tokens) and self.tokens[i].text == "of":
            first = i + 1 + (self.tokens[i + 1].upos == "DET")
            name = self.name_at.get(first)
            if name is not None and name.actor is not None and name.form != "demonym":
                return (name.actor,), max(end, name.end)
        return (), end

    # --- apposition -----------------------------------------------------------------------------------------------

    def _title_comma(self, title: TitlePhrase) -> Holding | None:
        i = title.end
        if i + 1 >= len(self.tokens) or self.tokens[i].text not in (",", ":", "-", "–", "—"):
            return None
        span = self.persons.span_at.get(self._skip_to_name(i + 1))
        if span is None or self._name_before(title) is not None:
            return None
        follows = self.tokens[span[1]].lemma.lower() in self.words.speech if span[1] < len(self.tokens) else False
        closed = follows or span[1] >= len(self.tokens) or self.tokens[span[1]].text in (",", ".", ";", ")", ":", "—", "–", '"', "”") or self.tokens[span[1]].sentence != self.tokens[i].sentence
        apposed = self._apposed(span, title)
        specific = title.definite or bool(title.owners) or title.owner_token is not None
        if (closed and specific) or apposed:
            return self._holding(title, span, "office.title-comma")
        return None

    def _skip_to_name(self, i: int) -> int:
        """Step over ranks, a second title ("the envoy, former minister X") and a home state ("Sweden's X")."""
        second = next((t for t in self.titles if t.start <= i < t.core_end), None)
        if second is not None:
            return self._skip_ranks(second.core_end)
        name = self.name_at.get(i)
        if name is not None and name.end < len(self.tokens) and self.tokens[name.end].text in ("'s", "’s"):
            return name.end + 1
        return self._skip_ranks(i)

    def _apposed(self, span: tuple[int, int], title: TitlePhrase) -> bool:
        return any(self.tokens[i].head == title.head and self.tokens[i].dep in ("appos", "flat") for i in range(*span))

    def _name_before(self, title: TitlePhrase) -> tuple[int, int] | None:
        """Return the span of the name that the title follows, set off by a comma, bracket or dash."""
        i = title.start - 1
        if i < 1 or self.tokens[i].text not in (",", "(", "-", "–", "—"):
            return None
        span = self.persons.span_at.get(i - 1)
        if span is None or span[1] != i:
            return None
        return span

    def _name_comma(self, title: TitlePhrase) -> Holding | None:
        span = self._name_before(title)
        head = self.tokens[title.head]
        if title.owner_token is not None and self.tokens[title.owner_token].xpos == "WP$":
            return None
        if span is None:
            span = self.persons.span_at.get(head.head) if head.dep == "appos" else None
            if span is None or self.tokens[head.head].sentence != head.sentence:
                return None
        if head.dep in _SUBJECT and not self._enclosed(title):
            return None
        return self._holding(title, span, "office.name-comma")

    def _enclosed(self, title: TitlePhrase) -> bool:
        return title.end < len(self.tokens) and self.tokens[title.end].text in (",", ")", ";", ".")

    # --- clauses --------------------------------------------------------------------------------------------------

    def _copula(self, title: TitlePhrase) -> Holding | None:
        head = self.tokens[title.head]
        copula = self._child(head.i, "cop")
        if copula is not None:
            subject = self._child(head.i, *_SUBJECT)
            span = self._person_of(subject)
            status = self._clause_status(copula, title)
            return self._holding(title, span, "office.copula", status) if span and status else None
        if head.dep in _SUBJECT:
            span = self.persons.span_at.get(head.head)
            copula = self._child(head.head, "cop")
            if span is not None and copula is not None:
                status = self._clause_status(copula, title)
                return self._holding(title, span, "office.copula", status) if status else None
        return None

    def _clause_status(self, copula: Token, title: TitlePhrase) -> str | None:
        """Return the status by tense and auxiliary, None where the clause is negated or unreal."""
        below = [self.tokens[c] for c in self.doc.children[copula.head]]
        words = {t.lemma.lower() for t in below if t.dep in ("aux", "advmod", "det")}
        if words & {"not", "n't", "never", "would", "could", "might", "may", "no", "no longer"}:
            return None
        if words & {"will", "shall", "wo"}:
            return "planned"
        return "occurred" if copula.xpos in ("VBD", "VBN") and title.status == "ongoing" else title.status

    def _person_of(self, token: Token | None) -> tuple[int, int] | None:
        """Return the name a subject token belongs to, following a relative pronoun to its antecedent."""
        if token is None:
            return None
        if token.xpos in ("WP", "WDT"):
            for ancestor in self.doc.ancestors(token.i):
                if self.tokens[ancestor].dep == "acl:relcl":
                    return self.persons.span_at.get(self.tokens[ancestor].head)
            return None
        return self.persons.span_at.get(token.i)

    def _child(self, i: int, *deps: str) -> Token | None:
        return next((self.tokens[c] for c in self.doc.children[i] if self.tokens[c].dep in deps), None)

    def _as(self, title: TitlePhrase) -> Holding | None:
        """Read the verbs that give or take an office, with "as" or a predicate complement."""
        head = self.tokens[title.head]
        if head.head == head.i:
            return None
        marked = any(self.tokens[c].text.lower() == "as" and self.tokens[c].dep in ("case", "mark") for c in self.doc.children[head.i])
        verb = self.tokens[head.head]
        if verb.upos == "NOUN":
            verb = self.tokens[verb.head]
        if verb.upos != "VERB":
            return None
        lemma = verb.lemma.lower()
        statuses = {"ongoing": self.words.appoint | self.words.serve, "planned": self.words.nominate, "occurred": self.words.resign}
        status = next((s for s, verbs in statuses.items() if lemma in verbs), None)
        if status is None or not (marked or (head.dep in ("xcomp", "obj") and lemma in self.words.appoint | self.words.nominate)):
            return None
        span = self._object_or_subject(verb, lemma in self.words.appoint | self.words.nominate)
        return self._holding(title, span, "office.as", status) if span else None

    def _object_or_subject(self, verb: Token, transitive: bool) -> tuple[int, int] | None:
        """Return whom an appointing verb appoints, or who serves or resigns."""
        if verb.dep == "acl" and self.persons.span_at.get(verb.head):
            return self.persons.span_at[verb.head]
        passive = self._child(verb.i, "nsubj:pass")
        order = ("obj", "nsubj:pass") if transitive and passive is None else ("nsubj:pass", "nsubj")
        for dep in order:
            span = self._person_of(self._child(verb.i, dep))
            if span is not None:
                return span
        if verb.dep == "xcomp":
            return self._object_or_subject(self.tokens[verb.head], transitive=False)
        return self.persons.span_at.get(verb.head) if verb.dep.startswith("acl") else None


def counterparts(doc: Document, persons: Persons, words: Words) -> Mapping[int, tuple[int, int]]:
    """Return the nouns such as "counterpart" that a name is set beside, each with the span of the name."""
    found = {}
    for token in doc.tokens:
        if token.lemma.lower() not in words.counterpart | {"deputy"}:
            continue
        i = token.i + 1
        if i < len(doc.tokens) and doc.tokens[i].text == ",":
            i += 1
        while i < len(doc.tokens) and doc.tokens[i].text.lower().rstrip(".") in words.honorific | {"."} and i not in persons.at:
            i += 1
        span = persons.span_at.get(i)
        if span is not None and span[0] == i:
            found[token.i] = span
    return found
