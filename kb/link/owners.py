"""Whose "Congress" it is: the state before the name of a body that several states have."""

from __future__ import annotations

from kb.link.gazetteer import Gazetteer
from kb.link.nameindex import Candidate
from kb.link.trees import POSSESSIVES
from kb.model import Document

_STATE_WORDS = 3
"""Words that the name of a state has at most: "South Korean"."""

_BODY_WORDS = 4
"""The same for an organisation."""


def is_of_another_state(doc: Document, gazetteer: Gazetteer, start: int, candidate: Candidate) -> bool:
    """Tell the body at token `start` in "Chilean Congress" and "Peru's National Congress" from the American Congress.

    Likewise "the African Union's panel of experts" is not that of the UN.

    Without a state before it the name is that of the other state as well where the article calls another state's so.
    """
    body = gazetteer.organisations.get(candidate.key)
    if body is None:
        return False
    if body.acts_for not in gazetteer.states:
        return _body_before(doc, gazetteer, start) not in (None, body.code, body.acts_for, body.part_of)
    owner = _state_before(doc, gazetteer, start) or _state_before(doc, gazetteer, start - 1)
    if owner is not None:
        return owner != body.acts_for
    text = doc.tokens[start].text
    others = (_state_before(doc, gazetteer, token.i) for token in doc.tokens if token.text == text)
    return text in gazetteer.ambiguous and any(code not in (None, body.acts_for) for code in others)


def _body_before(doc: Document, gazetteer: Gazetteer, start: int) -> str | None:
    """Return the code of the organisation whose possessive stands right before token `start`."""
    end = start - 1
    if end < 1 or doc.tokens[end].text not in POSSESSIVES:
        return None
    found = (c for i in range(max(end - _BODY_WORDS, 0), end) for c in gazetteer.index.get(doc.words(i, end), ()))
    return next((c.key for c in found if c.kind == "organisation"), None)


def _state_before(doc: Document, gazetteer: Gazetteer, i: int) -> str | None:
    """Return the code of the state whose adjective or possessive stands right before token i."""
    genitive = i > 1 and doc.tokens[i - 1].text in POSSESSIVES
    end = i - 1 if genitive else i
    if end < 1 or doc.tokens[end - 1].sentence != doc.tokens[i].sentence:
        return None
    starts = range(max(end - _STATE_WORDS, 0), end)
    found = (c for start in starts for c in gazetteer.index.get(doc.words(start, end), ()))
    return next((c.key for c in found if c.kind == "demonym" or (genitive and c.kind == "state")), None)
