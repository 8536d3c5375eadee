"""Whose turn it is to write, and how often a store has been written: the version that readers' copies are known by."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from threading import Lock
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a store. Numbers grow; those of two `openings` of a store are not to be compared.

    `since` is the time of the last write, or of the opening, in seconds of the epoch.
    """

    opening: str
    number: int
    since: float


class Turn:
    """A lock for whoever writes; each turn that ends, ends a version of the store."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = Version(secrets.token_hex(4), 0, time.time())

    @property
    def version(self) -> Version:
        """The state that is read at least from now on."""
        return self._version

    def __enter__(self) -> None:
        """Wait until nobody else writes."""
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the turn; one that failed counts as well, as nobody knows how far it got."""
        self._version = Version(self._version.opening, self._version.number + 1, time.time())
        self._lock.release()

    def hold(self) -> Lock:
        """Return the lock itself, for whoever keeps writers out without writing."""
        return self._lock
