"""Acts that are only wished for: of "it called for sanctions to be lifted" remains the call, not the lifting."""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.drafts import Draft
from kb.model import Document

_APART = ("acl:relcl", "parataxis", "appos")


def without_wished_for(drafts: Sequence[Draft], doc: Document, wishes: Sequence[str]) -> list[Draft]:
    """Drop the acts on sanctions that another draft, whose action is one of `wishes`, asks for."""
    wishing = {d.trigger for d in drafts if d.type == "SanctionsAction" and d.value("action") in wishes}
    return [d for d in drafts if not _wished_for(d, doc, wishing, wishes)]


def _wished_for(draft: Draft, doc: Document, wishing: set[int], wishes: Sequence[str]) -> bool:
    """Tell whether the act is what a wish is for: below it, and not told beside it ("sanctions imposed in 2014")."""
    if draft.type != "SanctionsAction" or draft.value("action") in wishes:
        return False
    node = draft.trigger
    for ancestor in doc.ancestors(draft.trigger):
        if _told_beside(node, doc):
            return False
        if ancestor in wishing:
            return True
        node = ancestor
    return False


def _told_beside(i: int, doc: Document) -> bool:
    """Tell whether a clause says what happened, not what is wished: a relative clause, a participle, "after it did"."""
    token = doc.tokens[i]
    children = [doc.tokens[c] for c in doc.children[i]]
    finite = token.dep == "advcl" and any(c.dep.startswith("nsubj") for c in children)
    wished = any(c.dep == "mark" and c.lemma in ("for", "that", "to") for c in children)
    return token.dep in _APART or (token.dep == "acl" and token.xpos == "VBN") or (finite and not wished)
