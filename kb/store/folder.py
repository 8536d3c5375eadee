"""The folder of an embedded store.

FOLDER/oxigraph/      the quads (RocksDB files; `oxigraph serve --location FOLDER/oxigraph` reads them too)
FOLDER/server.json    who serves it (kb.handover)
FOLDER/snapshot-*/    a consistent copy made of hard links, for as long as an export takes or queries are asked of it
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pyoxigraph as ox

from kb.errors import NotFoundError, StoreDamagedError, StoreError
from kb.store.problems import store_error, translated

_QUADS = "oxigraph"
_SNAPSHOT = "snapshot-"
_READ_ATTEMPTS = 20
_READ_PAUSE_S = 0.05


def open_for_reading(folder: Path) -> ox.Store:
    """Open the store in a folder as it is now; another process may hold it and write on.

    Raises:
        NotFoundError: there is no store in it.
        StoreError: it cannot be read.
    """
    _refuse_other_use(folder)
    if not (folder / _QUADS).is_dir():
        raise NotFoundError(
            f"{folder}: there is no store here", hint=f"Load an article first: kb load ARTICLE --store {folder}"
        )
    for _ in range(_READ_ATTEMPTS - 1):
        try:
            return _read_only(folder)
        except StoreDamagedError as error:
            if "No such file" not in error.message:
                raise
            sleep(_READ_PAUSE_S)  # a writer has just replaced a file that was about to be read
    return _read_only(folder)


def _read_only(folder: Path) -> ox.Store:
    with translated(str(folder)):
        return ox.Store.read_only(str(folder / _QUADS))


def open_for_writing(folder: Path) -> ox.Store:
    """Open the store in a folder, made if it is missing; what cannot be opened at once is not left behind.

    Raises:
        StoreLockedError: another process holds it.
        StoreError: it cannot be opened or written.
    """
    _refuse_other_use(folder)
    made = [path for path in (folder / _QUADS, folder, *folder.parents) if not path.exists()]
    try:
        with translated(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            store = ox.Store(str(folder / _QUADS))
    except StoreError:
        _undo(made)
        raise
    for left_over in folder.glob(f"{_SNAPSHOT}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    return store


def _undo(made: list[Path]) -> None:
    """Remove the folders that were made for a store that could not be opened, innermost first."""
    for path in made:
        if path.name == _QUADS:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _refuse_other_use(folder: Path) -> None:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise StoreError(f"{folder}: this is a file, not the folder of a store") from error
    except OSError as error:
        raise store_error(error, str(folder)) from error
    if names and _QUADS not in names:
        raise StoreError(
            f"{folder}: this folder holds other files and no store ({', '.join(sorted(names)[:3])} ...)",
            hint="Give the folder of a store, or one that is empty or new, with --store or KB_STORE.",
        )


def back_up(store: ox.Store, place: Path) -> None:
    """Copy a store into a new folder, by hard links where the file system has them.

    Raises:
        StoreFullError, StoreError: it cannot be made.
    """
    with translated(str(place)):
        place.mkdir()
        store.backup(str(place / _QUADS))


def snapshot_place(folder: Path, number: int) -> Path:
    """Return where the copy of that number goes; what a killed process leaves there goes at the next opening."""
    return folder / f"{_SNAPSHOT}{number}"


@contextmanager
def snapshot(store: ox.Store, folder: Path) -> Iterator[ox.Store]:
    """Give a consistent copy of a store that is being written: hard links, removed at the end.

    Raises:
        StoreError: it cannot be made.
    """
    with translated(str(folder)):
        place = Path(tempfile.mkdtemp(prefix=_SNAPSHOT, dir=folder))
    try:
        with translated(str(folder)):
            store.backup(str(place / _QUADS))
            copy = ox.Store.read_only(str(place / _QUADS))
        yield copy
    finally:
        shutil.rmtree(place, ignore_errors=True)
