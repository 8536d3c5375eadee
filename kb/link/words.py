"""The word lists of linking, read from data/link: what nouns, prepositions and verbs say about names beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import ResourceError
from kb.link.records import read_table

_FILES = ("nouns.toml", "cues.toml")
_TABLES = ("typical", "typical_body", "leading")
_TABLES_OF_LISTS = ("only", "lacking")


@dataclass(frozen=True)
class Words:
    """One set of lemmas per list; the comments in the files say what each is for."""

    people: frozenset[str]
    bodies: frozenset[str]
    resident: frozenset[str]
    retinue: frozenset[str]
    ranking: frozenset[str]
    country: frozenset[str]
    region: frozenset[str]
    body_of_states: frozenset[str]
    organ: frozenset[str]
    legislature: frozenset[str]
    rivals: frozenset[str]
    press: frozenset[str]
    unofficial: frozenset[str]
    public: frozenset[str]
    corporate: frozenset[str]
    kin: frozenset[str]
    headed: frozenset[str]
    stacked: frozenset[str]
    settlement: frozenset[str]
    sides: frozenset[str]
    pair: frozenset[str]
    pair_words: frozenset[str]
    each: frozenset[str]
    counterpart: frozenset[str]
    group: frozenset[str]
    locative: frozenset[str]
    directional: frozenset[str]
    motion: frozenset[str]
    place_object: frozenset[str]
    speech: frozenset[str]
    appoint: frozenset[str]
    nominate: frozenset[str]
    nominee: frozenset[str]
    serve: frozenset[str]
    resign: frozenset[str]
    together: frozenset[str]
    facing: frozenset[str]
    opposing: frozenset[str]
    suffix: frozenset[str]
    prefix: frozenset[str]
    honorific: frozenset[str]
    rank: frozenset[str]
    local: frozenset[str]
    private: frozenset[str]
    weak_office: frozenset[str]
    typical: Mapping[str, str]
    typical_body: Mapping[str, str]
    leading: Mapping[str, str]
    only: Mapping[str, frozenset[str]]
    lacking: Mapping[str, frozenset[str]]
    masculine: frozenset[str]
    feminine: frozenset[str]
    particle: frozenset[str]
    styles: frozenset[str]
    little: frozenset[str]
    calendar: frozenset[str]
    compass: frozenset[str]
    chamber: frozenset[str]
    posted: frozenset[str]
    addressed: frozenset[str]
    since: frozenset[str]
    second: frozenset[str]
    becoming: frozenset[str]

    @cached_property
    def referring(self) -> frozenset[str]:
        """The last words of all nouns that can refer to somebody without being a name or a title."""
        nouns = self.people | self.bodies | self.country | self.body_of_states | self.organ | self.sides | self.pair
        nouns |= self.counterpart | self.second | self.group | self.rivals | self.legislature | self.styles
        return frozenset(noun.split()[-1] for noun in nouns) | {"both", "two", "pair", "duo", "state"}


def load_words(folder: Path) -> Words:
    """Read the word lists of a folder.

    Raises:
        ResourceError: a file is missing, a list is missing or unknown, or holds something else than strings.
    """
    lists = {name: words for file in _FILES for name, words in read_table(folder / file).items()}
    unknown = lists.keys() ^ {field.name for field in fields(Words)}
    if unknown:
        raise ResourceError(f"{folder.name}: lists missing or unknown: {', '.join(sorted(unknown))}")
    return Words(**{name: _checked(name, words, folder.name) for name, words in lists.items()})


def _checked(name: str, words: Any, folder: str) -> Any:
    """Return a list of words as a set, a table of words as it is, and a table of lists as one of sets."""
    if name in _TABLES_OF_LISTS and isinstance(words, dict):
        return {key: _checked(f"{name}.{key}", row, folder) for key, row in words.items()}
    is_table = name in (*_TABLES, *_TABLES_OF_LISTS)
    values = words.values() if is_table and isinstance(words, dict) else words
    if not isinstance(words, dict if is_table else list) or not all(isinstance(word, str) for word in values):
        raise ResourceError(f"{folder}: {name} is not a {'table' if is_table else 'list'} of strings")
    return words if is_table else frozenset(words)
