"""What the page of an article needs of its flat view beside the facts themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Fact = Mapping[str, Any]


def evidence_anchors(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the fragment of the evidence (RFC 5147) for the first of the facts, by their ids, that rest on it."""
    first: dict[str, str] = {}
    for fact in facts:
        first.setdefault(f"char={fact['evidence']['start']},{fact['evidence']['end']}", fact["id"])
    return {fact: anchor for anchor, fact in first.items()}


def local_agents(facts: Iterable[Fact], article: str) -> dict[str, Mapping[str, Any]]:
    """Return those whom only this article names, by their IRIs, in the order of the facts."""
    agents = (agent for fact in facts for value in fact.values() for agent in _agents(value))
    return {agent["id"]: agent for agent in agents if agent["id"].startswith(f"{article}#")}


def _agents(value: Any) -> Iterator[Mapping[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) and "id" in item:
            yield item
