"""One query: its wait for a worker, its time limit, the frames of its answer, and its end."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.errors import BusyError, KBError, QueryLimitError, QueryTimeoutError, StoreError
from kb.store import Version
from kb.workers.jobs import DATA, END, FAILED, HEAD, WHOLE, Frame, Head, Job, Tail, parts_of_whole, tail_of
from kb.workers.link import Link, WorkerLostError

if TYPE_CHECKING:
    from kb.workers.pool import WorkerPool

_MOST_WAITS = 10
"""A client may take the answer as slowly as it likes for that many time limits in all."""

_OUT_OF_MEMORY = "the query needed more memory than a query may use on this server, and was stopped"


class Outcome(StrEnum):
    """What became of a query."""

    ANSWERED = "answered"
    REFUSED = "refused"  # it is malformed, or no format of its answer is acceptable
    BUSY = "busy"
    TIMEOUT = "timeout"
    LIMIT = "limit"
    LEFT = "left"  # the client did not wait for the end
    FAILED = "failed"


class ClientLeftError(Exception):
    """The client went away before its answer was complete; nobody is told."""


Cause = KBError | ClientLeftError


class Running:
    """A query that waits for a worker, or runs. Must be closed; closing before the end kills its worker."""

    def __init__(self, pool: WorkerPool, job: Job, turn: asyncio.Future[Link]) -> None:
        self.job = job
        self.tail: Tail | None = None
        self.version: Version | None = None
        self._pool = pool
        self._turn = turn
        self._link: Link | None = None
        self._loop = asyncio.get_running_loop()
        self._asked = self._started = self._loop.time()
        self._timer = self._loop.call_later(job.limits.seconds, self._end_waiting)
        self._client_s, self._client_since = 0.0, 0.0
        self._stopped: Cause | None = None
        self._failed: Cause | None = None
        self._closed = False

    # --- its answer -----------------------------------------------------------------------------------------------

    async def begin(self) -> tuple[Head, bytes | None]:
        """Return the head of the answer, and its body if that has come in one piece; else `rest` has it.

        Raises:
            BusyError: no worker was free in time.
            QueryTimeoutError, QueryLimitError: it was stopped.
            QueryError, NotAcceptableError, StoreError: it cannot be answered.
        """
        link = await self._turn
        if self._stopped is not None:  # between the worker's coming and now
            raise self._stopped
        self._link = link
        self._pool.tell_copy(self._link)
        self.version = self._pool.version_of(self._link)
        self._timer.cancel()
        self._started = self._loop.time()
        self._timer = self._loop.call_later(self.job.limits.seconds, self._check_time)
        self._link.ask(self.job)
        found = await self._frame()
        if found.letter == WHOLE:
            head, body = parts_of_whole(found.content)
            self.tail = tail_of((await self._frame()).content)
            return head, body
        assert found.letter == HEAD, found.letter
        return Head.decoded(found.content), None

    async def rest(self) -> AsyncIterator[bytes]:
        """Yield the pieces of an answer; raises like `begin`, at any of them."""
        while True:
            found = await self._frame()
            if found.letter == END:
                self.tail = tail_of(found.content)
                return
            assert found.letter == DATA, found.letter
            self._client_since = self._loop.time()
            yield found.content
            self._client_s += self._loop.time() - self._client_since
            self._client_since = 0.0

    async def _frame(self) -> Frame:
        assert self._link is not None
        try:
            found = await self._link.frame()
        except WorkerLostError:
            self._failed = self._stopped or await self._cause()
            raise self._failed from None
        if found.letter == FAILED:
            self.tail = Tail(0, 0)  # the worker is ready for the next
            problem = json.loads(found.content)
            self._failed = KBError.from_problem(problem) or KBError(str(problem))
            raise self._failed
        return found

    async def _cause(self) -> KBError:
        """Return why a worker has ended that nobody here ended."""
        assert self._link is not None
        code = await asyncio.to_thread(self._link.process.wait)
        if code in (-signal.SIGABRT, -signal.SIGSEGV):  # how the engine ends when it gets no memory
            return QueryLimitError(_OUT_OF_MEMORY)
        if code == -signal.SIGXCPU:
            return self._timed_out()
        return StoreError(
            f"the process that evaluated the query ended unexpectedly (code {code})", hint="Ask the query again."
        )

    # --- its end --------------------------------------------------------------------------------------------------

    def stop(self, error: Cause) -> None:
        """End the query at once, wherever it is; whoever waits for its answer gets the error."""
        if self._closed or self._stopped:
            return
        self._stopped = error
        if self._link is not None:
            self._link.kill()
        elif not self._turn.done():
            self._failed = error
            self._turn.set_exception(error)

    def _end_waiting(self) -> None:
        self.stop(BusyError(f"no worker was free for the query within {self.job.limits.seconds:g} s"))

    def _check_time(self) -> None:
        """Stop the query if it has used its time; that in which the client takes what it gets counts little."""
        now, limit = self._loop.time(), self.job.limits.seconds
        client = self._client_s + (now - self._client_since if self._client_since else 0.0)
        left = limit - (now - self._started - min(client, _MOST_WAITS * limit))
        if left <= 0:
            self.stop(self._timed_out())
        else:
            self._timer = self._loop.call_later(left, self._check_time)

    def _timed_out(self) -> QueryTimeoutError:
        return QueryTimeoutError(f"the query took longer than {self.job.limits.seconds:g} s and was stopped")

    def close(self) -> None:
        """Give the worker back, or kill it if its answer is not complete. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._timer.cancel()
        if self._link is None:
            self._pool.leave(self._turn)
        elif self.tail is None or self.tail.last or self._link.lost:
            if self.tail is None and not self._link.lost:
                self._link.kill()
            self._pool.discard(self._link)
        else:
            self._pool.give_back(self._link)
        self._pool.end(self)

    @property
    def seconds(self) -> float:
        """How long ago it was asked."""
        return self._loop.time() - self._asked

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        error = self._failed or self._stopped
        if error is None:
            return Outcome.LEFT if self.tail is None else Outcome.ANSWERED
        if isinstance(error, ClientLeftError):
            return Outcome.LEFT
        for kind, outcome in (
            (BusyError, Outcome.BUSY),
            (QueryTimeoutError, Outcome.TIMEOUT),
            (QueryLimitError, Outcome.LIMIT),
        ):
            if isinstance(error, kind):
                return outcome
        return Outcome.REFUSED if error.status < 500 else Outcome.FAILED
