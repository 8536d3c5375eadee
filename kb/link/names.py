"""Names the gazetteer knows, where they stand in a document and what each can mean there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from kb.link.gazetteer import Gazetteer
from kb.link.nameindex import Candidate
from kb.link.owners import is_of_another_state
from kb.link.records import Ambiguous, Place, Reading
from kb.link.trees import breaks, joined, span_head
from kb.link.words import Words
from kb.model import Document, Entity

_LONG = 8
"""Letters from which on one wrong letter is a misspelling, not another word."""

_LONG_PLACE = 6
"""The same for a word that the model takes for a place."""

_HYPHENS = ("-", "‑", "–")
_ENDINGS = ("an", "ans", "ese", "i", "is", "ish")

_EX = "ex-"  # stands before a name in "ex-CIA official"
_SHOUTED = 4
"""A word of so many capitals is looked up with one capital as well: "IRAN", but not "MALI" for an acronym of three."""


@dataclass(frozen=True, slots=True)
class Name:
    """A gazetteer name on tokens [start, end).

    `actor` is the state or organisation it can act as, `place` the place it can be; a capital is both. `form` is name,
    demonym (adjective or noun of nationality), metonym, capital, place or local (an organisation that only the article
    knows). A `modifier` is the first part of a compound such as "US-led": no actor.
    """

    start: int
    end: int
    head: int
    form: str
    actor: Entity | None = None
    place: Entity | None = None
    modifier: bool = False


def slug(name: str) -> str:
    """Return a name in plain lower-case letters joined by hyphens, for a local id."""
    return "-".join("".join(c if c.isalnum() else " " for c in anyascii(name).lower().replace("'", "")).split())


def find_known_names(doc: Document, gazetteer: Gazetteer, words: Words) -> list[Name]:
    """Return the longest gazetteer names that their context supports, in text order, not overlapping."""
    return list(_Finder(doc, gazetteer, words).names())


class _Finder:
    def __init__(self, doc: Document, gazetteer: Gazetteer, words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.gazetteer = gazetteer
        self.words = words
        self.label = {i: span.label for span in doc.names for i in range(span.start, span.end)}
        self.person_span = {
            i: (span.start, span.end) for span in doc.names if span.label == "PER" for i in range(span.start, span.end)
        }
        self.vocabulary = {token.text for token in doc.tokens}

    def names(self) -> Iterator[Name]:
        i = 0
        while i < len(self.tokens):
            found = self._longest(i)
            if found is None:
                i += 1
                continue
            end, candidates = found
            name = self._name(i, end, candidates)
            if name is not None:
                yield name
            i = end

    # --- look-up --------------------------------------------------------------------------------------------------

    def _longest(self, i: int) -> tuple[int, tuple[Candidate, ...]] | None:
        """Return the end and the candidates of the longest name that begins at token i."""
        prefix, first = self.tokens[i].text.removeprefix(_EX)[:2], self.gazetteer.first
        longest = max(first.get(prefix, 0), first.get(prefix.capitalize(), 0) if prefix.isupper() else 0)
        limit = min(i + longest, len(self.tokens))
        if self.tokens[i].text == "the":  # looked up from the word behind it
            return None
        for end in range(limit, i, -1):
            candidates = self._candidates(i, end)
            if candidates and not any(breaks(self.doc, j) for j in range(i + 1, end)):
                return end, candidates
        return None

    def _candidates(self, start: int, end: int) -> tuple[Candidate, ...]:
        index = self.gazetteer.index
        text = self.doc.words(start, end).replace("’", "'")
        found = index.get(text, ()) or index.get(text.removeprefix(_EX), ())
        if not found and start and self.tokens[start - 1].text.lower() == "the":
            found = index.get("the " + text, ())
        if not found and text.isupper() and len(text) >= _SHOUTED:
            found = index.get(text.title(), ())
        return found or (self._misspelt(start) if end == start + 1 else ())

    def _misspelt(self, i: int) -> tuple[Candidate, ...]:
        """Return the state or nationality that an unknown word misspells by one letter: "Venezualan", "Ethopia"."""
        token = self.tokens[i]
        if not token.text[0].isupper() or token.xpos not in ("JJ", "NNP", "NNPS"):
            return ()
        adjective = len(token.text) >= _LONG and token.text.endswith(_ENDINGS)
        place = len(token.text) >= _LONG_PLACE and self.label.get(i) in ("LOC", "ORG")
        if self.person_span.get(i, (i, i + 1)) != (i, i + 1) or not (adjective or place):
            return ()
        close = (word for word in self.gazetteer.state_words if word[0] == token.text[0])
        found = next((word for word in close if Levenshtein.distance(word, token.text, score_cutoff=1) == 1), None)
        return self.gazetteer.index[found] if found else ()

    # --- meaning --------------------------------------------------------------------------------------------------

    def _name(self, start: int, end: int, candidates: Sequence[Candidate]) -> Name | None:
        if candidates[0].kind == "nothing" or self._inside_person(start, end) or self._is_elsewhere(start, end):
            return None
        row = self.gazetteer.ambiguous.get(self.doc.words(start, end))
        if row is not None:
            if row.person and self._is_given_name(start, end):
                return None
            candidates = self._read(row, candidates)
        if not candidates:
            return None
        if is_of_another_state(self.doc, self.gazetteer, start, candidates[0]):
            return None
        actor, form = self._actor(start, end, candidates)
        place = self._place(start, candidates)
        if actor is not None and form == "name" and place is not None and place.state != actor.code:
            place = None  # a state before its namesake among the towns: Liberia
        if actor is None and place is not None:
            state = self.gazetteer.capital_of.get(place.id.rpartition("/")[2])
            actor, form = (self.gazetteer.entity(state), "capital") if state else (None, "place")
        lower = self.tokens[start].text.islower() and form != "name"
        if lower or (actor is None and place is None):
            return None
        head = span_head(self.doc, start, end)
        return Name(start, end, head, form, actor, place, self._in_compound(start, end))

    def _is_given_name(self, start: int, end: int) -> bool:
        """Tell "Jordan" the person by the model's label, unless no longer name in the article has the word."""
        span = self.person_span.get(start)
        text = self.tokens[start].text
        longer = (
            i for i, (begin, stop) in self.person_span.items() if stop - begin > 1 and self.tokens[i].text == text
        )
        return span is not None and (span != (start, end) or next(longer, None) is not None)

    def _read(self, row: Ambiguous, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Return the candidates of the reading that most words of the article speak for."""
        reading = max(row.readings, key=lambda reading: len(self.vocabulary.intersection(reading.cues)))
        best = reading.entity
        state = self.gazetteer.states.get(best)
        body = self.gazetteer.organisations.get(best)
        if body is not None and body.acts_for and not self._spoken_of(body.acts_for, reading):
            return ()
        if state is not None and state.capital in {reading.entity for reading in row.readings}:
            return [Candidate("place", str(state.capital))]
        kind = "state" if state else "organisation" if best in self.gazetteer.organisations else "place"
        return [c for c in candidates if c.key == best] or [Candidate(kind, best)]

    def _spoken_of(self, code: str, reading: Reading) -> bool:
        """Tell whether an article speaks of a state, so that "Congress" can be its own."""
        return bool(self.vocabulary.intersection(reading.cues)) or self._names_state(code)

    def _actor(self, start: int, end: int, candidates: Sequence[Candidate]) -> tuple[Entity | None, str]:
        for candidate in candidates:
            if candidate.kind in ("state", "organisation"):
                return self.gazetteer.entity(candidate.key), "name"
            if candidate.kind == "demonym":
                return self.gazetteer.entity(candidate.key), "demonym"
            if candidate.kind == "metonym" and self._is_metonym(start, end):
                return self.gazetteer.entity(candidate.key), "metonym"
        return None, "place"

    def _is_metonym(self, start: int, end: int) -> bool:
        """Tell "the North" in a Korean context from the north of elsewhere, "Western" from "Western Balkans"."""
        text = self.doc.words(start, end)
        known = self.gazetteer.metonym_of
        row = known.get(text) or known.get("the " + text) or known.get(text.title())
        if row is None or (row.context and not self.vocabulary.intersection(row.context)):
            return False
        follows = self.tokens[end] if end < len(self.tokens) else None
        name_goes_on = follows is not None and follows.upos == "PROPN" and self.label.get(end) in ("LOC", "ORG")
        return not (name_goes_on and self.tokens[end - 1].head > end - 1)

    def _place(self, start: int, candidates: Sequence[Candidate]) -> Entity | None:
        """Return the place meant: in a state that the article names, before the one with most people."""
        rows = [self.gazetteer.places[c.key] for c in candidates if c.kind == "place"]
        rows = [row for row in rows if not row.weak or self._supported(start, row)]
        if not rows:
            return None
        best = max(rows, key=lambda row: (len(rows) > 1 and self._names_state(row.state), row.population, row.id))
        return self.gazetteer.place(best.id)

    def _names_state(self, code: str | None) -> bool:
        state = self.gazetteer.states.get(code or "")
        return state is not None and bool(self.vocabulary.intersection((state.name, *state.names, *state.demonyms)))

    # --- context --------------------------------------------------------------------------------------------------

    def _supported(self, start: int, row: Place) -> bool:
        """Tell whether a weak name is a place: by the model's label, a preposition, or the state of a capital."""
        label = self.label.get(start)
        if label in ("LOC", "PER"):
            return label == "LOC"
        before = self.tokens[start - 1].text.lower() if start else ""
        return before in self.words.locative | {"from", "to"} or (
            row.kind == "capital" and self._names_state(row.state)
        )

    def _inside_person(self, start: int, end: int) -> bool:
        """Tell whether the name is part of a person's: "Paris Hilton"."""
        for i in range(start, end):
            span = self.person_span.get(i)
            if span is not None and (span[0] < start or span[1] > end):
                return True
        follows = self.tokens[end] if end < len(self.tokens) else None
        if follows is None or follows.dep != "flat" or not start <= follows.head < end or follows.upos != "PROPN":
            return False
        unnamed = self.label.get(follows.i) in (None, "PER") and self.label.get(start) != "LOC"
        return unnamed and follows.text[0].isupper()

    def _is_elsewhere(self, start: int, end: int) -> bool:
        """Tell the currency in "US $19 million", the region in "Eastern European countries", "ethnic Albanians"."""
        follows = self.tokens[end].text if end < len(self.tokens) else ""
        before = self.tokens[start - 1].text if start else ""
        region = before.lower() in self.words.compass and before[0].isupper()
        return follows.startswith("$") or region or before.lower() == "ethnic"

    def _in_compound(self, start: int, end: int) -> bool:
        """Tell whether the name is a part of "US-led" or "pro-Russian"."""
        tokens = self.tokens
        behind = end + 1 < len(tokens) and tokens[end].text in _HYPHENS and joined(tokens[end - 1], tokens[end])
        if behind and joined(tokens[end], tokens[end + 1]) and tokens[end + 1].text.lower() in self.words.suffix:
            return True
        before = start >= 2 and tokens[start - 1].text in _HYPHENS and joined(tokens[start - 1], tokens[start])
        return before and tokens[start - 2].text.lower() in self.words.prefix
