"""The tokens of a SPARQL text, as far as it takes to find its operations and the graphs they name.

SPARQL 1.1 Query, section 19.8. Every pattern is possessive, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a token is; a keyword or a number is a `WORD`, and what is none of these is `MARK`."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    NODE = "node"
    NAME = "name"
    WORD = "word"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text; `text[start:end]` is what it says."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """A bare word in upper case, or "" for anything else."""
        return self.text.upper() if self.kind is Kind.WORD else ""


_TOKEN = re.compile(
    r"""
      \s++ | \#[^\n\r]*+
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<string>'''(?:'{0,2}+(?:[^'\\]|\\.))*+''' | \"\"\"(?:"{0,2}+(?:[^"\\]|\\.))*+\"\"\"
        | '(?:[^'\\\n\r]|\\.)*+' | "(?:[^"\\\n\r]|\\.)*+")
    | (?P<variable>[?$]\w++)
    | (?P<node>_:\w(?:[\w-]|\.(?=[\w.-]))*+)
    | (?P<name>(?:[^\W\d_](?:[\w-]|\.(?=[\w.:-]))*+)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:.\\%-]))*+)
    | (?P<word>\w++)
    | (?P<mark>\{\| | \|\} | <<\( | \)>> | << | >> | .)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text without white space and comments; any text has tokens."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup is not None:
            yield Token(Kind(match.lastgroup), match.group(), match.start())


END = Token(Kind.MARK, "", -1)
"""What comes after the last token."""


class UnclearError(Exception):
    """The text is not of the grammar that is read, from the place `at` on."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class TokenReader:
    """Reads the tokens of a text from left to right; what is not as expected raises `UnclearError`."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.length = len(text)
        self.at = 0

    def peek(self) -> Token:
        """Return the next token, and stay before it."""
        return self.tokens[self.at] if self.at < len(self.tokens) else END

    def next(self, *kinds: Kind) -> Token:
        """Read a token of one of these kinds."""
        token = self.peek()
        if token is END or token.kind not in kinds:
            raise self.unclear()
        self.at += 1
        return token

    def word(self, *words: str) -> str:
        """Read one of these keywords, and return it in upper case."""
        word = self.peek().keyword
        if word not in words:
            raise self.unclear()
        self.at += 1
        return word

    def optional(self, word: str) -> bool:
        """Read this keyword if it comes next, and tell whether it did."""
        found = self.peek().keyword == word
        self.at += found
        return found

    def mark(self, mark: str) -> None:
        """Read this mark."""
        if not self.is_mark(mark):
            raise self.unclear()
        self.at += 1

    def is_mark(self, mark: str) -> bool:
        """Tell whether this mark comes next."""
        token = self.peek()
        return token.kind is Kind.MARK and token.text == mark

    def group(self) -> None:
        """Read over a group in braces and those within it."""
        self.mark("{")
        depth = 1
        while depth:
            if self.peek() is END:
                raise self.unclear()
            depth += self.is_mark("{") - self.is_mark("}")
            self.at += 1

    def unclear(self) -> UnclearError:
        """Return the error for the next token."""
        token = self.peek()
        return UnclearError(self.length if token is END else token.start)
