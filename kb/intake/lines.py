"""The lines of a text, which are its paragraphs, except where an editor has wrapped them to a width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_NARROW, _WIDE = 50, 100
"""Length of the lines of a wrapped text, in characters."""
_ENDS = (".", "!", "?", ":", ";", '"', "”", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph at [start, end), without surrounding white space; `block` counts the blank-line-separated blocks."""

    start: int
    end: int
    text: str
    block: int


def split_lines(text: str) -> list[Line]:
    """Return the paragraphs of a text, unwrapped."""
    lines = list(_lines(text))
    return _unwrap(text, lines) if _is_wrapped(lines) else lines


def _lines(text: str) -> Iterator[Line]:
    start = block = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = start + len(raw) - len(raw.lstrip())
            yield Line(first, first + len(stripped), stripped, block)
        else:
            block += 1
        start += len(raw) + 1


def _is_wrapped(lines: list[Line]) -> bool:
    """Say whether lines break in mid-sentence: most lines followed by another are full and end in no stop."""
    inner = [(a, b) for a, b in pairwise(lines) if a.block == b.block]
    full = [(a, b) for a, b in inner if _NARROW <= len(a.text) <= _WIDE]
    broken = [(a, b) for a, b in full if not a.text.endswith(_ENDS)]
    onward = sum(b.text[0].islower() for a, b in broken)
    mostly = len(full) >= 3 and len(full) >= 0.6 * len(inner)
    return mostly and len(broken) >= 0.6 * len(full) and onward * 3 >= len(full)


def _unwrap(text: str, lines: list[Line]) -> list[Line]:
    width = max(len(line.text) for line in lines if len(line.text) <= _WIDE + 20)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and last.block == line.block and _goes_on(last, line, width):
            joined[-1] = Line(last.start, line.end, text[last.start : line.end], line.block)
        else:
            joined.append(line)
    return joined


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Say whether a line continues the one before: its first word would not have fitted there any more."""
    tail = len(last.text) - last.text.rfind("\n") - 1
    first = len(line.text.split(maxsplit=1)[0])
    return tail + 1 + first > width - 4 and line.text[0] not in "-*•"
