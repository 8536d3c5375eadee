"""Which offices a state has: what the word lists say of offices that few states or none but some have."""

from __future__ import annotations

from kb.link.words import Words


def tails(role: str) -> list[str]:
    """Return what a role ends in, the longest first: "deputy prime minister", "prime minister", "minister"."""
    words = role.split()
    return [" ".join(words[start:]) for start in range(len(words))]


def holders_of(words: Words, role: str) -> frozenset[str] | None:
    """Return the codes of the states and bodies that alone have an office of this name; None where any may."""
    return next((words.only[tail] for tail in tails(role) if tail in words.only), None)


def has_office(words: Words, role: str, code: str | None) -> bool:
    """Tell whether the state or body with a code can have an office of this name."""
    only = holders_of(words, role)
    lacking = next((words.lacking[tail] for tail in tails(role) if tail in words.lacking), frozenset[str]())
    return code not in lacking and (only is None or code in only)


def typical_of(words: Words, role: str, core: str) -> str | None:
    """Return the code of the state or body that an office of this name is meant of, where nothing else is said."""
    return next((words.typical[r] for r in (core, *tails(role)) if r in words.typical), None)
