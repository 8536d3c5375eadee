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
_PREFIX = "anti co counter cross e ex inter mid mini multi non post pre pro quasi re self semi sub ultra un vice".split()


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_TOKEN = re.compile(
    rf"""
      (?P<verb>(?<![^\W_])(?i:ca|wo|do|does|did|is|are|was|were|have|has|had|would|could|should|must|need|might|ai|sha))
      (?P<negation>(?i:n['’]t))\b
    | (?P<can>(?<![^\W_])(?i:can))(?P<not>(?i:not))\b
    | (?<=[^\W_]|\.)['’](?i:s|re|ve|ll|d|m)\b
    | (?:https?://|www\.)\S+?(?=[.,;:!?)\]"'”’]*(?:\s|$))
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | [@\#]\w+
    | (?:[A-Za-z]\.){{2,}}(?![A-Za-z])
    | (?<![^\W_])(?:{_alternatives(NEVER_FINAL | MAYBE_FINAL)})\.(?![A-Za-z])
    | (?<![^\W_])(?:{_alternatives(BEFORE_NUMBER)})\.(?=\s*\d)
    | (?<![^\W_])[A-Z]\.(?=\s*[A-Z])
    | \d{{4}}-\d\d-\d\d(?!\w)
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|m|bn|k|am|pm)?(?!\w)
    | \d+(?:[.,:]\d+)*
    | (?:(?<![^\W_])(?i:{"|".join(_PREFIX)})-(?=[^\W\d_]))?(?:{_LETTER})+(?:['’](?!(?i:s|re|ve|ll|d|m)\b)(?:{_LETTER})+)*
    | \.{{2,}} | --+ | [-–—]+ | `` | ''
    | [^\s{_INVISIBLE}]
    """,
    re.VERBOSE,
)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the words of `text` between the offsets `start` and `end`, as spans of the whole text."""
    spans: list[Span] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        parts = ("verb", "negation") if match["verb"] else ("can", "not") if match["can"] else (0,)
        spans.extend(Span(*match.span(part)) for part in parts)
    return spans
