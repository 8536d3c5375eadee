"""An article that is to be read: a file, or bytes that came otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import InputError, InputTooLargeError, KBError, MissingInputError
from kb.model import ArticleInfo

TEXT, HTML, JSON, UNKNOWN = "text", "html", "json", "unknown"


@dataclass(frozen=True)
class Input:
    """One article to read: a file (`path`) or bytes (`data`).

    `source` names it as the user would: the path as given, ``file.jsonl:3`` for line 3, ``-`` for standard input.
    `media` is text, html or json (one record); unknown leaves it to the first characters. `info` is what the caller
    knows: each field that is set wins over the record, the page and the text. `problem` is what `read` raises for
    something that could not be found or opened, so that one bad file never stops a batch.
    """

    source: str
    path: Path | None
    data: bytes | None
    media: str
    info: ArticleInfo = field(default_factory=ArticleInfo)
    problem: KBError | None = None

    def content(self, max_bytes: int) -> bytes:
        """Return the bytes.

        Raises:
            InputTooLargeError: they are more than `max_bytes`; a file's size is looked at before it is read.
            MissingInputError: the file has gone.
            InputError: it cannot be read.
        """
        if self.problem:
            raise self.problem
        if self.data is None:
            return _read_file(self.path or Path(self.source), self.source, max_bytes)
        _check_size(len(self.data), self.source, max_bytes)
        return self.data


def _read_file(path: Path, source: str, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{source}: is a folder")
        _check_size(path.stat().st_size, source, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise unreadable(error, source) from error
    except ValueError as error:
        raise MissingInputError(f"{source!r}: not a file name: {error}") from error
    _check_size(len(data), source, max_bytes)
    return data


def _check_size(size: int, source: str, max_bytes: int) -> None:
    if size > max_bytes:
        raise InputTooLargeError(f"{source}: {size:,} bytes, more than the limit of {max_bytes:,}")


def unreadable(error: OSError, source: str) -> InputError:
    """Return the error that tells the user what the operating system said of a file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingInputError(f"{source}: no such file or folder")
    return InputError(f"{source}: cannot be read: {error.strerror}", hint="Check the file's permissions.")
