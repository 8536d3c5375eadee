"""The main path of extraction: from a linked document to its claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.extract.attribution import AttributionReader
from kb.extract.complete import Completer
from kb.extract.drafts import Draft, states
from kb.extract.factuality import ModalityReader, label
from kb.extract.lexicon import Lexicon
from kb.extract.matcher import Match, Matcher
from kb.extract.merge import Merger
from kb.extract.regimes import RegimesOf, no_regimes, with_regime
from kb.extract.speech import SpeechActs, is_hostile, said_by_source
from kb.extract.stays import Stays
from kb.extract.syntax import Syntax
from kb.extract.venues import Venues
from kb.extract.when import TimeReader
from kb.link import state_of
from kb.model import (
    Argument,
    Attribution,
    Claim,
    Entity,
    Extraction,
    Factuality,
    FactualityLabel,
    LinkedDocument,
    Office,
    Span,
    Temporal,
    TimeExpression,
)

_MAX_EVIDENCE_TOKENS = 45
_OF_VERB = ("aux", "advmod", "compound:prt", "cop")


def extract(linked: LinkedDocument, lexicon: Lexicon, regimes_of: RegimesOf = no_regimes) -> Extraction:
    """Return the claims of one article, each with rule, evidence, factuality and the chain of those who say it.

    `regimes_of` finds the known sanctions regimes of an imposer on a target, as the gazetteer does.
    """
    reading = Reading(linked, lexicon, regimes_of)
    drafts = reading.drafts()
    claims = reading.claims(drafts)
    return Extraction(
        article=linked.doc.article,
        claims=claims,
        sentences=len(linked.doc.sentences),
        linked=sum(mention.entity is not None for mention in linked.mentions),
        unlinked=_unlinked(linked),
        warnings=linked.doc.article.warnings,
    )


def _unlinked(linked: LinkedDocument) -> int:
    """Count the names that the model sees and linking makes nothing of."""
    known = {i for mention in linked.mentions if mention.entity for i in range(mention.start, mention.end)}
    return sum(known.isdisjoint(range(name.start, name.end)) for name in linked.doc.names)


class Reading:
    """One article being read: the readers it needs, over one syntax."""

    def __init__(self, linked: LinkedDocument, lexicon: Lexicon, regimes_of: RegimesOf = no_regimes) -> None:
        self.linked = linked
        self.regimes_of = regimes_of
        self.doc = linked.doc
        self.lexicon = lexicon
        self.syntax = Syntax(linked.doc, lexicon)
        self.modality = ModalityReader(self.syntax, lexicon)
        self.attribution = AttributionReader(linked, self.syntax, lexicon)
        self.times = TimeReader(linked, self.syntax)
        self.matcher = Matcher(linked, self.syntax, lexicon)

    def state_of(self, entity: Entity) -> str | None:
        """Return the code of the state or organisation an entity serves, as this article tells."""
        return state_of(entity, self.linked)

    def drafts(self) -> list[Draft]:
        """Return the distinct facts of the article."""
        completer = Completer(self.linked, self.syntax, self.lexicon, self.state_of)
        speech = SpeechActs(self.linked, self.syntax, self.attribution, self.lexicon, self.state_of)
        found = [self._draft(match) for match in self.matcher.matches()]
        stays = Stays(self.times, self.lexicon)
        venues = Venues(self.doc, self.state_of)
        found = venues.meet_there([stays.span(draft) for draft in completer.complete(found)])
        found = speech.add_accusations(found)
        published = self.doc.article.published
        merger = Merger(self.lexicon.families, self.state_of, self._sentence_of, self._is_news, published)
        found = venues.host([stays.settle(draft) for draft in merger.merge(found)])
        found = [with_regime(draft, self.regimes_of, self.doc.article.published) for draft in found]
        return [self._tenure(office) for office in self.linked.offices] + speech.link(found)

    def _sentence_of(self, token: int) -> int:
        return self.doc.tokens[token].sentence

    def _is_news(self, draft: Draft) -> bool:
        """Tell whether a finite verb tells the draft as having happened, which without a date means lately."""
        token = self.doc.tokens[draft.trigger]
        told = token.upos == "VERB" and token.dep not in ("acl", "amod", "acl:relcl", "advcl")
        return told and draft.factuality.label in (FactualityLabel.OCCURRED, FactualityLabel.ONGOING)

    def claims(self, drafts: list[Draft]) -> tuple[Claim, ...]:
        """Turn drafts into claims with stable ids; drafts that say exactly the same collapse into one."""
        ids = {id(draft): self._claim_id(draft) for draft in drafts}
        found: dict[str, Claim] = {}
        for draft in drafts:
            about = tuple(dict.fromkeys(ids[id(other)] for other in draft.about if id(other) in ids))
            found.setdefault(ids[id(draft)], self._claim(draft, ids[id(draft)], about))
        return tuple(found.values())

    # --- one match ------------------------------------------------------------------------------------------------

    def _draft(self, match: Match) -> Draft:
        family = self.lexicon.families[match.rule.event]
        since, until = match.rule.id in family.get("dated_since", ()), bool(family.get("lasting"))
        time = self.times.time_of(match.trigger, since=since, until=until)
        tokens = match.tokens | (frozenset(range(time.start, time.end)) if time else frozenset())
        draft = Draft(
            type=match.rule.event,
            rule=match.rule.id,
            trigger=match.trigger,
            arguments=match.arguments,
            tokens=tokens,
            factuality=Factuality(FactualityLabel.OCCURRED),
            time=time,
        )
        draft = replace(
            draft, factuality=self._factuality(draft, match), evidence=(self._evidence(tokens, match.trigger),)
        )
        draft = replace(draft, time=draft.time or self._announced(draft))
        of_source = family.get("of_source", ())
        return said_by_source(draft) if draft.rule in of_source else draft

    def _announced(self, draft: Draft) -> TimeExpression | None:
        """Return when an act of state was announced by whoever does it, which is its date where it has no other."""
        acts, chain = self.lexicon.families[draft.type].get("imposers_acts", ()), draft.factuality.chain
        real = draft.factuality.label is FactualityLabel.OCCURRED
        if not chain or not real or draft.value("action") not in acts:
            return None
        sources = states(chain[-1].sources, self.state_of)
        own = chain[-1].cue == "announce" if not sources else sources & states(draft.entities("actor"), self.state_of)
        return self.times.announced(draft.trigger) if own else None

    def _factuality(self, draft: Draft, match: Match) -> Factuality:
        family = self.lexicon.families[draft.type]
        modality = self.modality.read(match.trigger)
        if match.rule.label:
            modality.effects.append(self.modality.came_true(match.trigger, match.rule.label))
        chain = self.attribution.chain(match.trigger)
        third_party = is_hostile(draft, family) and self._third_party(draft, chain)
        found = label(modality, chain, third_party=third_party)
        if found.label is FactualityLabel.NOT_OCCURRED and modality.has("planned", "expected"):
            found = replace(found, label=FactualityLabel(family.get("unfulfilled", found.label)))
        return self._settle(found, draft)

    def _third_party(self, draft: Draft, chain: tuple[Attribution, ...]) -> bool:
        """Tell whether the innermost named source speaks of somebody else's act."""
        if not chain or not chain[-1].sources:
            return False
        actors = draft.entities(*self.lexicon.families[draft.type]["agents"])
        return not states(chain[-1].sources, self.state_of) & states(actors, self.state_of)

    def _settle(self, found: Factuality, draft: Draft) -> Factuality:
        """Apply what the class of event implies: a speech act happened, a date ahead of publication is a plan."""
        family = self.lexicon.families[draft.type]
        if found.label not in (FactualityLabel.OCCURRED, FactualityLabel.ONGOING):
            return found
        if "standing" in family:
            return replace(found, label=FactualityLabel(family["standing"]))
        if self._is_ahead(draft):
            return replace(found, label=FactualityLabel.PLANNED, temporal=Temporal.FUTURE)
        momentary = draft.value("action") in family.get("momentary", ())
        return replace(found, label=FactualityLabel.OCCURRED) if momentary else found

    def _is_ahead(self, draft: Draft) -> bool:
        published, time = self.doc.article.published, draft.time
        return bool(published and time and time.time.earliest > published and not self.times.is_end(time))

    def _evidence(self, tokens: Iterable[int], trigger: int) -> Span:
        """Return the stretch of the trigger's sentence that covers the tokens, at most 45 tokens around the trigger."""
        sentence = self.doc.tokens[trigger].sentence
        inside = [i for i in self._whole(tokens, trigger) if self.doc.tokens[i].sentence == sentence]
        start, end = min(inside), max(inside) + 1
        if end - start > _MAX_EVIDENCE_TOKENS:
            start = max(start, trigger - _MAX_EVIDENCE_TOKENS // 2)
            end = min(end, start + _MAX_EVIDENCE_TOKENS)
        return self.doc.span(start, end)

    def _whole(self, tokens: Iterable[int], trigger: int) -> Iterator[int]:
        """Yield the tokens, the rest of the names they stand in, and what belongs to the verb ("did not attack")."""
        yield from (c for c in self.doc.children[trigger] if self.doc.tokens[c].dep.startswith(_OF_VERB))
        for i in tokens:
            yield i
            mention = self.linked.mention_of.get(i)
            if mention is not None:
                yield from range(mention.start, mention.end)

    # --- tenures --------------------------------------------------------------------------------------------------

    def _tenure(self, office: Office) -> Draft:
        span = self.doc.span(office.start, office.end)
        arguments = (
            Argument("officeHolder", office.person, office.rule, span),
            Argument("role", office.role, office.rule, span),
            Argument("officeOf", office.of, office.rule, span),
        )
        temporal = {"occurred": Temporal.PAST, "planned": Temporal.FUTURE}.get(office.status, Temporal.PRESENT)
        factuality = Factuality(FactualityLabel(office.status), temporal=temporal)
        tokens = frozenset(range(office.start, office.end))
        return Draft("Tenure", office.rule, office.start, arguments, tokens, factuality, evidence=(span,))

    # --- claims ---------------------------------------------------------------------------------------------------

    def _claim_id(self, draft: Draft) -> str:
        """Return the class and a digest of what the claim says and where, so that it survives a new extraction."""
        facts = sorted(f"{a.role}={a.value.id if isinstance(a.value, Entity) else a.value}" for a in draft.arguments)
        first = draft.evidence[0]
        payload = "\n".join([draft.type, *facts, f"{first.start},{first.end}", draft.factuality.label])
        return f"{draft.type.lower()}-{hashlib.sha256(payload.encode()).hexdigest()[:10]}"

    def _claim(self, draft: Draft, claim_id: str, about: tuple[str, ...]) -> Claim:
        token = self.doc.tokens[draft.trigger]
        time = draft.time
        return Claim(
            id=claim_id,
            type=draft.type,
            arguments=draft.arguments,
            factuality=draft.factuality,
            evidence=draft.evidence,
            rule=draft.rule,
            trigger=Span(token.start, token.end),
            time=time.time if time else None,
            time_text=self.doc.words(time.start, time.end) if time else None,
            about_claims=about,
        )
