"""A JSON record: one article with the fields text (or html), title, url, published, publisher."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kb.errors import InputError, NoArticleError
from kb.model import ArticleInfo

FIELDS = ("text", "html", "title", "url", "published", "publisher")


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its record gives it; either `text` or `html` is set."""

    text: str | None
    html: str | None
    info: ArticleInfo
    moment: str | None = None


def parse_record(line: str, source: str) -> Record:
    """Read one JSON object; fields beyond the known ones are ignored.

    Raises:
        InputError: it is not JSON, not an object, or a field has a value of the wrong type; names the column.
        NoArticleError: it has neither text nor html.
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _malformed(error, source) from error
    if not isinstance(value, dict):
        raise InputError(f"{source}: a JSON {_type(value)} where an object is expected", hint=_hint(value))
    fields = {name: _string(value.get(name), name, source) for name in FIELDS}
    if not fields["text"] and not fields["html"]:
        raise NoArticleError(f'{source}: the record has neither a "text" nor an "html" field')
    moment = _moment(fields["published"], source)
    info = ArticleInfo(fields["title"], fields["url"], moment.date() if moment else None, fields["publisher"])
    timed = moment is not None and len(fields["published"] or "") > 10
    stamp = moment.isoformat() if moment and timed else None
    return Record(fields["text"], None if fields["text"] else fields["html"], info, stamp)


def _malformed(error: Exception, source: str) -> InputError:
    place, reason = source, str(error)
    if isinstance(error, json.JSONDecodeError):
        line = f", line {error.lineno}" if error.lineno > 1 else ""
        place, reason = f"{source}{line}, column {error.colno}", error.msg
    return InputError(f"{place}: not valid JSON: {reason}", hint="Mend the line; each line must be one JSON object.")


def _hint(value: Any) -> str:
    if isinstance(value, list):
        return "Write the elements of the array as lines of their own (JSON Lines), for example with `jq -c '.[]'`."
    return 'Each line must be an object such as {"text": "...", "title": "...", "published": "2024-06-19"}.'


def _type(value: Any) -> str:
    names = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "number",
        float: "number",
        type(None): "null",
    }
    return names[type(value)]


def _string(value: Any, name: str, source: str) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise InputError(f'{source}: field "{name}" is a JSON {_type(value)}, not a string')
    return value if name in ("text", "html") else " ".join(value.split())


def _moment(value: str | None, source: str) -> datetime | None:
    """Read the ISO 8601 date, or date and time, of a record."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise InputError(f'{source}: field "published" is {value!r}, not an ISO 8601 date such as 2024-06-19') from None
