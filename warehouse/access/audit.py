"""The audit log: who did what, when, about which id. Only added to; metadata, never texts.

Every entry carries a digest of itself and of the one before, so that a changed or missing line shows
(`broken_at`). Whoever owns the machine can still write a whole new log; see docs/access.md.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

from config.zones import WIB
from warehouse.access.book import book, looking
from warehouse.access.viewer import Viewer

Event = Literal[
    "sign_in", "sign_in_failed", "locked", "sign_out", "session_ended", "role_switched",
    "refused", "withheld", "opened", "exported", "changed", "password", "account", "settings",
]  # fmt: skip
"""What can be in the log."""
EVENTS: Final[dict[str, str]] = {
    "sign_in": "masuk", "sign_in_failed": "gagal masuk", "locked": "ditahan", "sign_out": "keluar",
    "session_ended": "sesi berakhir", "role_switched": "ganti peran demo", "refused": "ditolak",
    "withheld": "disembunyikan", "opened": "membuka aduan", "exported": "mengekspor", "changed": "mengubah",
    "password": "ganti kata sandi", "account": "akun", "settings": "pengaturan",
}  # fmt: skip
"""Events of the audit log in words."""
LONGEST: Final = 200
_COLUMNS: Final = "position, at, user, role, event, about, detail, digest"
_WHERE: Final = (
    "(?1 IS NULL OR user = ?1) AND (?2 IS NULL OR event = ?2) AND (?3 IS NULL OR about = ?3) "
    "AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)"
)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; an empty field does not restrict.

    Attributes:
        user: only of this account.
        event: only of this kind.
        about: only about this id.
        first: earliest day (WIB).
        last: latest day (WIB).
    """

    user: str | None = None
    event: str | None = None
    about: str | None = None
    first: date | None = None
    last: date | None = None

    def bounds(self) -> list[str | None]:
        """The values of `_WHERE`; moments are kept in UTC, days are said in WIB."""
        begin = _midnight(self.first) if self.first else None
        end = _midnight(self.last + timedelta(days=1)) if self.last else None
        return [self.user, self.event, self.about, begin, end]


def entries(
    home: Path,
    limit: int | None = 100,
    offset: int = 0,
    *,
    wanted: Wanted | None = None,
    user: str | None = None,
    event: str | None = None,
    about: str | None = None,
) -> list[Entry]:
    """The newest entries first, those that fit.

    Args:
        home: the folder everything lives in.
        limit: at most so many; None: all.
        offset: so many of the newest are left out.
        wanted: which; None: those of the next three.
        user: as of `Wanted`.
        event: as of `Wanted`.
        about: as of `Wanted`.
    """
    which = wanted or Wanted(user, event, about)
    with looking(home) as con:
        if con is None:
            return []
        rows = con.execute(
            f"SELECT {_COLUMNS} FROM audit WHERE {_WHERE} ORDER BY position DESC LIMIT ?6 OFFSET ?7",  # noqa: S608 - names of ours
            [*which.bounds(), -1 if limit is None else limit, offset],
        ).fetchall()
    return [_entry(row) for row in rows]


def total(home: Path, wanted: Wanted) -> int:
    """How many entries fit."""
    with looking(home) as con:
        if con is None:
            return 0
        return int(
            con.execute(f"SELECT count(*) FROM audit WHERE {_WHERE}", wanted.bounds()).fetchone()[0]  # noqa: S608 - same
        )


def known(home: Path) -> tuple[list[str], list[str]]:
    """Everybody, and every kind of event, that stands in the log, in order."""
    with looking(home) as con:
        if con is None:
            return [], []
        found = [
            [one for (one,) in con.execute(f"SELECT DISTINCT {column} FROM audit ORDER BY 1")]  # noqa: S608 - same
            for column in ("user", "event")
        ]
    return found[0], found[1]


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


def _midnight(day: date) -> str:
    return datetime.combine(day, time.min, WIB).astimezone(UTC).isoformat()


def _digest(before: str, cells: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join([before, *cells]).encode()).hexdigest()


def _short(text: str) -> str:
    """One line of bounded length: what people type at the door ends up here."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]
