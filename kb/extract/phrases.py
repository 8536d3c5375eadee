"""The words of a role that is text: what an accusation is about, which goods, which weapon."""

from __future__ import annotations

from kb.model import Document

_MAX_WORDS = 18
_EDGE_DEPS = frozenset({"punct", "cc", "case", "mark", "det:predet"})
_CUT_DEPS = frozenset({"acl:relcl", "advcl", "parataxis", "appos"})


def phrase(doc: Document, head: int, apart: tuple[str, ...] = ()) -> str:
    """Return the phrase that token `head` heads, without its preposition, determiner and trailing clauses.

    Nor with dependents by the relations `apart`. At most 18 words; cut after the last whole dependent that fits.
    """
    kept = {head}
    for child in doc.children[head]:
        if doc.tokens[child].dep in apart:
            continue
        if doc.tokens[child].dep not in _CUT_DEPS or doc.tokens[head].upos in ("VERB", "AUX"):
            kept.update(doc.subtree(child))
    inside = sorted(kept)
    start, end = _contiguous(inside, head)
    while start < head and (doc.tokens[start].dep in _EDGE_DEPS or doc.tokens[start].upos in ("DET", "PUNCT", "SCONJ")):
        start += 1
    end = min(end, start + _MAX_WORDS)
    while end > head + 1 and doc.tokens[end - 1].upos in ("PUNCT", "ADP", "CCONJ", "DET", "SCONJ", "PART"):
        end -= 1
    return doc.words(start, max(end, head + 1))


def _contiguous(inside: list[int], head: int) -> tuple[int, int]:
    """Return the run of neighbouring tokens around the head, as [start, end)."""
    members = set(inside)
    start = end = head
    while start - 1 in members:
        start -= 1
    while end + 1 in members:
        end += 1
    return start, end + 1
