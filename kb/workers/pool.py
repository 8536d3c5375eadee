"""The workers, and the queries that wait for one."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from kb.errors import BusyError, StoreError
from kb.store import Version
from kb.store.embedded import EmbeddedStore
from kb.workers.copies import Copies, Copy
from kb.workers.jobs import Job
from kb.workers.link import Link
from kb.workers.running import Running

log = logging.getLogger("demarche.workers")

_GOING = "the server is shutting down"


class WorkerPool:
    """Up to `size` workers on copies of a store, and a queue for `queue` queries. Belongs to one event loop.

    It starts with one worker; others come when there is something for them to do. `megabytes` is the address space
    that each may use.
    """

    def __init__(self, store: EmbeddedStore, *, size: int, queue: int, megabytes: int) -> None:
        self.copies = Copies(store)
        self.observe: Callable[[Running], None] = lambda _running: None
        self.killed = self.started = 0
        self._size, self._queue, self._megabytes = size, queue, megabytes
        self._held: dict[Link, deque[Copy]] = {}
        self._idle: list[Link] = []
        self._waiting: deque[asyncio.Future[Link]] = deque()
        self._tasks: set[asyncio.Future[None]] = set()
        self._running: set[Running] = set()
        self._starting = 0
        self._closing = False

    # --- life -----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Make the first copy and start the first worker.

        Raises:
            StoreError: the copy cannot be made.
        """
        if not await self.copies.at_least(0):
            raise StoreError("no copy of the store can be made for queries", hint="See the log for the reason.")
        self._grow()

    async def close(self) -> None:
        """Kill all workers, and remove their copies."""
        self.stop()
        for link in list(self._held):
            self.discard(link)
        while self._tasks:
            await asyncio.gather(*self._tasks)
        await self.copies.close()

    def stop(self) -> None:
        """Stop all queries, and take no more."""
        self._closing = True
        for running in list(self._running):
            running.stop(BusyError(_GOING))

    # --- asking ---------------------------------------------------------------------------------------------------

    def ask(self, job: Job) -> Running:
        """Take a query in; its answer is to be taken from what is returned, which must be closed.

        Raises:
            BusyError: as many are waiting as may.
        """
        if self.copies.behind:  # a write whose sender did not wait
            self._later(self._refresh())
        running = Running(self, job, self._turn())
        self._running.add(running)
        return running

    def end(self, running: Running) -> None:
        """Forget a query that has been closed."""
        self._running.discard(running)
        self.observe(running)

    def _turn(self) -> asyncio.Future[Link]:
        turn: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        if self._closing:
            raise BusyError(_GOING)
        if self._idle:
            turn.set_result(self._idle.pop())
            return turn
        free = self._size - len(self._held)
        if self.waiting >= self._queue + max(0, free):
            raise BusyError(f"{self.waiting} queries are waiting already, and no more may")
        self._waiting.append(turn)
        self._grow_if_needed()
        return turn

    def leave(self, turn: asyncio.Future[Link]) -> None:
        """Give up a turn; a worker that has come for it goes on to the next."""
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self.give_back(turn.result())
        turn.cancel()

    def give_back(self, link: Link) -> None:
        """Let a worker that has answered take the next query."""
        if link not in self._held:
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(link)
                return
        self._idle.append(link)
        self.tell_copy(link)

    def discard(self, link: Link) -> None:
        """Kill a worker, if it still lives, and put another in its place if that has work."""
        if link not in self._held:
            return
        self.killed += link.killed
        link.kill()
        for copy in self._held.pop(link):
            self.copies.leave(copy)
        if link in self._idle:
            self._idle.remove(link)
        self._later(asyncio.to_thread(self._reap, link))
        if not self._held and not self._starting:
            self._grow()
        self._grow_if_needed()

    @staticmethod
    def _reap(link: Link) -> None:
        link.process.wait()

    # --- starting -------------------------------------------------------------------------------------------------

    def _grow(self) -> None:
        if len(self._held) + self._starting < self._size and not self._closing:
            self._starting += 1
            self._later(self._add())

    def _grow_if_needed(self) -> None:
        if self.waiting > self._starting:
            self._grow()

    async def _add(self) -> None:
        try:
            await self.copies.at_least(0)
            link = await Link.start(self._megabytes)
        except OSError as error:
            log.error("no worker can be started: %s", error)
            return
        finally:
            self._starting -= 1
        self.started += 1
        self._held[link] = deque()
        link.on_lost, link.on_open = self._lost, self._opened
        if self._closing or link.lost:
            self.discard(link)
        else:
            self.tell_copy(link)
            self.give_back(link)
            self._grow_if_needed()

    def _lost(self, link: Link) -> None:
        """Forget a worker that has ended while it had nothing to do; one that runs a query is forgotten with that."""
        if link in self._idle:
            self.discard(link)

    def _later(self, work: asyncio.Future[None] | object) -> None:
        task: asyncio.Future[None] = asyncio.ensure_future(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- copies ---------------------------------------------------------------------------------------------------

    async def catch_up(self, number: int) -> bool:
        """Wait until queries see a state with that many writes in it; tell whether they do."""
        done = await self.copies.at_least(number)
        for link in self._idle:
            self.tell_copy(link)
        return done

    async def _refresh(self) -> None:
        await self.catch_up(self.copies.newest)

    def tell_copy(self, link: Link) -> None:
        """Tell a worker about the newest copy, if it does not read that one."""
        held, current = self._held.get(link), self.copies.current
        if held is not None and current is not None and (not held or held[-1] != current):
            held.append(current)
            self.copies.enter(current)
            link.open(str(current.folder))

    def _opened(self, link: Link, folder: str) -> None:
        """Let go of the copies that a worker has left."""
        held = self._held.get(link, deque())
        while held and str(held[0].folder) != folder:
            self.copies.leave(held.popleft())

    def version_of(self, link: Link) -> Version | None:
        """Return the state of the store that a worker reads at its next query."""
        held = self._held.get(link)
        return held[-1].version if held else None

    # --- figures --------------------------------------------------------------------------------------------------

    @property
    def version(self) -> Version | None:
        """The state of the store that queries see."""
        return self.copies.current.version if self.copies.current else None

    @property
    def size(self) -> int:
        """How many workers there may be."""
        return self._size

    @property
    def workers(self) -> int:
        """How many workers there are."""
        return len(self._held)

    @property
    def busy(self) -> int:
        """How many of them are answering."""
        return len(self._held) - len(self._idle)

    @property
    def waiting(self) -> int:
        """How many queries wait for one."""
        return sum(not turn.done() for turn in self._waiting)

    def process_ids(self) -> list[int]:
        """Return the process ids of the workers."""
        return [link.process.pid for link in self._held]
