"""The canonical names of those whom only articles name.

Two articles speak of one official if the names are written alike, apart from case, accents, hyphens and the dots of
initials, and if both say that he or she serves the same state or organisation. A name alone never links two articles:
without a state the name of the article is part of the identity. Other spellings ("Sergei", "Sergey"), short names and
family names put first or last are left to judgements, which later joins are to be built on.
"""

from __future__ import annotations

import hashlib
import re
from itertools import groupby

from anyascii import anyascii

from kb.resolve.terms import IDS

_DROPPED = re.compile(r"['’`.]")
_WORD = re.compile(r"[a-z0-9]+")


def slug(name: str) -> str:
    """Return a name in the form in which names are compared.

    >>> slug("Kim Jong-un"), slug("J. D. O'Brien"), slug("Gülşen Çelik")
    ('kim-jong-un', 'jd-obrien', 'gulsen-celik')
    """
    words = _WORD.findall(_DROPPED.sub("", anyascii(name).lower()))
    runs = groupby(words, key=lambda word: len(word) == 1)
    return "-".join("".join(run) if initials else "-".join(run) for initials, run in runs) or _short_hash(name)


def canonical_iri(kind: str, name: str, home: str | None, article: str) -> str:
    """Return the IRI of an entity of one article in the canonical graph.

    `kind` is the path below ``id/`` (official, organisation, group, place), `home` the IRI of the state or organisation
    it belongs to, `article` the IRI of the article.
    """
    place = home.rpartition("/")[2].lower() if home else _short_hash(article)
    return f"{IDS}{kind}/{slug(name)}-{place}"


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
