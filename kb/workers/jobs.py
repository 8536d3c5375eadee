"""What a worker is asked, and the frames in which both sides talk: one letter, the length, the content."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import IO, Any, NamedTuple

HEADER = struct.Struct(">cI")

OPEN = b"O"  # to a worker: the folder of the copy to read from now on; it says the same when it does
ASK = b"Q"  # to a worker: a job
WHOLE = b"W"  # an answer of one piece: the length of its head (4 bytes), its head, its body
HEAD = b"H"  # the head of an answer of many pieces
DATA = b"D"  # one of the pieces
END = b"E"  # the answer is complete: its tail
FAILED = b"X"  # there is no answer, or no more of it: a problem object

_LENGTH = struct.Struct(">I")


class Frame(NamedTuple):
    """One message."""

    letter: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost: seconds of wall-clock time, rows (or triples) and bytes of its answer."""

    seconds: float
    rows: int
    bytes: int


@dataclass(frozen=True)
class Job:
    """One query with its dataset (SPARQL 1.1 Protocol, section 2.1.4).

    `formats` has the media type to answer in by kind of result (`kb.store.AnswerKind`), `refusals` says for the other
    kinds why there is none. Of an answer for a page only `page_rows` rows are sent, as JSON; None is for all of it. The
    default graph of a query without a dataset is the `union` of all graphs, or the unnamed one.
    """

    query: str
    limits: Limits
    formats: Mapping[str, str]
    refusals: Mapping[str, str] = field(default_factory=dict)
    base: str | None = None
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    services: Sequence[str] = ()
    union: bool = True
    gzip: bool = False
    page_rows: int | None = None

    def encoded(self) -> bytes:
        """Return the job as a frame's content."""
        limits = self.limits
        plain = {"seconds": limits.seconds, "rows": limits.rows, "bytes": limits.bytes}
        return json.dumps({**vars(self), "limits": plain}).encode()

    @classmethod
    def decoded(cls, content: bytes) -> Job:
        """Return the job of a frame's content."""
        fields: dict[str, Any] = json.loads(content)
        return cls(**(fields | {"limits": Limits(**fields["limits"])}))


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its first byte: the kind of result, and whether it is compressed (gzip)."""

    kind: str
    gzip: bool = False

    def encoded(self) -> bytes:
        """Return the head as a frame's content."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decoded(cls, content: bytes) -> Head:
        """Return the head of a frame's content."""
        return cls(**json.loads(content))


@dataclass(frozen=True, slots=True)
class Tail:
    """What is known of an answer after its last byte; a worker that says `last` takes no other job."""

    rows: int
    bytes: int
    last: bool = False


def frame(letter: bytes, content: bytes) -> bytes:
    """Return a message as it goes over the line."""
    return HEADER.pack(letter, len(content)) + content


def tail_of(content: bytes) -> Tail:
    """Return the tail of a frame's content."""
    return Tail(**json.loads(content))


def whole(head: Head, body: bytes) -> bytes:
    """Return the content of the frame of an answer of one piece."""
    start = head.encoded()
    return _LENGTH.pack(len(start)) + start + body


def parts_of_whole(content: bytes) -> tuple[Head, bytes]:
    """Return head and body of an answer of one piece."""
    end = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    return Head.decoded(content[_LENGTH.size : end]), content[end:]


def read_frame(stream: IO[bytes]) -> Frame | None:
    """Return the next message of a line, waiting for it; None when the other side has left."""
    start = stream.read(HEADER.size)
    if len(start) < HEADER.size:
        return None
    letter, length = HEADER.unpack(start)
    return Frame(letter, stream.read(length))
