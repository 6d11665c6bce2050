"""The SQLite file of accounts, sessions, guides seen and the audit log: beside the lake, never in it.

The lake is copied, restored and published in parts; who may sign in must not come back with an old
copy of the data. A file of its own also keeps a sign-in from waiting for the write lock of a load.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

FOLDER: Final = "access"
FILE: Final = "access.sqlite"
WAIT_SECONDS: Final = 15.0

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS account (
  user TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, enabled INTEGER NOT NULL,
  must_change INTEGER NOT NULL, changed_at TEXT NOT NULL, created_at TEXT NOT NULL, last_at TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, user TEXT NOT NULL, began_at TEXT NOT NULL, seen_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS failure (
  user TEXT PRIMARY KEY, n INTEGER NOT NULL, until TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS guide (
  user TEXT NOT NULL, role TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (user, role)
) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  position INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL,
  event TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS audit_whole BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


def path_of(home: Path) -> Path:
    """Where the file is."""
    return home / FOLDER / FILE


@contextmanager
def book(home: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on the file, made (for its owner alone) if it is missing.

    Everything in the block happens or nothing, and nobody else writes meanwhile.
    """
    path = path_of(home)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as con:
        con.executescript(_SCHEMA)
        con.execute("BEGIN IMMEDIATE")
        try:
            yield con
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")


@contextmanager
def looking(home: Path) -> Iterator[sqlite3.Connection | None]:
    """Read the file without making it; None if there is none."""
    path = path_of(home)
    if not path.exists():
        yield None
        return
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as con:
        yield con
