"""Which line is the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.intake.kinds import ends_sentence, is_item, is_prose, is_speech, unnumbered
from kb.intake.lines import Line
from kb.model import ZoneKind

_LONGEST = 220
_WORD = re.compile(r"[^\W\d_]{4,}")


def same(text: str) -> str:
    """Return a line in the form in which two headlines are compared."""
    return " ".join(re.findall(r"\w+", unnumbered(text).casefold()))


def find_title(lines: Sequence[Line], kinds: Sequence[ZoneKind | None], known: str | None) -> int | None:
    """Return the index of the headline.

    It is the line that equals the `known` title; else, of the lines before the first paragraph that no cue explains,
    the one that is repeated (as in a breadcrumb trail) and shares most words with what follows.
    """
    first = _first_prose(lines, kinds)
    prose = first < len(lines)
    talk = sum(is_speech(line.text) for line in lines) >= 2
    free = [i for i in range(first) if kinds[i] is None and not (talk and is_speech(lines[i].text))]
    candidates = [i for i in free if _may_be_title(lines[i].text)]
    if known and (given := _known(lines[: first + 1], same(known), candidates, last=prose)) is not None:
        return given
    if not candidates:
        return None
    if not prose:
        return _equal(lines, same(lines[candidates[0]].text), last=False, among=candidates)
    following = set(_WORD.findall(" ".join(line.text for line in lines[first : first + 12]).casefold()[:4000]))
    copies = Counter(same(line.text) for line in lines[: first + 1])

    def score(i: int) -> tuple[bool, int, int]:
        words = set(_WORD.findall(lines[i].text.casefold()))
        shared = min(len(words & following), 4) + (2 if i == candidates[0] else 0)
        return copies[same(lines[i].text)] > 1, shared, -i

    best = max(candidates, key=score)
    return _equal(lines[:first], same(lines[best].text), last=True, among=candidates)


def _known(lines: Sequence[Line], wanted: str, candidates: Sequence[int], *, last: bool) -> int | None:
    """Return the line that equals the known title, one that could be a headline by itself before all others."""
    found = _equal(lines, wanted, last=last, among=candidates)
    return found if found is not None else _equal(lines, wanted, last=last)


def _equal(lines: Sequence[Line], wanted: str, *, last: bool, among: Sequence[int] | None = None) -> int | None:
    """Return the last line equal to the wanted one, or the first, that is no list item.

    The copies before a paragraph are breadcrumbs that lead to the last; where no paragraph follows, the first counts.
    """
    found = [i for i, line in enumerate(lines[:60]) if same(line.text) == wanted and (among is None or i in among)]
    plain = [i for i in found if not is_item(lines[i].text)]
    chosen = plain or found
    return chosen[-1 if last else 0] if chosen else None


def _first_prose(lines: Sequence[Line], kinds: Sequence[ZoneKind | None]) -> int:
    return next((i for i, line in enumerate(lines) if kinds[i] is None and is_prose(line.text)), len(lines))


def _may_be_title(text: str) -> bool:
    if len(text) > _LONGEST or is_prose(text) or " " not in text:
        return False
    closed = ends_sentence(text) and not text.endswith(("?", "!", "…", "...", '"', "”", "’", "'", ".S.", ".N.", ".K."))
    return not closed and any(char.isalpha() for char in text)
