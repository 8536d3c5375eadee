"""The worker: ``python -m kb.workers.process DESCRIPTOR MEGABYTES``, started by the pool and by nobody else.

DESCRIPTOR is its end of a pair of sockets, MEGABYTES the address space it may use. It answers one job at a time, and
ends when the server goes away, even in the middle of a query.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable

from kb.errors import KBError, QueryLimitError
from kb.store.embedded import EmbeddedStore
from kb.workers.evaluation import evaluate
from kb.workers.jobs import ASK, FAILED, OPEN, Job, frame, read_frame
from kb.workers.output import Output

_GRACE_S = 2
"""Seconds of processor time that a query may take beyond its limit, before the system ends the process: only if the
server, which does that at the limit, could not."""

_MEGABYTE = 1_000_000
_MOST_KEPT = 300 * _MEGABYTE
"""A worker that holds more memory than this after an answer takes no other job."""


def main(descriptor: int, megabytes: int) -> None:
    """Answer jobs until the server goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the server ends its workers itself
    channel = socket.socket(fileno=descriptor)
    _set_limit(resource.RLIMIT_AS, megabytes * _MEGABYTE)
    _set_limit(resource.RLIMIT_CORE, 0)
    threading.Thread(target=_end_with_server, args=(channel,), daemon=True).start()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        _serve(channel)


def _set_limit(kind: int, amount: int) -> None:
    """Set a limit of this process; a system that does not have it goes without."""
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _end_with_server(channel: socket.socket) -> None:
    """Wait until the other end of the line is closed, then end at once: the main thread may be deep in a query."""
    poll = select.poll()
    poll.register(channel, 0)  # whatever is asked for, POLLHUP is told
    while not poll.poll():
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def _serve(channel: socket.socket) -> None:
    store: EmbeddedStore | None = None
    memory = _memory()
    with channel.makefile("rb") as stream:
        while message := read_frame(stream):
            if message.letter == OPEN:
                if store is not None:
                    store.close()
                store = EmbeddedStore(message.content.decode(), read_only=True)
                channel.sendall(frame(OPEN, message.content))
            elif message.letter == ASK:
                assert store is not None, "the pool names a copy before it asks"
                _answer(store, Job.decoded(message.content), channel, memory)


def _answer(store: EmbeddedStore, job: Job, channel: socket.socket, memory: Callable[[], int]) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + job.limits.seconds) + _GRACE_S)
    output = Output(channel.sendall, job.limits, compress=job.gzip)
    try:
        evaluate(store, job, output)
        output.finish(last=memory() > _MOST_KEPT)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, the server has to know
        channel.sendall(frame(FAILED, _problem(error)))


def _problem(error: Exception) -> bytes:
    import json

    if isinstance(error, MemoryError):
        error = QueryLimitError("the query needs more memory than a query may use on this server")
    known = error if isinstance(error, KBError) else KBError(f"{type(error).__name__}: {error}")
    return json.dumps(known.as_problem()).encode()


def _memory() -> Callable[[], int]:
    """Return a function that tells the bytes of memory this process holds; 0 where the system does not tell."""
    try:
        file = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return lambda: 0
    page = resource.getpagesize()
    return lambda: int(os.pread(file, 100, 0).split()[1]) * page


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
