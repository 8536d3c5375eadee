"""The word lists of linking, read from data/link: what nouns, prepositions and verbs say about the names beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kb.errors import ResourceError
from kb.link.records import read_table

_FILES = ("nouns.toml", "cues.toml")


@dataclass(frozen=True)
class Words:
    """One set of lemmas per list; the comments in the files say what each is for."""

    people: frozenset[str]
    bodies: frozenset[str]
    country: frozenset[str]
    body_of_states: frozenset[str]
    organ: frozenset[str]
    sides: frozenset[str]
    pair: frozenset[str]
    pair_words: frozenset[str]
    counterpart: frozenset[str]
    group: frozenset[str]
    locative: frozenset[str]
    directional: frozenset[str]
    motion: frozenset[str]
    place_object: frozenset[str]
    speech: frozenset[str]
    appoint: frozenset[str]
    nominate: frozenset[str]
    serve: frozenset[str]
    resign: frozenset[str]
    together: frozenset[str]
    facing: frozenset[str]
    suffix: frozenset[str]
    prefix: frozenset[str]
    honorific: frozenset[str]
    rank: frozenset[str]
    local: frozenset[str]
    private: frozenset[str]
    weak_office: frozenset[str]
    typical: Mapping[str, str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    particle: frozenset[str]
    calendar: frozenset[str]
    chamber: frozenset[str]
    addressed: frozenset[str]
    since: frozenset[str]
    second: frozenset[str]
    becoming: frozenset[str]


def load_words(folder: Path) -> Words:
    """Read the word lists of a folder.

    Raises:
        ResourceError: a file is missing, a list is missing or unknown, or holds something else than strings.
    """
    lists = {name: words for file in _FILES for name, words in read_table(folder / file).items()}
    typical = lists.pop("typical", None)
    wanted = {field.name for field in fields(Words)} - {"typical"}
    if lists.keys() != wanted or typical is None:
        raise ResourceError(f"{folder.name}: lists missing or unknown: {', '.join(sorted(lists.keys() ^ wanted))}")
    for name, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ResourceError(f"{folder.name}: {name} is not a list of strings")
    return Words(**{name: frozenset(words) for name, words in lists.items()}, typical=typical)
