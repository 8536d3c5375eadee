"""The usual casing of the words of a headline, from the article below it.

The network tells names from other words partly by their casing, which "PUTIN ARRIVES FOR TALKS" and "Putin Arrives For
Talks" hide. The running text shows it: there the words are "arrives", "for" and "talks".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

_SHORT = 3
"""Headline style may leave words up to this length in lower case, so they prove nothing."""


def is_headline_style(words: Sequence[str]) -> bool:
    """Tell whether all longer words are capitalised, so that casing means nothing; two such words are needed."""
    long = [word for word in words if len(word) > _SHORT and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def usual_forms(sentences: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the most frequent form of each word, by its lower case, in running text; first words do not count."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in sentences:
        for word in words[1:]:
            if word[0].isalpha():
                forms[word.lower()][word] += 1
    return {lower: max(sorted(counter), key=counter.__getitem__) for lower, counter in forms.items()}


def restored(words: Sequence[str], usual: Mapping[str, str]) -> list[str]:
    """Return the words of a headline in their usual form; all-capital words the text does not have, capitalised."""
    capitals = all(word.isupper() for word in words if len(word) > _SHORT and word[0].isalpha())
    return [usual.get(word.lower(), word.capitalize() if capitals and len(word) > _SHORT else word) for word in words]
