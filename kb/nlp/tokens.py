"""Words in the style of the English Universal Dependencies treebanks, found with one regular expression.

Clitics stand apart (``do`` ``n't``, ``Russia`` ``'s``), hyphens too (``U.S.`` ``-`` ``led``) except after a prefix
(``co-host``, ``pro-Beijing``), abbreviations keep their period, and every other mark is a word of its own.
"""

from __future__ import annotations

import re

from kb.model import Span
from kb.nlp.abbreviations import BEFORE_NUMBER, MAYBE_FINAL, NEVER_FINAL

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_LETTER = rf"[^\W_][\u0300-\u036f{_INVISIBLE}]*"  # with the combining marks of decomposed text
_PREFIX = "anti|co|counter|cross|e|ex|extra|inter|mid|mini|multi|non|post|pre|pro|quasi|re|semi|sub|ultra|un|vice"
_UNIT = "am|AM|pm|PM|bn|mn|tn|trn|bln|mln|m|M|k|K|km|cm|mm|kg|lb|ft|kt|kW|MW|GW|mph|kph"
_NEGATED = "ca|wo|do|does|did|is|are|was|were|have|has|had|would|could|should|must|need|might|ai|sha"
_CLITIC = "s|re|ve|ll|d|m"


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_TOKEN = re.compile(
    rf"""
      (?<![^\W_]) (?P<first>(?i:{_NEGATED}))
      (?P<second>(?i:n['’]t)) \b
    | (?<![^\W_]) (?:(?P<can>(?i:can))(?P<not>(?i:not)) | (?P<go>(?i:gon|wan))(?P<to>(?i:na))) \b
    | (?<=[^\W_]|\.) ['’] (?i:{_CLITIC}) \b
    | (?:https?://|www\.) \S+? (?=[.,;:!?)\]"'”’]{{0,8}}(?:\s|$))
    | [\w.+-]{{1,64}} @ [\w-]{{1,63}} (?:\.[\w-]{{1,63}}){{1,8}}
    | [A-Za-z][\w-]{{0,62}} (?:\.[\w-]{{1,63}}){{0,4}} \.(?:com|org|net|gov|edu|int|mil) \b
    | [@\#]\w+
    | (?:[A-Za-z]\.){{2,8}} (?![A-Za-z]) | (?:[A-Z]\.){{1,8}} [A-Z] (?![\w.])
    | (?<![^\W_]) (?:{_alternatives(NEVER_FINAL | MAYBE_FINAL)}) \. (?![a-z])
    | (?<![^\W_]) (?:{_alternatives(BEFORE_NUMBER)}) \. (?=\s*\d)
    | (?<![^\W_]) [A-Z]\. (?=\s*[A-Z])
    | [A-Z]+ & [A-Z]+ (?!\w)
    | \d{{4}}-\d\d-\d\d (?!\w)
    | \d+ (?:[.,:/]\d+)* (?=(?:{_UNIT})(?!\w))
    | \d+ (?:[.,:/]\d+)* [^\W\d_]{{0,3}} (?!\w) | \d+ (?:[.,:]\d+)*
    | (?: (?<![^\W_]) (?i:{_PREFIX}) -(?=[^\W\d_]) | (?<![^\W_]) (?i:mid)-(?=\d) )?
      (?:{_LETTER})+ (?:['’] (?!(?i:{_CLITIC})\b) (?:{_LETTER})+)*
    | \.{{2,}} | --+ | [-–—]+ | [!?]{{2,}} | (?P<mark>[*=_~#<>+|•])(?P=mark)+ | `` | ''
    | [^\s{_INVISIBLE}]
    """,
    re.VERBOSE,
)
_PARTS = {"second": ("first", "second"), "not": ("can", "not"), "to": ("go", "to")}
"""The two words of a match, by the last group that took part in it."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the words of `text` between the offsets `start` and `end`, as spans of the whole text."""
    spans: list[Span] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        parts: tuple[int | str, ...] = _PARTS.get(match.lastgroup or "", (0,))
        spans.extend(Span(*match.span(part)) for part in parts)
    return spans
