"""States of the base as they were known on earlier days, a few of which are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from kb.errors import OptionError, QueryParameterError
from kb.query import NamedQuery
from kb.resolve import as_known_from
from kb.store import Row, Store

KEPT = 4
"""How many states of earlier days are kept in memory."""
MOST_ARTICLES = 5_000
"""Of how many articles such a state may be made: it takes some milliseconds and 100 KB for each."""


@dataclass
class EarlierStates:
    """Makes the base as it was known on a day. One is made at a time; those asked for last are kept."""

    articles: NamedQuery
    _kept: OrderedDict[tuple[Row, ...], Store] = field(default_factory=OrderedDict, repr=False)
    _turn: Lock = field(default_factory=Lock, repr=False)

    def known_on(self, store: Store, day: str) -> Store:
        """Return the base as it follows from the articles published until the end of a day, month or year.

        An article whose day of publication is not known is left out.

        Raises:
            QueryParameterError: it is no date.
            OptionError: there are more than `MOST_ARTICLES` such articles.
            StoreError: the store cannot answer.
        """
        articles = store.select(_until(self.articles, day)).rows
        if len(articles) > MOST_ARTICLES:
            raise OptionError(
                f"as_of={day}: {len(articles):,} articles had been published; it can be asked of {MOST_ARTICLES:,}",
                hint="Ask of an earlier day, or leave as_of out and filter by `to`.",
            )
        with self._turn:
            if articles not in self._kept:
                iris = [str(row[0].value) for row in articles if row[0] is not None]
                self._kept[articles] = as_known_from(store, iris)
            self._kept.move_to_end(articles)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[articles]


def _until(articles: NamedQuery, day: str) -> str:
    values: Mapping[str, str] = {"until": day}
    try:
        return articles.bind(values)
    except QueryParameterError as error:
        hint = "as_of is a day, month or year, such as 2024-06-19."
        raise QueryParameterError(f"as_of={day}: {error.__cause__ or error}", hint=hint) from error
