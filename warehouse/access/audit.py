"""The audit log: who did what, when, about which id. Only added to; metadata, never texts.

Every entry carries a digest of itself and of the one before, so that a changed or missing line shows
(`broken_at`). Whoever owns the machine can still write a whole new log; see docs/access.md.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from warehouse.access.book import book, looking
from warehouse.access.viewer import Viewer

Event = Literal[
    "sign_in", "sign_in_failed", "locked", "sign_out", "session_ended", "role_switched",
    "refused", "withheld", "opened", "exported", "changed", "password", "account", "settings",
]  # fmt: skip
"""What can be in the log."""
LONGEST: Final = 200
_COLUMNS: Final = "position, at, user, role, event, about, detail, digest"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        position: 1, 2, 3 …
        at: when (aware, UTC).
        user: account; whatever was typed, if nobody of that name exists.
        role: as in `Viewer.scope`; empty before signing in.
        event: what happened, one of `Event`.
        about: id of what it was about, or empty.
        detail: name of the question, the action or the fields; never their content.
        digest: SHA-256 over the entry and the digest before it.
    """

    position: int
    at: datetime
    user: str
    role: str
    event: str
    about: str
    detail: str
    digest: str


def add(home: Path, who: Viewer | str, event: Event, about: str = "", detail: str = "") -> None:
    """Add one entry, in a transaction of its own.

    Args:
        home: the folder everything lives in.
        who: the viewer, or a name that is not signed in.
        event: what happened.
        about: id of what it was about.
        detail: names of things; no texts.
    """
    with book(home) as con:
        put(con, who, event, about, detail)


def put(con: sqlite3.Connection, who: Viewer | str, event: Event, about: str = "", detail: str = "") -> None:
    """Add one entry within the transaction of what it tells about."""
    user, role = (who.user, who.scope) if isinstance(who, Viewer) else (who, "")
    cells = [datetime.now(UTC).isoformat(), *(_short(one) for one in (user, role, event, about, detail))]
    last = con.execute("SELECT digest FROM audit ORDER BY position DESC LIMIT 1").fetchone()
    con.execute(
        "INSERT INTO audit (at, user, role, event, about, detail, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [*cells, _digest(last[0] if last else "", cells)],
    )


def entries(
    home: Path,
    limit: int = 100,
    *,
    user: str | None = None,
    event: str | None = None,
    about: str | None = None,
) -> list[Entry]:
    """The newest entries first, those that fit.

    Args:
        home: the folder everything lives in.
        limit: at most so many.
        user: only of this account.
        event: only of this kind.
        about: only about this id.
    """
    with looking(home) as con:
        if con is None:
            return []
        rows = con.execute(
            f"SELECT {_COLUMNS} FROM audit WHERE (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR event = ?2) "  # noqa: S608 - names of ours
            "AND (?3 IS NULL OR about = ?3) ORDER BY position DESC LIMIT ?4",
            [user, event, about, limit],
        ).fetchall()
    return [_entry(row) for row in rows]


def broken_at(home: Path) -> int | None:
    """Position of the first entry that does not follow from the one before; None: all do."""
    before, expected = "", 1
    with looking(home) as con:
        rows = con.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY position") if con else []  # noqa: S608 - same
        for position, *cells, digest in rows:
            if position != expected or digest != _digest(before, cells):
                return expected
            before, expected = digest, position + 1
    return None


def _entry(row: tuple[int, str, str, str, str, str, str, str]) -> Entry:
    return Entry(row[0], datetime.fromisoformat(row[1]), *row[2:])


def _digest(before: str, cells: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join([before, *cells]).encode()).hexdigest()


def _short(text: str) -> str:
    """One line of bounded length: what people type at the door ends up here."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]
