"""Copies of the store: who reads which, which is the newest, and when one may go."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kb.errors import StoreError
from kb.store import Version
from kb.store.embedded import EmbeddedStore
from kb.store.folder import snapshot_place

_GATHER_S = 0.01
"""How long a copy waits for other writes, which it then has too."""

log = logging.getLogger("demarche.workers")


@dataclass(frozen=True, slots=True)
class Copy:
    """A read-only copy of one state of the store."""

    folder: Path
    version: Version


class Copies:
    """Publishes copies of a store that is written. All of it belongs to one event loop."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._made = 0
        self._readers: Counter[Copy] = Counter()
        self._publishing: asyncio.Task[bool] | None = None
        self._removing: set[asyncio.Future[None]] = set()
        self.current: Copy | None = None
        self.failures = 0

    @property
    def made(self) -> int:
        """How many have been made."""
        return self._made

    @property
    def behind(self) -> int:
        """How many writes the newest copy lacks."""
        return self.newest - (self.current.version.number if self.current else -1)

    @property
    def newest(self) -> int:
        """How many writes the store has."""
        return self._store.version.number

    async def at_least(self, number: int) -> bool:
        """Wait until there is a copy with that many writes in it; tell whether there is.

        Whoever waits at the same time waits for the same copy. One that cannot be made is no error of whoever wrote.
        """
        while self.current is None or self.current.version.number < number:
            if not await self._published():
                return False
        return True

    async def _published(self) -> bool:
        if self._publishing is None:
            self._publishing = asyncio.ensure_future(self._publish())
            self._publishing.add_done_callback(self._end_publishing)
        return await asyncio.shield(self._publishing)

    def _end_publishing(self, _task: asyncio.Task[bool]) -> None:
        self._publishing = None

    async def _publish(self) -> bool:
        await asyncio.sleep(_GATHER_S)
        self._made += 1
        place = snapshot_place(Path(self._store.location), self._made)
        try:
            version = await asyncio.to_thread(self._store.checkpoint, place)
        except StoreError as error:
            self.failures += 1
            log.error("queries go on with the state before, as no copy of the store can be made: %s", error)
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
            return False
        before, self.current = self.current, Copy(place, version)
        if before is not None:
            self._remove_unread(before)
        return True

    def enter(self, copy: Copy) -> None:
        """Note that a worker is going to read a copy."""
        self._readers[copy] += 1

    def leave(self, copy: Copy) -> None:
        """Note that a worker reads it no more."""
        self._readers[copy] -= 1
        self._remove_unread(copy)

    def _remove_unread(self, copy: Copy) -> None:
        if self._readers[copy] <= 0 and copy != self.current:
            del self._readers[copy]
            future = asyncio.ensure_future(asyncio.to_thread(shutil.rmtree, copy.folder, ignore_errors=True))
            self._removing.add(future)
            future.add_done_callback(self._removing.discard)

    async def close(self) -> None:
        """Remove all copies; nobody may read one any more."""
        if self._publishing is not None:
            await asyncio.wait({self._publishing})
        await asyncio.gather(*self._removing)
        for copy in {*self._readers, *filter(None, (self.current,))}:
            await asyncio.to_thread(shutil.rmtree, copy.folder, ignore_errors=True)
        self._readers.clear()
        self.current = None
