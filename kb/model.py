"""The types that pass from stage to stage. No RDF in here: `kb.graph` alone turns them into triples.

Offsets are Unicode code points into `Article.text`, the text exactly as it was read (after decoding), 0-based, end
exclusive, as in RFC 5147 and the Web Annotation TextPositionSelector. Token indexes count through the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters it covers."""
        return text[self.start : self.end]


# --- the text -----------------------------------------------------------------------------------------------------


class ZoneKind(StrEnum):
    """What part of a news page a line is. Only `FACTUAL_ZONES` are a source of facts."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    HEADING = "heading"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    TEASER = "teaser"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"


FACTUAL_ZONES = frozenset({ZoneKind.TITLE, ZoneKind.LEAD, ZoneKind.BODY})


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of text of one kind; a body zone is one paragraph. Zones do not overlap and come in text order."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What the caller knows about an article beside its text; each field wins over what the text itself says."""

    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    `key` (16 hexadecimal digits) stays the same for a changed version of the article: it is made of the URL, else of
    publisher, title and date, else of the text. `published_time` is the full ISO 8601 stamp where the text has one.
    """

    key: str
    text: str
    sha256: str
    source: str
    zones: tuple[Zone, ...]
    title: str | None = None
    published: date | None = None
    published_time: str | None = None
    publisher: str | None = None
    url: str | None = None
    dateline: str | None = None
    warnings: tuple[str, ...] = ()


# --- the sentences ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its Universal Dependencies v2 annotation; `head` is the token's own index for a root."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [start, end) and the zone they stand in."""

    i: int
    start: int
    end: int
    zone: ZoneKind


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name the model found: tokens [start, end), label PER, ORG or LOC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Document:
    """An analysed article: the tokens and sentences of its factual zones, with the dependency trees."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[NameSpan, ...] = ()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The dependents of each token, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(row) for row in below)

    @cached_property
    def place_tokens(self) -> frozenset[int]:
        """The tokens of the names that the model takes for places, known to the gazetteer or not."""
        return frozenset(i for name in self.names if name.label == "LOC" for i in range(name.start, name.end))

    def subtree(self, i: int) -> list[int]:
        """Return token i and everything below it, in text order."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(self.children[node])
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """Yield the head of i, its head, and so on up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def span(self, start: int, end: int) -> Span:
        """Return the text span of tokens [start, end)."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens [start, end), with its line breaks as spaces."""
        return " ".join(self.span(start, end).of(self.article.text).split())


# --- entities -----------------------------------------------------------------------------------------------------


class EntityKind(StrEnum):
    """What an entity is; the first four can act. A regime is always one that the gazetteer knows."""

    STATE = "state"
    ORGANISATION = "organisation"
    OFFICIAL = "official"
    GROUP = "group"
    PLACE = "place"
    REGIME = "regime"


ACTOR_KINDS = frozenset({EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.OFFICIAL, EntityKind.GROUP})


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something a fact can be about.

    `id` is the path of its IRI below the base: ``id/state/PRK``, ``id/organisation/UNSC``, ``id/place/pyongyang-prk``
    for what the gazetteer knows (`known`); ``official/vladimir-putin``, local to the article, for the rest. `state` is
    the alpha-3 code (or organisation code) that an official or organ serves, or that a place lies in.
    """

    id: str
    kind: EntityKind
    name: str
    code: str | None = None
    state: str | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) that refer to `entity`, or to nobody known when it is None.

    `how` names the linking step: gazetteer, title, name, apposition, surname, role, pronoun, metonym ...
    """

    start: int
    end: int
    head: int
    entity: Entity | None
    how: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office the text gives to a person: "Russian Foreign Minister Sergey Lavrov".

    `status` is ongoing, occurred (former) or planned (elect, nominee). `tokens` is the evidence, [start, end).
    """

    person: Entity
    role: str
    of: Entity
    status: str
    start: int
    end: int
    rule: str


# --- times --------------------------------------------------------------------------------------------------------


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A resolved time. `value` is ISO 8601 as precise as known ("2024-06-19", "2024-06", "2024").

    `end_value` is set for an interval of which the end is told ("June 18-19"); `value` is empty where only the end is.
    `earliest` and `latest` are the first and the last day the time can mean, both inclusive.
    """

    value: str
    earliest: date
    latest: date
    precision: Precision
    end_value: str | None = None


def stretch(first: str | None, last: str | None) -> str:
    """Return a stretch of time in words: its first day or both, or until when it lasts if that alone is told."""
    return f"until {last}" if last and not first else " to ".join(filter(None, [first, last]))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Tokens [start, end) and the time they mean (a TIMEX)."""

    start: int
    end: int
    time: TimeValue


@dataclass(frozen=True)
class LinkedDocument:
    """A document with its mentions, offices and times.

    `references` are the actors each token refers to, `places` the place and state at a token, `bodies` the states and
    organisations of the article by their codes; read them through `kb.link.agents`.
    """

    doc: Document
    mentions: tuple[Mention, ...] = ()
    offices: tuple[Office, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    references: Mapping[int, tuple[Entity, ...]] = field(default_factory=dict)
    places: Mapping[int, tuple[Entity, ...]] = field(default_factory=dict)
    bodies: Mapping[str, Entity] = field(default_factory=dict)

    @cached_property
    def mention_of(self) -> dict[int, Mention]:
        """The innermost mention that covers each token."""
        found: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: (m.start - m.end, m.start)):
            for i in range(mention.start, mention.end):
                found[i] = mention
        return found


# --- claims -------------------------------------------------------------------------------------------------------


class Certainty(StrEnum):
    """FactBank's certainty axis (Sauri and Pustejovsky 2009)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Polarity(StrEnum):
    """Whether the source asserts or negates."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Temporal(StrEnum):
    """When, seen from the publication of the article."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    GENERIC = "generic"


class FactualityLabel(StrEnum):
    """The label derived from the four axes; the ontology says which of the guide's seven each one falls under."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    EXPECTED = "expected"
    PROPOSED = "proposed"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    ALLEGED = "alleged"
    DENIED = "denied"
    NOT_OCCURRED = "not-occurred"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of those who say it, innermost speaker last (source, cue, content: PARC 3.0).

    `sources` may be empty for an unnamed source ("reportedly"). `commitment` is what the cue says of the content:
    factive, neutral, doubtful or denying.
    """

    sources: tuple[Entity, ...]
    cue: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Factuality:
    """The four axes (claimant chain last) and the label they give."""

    label: FactualityLabel
    certainty: Certainty = Certainty.CERTAIN
    polarity: Polarity = Polarity.POSITIVE
    temporal: Temporal = Temporal.PAST
    chain: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One filled role of a claim. `role` is a property of the ontology (local name); `how` says how it was found."""

    role: str
    value: Entity | str | int
    how: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing this article says.

    `id` is stable within the article: made of type, arguments and evidence, not of the order of extraction. `type` is
    the event class of the ontology (local name, such as "Visit"). `time` is when it took, takes or shall take place;
    `end` the second bound where the text gives one ("until Friday"). The first evidence is the best. `about_claims`
    are the ids of claims this one alleges or denies.
    """

    id: str
    type: str
    arguments: tuple[Argument, ...]
    factuality: Factuality
    evidence: tuple[Span, ...]
    rule: str
    trigger: Span
    time: TimeValue | None = None
    time_text: str | None = None
    about_claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """What one article yields: its claims and the counts `kb load` prints."""

    article: Article
    claims: tuple[Claim, ...]
    sentences: int = 0
    linked: int = 0
    unlinked: int = 0
    warnings: tuple[str, ...] = field(default=())
