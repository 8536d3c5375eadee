"""Whether a text is English.

Function words settle nearly every article for the price of a few set look-ups. Only a text with few of them is shown to
py3langid (langid.py, Lui and Baldwin 2012), whose model takes most of a second to load.
"""

from __future__ import annotations

import re

from kb.errors import LanguageError
from kb.intake.cues import Cues

_SAMPLE = 12_000
"""Characters looked at."""
_SURE = 0.15
"""Share of function words from which on a text is English; English news has 0.3 to 0.5, its neighbours up to 0.1."""
_SHORT = 8
"""Words below which a text in Latin letters is let pass: a headline has too few words to judge."""
_MARGIN = 10.0
"""How much likelier (natural logarithm) another language must be than English."""
_WORD = re.compile(r"[^\W\d_]+")


def require_english(text: str, source: str, cues: Cues) -> None:
    """Let English pass.

    Raises:
        LanguageError: the text is in another language, which the message names.
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    if not words or sum(word in cues.english for word in words) >= _SURE * len(words):
        return
    if len(words) < _SHORT and _latin(words):
        return
    if name := _other_language(sample, cues):
        raise LanguageError(f"{source}: the text is in {name}, not in English")


def _sample(text: str) -> str:
    """Return the text, or its start and its middle if it is long."""
    if len(text) <= _SAMPLE:
        return text
    half, middle = _SAMPLE // 2, len(text) // 2
    return f"{text[:half]} {text[middle : middle + half]}"


def _latin(words: list[str]) -> bool:
    letters = "".join(words)
    return sum(char < "\u0250" for char in letters) > len(letters) / 2


def _other_language(sample: str, cues: Cues) -> str | None:
    """Return the name of the likeliest language if it is clearly likelier than English."""
    import py3langid

    scores = {code: float(score) for code, score in py3langid.rank(sample) if code in cues.languages}
    best = max(scores, key=lambda code: scores[code])
    if best == "en" or scores[best] - scores["en"] < _MARGIN:
        return None
    return cues.languages[best]
