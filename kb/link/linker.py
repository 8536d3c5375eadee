"""Linking: names, persons and offices of a document, and whom every nominal refers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.link.context import Cast, Holder, References
from kb.link.coreference import resolve
from kb.link.counterparts import counterparts
from kb.link.gazetteer import Gazetteer
from kb.link.lists import with_lists
from kb.link.local import find_names
from kb.link.names import Name
from kb.link.offices import Holding, find_holdings
from kb.link.persons import Person, Persons, find_persons
from kb.link.results import dateline_state, linked_document, person_entities
from kb.link.settle import Settler
from kb.link.tenures import Tenure, distinct
from kb.link.titles import TitlePhrase, find_titles
from kb.link.words import Words, load_words
from kb.model import Document, Entity, LinkedDocument, TimeExpression
from kb.resources import resource


def link(
    doc: Document, gazetteer: Gazetteer, times: Sequence[TimeExpression] = (), words: Words | None = None
) -> LinkedDocument:
    """Return the document with its mentions, offices and references.

    `words` are the word lists of linking; without them those of the installation are read.

    Raises:
        ResourceError: the word lists of the installation are missing or malformed.
    """
    reading = _read(doc, gazetteer, words or load_words(resource("data", "link")))
    settler = Settler(reading.doc, reading.titles, reading.words, gazetteer, reading.dateline)
    explicit = settler.explicit(reading.holdings)
    settled = settler.settle(reading.holdings, explicit, reading.references(explicit))
    beside = settler.beside(reading.beside, settled, reading.references(settled)) if reading.beside else []
    tenures = distinct([*settled, *beside])
    return linked_document(
        reading.doc,
        reading.names,
        reading.persons,
        reading.entities(tenures),
        tenures,
        times,
        reading.references(tenures),
        gazetteer,
    )


@dataclass(frozen=True)
class _Reading:
    """What one document has of names, titles, persons and title-name pairs, before they are tied together."""

    doc: Document
    gazetteer: Gazetteer
    words: Words
    names: tuple[Name, ...]
    titles: tuple[TitlePhrase, ...]
    persons: Persons
    holdings: list[Holding]
    beside: Mapping[int, Person]
    dateline: str | None

    def entities(self, tenures: Sequence[Tenure]) -> dict[Person, Entity]:
        """Return the entity of each person, as the tenures say whom it serves."""
        return person_entities(self.doc, self.names, self.persons, tenures)

    def references(self, tenures: Sequence[Tenure]) -> References:
        """Return what every nominal refers to, given who holds which office."""
        entities = self.entities(tenures)
        holders = [Holder(entities[t.person], t.role, t.kind, t.of.code or t.of.id) for t in tenures]
        held = {h.title: h.person for h in self.holdings if not h.title.plural}
        cast = Cast(
            self.names,
            self.persons,
            entities,
            self.titles,
            holders,
            held,
            self.beside,
            self.gazetteer.entity,
            self.gazetteer.home,
            self.gazetteer.entity(self.dateline) if self.dateline else None,
        )
        return resolve(self.doc, cast, self.words)


def _read(doc: Document, gazetteer: Gazetteer, words: Words) -> _Reading:
    title_words = gazetteer.title_words
    names = find_names(doc, gazetteer, title_words.titles, words)
    titles = find_titles(doc, names, title_words, words)
    persons = find_persons(doc, names, titles, words)
    names = tuple(n for n in names if not any(i in persons.at for i in range(n.start, n.end)))
    doc = with_lists(doc, titles, persons)
    holdings = find_holdings(doc, names, titles, persons, words, gazetteer.civil)
    beside = counterparts(doc, persons, words)
    dateline = dateline_state(doc, gazetteer)
    return _Reading(doc, gazetteer, words, names, titles, persons, holdings, beside, dateline)
