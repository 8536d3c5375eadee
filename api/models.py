"""What the API takes and gives in JSON, for its OpenAPI description and for checking what comes in."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kb.errors import OptionError
from kb.intake import Input
from kb.model import ArticleInfo

Media = Literal["text", "html", "json", "unknown"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Strict(BaseModel):
    """A body whose unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class ArticleInfoBody(Strict):
    """What the sender knows about an article; each field wins over what the text itself says."""

    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


class ArticleBody(Strict):
    """An article to be loaded."""

    source: Name = Field(description="Path or name by which the article is known.", examples=["articles/visit.txt"])
    data_base64: str = Field(description="The bytes of the article in Base64 (RFC 4648, section 4).")
    media: Media = Field("unknown", description="What the bytes are; unknown leaves it to their first characters.")
    info: ArticleInfoBody = Field(default_factory=ArticleInfoBody)
    dry_run: bool = Field(False, description="Read and check the article, but store nothing.")

    def as_input(self) -> Input:
        """Return the article as the pipeline takes it.

        Raises:
            OptionError: the data is not Base64.
        """
        try:
            data = base64.b64decode(self.data_base64, validate=True)
        except binascii.Error as error:
            raise OptionError(f"data_base64 is not Base64: {error}", hint="See RFC 4648, section 4.") from error
        return Input(self.source, None, data, self.media, ArticleInfo(**self.info.model_dump()))


class Removed(BaseModel):
    """The article that was removed."""

    removed: str = Field(description="Its IRI.")


class State(BaseModel):
    """Whether the server does what it should."""

    status: str


class Health(BaseModel):
    """Whether the server answers, and which one it is."""

    status: str = Field(examples=["ok"])
    store: str = Field(description="Folder or URL of the store.")
    version: str
    owner: bool = Field(description="Whether the request carries the token that lets it write.")
    instance: str | None = Field(None, description="Fingerprint of the token; None if nobody may write.")


class ArticleRow(BaseModel):
    """One article of the list."""

    model_config = ConfigDict(extra="allow")
    article: str = Field(description="Its IRI, which is also the name of its graph.")
    key: str
    source: str


class Articles(BaseModel):
    """The articles that the base holds, the latest first."""

    articles: list[ArticleRow]


class FlatArticle(BaseModel):
    """The flat view of an article: what is said of it, and its facts with slots, factuality and evidence."""

    article: dict[str, Any]
    facts: list[dict[str, Any]]


class ParameterRow(BaseModel):
    """A parameter of a named query."""

    name: str
    type: str
    meaning: str
    example: str
    choices: list[str]


class QueryRow(BaseModel):
    """A named query."""

    name: str
    summary: str
    description: str
    tags: list[str]
    parameters: list[ParameterRow]
    sparql: str = Field(description="The query itself, which runs as it stands.")


class Queries(BaseModel):
    """The named queries."""

    queries: list[QueryRow]


class Problem(BaseModel):
    """An error (RFC 9457). A syntax error of a query has its line and column, both counted from 1."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str
    line: int | None = None
    column: int | None = None
