"""Claims as the canonical layer sees them: with canonical participants, whatever article they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from kb.resolve.terms import Value


@dataclass(frozen=True, slots=True)
class Referent:
    """An actor or place that a claim names.

    `iri` is the canonical one, `body` the IRI of the state or organisation it belongs to in the end, or its own.
    `linked` is false for one whose identity reaches no further than its article.
    """

    iri: str
    name: str
    kind: str
    body: str
    home: str | None = None
    linked: bool = True

    @property
    def person(self) -> bool:
        """Whether it is one person, who stands for the state only as one of its officials."""
        return self.kind == "official"


@dataclass(frozen=True, slots=True)
class When:
    """The time a claim gives: its literals by property (start, end or date), bounds and precision."""

    literals: tuple[tuple[str, ox.Literal], ...]
    earliest: date
    latest: date
    precision: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim.

    `event` is the class of events it is about; `agents` are the actors and places by role, `values` all other roles.
    `attributed` tells that somebody is quoted for it, `own_side` that one who is quoted belongs to a participant.
    `denied` tells that its article reports a denial of it. `content` are the block keys of what it alleges or denies.
    """

    iri: str
    article: str
    event: str
    agents: Mapping[str, tuple[Referent, ...]]
    values: Mapping[str, tuple[Value, ...]]
    factuality: str
    when: When | None = None
    published: date | None = None
    publisher: str = ""
    attributed: bool = False
    own_side: bool = False
    denied: bool = False
    content: frozenset[str] = frozenset()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def concept(self, role: str) -> str | None:
        """Return the notation of the concept of a role, such as ``summit`` for the kind of a meeting."""
        for value in self.values.get(role, ()):
            return value.value.rpartition("#")[2].partition("-")[2]
        return None
