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
