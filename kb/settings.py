"""The settings, declared once: the fields of `Settings`.

Environment variables, defaults and the table in the README come from those fields. A `Settings` object is built by the
entry points and passed on; no other module reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from kb.errors import OptionError

BASE_IRI = "https://w3id.org/demarche/"
TEXT_KEPT = ("full", "quotes", "none")
UPDATES = ("off", "graphs", "all")
DEFAULT_GRAPHS = ("union", "unnamed")
_DAY_S = 86_400


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return value

    return read


def _port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise ValueError("must be a port number from 0 to 65535")
    return port


def _amount(value: str) -> int:
    amount = int(value)
    if amount < 0:
        raise ValueError("must not be negative")
    return amount


def _positive(value: str) -> int:
    if (amount := int(value)) < 1:
        raise ValueError("must be at least 1")
    return amount


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 < seconds < _DAY_S:
        raise ValueError("must be seconds, more than 0 and less than a day")
    return seconds


def _urls(value: str) -> tuple[str, ...]:
    urls = tuple(value.split())
    if not all(url.startswith(("http://", "https://")) for url in urls):
        raise ValueError("must be http:// or https:// addresses with spaces between them")
    return urls


def _setting(default: Any, read: Callable[[str], Any], meaning: str) -> Any:
    return field(default=default, metadata={"read": read, "help": meaning})


@dataclass(frozen=True)
class Settings:
    """All settings of one run; each field's metadata says what it means and how its variable is read."""

    store: str = _setting(".demarche", str, "Folder of the embedded store, or the URL of a SPARQL 1.1 store.")
    keep_text: str = _setting(
        "full", _one_of(TEXT_KEPT), "How much article text the store keeps: full, quotes or none."
    )
    max_article_bytes: int = _setting(10_000_000, int, "An input longer than this is refused.")
    model: Path | None = _setting(None, Path, "Folder of another NLP model; by default the one that is shipped.")
    host: str = _setting("127.0.0.1", str, "Address `kb serve` listens on.")
    port: int = _setting(8000, _port, "Port `kb serve` listens on; 0 takes a free one.")
    public_url: str | None = _setting(None, str, "Where readers reach the server, if it stands behind a proxy.")
    trusted_proxies: str = _setting(
        "127.0.0.1 ::1", str, "Proxies whose X-Forwarded headers say so too; no others' do."
    )
    updates: str = _setting(
        "off",
        _one_of(UPDATES),
        "What SPARQL Update and Graph Store Protocol may change: off, graphs (other than ours) or all.",
    )
    max_update_bytes: int = _setting(10_000_000, int, "An update, or a graph that is sent, with more is refused.")
    default_graph: str = _setting(
        "union", _one_of(DEFAULT_GRAPHS), "What a query that names no graph is about: union (of all) or unnamed."
    )
    query_workers: int = _setting(
        4, _amount, "Most processes for SPARQL queries; 0 runs them in the server itself, where none can be stopped."
    )
    query_queue: int = _setting(100, _amount, "How many queries may wait for one; others get HTTP 503.")
    query_seconds: float = _setting(30.0, _seconds, "A SPARQL query that takes longer is stopped.")
    query_rows: int = _setting(10_000_000, _positive, "Most rows, or triples, of an answer to a SPARQL query.")
    query_bytes: int = _setting(2_000_000_000, _positive, "Most bytes of such an answer.")
    query_memory: int = _setting(2_000, _positive, "Most megabytes of address space for a query's process.")
    query_services: tuple[str, ...] = _setting(
        (), _urls, "Endpoints that a query may call with SERVICE, with spaces between them; by default none."
    )
    access_log: Path | None = _setting(None, Path, "File for a JSON line on each request; - is standard error.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Read the ``KB_*`` variables; values given by name (command-line options) win unless they are None.

        Raises:
            OptionError: a value cannot be used; the message names its variable.
        """
        environment = os.environ if environment is None else environment
        values = {name: value for name, value in given.items() if value is not None}
        for setting in fields(cls):
            raw = environment.get(variable(setting))
            if raw and setting.name not in values:
                values[setting.name] = _read(setting, raw)
        return cls(**values)


def variable(setting: Field[Any]) -> str:
    """Return the environment variable of a field of `Settings`, such as ``KB_STORE``."""
    return f"KB_{setting.name.upper()}"


def _read(setting: Field[Any], raw: str) -> Any:
    try:
        return setting.metadata["read"](raw)
    except ValueError as error:
        raise OptionError(f"{variable(setting)}={raw}: {error}") from error
