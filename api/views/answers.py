"""Answers of the views: a page of rows, or one thing, in JSON, CSV or JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.deps import Service
from api.formats import content_type
from api.negotiate import Choice
from api.pages import encoded
from api.views.filters import CSV, JSON_LD, Asked, bound, filled, read_address, wanted_format
from api.views.items import Item, Items
from api.views.model import View
from kb.errors import NotFoundError
from kb.graph import known_iri
from kb.query import render
from kb.store import Store, Table

_LINKED = ("first", "prev", "next")


@dataclass(frozen=True)
class Question:
    """A request to a view, read: what it asks, of which state of the base, and how it is to be answered."""

    service: Service
    view: View
    asked: Asked
    choice: Choice
    store: Store
    path: str

    @property
    def items(self) -> Items:
        """What makes objects of rows."""
        linked = self.choice.format is JSON_LD
        return Items(self.service.catalogue, self.service.terms, self.store, linked=linked)

    def response(self, content: Any, table: Table, headers: Mapping[str, str]) -> Response:
        """Return an answer in the format that was chosen: rows as CSV, everything else as JSON."""
        headers = {"Vary": "Accept", **headers}
        if self.choice.format is CSV:
            body = render(table, "csv").encode()
            return Response(body, headers={**headers, "Content-Type": f"{content_type(CSV.media)}; header=present"})
        if self.choice.format is JSON_LD:
            context = self.service.terms.context(self.service.catalogue.context, slots=self.view.slots)
            content = {"@context": context, **content}
        return JSONResponse(content, headers=headers, media_type=self.choice.format.media)


def read_question(
    request: Request, service: Service, view: View, suffix: str | None = None, *, filters: bool = True
) -> Question:
    """Read a request to a view. `suffix` is the ending of its path, and wins over Accept; `format` must agree with it.

    Raises:
        OptionError, QueryParameterError, NotAcceptableError: the request asks for what there is not.
    """
    asked = read_address(request.query_params.multi_items())
    choice = wanted_format(request.headers.get("accept"), suffix or asked.format)
    if not filters:
        view = replace(view, filters={})
    return Question(service, view, asked, choice, service.known_on(asked.as_of), encoded(request.url.path))


def listed(question: Question, entity: str | None = None) -> Response:
    """Answer with a page of the rows of a view; `entity` is whom a view of somebody is about.

    Raises:
        QueryParameterError: a filter or its value cannot be used.
        StoreError: the store cannot answer.
    """
    view = question.view
    if entity is not None and view.of is not None:
        query = filled(view.query, "entity", view.parameter(view.of), [entity], question.store)
        view = replace(view, query=query)
    found = question.store.select(bound(view, question.asked.values, question.store))
    page = question.asked.page
    table = Table(found.variables, found.rows[page.offset : page.offset + page.limit])
    total = len(found.rows)
    content: Item = {"total": total, "limit": page.limit, "offset": page.offset}
    if question.choice.format is not CSV:
        content["items"] = question.items.of_view(view, table)
    return question.response(content, table, {"X-Total-Count": str(total), **_links(question, total)})


def one(question: Question, name: str) -> Response:
    """Answer with one thing of a view by the last part of its IRI.

    Raises:
        NotFoundError: there is none.
        StoreError: the store cannot answer.
    """
    view, store = question.view, question.store
    assert view.one is not None
    iri = str(known_iri(f"id/{view.one.kind}/{name}"))
    bound(view, question.asked.values, store)  # there are no filters, and whoever gives one is told so
    table = store.select(view.query.bind({view.one.by: iri}))
    if not table.rows:
        raise NotFoundError(f"the base knows nothing about {iri}", hint=f"GET /api/{view.name} lists what there is.")
    if question.choice.format is CSV:
        return question.response({}, table, {})
    content = question.items.of_view(view, table)[0]
    for part in view.one.parts:
        rows = store.select(part.query.bind({part.by: iri}))
        content[part.name] = question.items.of_query(part.query, rows)
    return question.response(content, table, {})


def _links(question: Question, total: int) -> dict[str, str]:
    """Return links to the other pages (RFC 8288)."""
    page = question.asked.page
    offsets = {
        "first": 0 if page.offset else None,
        "prev": max(page.offset - page.limit, 0) if page.offset else None,
        "next": page.offset + page.limit if 0 < page.limit < total - page.offset else None,
    }
    links = (f'<{_address(question, offsets[rel])}>; rel="{rel}"' for rel in _LINKED if offsets[rel] is not None)
    return {"Link": links_} if (links_ := ", ".join(links)) else {}


def _address(question: Question, offset: int | None) -> str:
    asked = question.asked
    given = [(name, value) for name, values in asked.values.items() for value in values]
    given += [(name, value) for name, value in (("as_of", asked.as_of), ("format", asked.format)) if value]
    given += [("limit", str(asked.page.limit)), ("offset", str(offset))]
    return f"{question.service.pages.root}{question.path}?{urlencode(given)}"
