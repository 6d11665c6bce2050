"""Where the index lies, who may write it, and opening it.

``index/CURRENT`` names the folder in force beside it. A rebuilt index appears whole, by one rename of
that file; readers of the old one keep what they have open. The write lock lies outside, so that
deleting the index keeps it.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from filelock import FileLock, Timeout

from warehouse.search.errors import IndexBusyError, IndexDamagedError, IndexMissingError
from warehouse.search.schema import STATE, Marker, with_analyser

CURRENT = "CURRENT"
LOCK_SECONDS = 600.0


def root(home: Path) -> Path:
    """The folder that holds the index."""
    return home / "lake" / "index"


@contextmanager
def holding(home: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Be the only one who writes or removes the index; ends with the process.

    Raises:
        IndexBusyError: somebody else kept it for `seconds`.
    """
    lock = FileLock(home / "lake" / "index.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        raise IndexBusyError from None
    try:
        yield
    finally:
        lock.release()


def remove(home: Path) -> None:
    """Delete the index with every word in it; to be called while `holding` it."""
    root(home).joinpath(CURRENT).unlink(missing_ok=True)
    if root(home).exists():
        shutil.rmtree(root(home))


def fresh(home: Path) -> Path:
    """An empty folder for a new index; not in force yet."""
    folder = root(home) / uuid.uuid4().hex
    folder.mkdir(parents=True)
    return folder


def put_in_force(home: Path, folder: Path) -> None:
    """Make `folder` the index and delete all others, also what killed builders left."""
    waiting = root(home) / f"{CURRENT}.new"
    with waiting.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(root(home) / CURRENT)
    tidy(home)


def tidy(home: Path) -> None:
    """Delete what is not in force."""
    keep = current(home).name
    for other in root(home).iterdir():
        if other.is_dir() and other.name != keep:
            shutil.rmtree(other, ignore_errors=True)


def current(home: Path) -> Path:
    """The folder in force.

    Raises:
        IndexMissingError: there is none.
    """
    before = None
    while (name := _named(home)) != before:
        folder = root(home) / Path(name).name
        if name and folder.is_dir():
            return folder
        before = name  # another may have come into force since it was read, and this one gone
    raise IndexMissingError


def _named(home: Path) -> str:
    try:
        return (root(home) / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError from None
    except (OSError, UnicodeDecodeError) as err:
        raise IndexDamagedError(err) from err


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever the library says about a damaged file into one error.

    Raises:
        IndexDamagedError: it failed, or panicked (a `BaseException` that no `except Exception` stops).
    """
    try:
        yield
    except (ValueError, OSError, KeyError, IndexError, RuntimeError, TypeError) as err:
        raise IndexDamagedError(err) from err
    except BaseException as err:
        if type(err).__name__ == "PanicException":
            raise IndexDamagedError(err) from err
        raise


class SearchIndex:
    """An open index; any number may be open while one writes. One thread at a time.

    Args:
        home: the home folder.

    Attributes:
        folder: where its files lie.
        index: the library's index.
        searcher: what is asked; it keeps seeing the same documents until the next `reload`.
        marker: what it reflects, as of the last `reload`.

    Raises:
        IndexMissingError: there is none.
        IndexDamagedError: it cannot be read.
    """

    marker: Marker

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder = Path()
        self.reload()

    def reload(self) -> None:
        """See what was written since, also when the whole index was replaced."""
        for last in (False, False, True):
            folder = current(self._home)
            try:
                self._look(folder)
            except IndexDamagedError:
                if last or current(self._home) == folder:
                    raise
            else:
                return

    def _look(self, folder: Path) -> None:
        with guarded():
            if folder != self.folder:
                index = with_analyser(tantivy.Index.open(str(folder)))
                index.config_reader("manual")
                self.index, self.folder = index, folder
            self.index.reload()
            self.searcher = self.index.searcher()
            query = tantivy.Query.term_query(self.index.schema, "what", STATE)
            found = self.searcher.search(query, 1).hits
            if not found:
                raise IndexDamagedError("tanpa penanda")
            self.marker = Marker(**json.loads(self.searcher.doc(found[0][1])["shown"][0]))


def open_index(home: Path) -> SearchIndex:
    """Open the index of a home folder for reading.

    Raises:
        IndexMissingError: there is none.
        IndexDamagedError: it cannot be read.
    """
    return SearchIndex(home)
