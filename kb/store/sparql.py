"""What can be told from a query's text without evaluating it: its form, its dataset, whether it calls other servers.

Only as much of the grammar as that needs (SPARQL 1.1 Query, section 19.8): what may hide a keyword is skipped. Every
pattern is possessive, so that no query takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from kb.errors import QueryError

_TOKEN = re.compile(
    r"""
      \#[^\n\r]*+                                                      # comment
    | <[^<>"{}|^`\\\x00-\x20]*+>                                       # IRI
    | '''(?:'{0,2}+(?:[^'\\]|\\.))*+''' | \"\"\"(?:"{0,2}+(?:[^"\\]|\\.))*+\"\"\"
    | '(?:[^'\\\n\r]|\\.)*+' | "(?:[^"\\\n\r]|\\.)*+"                  # strings
    | [?$]\w++ | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+                       # variable, language tag
    | :(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*+                                # local part of a prefixed name
    | (?P<word>\w++)(?P<prefix>(?=:))?                                 # keyword, number or prefix
    """,
    re.VERBOSE | re.DOTALL,
)


class QueryForm(StrEnum):
    """The four forms of a query (section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


def query_form(query: str) -> QueryForm:
    """Return the form of a query.

    Raises:
        QueryError: it has none; an update is no query.
    """
    for word in _keywords(query):
        if word in QueryForm.__members__:
            return QueryForm[word]
        if word not in ("BASE", "PREFIX", "VERSION"):
            raise QueryError(f"a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {word}")
    raise QueryError("the query is empty: it needs SELECT, ASK, CONSTRUCT or DESCRIBE")


def has_dataset_clause(query: str) -> bool:
    """Tell whether the query says FROM or FROM NAMED."""
    return "FROM" in _keywords(query)


def calls_service(query: str) -> bool:
    """Tell whether the query sends a part of it to another server (SERVICE).

    Oxigraph needs no space around a keyword (``1SERVICE``, ``SERVICESILENT`` and ``SERVICEex:a`` call one), so every
    word and prefix that contains it counts.
    """
    return any("SERVICE" in word for word, _is_prefix in _words(query))


def _keywords(query: str) -> Iterator[str]:
    return (word for word, is_prefix in _words(query) if not is_prefix)


def _words(query: str) -> Iterator[tuple[str, bool]]:
    """Yield the bare words of a query in upper case, and whether a colon makes a prefix of it."""
    for match in _TOKEN.finditer(query):
        if match["word"]:
            yield match["word"].upper(), match["prefix"] is not None
