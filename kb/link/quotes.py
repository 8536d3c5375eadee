"""Quotations and who speaks in them, as far as linking needs it: "we" is the speaker's state."""

from __future__ import annotations

from collections.abc import Iterator

from kb.link import trees
from kb.link.words import Words
from kb.model import Document

_OPEN, _CLOSE, _EITHER = ("“", "``", "«"), ("”", "''", "»"), '"'
_REACH = 25
"""How many tokens outside the quotation marks the verb of saying may stand."""


def quoted_ranges(doc: Document) -> list[tuple[int, int]]:
    """Return the token ranges between quotation marks; a paragraph end closes an open quotation."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc.tokens:
        if opened is not None and opened < token.i and trees.breaks(doc, token.i):
            found.append((opened, token.i))
            opened = None
        if opened is None and token.text in (*_OPEN, _EITHER):
            opened = token.i + 1
        elif opened is not None and token.text in (*_CLOSE, _EITHER):
            found.append((opened, token.i))
            opened = None
    return found


def speaker_of(doc: Document, start: int, end: int, words: Words) -> int | None:
    """Return the subject of the verb of saying nearest to the quotation [start, end), or None."""
    for i in _nearest_first(doc, start, end):
        token = doc.tokens[i]
        if token.upos == "VERB" and token.lemma.lower() in words.speech:
            subject = next((c for c in trees.subjects(doc, i) if not start <= c < end), None)
            if subject is not None:
                return subject
    return None


def _nearest_first(doc: Document, start: int, end: int) -> Iterator[int]:
    """Yield the tokens around the quotation: those behind it in its paragraph, then those before it."""
    for i in range(end, min(end + _REACH, len(doc.tokens))):
        if trees.breaks(doc, i):
            break
        yield i
    for i in range(start - 1, max(start - _REACH, -1), -1):
        yield i
        if trees.breaks(doc, i):
            break
