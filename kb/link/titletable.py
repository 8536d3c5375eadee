"""The titles and modifiers of the gazetteer, looked up by their words."""

from __future__ import annotations

from collections.abc import Sequence

from kb.link.records import Modifier, Title

_BELOW = ("deputy", "vice")
_ABOVE = ("head-of-state", "head-of-government")


class TitleWords:
    """The titles of the gazetteer by their names, those that are a head by themselves, and the modifiers.

    `longest` tells how many tokens the longest head has that begins with a word.
    """

    def __init__(self, titles: Sequence[Title], modifiers: Sequence[Modifier]) -> None:
        self.titles: dict[str, Title] = {}
        self.heads: dict[str, Title] = {}
        for title in titles:
            for name in (title.name, *title.names):
                self.titles.setdefault(name, title)
                self.titles.setdefault(name.replace(" of the ", " of "), title)  # articles are left out of roles
                if name == title.name or not {"of", "for"} & set(name.split()):
                    self.heads.setdefault(name, title)
        self.modifiers = {modifier.name: modifier for modifier in modifiers}
        self.longest: dict[str, int] = {}
        for name in self.heads:
            parts = name.replace("-", " - ").split()
            for first in (name, name.split()[0], parts[0]):
                self.longest[first] = max(self.longest.get(first, 0), len(parts))

    def normal(self, role: str) -> tuple[str, str]:
        """Return the short form of a role ("minister of foreign affairs": "foreign minister") and its kind."""
        title = self.titles.get(role)
        if title is None:
            return role, self.kind(role)
        return title.role or title.name, title.kind

    def kind(self, role: str) -> str:
        """Return the kind of office of the longest known title that the role ends in, phrases behind it left out."""
        words = role.split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0].split()
        for start in range(len(words)):
            title = self.titles.get(" ".join(words[start:]))
            if title is not None:
                below = start > 0 and words[start - 1] in _BELOW and title.kind in _ABOVE
                return "minister" if below else title.kind
        return "official"
