"""The server's end of the line to one worker process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from socket import socketpair
from typing import cast

from kb.workers.jobs import ASK, HEADER, OPEN, Frame, Job, frame

_PACKAGES = Path(__file__).resolve().parents[2]
_MOST_QUEUED = 1 << 19
"""Bytes of frames that wait to be taken; then the worker waits."""


class WorkerLostError(Exception):
    """The worker's process has ended."""


class Link(asyncio.Protocol):
    """A worker process and the frames that come from it. All of it belongs to one event loop."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lost = self.killed = False
        self.on_lost: Callable[[Link], None] = lambda _link: None
        self.on_open: Callable[[Link, str], None] = lambda _link, _folder: None
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._frames: deque[Frame] = deque()
        self._queued = 0
        self._paused = False
        self._waiter: asyncio.Future[None] | None = None

    @classmethod
    async def start(cls, megabytes: int) -> Link:
        """Start a worker that may use so much address space.

        Raises:
            OSError: the system starts no more processes.
        """
        ours, theirs = socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603  # all of it is ours
                [sys.executable, "-P", "-m", "kb.workers.process", str(theirs.fileno()), str(megabytes)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _search_path()},
            )
        ours.setblocking(False)
        link = cls(process)
        await asyncio.get_running_loop().create_unix_connection(lambda: link, sock=ours)
        return link

    # --- to the worker --------------------------------------------------------------------------------------------

    def open(self, folder: str) -> None:
        """Tell the worker which copy of the store to read from now on."""
        self._write(frame(OPEN, folder.encode()))

    def ask(self, job: Job) -> None:
        """Give the worker a job."""
        self._write(frame(ASK, job.encoded()))

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self.lost:
            self._transport.write(data)

    def kill(self) -> None:
        """End the process at once, whatever it does; frames that have come may still be taken."""
        self.killed = True
        self.process.kill()
        if self._transport is not None:
            self._transport.abort()

    # --- from the worker ------------------------------------------------------------------------------------------

    async def frame(self) -> Frame:
        """Return the next frame.

        Raises:
            WorkerLostError: the process has ended, and all its frames have been taken.
        """
        while not self._frames:
            if self.lost:
                raise WorkerLostError
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        found = self._frames.popleft()
        self._queued -= len(found.content)
        if self._paused and self._queued < _MOST_QUEUED // 2 and self._transport is not None and not self.lost:
            self._paused = False
            self._transport.resume_reading()
        return found

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)  # that of another loop need not inherit from it

    def data_received(self, data: bytes) -> None:
        """Cut what comes into frames."""
        self._buffer += data
        start = 0
        while len(self._buffer) - start >= HEADER.size:
            letter, length = HEADER.unpack_from(self._buffer, start)
            end = start + HEADER.size + length
            if len(self._buffer) < end:
                break
            self._take(Frame(letter, bytes(memoryview(self._buffer)[start + HEADER.size : end])))
            start = end
        del self._buffer[:start]
        if self._queued > _MOST_QUEUED and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def _take(self, found: Frame) -> None:
        if found.letter == OPEN:
            self.on_open(self, found.content.decode())
        else:
            self._frames.append(found)
            self._queued += len(found.content)

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell whoever waits."""
        self.lost = True
        self._wake()
        self.on_lost(self)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _search_path() -> str:
    """Return a PYTHONPATH by which a worker finds this very package, wherever the server was started."""
    return os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
