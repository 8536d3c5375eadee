"""Facts that only a word such as "measures" or "list" makes ones about sanctions, while nothing else speaks of them."""

from __future__ import annotations

from kb.extract.drafts import Draft
from kb.extract.lexicon import Lexicon
from kb.extract.measures import Measures
from kb.model import Entity, EntityKind


def too_weak(draft: Draft, measures: Measures, lexicon: Lexicon) -> bool:
    """Tell whether neither the words of the fact nor the article speak of sanctions."""
    family = lexicon.families["SanctionsAction"]
    if draft.rule in family["always_sanctions"] or measures.speaks_of_sanctions(draft.trigger):
        return False
    clear = draft.rule not in family["only_in_focus"] and _clear(draft, measures, lexicon)
    return not clear and not measures.spoken_of


def _clear(draft: Draft, measures: Measures, lexicon: Lexicon) -> bool:
    """Tell whether the sides are named, and the word beside them can hardly mean anything else."""
    named = measures.lemmas(draft.trigger)
    hit = draft.entities("target") or measures.targets(draft.trigger) or measures.in_front(draft.trigger)
    acting = draft.entities("imposer", "actor")
    both = hit and acting
    at_noun = measures.imposers(draft.trigger, frozenset(e.id for e in draft.entities("target")))
    if not both and not at_noun:
        return False
    return not named & lexicon.words("weak-measure") or bool(both and _of_body_on_state(acting, hit))


def _of_body_on_state(acting: tuple[Entity, ...], hit: tuple[Entity, ...]) -> bool:
    """Tell whether an organisation of states acts on a state: its "restrictions on Iraq" are sanctions."""
    on_state = all(e.kind is EntityKind.STATE for e in hit)
    return on_state and all(e.kind is EntityKind.ORGANISATION and e.known for e in acting)
