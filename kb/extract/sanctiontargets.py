"""Whom an act on sanctions is about, where its own words leave that out."""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.diplomacy import Counterparts
from kb.extract.drafts import Draft, states
from kb.extract.measures import Measures
from kb.extract.sanctionrecords import Record, is_by_imposer
from kb.extract.sanctionsides import SanctionSides
from kb.model import Argument, Entity, EntityKind

GUESSED = ("whom sanctions are spoken of", "the other state of the article")
"""Ways too far from the act's own words to tell from it that sanctions stand."""


class SanctionTargets:
    """Finds targets at the words for sanctions, in the sentence, and in what the article has told."""

    def __init__(self, measures: Measures, sides: SanctionSides, counterparts: Counterparts) -> None:
        self.measures = measures
        self.sides = sides
        self.counterparts = counterparts
        self.linked = measures.linked
        self.family = measures.lexicon.families["SanctionsAction"]

    def find(self, draft: Draft, record: Record | None, imposers: tuple[Entity, ...]) -> list[Argument]:
        """Return the targets by the first way that finds any.

        `record` are the sanctions in focus, `imposers` whose the sanctions of the draft are.
        """
        found: tuple[tuple[str, Sequence[Entity]], ...] = (
            ("whose they are", self.measures.targets(draft.trigger) or self._in_front(draft)),
            ("sanctions in focus", record.targets if record is not None else ()),
            ("the other state of the sentence", self._other_state(draft, imposers)),
            ("not named", self.measures.unnamed_targets(draft.trigger)),
            ("own sanctions", draft.entities("actor") if draft.value("action") == "oppose" and imposers else ()),
            ("whom sanctions are spoken of", self._spoken_of(draft, imposers)),
            ("own sanctions", draft.entities("actor") if self._own(draft) else ()),
            ("the other state of the article", self._other_of_article(draft)),
        )
        how, entities = next((f for f in found if f[1]), ("", ()))
        return [Argument("target", e, how) for e in entities]

    def _in_front(self, draft: Draft) -> tuple[Entity, ...]:
        """Return the states that stand before the word as the target: "renewed the Mali sanctions"."""
        acting = {e.id for e in draft.entities("actor", "imposer")}
        found = self.measures.in_front(draft.trigger) if is_by_imposer(draft, self.family) else ()
        return tuple(e for e in found if e.id not in acting)

    def _own(self, draft: Draft) -> bool:
        """Tell whether one acts on the sanctions one is under."""
        return draft.value("action") in self.family["own_sanctions"]

    def _spoken_of(self, draft: Draft, imposers: Sequence[Entity]) -> tuple[Entity, ...]:
        return self.sides.target(draft.trigger, {e.id for e in (*draft.entities("actor", "imposer"), *imposers)})

    def _other_state(self, draft: Draft, imposers: Sequence[Entity]) -> tuple[Entity, ...]:
        """Return the only state of the draft's sentence that does not act there."""
        doc = self.linked.doc
        sentence = doc.sentences[doc.tokens[draft.trigger].sentence]
        acting = states((*draft.entities("actor", "imposer"), *imposers), self.counterparts.state_of)
        tokens = range(sentence.start, sentence.end)
        found = {e.id: e for i in tokens for e in self.linked.references.get(i, ()) if e.kind is EntityKind.STATE}
        others = [e for e in found.values() if e.code not in acting]
        return tuple(others) if len(others) == 1 and acting else ()

    def _other_of_article(self, draft: Draft) -> tuple[Entity, ...]:
        acting = draft.entities("actor", "imposer")
        other = self.counterparts.other_than(acting) if acting else None
        return (other,) if other is not None else ()
