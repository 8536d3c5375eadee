"""The forms of requests of the Reconciliation Service API 0.2, and how they are read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, model_validator

from kb.errors import OptionError, RequestTooLargeError

BATCH_SIZE = 50
"""How many queries a batch may have."""
MOST_IDS = 1000
"""How many entities can be extended at once."""
MOST_CHARACTERS = 500
"""How much of a name is compared."""
DEFAULT_CANDIDATES, MOST_CANDIDATES = 10, 100


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntityValue(BaseModel):
    """A value that was reconciled before."""

    id: str
    name: str | None = None


Value = str | int | float | bool | EntityValue


class Condition(BaseModel):
    """A property that the entity should have with one of these values."""

    pid: str
    v: Value | list[Value]

    @property
    def values(self) -> list[Value]:
        """The values as a list."""
        return self.v if isinstance(self.v, list) else [self.v]


class Query(_Strict):
    """One query: a name, and conditions that narrow the choice; at least one of them is needed."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: Annotated[float, Field(ge=1)] = DEFAULT_CANDIDATES
    properties: list[Condition] = Field(default_factory=list, max_length=20)
    type_strict: Literal["any", "should", "all"] | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Query:
        if self.query is None and not self.properties:
            raise ValueError("a query needs `query` or `properties`")
        return self

    @property
    def types(self) -> list[str] | None:
        """The types that are asked for; None for all."""
        return [self.type] if isinstance(self.type, str) else self.type or None


class _Batch(RootModel[dict[str, Query]]):
    pass


class WantedProperty(BaseModel):
    """A property to fetch; there are no settings."""

    id: str
    settings: dict[str, Any] = Field(default_factory=dict)


class Extension(BaseModel):
    """A data extension query: properties to fetch of some entities."""

    ids: list[str] = Field(max_length=MOST_IDS)
    properties: list[WantedProperty] = Field(max_length=100)


def read_batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch.

    Raises:
        OptionError: it is not JSON of that form.
        RequestTooLargeError: there are more than `BATCH_SIZE`.
    """
    try:
        queries = _Batch.model_validate_json(text).root
    except ValidationError as error:
        raise _malformed("queries", error) from error
    if len(queries) > BATCH_SIZE:
        raise RequestTooLargeError(
            f"the batch has {len(queries)} queries; {BATCH_SIZE} are answered at once", hint="Send smaller batches."
        )
    return queries


def read_extension(text: str) -> Extension:
    """Return a data extension query.

    Raises:
        OptionError: it is not JSON of that form, or asks for too much.
    """
    try:
        return Extension.model_validate_json(text)
    except ValidationError as error:
        raise _malformed("extend", error) from error


def _malformed(name: str, error: ValidationError) -> OptionError:
    said = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'value'}: {e['msg']}" for e in error.errors()[:3])
    return OptionError(f"{name}: {said}", hint="See the Reconciliation Service API 0.2 for the form of a request.")
