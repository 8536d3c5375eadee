"""From what pyoxigraph raises to the errors of this house.

Oxigraph and RocksDB tell their errors apart by their texts only; the texts are those of pyoxigraph 0.5 and are guarded
by tests that make each of them happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kb.errors import (
    QueryError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
)

_CAUSES: tuple[tuple[re.Pattern[str], type[StoreError], str], ...] = (
    (re.compile("While lock file|lock hold by current process"), StoreLockedError, "another process holds this store"),
    (re.compile("No space left|quota exceeded"), StoreFullError, "the disk is full"),
    (
        re.compile("Read-only file system|Permission denied|Operation not permitted|only possible on read-write"),
        StoreReadOnlyError,
        "the store may not be written",
    ),
    (re.compile("Corruption|No such file|[Cc]hecksum"), StoreDamagedError, "the files of the store are damaged"),
)
_ENGINE = re.compile("^(IO error|Corruption)")
_POSITION = re.compile(r"error at (\d+):(\d+)")
_CHARACTER_CLASS = re.compile(r"\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]")
_MOST_EXPECTED = 6
_STUCK = "Free some space, stop the process that holds the store (`kb serve`) and load the article again."


def store_error(error: Exception, location: str) -> StoreError:
    """Return the error of ours for one that RocksDB raised."""
    text = str(error)
    for pattern, kind, words in _CAUSES:
        if pattern.search(text):
            detail = "" if kind is StoreLockedError else f" ({text})"
            return kind(f"{location}: {words}{detail}", hint=_STUCK if kind is StoreFullError else None)
    return StoreError(f"{location}: {text}")


def syntax_error(error: SyntaxError, query: str) -> QueryError:
    """Return the error of ours for a query that cannot be parsed, with the place and the line it is in."""
    text = str(error.msg)
    place = _POSITION.search(text)
    if place is None:
        return QueryError(f"the query cannot be parsed: {text}")
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    return QueryError(f"line {line}, column {column}: {_reason(text)}\n  {shown}\n  {' ' * (column - 1)}^")


def _reason(text: str) -> str:
    """Return what the parser says, without the character classes of names it also tried."""
    tried = _CHARACTER_CLASS.sub("", text.partition("expected")[2]).removeprefix(" one of")
    items = [item for item in (part.strip() for part in tried.replace("\n", " ").split(",")) if item]
    said = [item for item in items if " " in item]
    if said:
        return "; ".join(said)
    return f"expected {' or '.join(items)}" if 0 < len(items) <= _MOST_EXPECTED else "unexpected text"


@contextmanager
def translated(location: str, query: str = "") -> Iterator[None]:
    """Raise what goes wrong inside as an error of ours.

    Raises:
        QueryError: the query cannot be parsed or evaluated.
        StoreError: the store cannot be used.
    """
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(error, query) from error
    except OSError as error:
        raise store_error(error, location) from error
    except (RuntimeError, ValueError) as error:
        if query and not _ENGINE.match(str(error)):
            raise QueryError(f"the query cannot be evaluated: {error}") from error
        raise store_error(error, location) from error
