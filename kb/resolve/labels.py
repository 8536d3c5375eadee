"""What an event is called, in one line of plain English: "Vladimir Putin visits North Korea, June 2024".

Only names and concepts go into a label, never an article's own words, which may have to be left out of the store.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from kb.resolve.choice import best_time
from kb.resolve.phrases import AGREEMENTS, ALONE, CLAUSES, MONTHS, NOT_SO, PERSONAL, TARGETED
from kb.resolve.records import ClaimRecord, Referent, When

SHOWN = 3
"""How many names of a list a label holds."""

_HISSING = re.compile(r"(s|x|z|ch|sh|o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


class Labeller:
    """Names the events of one group of claims, with the names that these claims use most."""

    def __init__(self, claims: Sequence[ClaimRecord], status: str) -> None:
        self.claims, self.status = claims, status
        self.event = claims[0].event
        counts: dict[str, Counter[str]] = {}
        for agent in (agent for claim in claims for agents in claim.agents.values() for agent in agents):
            counts.setdefault(agent.iri, Counter())[agent.name] += 1
        self._names = {iri: best_name(found) for iri, found in counts.items()}

    def label(self) -> str:
        """Return the label."""
        if self.event == "Tenure":
            return self._tenure()
        if self.event == "SanctionsRegime":
            return f"{self.names('imposer')} sanctions on {self.names('target')}"
        when = best_time(self.claims)
        return self._clause() + (f", {date_words(when, self.event)}" if when else "") + self._suffix()

    def names(self, role: str) -> str:
        """Return the names that fill a role: those of persons rather than that of their state."""
        return enumeration([self._names[agent.iri] for agent in self._agents(role)])

    # --- clauses --------------------------------------------------------------------------------------------------

    def _clause(self) -> str:
        act = self._act("kind" if self.event in {"Meeting", "Stance"} else "action")
        if self.event == "Meeting":
            return self._meeting(act)
        if self.event == "Transfer":
            goods = self._act("goodsKind").replace("other", "") or "goods"
            return self._says("supplier", "transfer", f"{goods} to {self.names('recipient')}")
        if self.event in TARGETED:
            return self._targeted("speaker" if self.event == "Stance" else "actor", act)
        role, verb, rest = CLAUSES[self.event]
        return self._says(role, AGREEMENTS.get(act, verb), self.names(rest) or rest)

    def _says(self, role: str, verb: str, rest: str = "") -> str:
        agents = self._agents(role)
        verb = verb if len(agents) > 1 else third_person(verb)
        return " ".join(filter(None, [self.names(role) or "Somebody", verb, rest]))

    def _targeted(self, role: str, act: str) -> str:
        targets = self._agents("target")
        if not targets:
            return self._says(role, ALONE.get(self.event, {}).get(act, "act"))
        verbs = TARGETED[self.event]
        if self.event == "DiplomaticAction" and all(agent.person for agent in targets):
            verbs = {**verbs, **PERSONAL}
        return self._says(role, verbs.get(act, "act on"), self.names("target"))

    def _meeting(self, act: str) -> str:
        place = self.names("place")
        return self._says("participant", "talk by phone" if act == "call" else "meet", f"in {place}" if place else "")

    def _tenure(self) -> str:
        roles = Counter(value.value for claim in self.claims for value in claim.values.get("role", ()))
        return f"{self.names('officeHolder')}, {best_name(roles)} of {self.names('officeOf')}"

    # --- parts ----------------------------------------------------------------------------------------------------

    def _agents(self, role: str) -> list[Referent]:
        found = {agent.iri: agent for claim in self.claims for agent in claim.agents.get(role, ())}
        bodies = {agent.body for agent in found.values() if agent.person}
        kept = [agent for agent in found.values() if agent.person or agent.body not in bodies]
        return sorted(kept, key=lambda agent: (-self._uses(role, agent.iri), self._names[agent.iri], agent.iri))

    def _uses(self, role: str, iri: str) -> int:
        return sum(any(agent.iri == iri for agent in claim.agents.get(role, ())) for claim in self.claims)

    def _act(self, role: str) -> str:
        notations = Counter(filter(None, (claim.concept(role) for claim in self.claims)))
        return best_name(notations) if notations else ""

    def _suffix(self) -> str:
        return NOT_SO.get(self.status, f" ({self.status})")


def best_name(counts: Mapping[str, int]) -> str:
    """Return the most frequent of some names; of those, the longest; of those, the first."""
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def enumeration(names: Sequence[str]) -> str:
    """Return names as a list in words.

    >>> enumeration(["A", "B"]), enumeration(["A", "B", "C", "D", "E"])
    ('A and B', 'A, B, C and 2 others')
    """
    if len(names) > SHOWN + 1:
        return ", ".join(names[:SHOWN]) + f" and {len(names) - SHOWN} others"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def date_words(when: When, event: str) -> str:
    """Return a date in words; of a visit, which lasts, the month: that of its end where only that is told."""
    first = when.latest if [name for name, _ in when.literals] == ["end"] else when.earliest
    if when.precision == "day" and event != "Visit":
        return f"{first.day} {_month(first)}"
    if _month(first) == _month(when.latest) or when.precision in {"day", "week", "month"}:
        return _month(first)
    return f"{first.year}" if first.year == when.latest.year else f"{first.year} to {when.latest.year}"


def third_person(verb: str) -> str:
    """Return the third person singular of a verb or a verb with its object.

    >>> third_person("veto sanctions on"), third_person("deny"), third_person("meet")
    ('vetoes sanctions on', 'denies', 'meets')
    """
    word, space, rest = verb.partition(" ")
    if _CONSONANT_Y.search(word):
        word = word[:-1] + "ies"
    else:
        word += "es" if _HISSING.search(word) else "s"
    return word + space + rest


def _month(day: date) -> str:
    return f"{MONTHS[day.month]} {day.year}"
