"""Answers to queries. Results of the engine never cross threads, so everything here runs in one worker thread."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox
from fastapi import Response

from api.formats import HTML, Engine, content_type, offers_for
from api.negotiate import Choice, choose
from api.protocol import QueryRequest
from kb.errors import KBError, QueryError
from kb.store import Answer, AnswerKind, Store

SHOWN_ROWS = 1000
"""How many rows a page shows; the other formats have them all."""


@dataclass
class Chooser:
    """Picks the format of an answer once its kind is known, and remembers what it picked.

    `named` is the short name of a format, which wins over Accept where an answer of that kind can have it.
    """

    accept: str | None
    named: str | None = None
    choice: Choice | None = None

    def __call__(self, kind: AnswerKind) -> Engine:
        """Return the engine's name of the format.

        Raises:
            NotAcceptableError: the request accepts none of those that an answer of this kind can have.
        """
        self.choice = pick(kind, self.accept, self.named)
        if self.choice.format.engine is not None:
            return self.choice.format.engine
        return ox.RdfFormat.TURTLE if kind is AnswerKind.GRAPH else ox.QueryResultsFormat.JSON

    @property
    def is_html(self) -> bool:
        """Whether a page is wanted."""
        return self.choice is not None and self.choice.format is HTML


def pick(kind: AnswerKind, accept: str | None, named: str | None) -> Choice:
    """Return the format of an answer of this kind; raises like a `Chooser`."""
    offers = offers_for(kind)
    for offer in offers:
        if offer.name == named:
            return Choice(offer, offer.media)
    return choose(accept, offers)


def evaluate(store: Store, request: QueryRequest, chooser: Chooser, endpoint: str) -> Answer:
    """Evaluate a query and serialise the result.

    A relative IRI in the query is relative to `endpoint`; the query's own BASE wins (SPARQL 1.1 Query, section 4.1.1).

    Raises:
        QueryError, StoreError: it cannot be evaluated.
        NotAcceptableError: no format of its result is acceptable.
    """
    try:
        return _with_base(store, request, chooser, endpoint)
    except KBError as error:
        _clear_frames(error)
        raise


def _clear_frames(error: BaseException | None) -> None:
    """Forget the variables of the calls an error came through.

    One of them is the engine's result, which must not die in the thread that turns the error into an answer.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _with_base(store: Store, request: QueryRequest, chooser: Chooser, endpoint: str) -> Answer:
    try:
        return _evaluate(store, request, chooser)
    except QueryError as error:
        if not isinstance(error.__cause__, SyntaxError):
            raise
        # Only now, so that the places in messages about other errors are those in the text that was sent.
        try:
            return _evaluate(store, replace(request, query=f"BASE <{endpoint}> {request.query}"), chooser)
        except QueryError:
            raise error from None


def _evaluate(store: Store, request: QueryRequest, chooser: Chooser) -> Answer:
    return store.answer(
        request.query or "", chooser, default_graphs=request.default_graphs, named_graphs=request.named_graphs
    )


def as_response(answer: Answer, choice: Choice) -> Response:
    """Return a serialised answer as an HTTP response."""
    return Response(
        answer.body, media_type=None, headers={"Content-Type": content_type(choice.media), "Vary": "Accept"}
    )


@dataclass(frozen=True)
class Shown:
    """An answer as a page shows it: rows, a truth value, or a graph as Turtle."""

    kind: str
    variables: list[str]
    rows: list[list[Mapping[str, str] | None]]
    count: int = 0
    boolean: bool | None = None
    turtle: str = ""


def shown(answer: Answer) -> Shown:
    """Return an answer for a page; of many rows only the first `SHOWN_ROWS`."""
    text = answer.body.decode()
    if answer.kind is AnswerKind.GRAPH:
        return Shown("graph", [], [], turtle=text)
    document: dict[str, Any] = json.loads(text)
    if answer.kind is AnswerKind.BOOLEAN:
        return Shown("boolean", [], [], boolean=document["boolean"])
    variables, bindings = document["head"]["vars"], document["results"]["bindings"]
    rows = [[binding.get(variable) for variable in variables] for binding in bindings[:SHOWN_ROWS]]
    return Shown("rows", variables, rows, len(bindings))
