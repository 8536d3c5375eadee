"""What a base holds: its articles, and how many events of each class follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb import __version__
from kb.errors import NotFoundError, OptionError
from kb.settings import BASE_IRI

if TYPE_CHECKING:
    from kb.store import Store, Table


def find_article(store: Store, reference: str) -> str:
    """Return the IRI of the article with this IRI (as it is, or as tables show it), key or source.

    Raises:
        NotFoundError: there is none.
        OptionError: several were loaded from this source.
    """
    articles = _articles(store)
    for article in articles:
        if reference in (article["article"], article["article"].removeprefix(BASE_IRI), article["key"]):
            return str(article["article"])
    found = [article for article in articles if article["source"] == reference]
    if not found:
        raise NotFoundError(f"no article {reference} in {store.location}")
    if len(found) > 1:
        keys = ", ".join(sorted(article["key"] for article in found))
        raise OptionError(f"{len(found)} articles come from {reference}: {keys}", hint="Name one of them by its key.")
    return str(found[0]["article"])


def status_of(store: Store) -> dict[str, Any]:
    """Return the number of articles, claims and events by class, and one row for every article."""
    from kb.query import load_queries, run

    counts = _plain(run(store, load_queries()["counts"], {}))
    return {
        "store": store.location,
        "version": __version__,
        "counts": {row["class"]: int(row["count"]) for row in counts},
        "articles": _articles(store),
    }


def _articles(store: Store) -> list[dict[str, str]]:
    """Return a row for every article, with its key."""
    from kb.query import load_queries, run

    rows = _plain(run(store, load_queries()["articles"], {}))
    return [{**row, "key": row["article"].rpartition("/")[2]} for row in rows]


def _plain(table: Table) -> list[dict[str, str]]:
    """Return a dictionary of each row, without what is unbound."""
    return [
        {name: term.value for name, term in zip(table.variables, row, strict=True) if term is not None}
        for row in table.rows
    ]
