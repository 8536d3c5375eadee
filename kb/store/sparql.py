"""What can be told from a query's text without evaluating it: its form, and whether it names its own dataset.

Only as much of the grammar as that needs (SPARQL 1.1 Query, section 19.8): whatever may hide a keyword is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from kb.errors import QueryError

_WORD_OR_HIDDEN = re.compile(
    r"""
      \#[^\n\r]*                                        # comment
    | <[^<>"{}|^`\\\x00-\x20]*>                         # IRI
    | (?s:'''.*?''') | (?s:\"\"\".*?\"\"\")             # long strings
    | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"     # strings
    | [?$@]\w+                                          # variables, language tags
    | [\w.-]*:(?:[\w.:%-]|\\.)*                         # prefixed names, blank nodes
    | (?P<word>[A-Za-z]\w*)
    """,
    re.VERBOSE,
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
    for word in _words(query):
        if word in QueryForm.__members__:
            return QueryForm[word]
        if word not in ("BASE", "PREFIX", "VERSION"):
            raise QueryError(f"a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {word}")
    raise QueryError("the query is empty: it needs SELECT, ASK, CONSTRUCT or DESCRIBE")


def has_dataset_clause(query: str) -> bool:
    """Tell whether the query says FROM or FROM NAMED."""
    return "FROM" in _words(query)


def calls_service(query: str) -> bool:
    """Tell whether the query sends a part of it to another server (SERVICE)."""
    return "SERVICE" in _words(query)


def _words(query: str) -> Iterator[str]:
    """Yield the bare words of a query in upper case: keywords, and names of functions."""
    return (match["word"].upper() for match in _WORD_OR_HIDDEN.finditer(query) if match["word"])
