"""From the claims of all articles to one canonical graph: events, offices, sanctions regimes and who takes part.

Layer 3 is a pure function of layer 2. `rebuild` is that function; `change_for` and `removal_of` give the change that
keeps the stored graph equal to it when one article comes, changes or goes, by recomputing only the blocks of claims
that the article touches:

    article graphs -> `reading` claims with canonical participants -> `blocks` claims that could be about one event
    -> `matching` which of them fit together -> `clusters` one group for each event -> `events` its triples
"""

from __future__ import annotations

from kb.resolve.change import change_for, rebuild, removal_of
from kb.resolve.history import as_known_from

__all__ = ["as_known_from", "change_for", "rebuild", "removal_of"]
