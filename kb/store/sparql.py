"""What can be told from a query's text without evaluating it: its form, its dataset, whether it calls other servers.

Only as much of the grammar as that needs (SPARQL 1.1 Query, section 19.8): what may hide a keyword is skipped. Every
pattern is possessive, so that no query takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum

from kb.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*+)
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*+)>
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
    return "FROM" in query.upper() and "FROM" in _keywords(query)


def refuse_services(query: str, allowed: Collection[str] = ()) -> None:
    """Let pass a query that sends no part of it to a server (SERVICE) but those that are allowed.

    Such a server must be named by its whole IRI: prefixes, variables and relative IRIs could name any. Oxigraph needs
    no space around a keyword (``1SERVICE``, ``SERVICESILENT`` and ``SERVICEex:a`` call one), so every word and prefix
    that contains it counts.

    Raises:
        QueryError: it calls another.
    """
    called = set(_services(query)) if "SERVICE" in query.upper() else set()
    if called and not allowed:
        raise QueryError("SERVICE is not offered: this store sends no part of a query to other servers")
    if called - set(allowed):
        raise QueryError(
            "SERVICE may call only the servers that this one knows, named by their whole IRIs",
            hint=f"They are {', '.join(f'<{url}>' for url in sorted(allowed))}.",
        )


def _services(query: str) -> Iterator[str | None]:
    """Yield the IRI of every server that is called; None where it is not named by one."""
    tokens = [match for match in _TOKEN.finditer(query) if match.end() > match.start() and not match["comment"]]
    words = [(match["word"] or "").upper() for match in tokens]
    for place, word in enumerate(words):
        if "SERVICE" in word:
            after = place + (2 if words[place + 1 : place + 2] == ["SILENT"] else 1)
            yield tokens[after]["iri"] if word == "SERVICE" and after < len(tokens) else None


_CHANGING_WORDS = {"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"}


def may_change(query: str) -> bool:
    """Tell whether the query may have another answer on the same data: it asks for the time, chance or a server."""
    return any(word in _CHANGING_WORDS for word, _is_prefix in _words(query))


def _keywords(query: str) -> Iterator[str]:
    return (word for word, is_prefix in _words(query) if not is_prefix)


def _words(query: str) -> Iterator[tuple[str, bool]]:
    """Yield the bare words of a query in upper case, and whether a colon makes a prefix of it."""
    for match in _TOKEN.finditer(query):
        if match["word"]:
            yield match["word"].upper(), match["prefix"] is not None
