"""Tokens to lexemes: the word a form may name, and the classes of words and numbers it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.model import Document, Token
from kb.timex.grammar import Lexeme, Value
from kb.timex.words import TimeWords

_NONE: Mapping[str, Value] = {}
_PLAIN = str.maketrans("’‘", "''")
_PREFIX = "mid-"
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"[12]\d{2}0s|[1-9]0s")
_NUMERIC = (
    ("YEARPAIR", re.compile(r"[12]\d{3}/\d\d")),
    ("ISO", re.compile(r"\d{4}-\d\d-\d\d|\d{4}/\d\d?/\d\d?")),
    ("SLASH", re.compile(r"\d\d?/\d\d?/\d{4}")),
    ("DOT", re.compile(r"\d\d?\.\d\d?\.\d{4}")),
)
_VERB = frozenset({"MD", "VB", "VBP", "VBD", "VBZ", "VBN", "VBG"})


def lexemes_of(doc: Document, words: TimeWords) -> list[Lexeme]:
    """Return the lexemes of a document; "mid-June" makes two of one token, "twenty-four" one of three."""
    found: list[Lexeme] = []
    tokens = doc.tokens
    at = 0
    while at < len(tokens):
        made = list(_lexemes(tokens, at, words))
        found.extend(made)
        at = made[-1].end
    return found


def _lexemes(tokens: Sequence[Token], at: int, words: TimeWords) -> Iterator[Lexeme]:
    token = tokens[at]
    word = token.text.lower().translate(_PLAIN)
    if word[:1].isdigit():
        yield Lexeme(at, at + 1, word, _digits(word))
        return
    if word.startswith(_PREFIX) and len(word) > len(_PREFIX):
        yield Lexeme(at, at + 1, "mid", words.classes["mid"])
        rest = word.removeprefix(_PREFIX)
        yield Lexeme(at, at + 1, rest, _digits(rest) if rest[0].isdigit() else words.classes.get(rest, _NONE))
        return
    classes = words.classes.get(word) or words.classes.get(word.rstrip("."), _NONE)
    if not classes:
        yield Lexeme(at, at + 1, word, _NONE)
    elif "TENS" in classes and (joined := _joined(tokens, at, classes, words)):
        yield joined
    else:
        yield _word(tokens, at, word, classes, words)


def _word(tokens: Sequence[Token], at: int, word: str, classes: Mapping[str, Value], words: TimeWords) -> Lexeme:
    """Return a word with those of its classes that its spelling and its part of speech allow."""
    bare = word.rstrip(".")
    token = tokens[at]
    if bare in words.capital and not token.text[:1].isupper():
        classes = _NONE
    elif "MONTH" in classes:
        classes = _month(tokens, at, word, classes)
    return Lexeme(at, at + 1, bare, classes)


def _month(tokens: Sequence[Token], at: int, word: str, classes: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return no classes for "May" and "March" as verbs, and let an abbreviation with its period stand alone."""
    beside = (tokens[i].text[:1].isdigit() for i in (at - 1, at + 1) if 0 <= i < len(tokens))
    if tokens[at].xpos in _VERB and not any(beside):
        return _NONE
    if word.endswith(".") and "MONTHNAME" not in classes:
        return {**classes, "MONTHNAME": classes["MONTH"]}
    return classes


def _joined(tokens: Sequence[Token], at: int, classes: Mapping[str, Value], words: TimeWords) -> Lexeme | None:
    """Return "twenty-four" or "twenty-first" as one lexeme, or None if the word stands alone."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "-":
        return None
    ones, tens = words.classes.get(tokens[at + 2].text.lower(), _NONE), classes["TENS"]
    for name in ("COUNT", "ORDINAL"):
        value = ones.get(name)
        if isinstance(value, int) and isinstance(tens, int) and 1 <= value <= 9:
            return Lexeme(at, at + 3, f"{tokens[at].text}-{tokens[at + 2].text}".lower(), {name: tens + value})
    return None


def _digits(word: str) -> Mapping[str, Value]:
    """Return the classes of a word that begins with a digit."""
    if word.isascii() and word.isdigit():
        return dict(_number(word))
    if nth := _NTH.fullmatch(word):
        return {"NTH": int(nth[1])}
    if _DECADE.fullmatch(word):
        return {"DECADE": int(word[:-1])}
    return {name: word for name, form in _NUMERIC if form.fullmatch(word)}


def _number(word: str) -> Iterator[tuple[str, int]]:
    value = int(word) if len(word) <= 4 else 0
    if len(word) <= 3 and value:
        yield "NUMBER", value
    if len(word) <= 2:
        yield "YY", value
        if 1 <= value <= 31:
            yield "DAY", value
    if len(word) == 4 and value >= 1000:
        yield "YEAR", value
