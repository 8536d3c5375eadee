"""Which predicted fact is which gold fact, and whether a slot of it is right."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.evaluate.scheme import AGENTS, CLOSED, CORE, WORDS, Fact, alike

Serves = Mapping[str, str]
"""The state of each official, both folded: they count as one agent."""


def serves_of(gold: Iterable[Fact]) -> dict[str, str]:
    """Return the state or organisation of each official that the `office` facts of an article give."""
    offices = (f for f in gold if f["type"] == "office" and f.get("person") and f.get("of"))
    return {fold(f["person"]): fold(f["of"]) for f in offices}


def pairs(kind: str, gold: Sequence[Fact], predicted: Sequence[Fact], serves: Serves) -> list[tuple[int, int]]:
    """Return the best pairing, greedy by core score, each fact used once."""
    scored = [(-core_score(kind, g, p, serves), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    found = []
    for score, i, j in sorted(scored):
        if score < 0 and i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            found.append((i, j))
    return found


def core_score(kind: str, gold: Fact, predicted: Fact, serves: Serves) -> float:
    """Return 0 when the two are not the same fact, else how much of the core agrees, in (0, 1]."""
    scores = [_slot_score(slot, gold, predicted, serves) for slot in CORE[kind]]
    return 0.0 if 0.0 in scores else sum(scores) / len(scores)


def _slot_score(slot: str, gold: Fact, predicted: Fact, serves: Serves) -> float:
    if slot in CLOSED:
        return float(alike(fold(gold.get(slot) or "")) == alike(fold(predicted.get(slot) or "")))
    wanted, found = agents(gold.get(slot)), agents(predicted.get(slot))
    if not wanted:  # the text names none: nothing to hold against the prediction
        return 1.0
    hits = overlap(wanted, found, serves)
    needed = 2 if slot in ("participants", "parties") else 1
    return 2 * hits / (len(wanted) + len(found)) if hits >= min(needed, len(wanted)) else 0.0


def slot_right(slot: str, gold: Any, predicted: Any, serves: Serves) -> bool:
    """Return whether a slot of a matched fact is right."""
    if slot in AGENTS:
        wanted = agents(gold)
        return overlap(wanted, agents(predicted), serves) == len(wanted)
    if slot in WORDS:
        return bool(set(fold(gold).split()) & set(fold(predicted or "").split()))
    if slot in CLOSED:
        return fold(gold) == fold(predicted or "")
    return str(gold) == str(predicted)


def agents(value: Any) -> list[str]:
    """Return a slot's agents, folded: the code where there is one, else the name."""
    items = value if isinstance(value, list) else [value]
    names = (item.get("code") or item.get("name") if isinstance(item, Mapping) else item for item in items)
    return [folded for name in names if name and (folded := fold(name))]


def overlap(left: Iterable[str], right: Sequence[str], serves: Serves) -> int:
    """Count how many of `left` have one of their own in `right`."""
    free, count = list(right), 0
    for agent in left:
        partner = next((other for other in free if same_agent(agent, other, serves)), None)
        if partner is not None:
            free.remove(partner)
            count += 1
    return count


def same_agent(a: str, b: str, serves: Serves) -> bool:
    """Return whether two folded names or codes are of one agent: equal, nearly so, or one a part of the other."""
    if a == b or serves.get(a) == b or serves.get(b) == a:
        return True
    if len(a) <= 3 or len(b) <= 3:  # codes are equal or they are not
        return False
    left, right = a.split(), b.split()
    if left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left):
        return True
    return difflib.SequenceMatcher(None, a, b).ratio() >= 0.85


def fold(value: Any) -> str:
    """Return a value as lower-case ASCII letters, digits and spaces, without its accents."""
    text = unicodedata.normalize("NFKD", str(value))
    plain = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9 ]+", " ", plain).strip()
