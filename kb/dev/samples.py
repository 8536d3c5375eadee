"""An invented article with a claim of every class: food for tests and benchmarks, without model or rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.model import (
    Argument,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    Extraction,
    Factuality,
    FactualityLabel,
    Precision,
    Span,
    TimeValue,
    Zone,
    ZoneKind,
)

PUBLISHED = date(2031, 5, 14)

BRAZIL = Entity("id/state/BRA", EntityKind.STATE, "Brazil", code="BRA", known=True)
CHINA = Entity("id/state/CHN", EntityKind.STATE, "China", code="CHN", known=True)
EGYPT = Entity("id/state/EGY", EntityKind.STATE, "Egypt", code="EGY", known=True)
COUNCIL = Entity("id/organisation/UNSC", EntityKind.ORGANISATION, "UN Security Council", code="UNSC", known=True)
CAIRO = Entity("id/place/cairo-egy", EntityKind.PLACE, "Cairo", state="EGY", known=True)
DUARTE = Entity("official/ana-duarte", EntityKind.OFFICIAL, "Ana Duarte", state="BRA")
LI = Entity("official/li-qun", EntityKind.OFFICIAL, "Li Qun", state="CHN")
REBELS = Entity("group/river-front-rebels", EntityKind.GROUP, "River Front rebels")


@dataclass(frozen=True)
class Said:
    """A sentence and the claim it makes; `roles` maps a role to its fillers, `about` gives the claims it speaks of."""

    type: str
    trigger: str
    sentence: str
    roles: Mapping[str, Sequence[Entity | str | int]]
    label: FactualityLabel = FactualityLabel.OCCURRED
    when: str | None = None
    chain: tuple[Attribution, ...] = ()
    about: tuple[str, ...] = field(default=())


SAID = (
    Said(
        "Tenure",
        "Minister",
        "Chinese Foreign Minister Li Qun spoke first.",
        {"officeHolder": [LI], "role": ["foreign minister"], "officeOf": [CHINA]},
        FactualityLabel.ONGOING,
    ),
    Said(
        "Visit",
        "arrived",
        "President Ana Duarte arrived in Cairo on Monday, the first such visit in 12 years.",
        {"visitor": [DUARTE], "origin": [BRAZIL], "destination": [EGYPT], "place": [CAIRO], "firstInYears": [12]},
        when="2031-05-12",
    ),
    Said(
        "Meeting",
        "meet",
        "Duarte and Li will meet in Cairo in June, the ministry said.",
        {"participant": [DUARTE, LI], "place": [CAIRO], "kind": ["in-person"]},
        FactualityLabel.PLANNED,
        when="2031-06",
        chain=(Attribution((EGYPT,), "said", "neutral"),),
    ),
    Said(
        "SanctionsRegime",
        "sanctions",
        "The rebels have been under UN sanctions for years because of their attacks on ferries.",
        {"imposer": [COUNCIL], "target": [REBELS], "reason": ["their attacks on ferries"]},
        FactualityLabel.ONGOING,
    ),
    Said(
        "SanctionsAction",
        "extended",
        "The Security Council extended the arms embargo on the rebels in 2030.",
        {"actor": [COUNCIL], "target": [REBELS], "action": ["extend"], "measure": ["arms-embargo"]},
        when="2030",
    ),
    Said(
        "Agreement",
        "signed",
        "Brazil and Egypt signed a grain accord on Tuesday.",
        {"party": [BRAZIL, EGYPT], "action": ["sign"], "about": ["a grain accord"]},
        when="2031-05-13",
    ),
    Said(
        "Transfer",
        "shipped",
        "China has shipped drones to the rebels, Duarte told reporters, quoting Egypt.",
        {"supplier": [CHINA], "recipient": [REBELS], "goods": ["drones"], "goodsKind": ["arms"]},
        FactualityLabel.ALLEGED,
        chain=(Attribution((DUARTE,), "told", "neutral"), Attribution((EGYPT,), "quoting", "doubtful")),
    ),
    Said(
        "Accusation",
        "accused",
        "Duarte accused China of shipping drones to the rebels.",
        {"speaker": [DUARTE], "target": [CHINA], "about": ["shipping drones to the rebels"]},
        about=("Transfer",),
    ),
    Said(
        "Denial",
        "denies",
        "China denies it.",
        {"speaker": [CHINA], "about": ["it"]},
        about=("Transfer",),
    ),
    Said(
        "Stance",
        "urged",
        "Li urged Brazil to show restraint.",
        {"speaker": [LI], "target": [BRAZIL], "kind": ["urge"], "about": ["to show restraint"]},
    ),
    Said(
        "WeaponsTest",
        "tested",
        "The rebels reportedly tested a rocket last week.",
        {"actor": [REBELS], "weapon": ["a rocket"]},
        FactualityLabel.ALLEGED,
        when="2031-05",
        chain=(Attribution((), "reportedly", "neutral"),),
    ),
    Said(
        "DiplomaticAction",
        "recalled",
        "Brazil recalled its ambassador to China on 13 May 2031.",
        {"actor": [BRAZIL], "target": [CHINA], "action": ["recall"]},
        when="2031-05-13",
    ),
    Said(
        "MilitaryAction",
        "attack",
        "Egypt did not attack the rebels.",
        {"actor": [EGYPT], "target": [REBELS], "action": ["attack"]},
        FactualityLabel.NOT_OCCURRED,
    ),
)


def sample_extraction(repeat: int = 1) -> Extraction:
    """Return 13 claims, one of each class, from an article of 13 sentences; `repeat` says it all several times."""
    sentences = [said.sentence for _ in range(repeat) for said in SAID]
    text = "CAIRO, May 14 -\n" + "\n".join(sentences)
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        key=digest[:16],
        text=text,
        sha256=digest,
        source="samples/cairo.txt",
        zones=(Zone(ZoneKind.BODY, Span(0, len(text))),),
        title="Duarte in Cairo",
        published=PUBLISHED,
        published_time="2031-05-14T09:30:00+02:00",
        publisher="The Invented Times",
        url="https://news.example/cairo?id=1",
        dateline="CAIRO",
        warnings=("an invented article",),
    )
    return Extraction(article, tuple(_claims(text, repeat)), sentences=len(sentences), linked=30)


def _claims(text: str, repeat: int) -> Iterator[Claim]:
    position = 0
    for round_ in range(repeat):
        for said in SAID:
            position = text.index(said.sentence, position)
            yield _claim(said, Span(position, position + len(said.sentence)), round_)


def _claim(said: Said, evidence: Span, round_: int) -> Claim:
    trigger = evidence.start + said.sentence.index(said.trigger)
    return Claim(
        id=_id(said.type, round_),
        type=said.type,
        arguments=tuple(Argument(role, value) for role, values in said.roles.items() for value in values),
        factuality=Factuality(said.label, chain=said.chain),
        evidence=(evidence,),
        rule=f"{said.type.lower()}.sample",
        trigger=Span(trigger, trigger + len(said.trigger)),
        time=_time(said.when) if said.when else None,
        time_text="the time" if said.when else None,
        about_claims=tuple(_id(name, round_) for name in said.about),
    )


def _id(type_: str, round_: int) -> str:
    return f"{type_.lower()}-{round_:04d}"


def _time(value: str) -> TimeValue:
    """Return a time of the precision that `value` has: day, month (of up to 28 days, which will do) or year."""
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(value)]
    first, last = value + "-01-01"[len(value) - 4 :], value + "-12-28"[len(value) - 4 :]
    return TimeValue(value, date.fromisoformat(first), date.fromisoformat(last), precision)
