"""The side of a transfer that its sentence leaves out.

"Canada has promised wheat", "ten more helicopters were delivered": who receives or gives is whoever did in the
transfer told before, or the other state that the article is about.
"""

from __future__ import annotations

from kb.extract.context import InArticle, InFocus
from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, states
from kb.model import Argument, Entity, EntityKind

_RECIPIENT_SENTENCES = 2
_FAR_SENTENCES = 15
_SUPPLIER_SENTENCES = 4


class Supplies(InFocus):
    """The transfers of one article, read in text order."""

    def __init__(self, article: InArticle, counterparts: Counterparts) -> None:
        super().__init__(article, counterparts)
        self._last: Draft | None = None

    def follow(self, draft: Draft) -> None:
        """Keep a transfer whose sides are known in mind."""
        if draft.type == "Transfer" and draft.entities("recipient"):
            self._last = draft

    def fill(self, draft: Draft) -> Draft:
        """Return the transfer with the side that was told before, or that the article as a whole tells."""
        draft = draft.without("recipient", draft.entities("supplier"))
        if not draft.entities("supplier"):
            draft = self._from_whom(draft)
        if draft.entities("recipient") or not draft.entities("supplier") or not self._public(draft):
            return draft
        return self._to_whom(draft)

    def _public(self, draft: Draft) -> bool:
        """Tell whether what is named as the recipient stands for its state: a hospital, refugees, an unknown town."""
        if draft.rule not in self.lexicon.families[draft.type]["to_public"]:
            return True
        to = [i for slot in ("iobj", "to", "for", "into") for i in self.syntax.slot(draft.trigger, slot)]
        return any(i in self.doc.place_tokens or self._is_public_body(i) for i in to)

    def _is_public_body(self, i: int) -> bool:
        token = self.doc.tokens[i]
        return not self.lexicon.words("public-body").isdisjoint((token.text.lower(), token.lemma))

    def _near(self, draft: Draft, sentences: int) -> bool:
        if self._last is None:
            return False
        here, there = (self.doc.tokens[d.trigger].sentence for d in (draft, self._last))
        return here - there <= sentences

    def _from_whom(self, draft: Draft) -> Draft:
        """Take the supplier of the transfer told before, where it went to the same side or none is named."""
        last, to = self._last, states(draft.entities("recipient"), self.state_of)
        if last is None or not self._near(draft, _SUPPLIER_SENTENCES):
            return draft
        if to and not to & states(last.entities("recipient"), self.state_of):
            return draft
        draft = draft.adding(Argument("supplier", e, "supplier in focus") for e in last.entities("supplier"))
        return draft.without("recipient", draft.entities("supplier"))

    def _to_whom(self, draft: Draft) -> Draft:
        """Take the recipient in focus, else the other state of the article."""
        if not self._near(draft, _RECIPIENT_SENTENCES):
            other = self._other_state(draft.entities("supplier"))
            if other is not None:
                return draft.adding([Argument("recipient", other, "the other state of the article")])
        if self._last is None or not self._near(draft, _FAR_SENTENCES):
            return draft
        suppliers = {e.id for e in draft.entities("supplier")}
        recipients = [e for e in self._last.entities("recipient") if e.id not in suppliers]
        return draft.adding(Argument("recipient", e, "recipient in focus") for e in recipients)

    def _other_state(self, suppliers: tuple[Entity, ...]) -> Entity | None:
        """Return the other state of the article for what states and known bodies give, not firms."""
        public = any(e.kind is not EntityKind.ORGANISATION or e.code for e in suppliers)
        return self._counterparts.other_than(suppliers) if public else None
