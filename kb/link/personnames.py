"""Where persons' names stand.

Spans come from the model, from titles, honorifics and nouns such as "counterpart" ("Mr Toccafondi", "his colleague Gent
Prifti"), and from names seen elsewhere in the article (a surname alone, a headline in capitals).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anyascii import anyascii

from kb.link import trees
from kb.link.names import Name
from kb.link.titles import TitlePhrase
from kb.link.trees import POSSESSIVES, joined
from kb.link.words import Words
from kb.model import Document, NameSpan

Range = tuple[int, int]

_SHORT = 4
"""Of a longer name ("Mohammed bin Salman bin Abdulaziz Al Saud") only the last word stands alone."""

_NAME_TAGS = ("PROPN", "NOUN", "ADJ", "X")


def find_spans(doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], words: Words) -> list[Range]:
    """Return the spans of persons' names in text order, not overlapping."""
    finder = _SpanFinder(doc, names, titles, words)
    finder.take_labelled()
    finder.take_beside_titles()
    finder.take_addressed()
    finder.take_known_words()
    return sorted(set(finder.taken.values()))


def name_words(doc: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the words of a name folded to plain lower-case letters: "Tae-hyun" gives "tae" and "hyun"."""
    letters = "".join(c if c.isalnum() else " " for c in anyascii(doc.words(start, end)).replace("'", ""))
    return tuple(word for word in letters.lower().split() if word != "s")


def _merged(doc: Document) -> Iterator[NameSpan]:
    """Yield the names that the model found, persons' names without anything between them as one."""
    last: NameSpan | None = None
    for span in doc.names:
        touches = last is not None and (last.label, last.end, span.label) == ("PER", span.start, "PER")
        touches = touches and doc.tokens[span.start].sentence == doc.tokens[span.start - 1].sentence
        if last is not None and not touches:
            yield last
        last = NameSpan(last.start, span.end, "PER") if last is not None and touches else span
    if last is not None:
        yield last


class _SpanFinder:
    def __init__(self, doc: Document, names: Sequence[Name], titles: Sequence[TitlePhrase], words: Words) -> None:
        self.doc = doc
        self.tokens = doc.tokens
        self.words = words
        self.titles = titles
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.title_at = {i for title in titles for i in range(title.head, title.core_end)}
        self.taken: dict[int, Range] = {}

    # --- sources --------------------------------------------------------------------------------------------------

    def take_labelled(self) -> None:
        """Take the names that the model found."""
        for span in _merged(self.doc):
            if span.label == "PER" and not self._is_style(span.start, span.end):
                start, end = self._trimmed(span.start, self._extended(span.end))
                self._take(self._with_initials(start - self._begins_before(start)), end)

    def take_beside_titles(self) -> None:
        """Take the names in "Minister X" and "X, the former chairman" that the model has missed."""
        for title in self.titles:
            for start in dict.fromkeys((title.core_end, title.end)):
                self._take_after(title, start)
            self._take_before(title)

    def take_addressed(self) -> None:
        """Take the names behind honorifics and nouns such as "counterpart"."""
        for token in self.tokens[:-1]:
            if token.i in self.taken:
                continue
            if self._is_honorific(token.i):
                start = self._skip_honorifics(token.i)
                self._take(start, self._name_run(start))
            elif trees.listed(self.doc, token.i, self.words.counterpart | self.words.second):
                start = token.i + 1 + (self.tokens[token.i + 1].text == ",")
                end = self._name_run(start)
                if end - start > 1 and trees.children(self.doc, token.i, "nmod:poss"):
                    self._take(start, end)

    def take_known_words(self) -> None:
        """Take the words of names already seen where one stands alone, headlines in capitals included."""
        full = [name_words(self.doc, *span) for span in sorted(set(self.taken.values()))]
        known = {word for name in full for word in (name if len(name) <= _SHORT else name[-1:]) if len(word) > 1}
        for token in self.tokens:
            if token.i in self.taken or not token.text[0].isupper() or len(token.text) < 2:
                continue
            folded = name_words(self.doc, token.i, token.i + 1)
            if len(folded) == 1 and folded[0] in known and self._may_be_surname(token.i):
                self._take(token.i, token.i + 1)

    def _may_be_surname(self, i: int) -> bool:
        return self.tokens[i].upos == "PROPN" and i not in self.name_at and i not in self.title_at

    def _take(self, start: int, end: int) -> None:
        """Note a span unless it overlaps another, is a title or name of another kind, or has no letters."""
        if end <= start or any(i in self.taken for i in range(start, end)):
            return
        name = self.name_at.get(start)
        whole = name is not None and name.end >= end and name.form != "local"
        title = all(i in self.title_at for i in range(start, end))
        letters = any(self.tokens[i].text[0].isalpha() for i in range(start, end))
        if letters and self._may_begin(start) and not (whole or title):
            self.taken.update(dict.fromkeys(range(start, end), (start, end)))

    def _may_begin(self, i: int) -> bool:
        """Tell whether a name may begin at token i: a capital, or a particle before one ("al-Hadi", "dos Reis")."""
        behind = i + 1 + (i + 1 < len(self.tokens) and self.tokens[i + 1].text == "-")
        inner = self.tokens[i].text.lower() in self.words.particle and behind < len(self.tokens)
        return self.tokens[i].text[0].isupper() or (inner and self.tokens[behind].text[0].isupper())

    def _is_style(self, start: int, end: int) -> bool:
        """Tell the "Sheikh" of "Emir Sheikh Hamid", which the model took for a name of its own."""
        follows = self.tokens[end] if end < len(self.tokens) else None
        named = follows is not None and follows.upos == "PROPN" and follows.text[0].isupper()
        free = named and end not in self.name_at and end not in self.title_at
        return free and all(self._is_honorific(i) for i in range(start, end))

    def _take_after(self, title: TitlePhrase, start: int) -> None:
        comma = start < len(self.tokens) and self.tokens[start].text == ","
        first = self._skip_honorifics(start + comma)
        end = self._name_run(first)
        capital = self.tokens[title.head].text[0].isupper()
        named = first not in self.name_at or self._heads_name(first) or (comma and self._is_mistaken(first, end))
        free = first not in self.title_at and named
        if free and end - first >= (1 if capital and not comma else 2):
            self._take(first, end)

    def _is_mistaken(self, start: int, end: int) -> bool:
        """Tell a person that the model took for an organisation: an apposition of two or three words, none a body's."""
        name = self.name_at[start]
        bodies = self.words.bodies | self.words.private | self.words.body_of_states
        nouns = {self.tokens[i].lemma.lower() for i in range(start, end)}
        closed = end < len(self.tokens) and self.tokens[end].text in (",", ".")
        whole = name.form == "local" and (name.start, name.end) == (start, end) and self.tokens[start].dep == "appos"
        return whole and closed and 2 <= end - start <= _SHORT - 1 and bodies.isdisjoint(nouns)

    def _take_before(self, title: TitlePhrase) -> None:
        end = title.start - 1
        specific = title.definite or title.owners or title.owner_token is not None
        if end < 2 or self.tokens[end].text != "," or not specific or self.tokens[title.head].dep != "appos":
            return
        start = end
        while start > 0 and self._is_name_word(start - 1) and self.tokens[start - 1].upos == "PROPN":
            start -= 1
            if trees.breaks(self.doc, start):
                break
        if end - start >= 2:
            self._take(start, end)

    # --- bounds ---------------------------------------------------------------------------------------------------

    def _trimmed(self, start: int, end: int) -> Range:
        """Strip titles and honorifics before the name and what the model took along behind it."""
        while start < end - 1 and (
            self._is_honorific(start) or start in self.title_at or self.tokens[start].text == "."
        ):
            start += 1
        while end > start + 1 and (
            self.tokens[end - 1].text in POSSESSIVES or not self.tokens[end - 1].text[0].isalpha()
        ):
            end -= 1
        return start, end

    def _begins_before(self, start: int) -> bool:
        """Tell whether a capitalised "To" or "An" before the name belongs to it: "President To Lam", no headline."""
        before = self.tokens[start - 1] if start else None
        if before is None or start in self.title_at or before.text.lower() not in self.words.little:
            return False
        sentence = self.doc.sentences[before.sentence]
        words = [t.text for t in self.tokens[sentence.start : sentence.end] if t.text.isalpha()]
        small = sum(word[0].islower() for word in words)
        inside = sentence.start < before.i and self.tokens[start].sentence == before.sentence
        return inside and before.text.istitle() and small > 1

    def _with_initials(self, start: int) -> int:
        """Return where a name begins with the initials that the model left out: "P. W. Botha"."""
        while (
            start > 0 and self._is_initial(start - 1) and self.tokens[start - 1].sentence == self.tokens[start].sentence
        ):
            start -= 1
        return start

    def _is_initial(self, i: int) -> bool:
        text = self.tokens[i].text
        return len(text) == 2 and text[0].isupper() and text[1] == "." and i not in self.name_at

    def _extended(self, end: int) -> int:
        """Add the rest of a hyphenated name that the model cut off."""
        while end < len(self.tokens) and self._belongs(end):
            end += 1
        return end

    def _belongs(self, i: int) -> bool:
        """Tell whether token i goes on with the name that ends before it."""
        token, previous = self.tokens[i], self.tokens[i - 1]
        if previous.text == "-":
            return joined(previous, token) and self._is_syllable(i)
        if token.text == "-":
            glued = i + 1 < len(self.tokens) and joined(previous, token) and joined(token, self.tokens[i + 1])
            return glued and self._is_syllable(i + 1)
        flat = token.dep == "flat" and token.upos == "PROPN" and token.head < i <= token.head + 4
        return flat and token.text[0].isupper() and i not in self.title_at and i not in self.name_at

    def _is_syllable(self, i: int) -> bool:
        """Tell the "soo" of "Jin-soo" from the "led" of "Putin-led"."""
        text = self.tokens[i].text
        return text.isalpha() and text.lower() not in self.words.suffix and i not in self.name_at

    def _is_honorific(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text[0].isupper() and token.text.lower().rstrip(".") in self.words.honorific

    def _skip_honorifics(self, i: int) -> int:
        while i < len(self.tokens) and (self._is_honorific(i) or self.tokens[i].text == "."):
            i += 1
        return i

    def _name_run(self, start: int) -> int:
        """Return the end of the run of capitalised words that begins at token `start`."""
        end = start
        while end < len(self.tokens) and self._goes_on(start, end):
            end += 1
        while end > start and not self.tokens[end - 1].text[0].isupper() and self.tokens[end - 1].text != ".":
            if self.tokens[end - 2].text == "-" and end - 2 > start:
                break
            end -= 1
        return end

    def _goes_on(self, start: int, i: int) -> bool:
        token = self.tokens[i]
        if i and trees.breaks(self.doc, i):
            return False
        if i == start:
            return self._is_name_word(i) or self._heads_name(i)
        previous = self.tokens[i - 1]
        same_sentence = previous.sentence == token.sentence or previous.text == "."
        return same_sentence and (self._is_name_word(i) or self._is_inner(i))

    def _is_name_word(self, i: int) -> bool:
        token, name = self.tokens[i], self.name_at.get(i)
        free = name is None or name.form in ("place", "local")
        return token.text[0].isupper() and token.upos in _NAME_TAGS and free and i not in self.title_at

    def _heads_name(self, i: int) -> bool:
        """Tell the capital or state that is a first name, "Washington Etcheverry", by the surname it governs."""
        name = self.name_at.get(i)
        if name is None or name.form == "demonym" or name.end != i + 1 or i + 1 >= len(self.tokens):
            return False
        surname = self.tokens[i + 1]
        return surname.dep == "flat" and surname.head == i and surname.upos == "PROPN" and i + 1 not in self.name_at

    def _is_inner(self, i: int) -> bool:
        """Tell whether token i is a hyphen, initial's full stop or particle inside a name."""
        tokens = self.tokens
        if tokens[i - 1].text == "-" and joined(tokens[i - 1], tokens[i]):
            return self._is_syllable(i)
        if i + 1 >= len(tokens) or not tokens[i + 1].text[0].isalpha():
            return False
        if tokens[i].text == "-":
            return joined(tokens[i - 1], tokens[i]) and joined(tokens[i], tokens[i + 1]) and self._is_syllable(i + 1)
        if tokens[i].text == ".":
            return len(tokens[i - 1].text) == 1
        following = tokens[i + 1].text
        particle = tokens[i].text.lower() in self.words.particle
        return particle and (following[0].isupper() or following == "-" or tokens[i].text[0].isupper())
