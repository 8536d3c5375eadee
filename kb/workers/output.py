"""Chunks of an answer on their way to the server, and the limits on rows and bytes.

The engine's serialisers write from their own code, so rows are counted by the marks that each format has between them.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property

import pyoxigraph as ox

from kb.errors import QueryLimitError
from kb.workers.jobs import DATA, END, HEAD, WHOLE, Head, Limits, Tail, frame, whole

CHUNK = 1 << 16
PATIENCE_S = 0.01
"""How long the first bytes of an answer, or of a chunk, wait for more."""

_LEAST_TO_COMPRESS = 1000
_LEVEL = 5
_GZIP = 31  # the window size of zlib that means gzip (RFC 1952)

_NO_ROWS = b'"bindings":[]}}'
_MARKS = {
    ox.QueryResultsFormat.JSON: (b'"}},{"', 1),
    ox.QueryResultsFormat.XML: (b"<result>", 0),
    ox.QueryResultsFormat.TSV: (b"\n", -1),
}
"""What stands between or before rows, and how many rows an answer has more than marks.

A string can hold none of them but that of JSON, if the text is made for it; such an answer counts as a longer one. Rows
of JSON that bind nothing count as none.
"""


class RowCounter:
    """Counts the rows of an answer in one format while it passes in pieces."""

    def __init__(self, format_: ox.QueryResultsFormat | None) -> None:
        self._mark, more = _MARKS.get(format_, (b"", 0)) if format_ is not None else (b"", 0)
        self._is_csv = format_ == ox.QueryResultsFormat.CSV
        self._rest = b""
        self._quoted = False
        self.rows = -1 if self._is_csv else more

    def add(self, data: bytes) -> None:
        """Count the rows that end in the next piece."""
        if self._is_csv:
            self._add_csv(data)
        elif self._mark:
            data = self._rest + data
            self.rows += data.count(self._mark) - data.endswith(_NO_ROWS)
            kept = len(self._mark) - 1
            self._rest = data[-kept:] if kept else b""

    def _add_csv(self, data: bytes) -> None:
        """Count line ends outside quotes (RFC 4180); a doubled quote opens and closes again."""
        parts = data.split(b'"')
        self.rows += sum(part.count(b"\n") for part in parts[int(self._quoted) :: 2])
        self._quoted ^= len(parts) % 2 == 0


class Output:
    """A file for the engine's serialisers that sends what they write in chunks. Only for one answer.

    An answer that is complete before its first chunk goes out in one piece.
    """

    def __init__(self, send: Callable[[bytes], object], limits: Limits, *, compress: bool = False) -> None:
        self._send, self._limits = send, limits
        self._compress = compress
        self._pending = bytearray()
        self._since = time.monotonic()
        self._counter = RowCounter(None)
        self._kind = ""
        self.started = False
        self.bytes = 0

    def begin(self, kind: str, format_: ox.QueryResultsFormat | None = None) -> None:
        """Say what kind of answer comes, and in which format if its rows are to be counted here."""
        self._kind, self._counter = kind, RowCounter(format_)

    @property
    def rows(self) -> int:
        """How many rows have been sent."""
        return max(0, self._counter.rows)

    def add_row(self) -> None:
        """Count a row that the serialiser is about to write.

        Raises:
            QueryLimitError: it is one too many.
        """
        self._counter.rows += 1
        self._check()

    def write(self, data: bytes) -> int:
        """Take the next bytes.

        Raises:
            QueryLimitError: the answer goes over a limit.
        """
        if not self._pending:
            self._since = time.monotonic()
        self._pending += data
        if len(self._pending) >= CHUNK or time.monotonic() - self._since > PATIENCE_S:
            self._flush()
        return len(data)

    def flush(self) -> None:
        """Do nothing: chunks go out when they are full or have waited long enough."""

    def finish(self, *, last: bool) -> None:
        """Send what is left, and say that the answer is complete; raises like `write`.

        `last` tells the server to ask this worker nothing more.
        """
        if self.started:
            self._flush(end=True)
        else:
            self._send_whole()
        tail = Tail(self.rows, self.bytes, last)
        self._send(frame(END, json.dumps(asdict(tail)).encode()))

    def _send_whole(self) -> None:
        body = self._taken()
        gzip = self._compress and len(body) >= _LEAST_TO_COMPRESS
        if gzip:
            body = zlib.compress(body, _LEVEL, _GZIP)
        self._send(frame(WHOLE, whole(Head(self._kind, gzip), body)))

    @cached_property
    def _compressor(self) -> zlib._Compress:
        return zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)

    def _flush(self, *, end: bool = False) -> None:
        data = self._taken()
        if not self.started:
            self.started = True
            self._send(frame(HEAD, Head(self._kind, self._compress).encoded()))
        if self._compress:
            mode = zlib.Z_FINISH if end else zlib.Z_SYNC_FLUSH
            data = self._compressor.compress(data) + self._compressor.flush(mode)
        if data:
            self._send(frame(DATA, data))

    def _taken(self) -> bytes:
        data = bytes(self._pending)
        self._pending.clear()
        self._counter.add(data)
        self.bytes += len(data)
        self._check()
        return data

    def _check(self) -> None:
        for amount, limit, name in (
            (self.rows, self._limits.rows, "rows"),
            (self.bytes, self._limits.bytes, "bytes"),
        ):
            if amount > limit:
                raise QueryLimitError(f"the answer has more than {limit:,} {name}, the limit of this server")
