"""What the user named: files, folders, patterns and standard input, each article one `Input`."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kb.errors import KBError, MissingInputError, OptionError
from kb.intake.inputs import HTML, JSON, TEXT, UNKNOWN, Input, unreadable
from kb.model import ArticleInfo

MEDIA = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".json": JSON,
    ".jsonl": JSON,
    ".ndjson": JSON,
    ".jsonlines": JSON,
    ".json-lines": JSON,
}
"""What a file is by its suffix; of any other file the first characters decide."""

_IN_FOLDERS = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json-lines")
_LINES = (".jsonl", ".ndjson", ".jsonlines", ".json-lines")
_PEEK = 64
"""Bytes that tell whether a file may hold JSON."""


def gather(paths: Sequence[str], info: ArticleInfo, *, stdin: BinaryIO | None = None) -> tuple[Input, ...]:
    """Return one input for each article that the paths name, in the order given, folders and patterns sorted.

    A folder stands for the articles in it and below (.txt, .html, .htm, .jsonl, .ndjson, .json-lines), hidden ones and
    READMEs left out. A file named twice is read once. Each line of a JSON-lines file is an article; what the caller
    gives in `info` wins over the record, the rest comes from the record. What is missing or cannot be opened becomes
    an input whose `read` says so.

    Raises:
        OptionError: `info` gives one title or URL to several articles.
    """
    found: list[Input] = []
    seen: set[str] = set()
    for path in paths:
        for name in _expand(path):
            key = _identity(name.source if isinstance(name, Input) else name)
            if key not in seen:
                seen.add(key)
                found.extend(_inputs(name, info, stdin))
    _check_info(found, info)
    return tuple(found)


def _check_info(found: Sequence[Input], info: ArticleInfo) -> None:
    given = [name for name in ("title", "url") if getattr(info, name)]
    if given and len(found) > 1:
        raise OptionError(f"--{given[0]} can be given for one article only, but {len(found)} are named")


def _identity(name: str) -> str:
    try:
        return name if name == "-" else str(Path(name).resolve())
    except (OSError, ValueError, RuntimeError):
        return name


# --- names ------------------------------------------------------------------------------------------------------------


def _expand(path: str) -> Iterator[str | Input]:
    """Yield the file names that a path stands for, and an input with its problem for what it does not."""
    if path == "-":
        yield path
    elif _is(Path.is_dir, path):
        yield from _in_folder(path)
    elif _is(Path.exists, path) or not glob.has_magic(path):
        yield path
    else:
        yield from _matching(path)


def _is(test: Callable[[Path], bool], path: str) -> bool:
    """Ask the file system about a name that may be too long or hold characters it cannot have."""
    try:
        return test(Path(path))
    except (OSError, ValueError):
        return False


def _failed(source: str, problem: KBError) -> Input:
    return Input(source, None, None, UNKNOWN, problem=problem)


def _in_folder(folder: str) -> Iterator[str | Input]:
    problems: list[OSError] = []
    names = sorted(_articles_below(folder, problems))
    for error in problems:
        yield _failed(str(error.filename), unreadable(error, str(error.filename)))
    yield from names
    if not names and not problems:
        kinds = ", ".join(f"*{suffix}" for suffix in _IN_FOLDERS)
        yield _failed(folder, MissingInputError(f"{folder}: the folder holds no articles ({kinds})"))


def _articles_below(folder: str, problems: list[OSError]) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in _IN_FOLDERS and name[0] != "." and path.stem.lower() != "readme":
                yield str(path)


def _matching(pattern: str) -> Iterator[str | Input]:
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not names:
        yield _failed(pattern, MissingInputError(f"{pattern}: no file matches this pattern"))
    for name in names:
        if Path(name).is_dir():
            yield from _in_folder(name)
        else:
            yield name


# --- inputs -----------------------------------------------------------------------------------------------------------


def _inputs(name: str | Input, info: ArticleInfo, stdin: BinaryIO | None) -> Iterator[Input]:
    if isinstance(name, Input):
        yield name
        return
    try:
        yield from _from_stdin(info, stdin) if name == "-" else _from_file(name, info)
    except OSError as error:
        yield _failed(name, unreadable(error, "standard input" if name == "-" else name))


def _from_stdin(info: ArticleInfo, stdin: BinaryIO | None) -> Iterator[Input]:
    if stdin is None:
        yield _failed("-", MissingInputError("-: there is no standard input here"))
        return
    data = stdin.read()
    if _holds_lines(data):
        yield from _records(data, "-", info)
    else:
        yield Input("-", None, data, UNKNOWN, info)


def _from_file(name: str, info: ArticleInfo) -> Iterator[Input]:
    path = Path(name)
    suffix = path.suffix.lower()
    media = MEDIA.get(suffix, UNKNOWN)
    if suffix in _LINES:
        yield from _records(path.read_bytes(), name, info)
    elif media in (JSON, UNKNOWN) and _may_hold_json(path) and _holds_lines(data := path.read_bytes()):
        yield from _records(data, name, info)
    else:
        yield Input(name, path, None, media, info)


def _may_hold_json(path: Path) -> bool:
    """Look at the first bytes of a regular file; whatever is wrong with it shows when it is read."""
    if not _is(Path.is_file, str(path)):
        return False
    try:
        with path.open("rb") as file:
            return _utf8(file.read(_PEEK)).lstrip().startswith(b"{")
    except OSError:
        return False


def _holds_lines(data: bytes) -> bool:
    """Say whether the first line is a JSON object by itself."""
    first = _utf8(data).lstrip().split(b"\n", 1)[0].strip()
    return first.startswith(b"{") and first.endswith(b"}")


def _records(data: bytes, source: str, info: ArticleInfo) -> Iterator[Input]:
    """Yield one input for each line that is not blank; a file without any is an empty article."""
    lines = [(number, line.strip()) for number, line in enumerate(_utf8(data).split(b"\n"), 1) if line.strip()]
    for number, line in lines:
        yield Input(f"{source}:{number}", None, line, JSON, info)
    if not lines:
        yield Input(source, None, b"", TEXT, info)


def _utf8(data: bytes) -> bytes:
    """Return JSON in UTF-8 without byte order mark; Windows tools write UTF-16."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, errors="replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")
