"""What the crawler remembers between runs: a small SQLite file in WAL mode.

Everything a batch proves is committed in one transaction after the batch file is on disk. A
crash between the two means that at most the batch in flight is fetched again, and its records
carry the same ids.

Tables:
    seen: keys that never need fetching again (hashed: the state holds no readable addresses).
    waiting: addresses that are known and not yet fetched or failed, with what is known of them.
    validator: ETag and Last-Modified of a feed whose entries are all on disk.
    cursor: how far a paged source was read (newest date, page token), as text.
    host: requests a host got today, and until when it is left alone.
    item: what was taken from an API by its own id, to ask for it again and to tell what changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path
    from types import TracebackType

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (
    source_id TEXT NOT NULL, key BLOB NOT NULL, PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (
    source_id TEXT NOT NULL, key BLOB NOT NULL, payload TEXT NOT NULL,
    attempts INTEGER NOT NULL, PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS validator (
    source_id TEXT NOT NULL, url TEXT NOT NULL, etag TEXT, modified TEXT,
    PRIMARY KEY (source_id, url)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cursor (
    source_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (source_id, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS host (
    host TEXT PRIMARY KEY, day TEXT NOT NULL DEFAULT '', spent INTEGER NOT NULL DEFAULT 0,
    rest_until TEXT, rests INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (
    kind TEXT NOT NULL, external_id TEXT NOT NULL, source_id TEXT NOT NULL, parent TEXT,
    words TEXT NOT NULL, counts TEXT NOT NULL, at TEXT NOT NULL, gone INTEGER NOT NULL,
    PRIMARY KEY (kind, external_id, source_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS item_by_age ON item (source_id, kind, gone, at);
"""
_ITEM = "kind, external_id, parent, words, counts, at, gone"


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server said about a feed's version, to ask next time for changes only."""

    etag: str | None = None
    modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)

    def headers(self) -> dict[str, str]:
        """Build the headers that ask for changes only."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A known address that still has to be fetched.

    Attributes:
        key: the article's key.
        payload: what discovery knew of it, as JSON.
        attempts: how often fetching failed; 0 when it was merely put off.
    """

    key: str
    payload: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """A host that is left alone.

    Attributes:
        until: when it may be asked again (aware, UTC).
        times: how often in a row it had to be left alone.
    """

    until: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Item:
    """What is remembered of a document that came from an API.

    Attributes:
        kind: kind of document.
        external_id: the platform's own id.
        parent: external id of what it stands under.
        words: digest of its words.
        counts: its counts as JSON, keys in order.
        at: when the platform last showed it, or was found not to (aware, UTC).
        gone: the platform no longer shows it.
    """

    kind: str
    external_id: str
    parent: str | None
    words: str
    counts: str
    at: datetime
    gone: bool = False


@dataclass(slots=True)
class Change:
    """Everything one batch proves, to be committed at once.

    Attributes:
        seen: keys that never need fetching again.
        waiting: addresses to fetch in a later run, by key.
        validators: what to ask feeds with next time, by poll.
        cursors: how far something was read, by name.
        dropped: keys that wait no longer although they were not fetched.
        items: what is known of documents of APIs, by kind and external id.
    """

    seen: set[str] = field(default_factory=set)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    validators: dict[str, Validator] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    items: dict[tuple[str, str], Item] = field(default_factory=dict)

    def __bool__(self) -> bool:
        parts = (self.seen, self.waiting, self.validators, self.cursors, self.dropped, self.items)
        return any(parts)


class CrawlState:
    """The state file. One writer; opening it creates it.

    Args:
        path: the file; its folder is made if needed.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._db.execute("PRAGMA journal_mode=WAL")
        # A commit must survive a power cut: a validator that outlives its batch loses articles
        # only if the batch is lost, and the batch was synced first. FULL keeps that order.
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def seen(self, source_id: str, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that never need fetching again."""
        query = "SELECT 1 FROM seen WHERE source_id = ? AND key = ?"
        return {k for k in keys if self._db.execute(query, (source_id, _digest(k))).fetchone()}

    def waiting(self, source_id: str) -> list[tuple[str, int]]:
        """Return payload and attempts of every address that waits to be fetched."""
        query = "SELECT payload, attempts FROM waiting WHERE source_id = ? ORDER BY payload"
        return list(self._db.execute(query, (source_id,)))

    def validator(self, source_id: str, url: str) -> Validator:
        """Return what is known about the version of a feed; empty if nothing is."""
        query = "SELECT etag, modified FROM validator WHERE source_id = ? AND url = ?"
        row = self._db.execute(query, (source_id, url)).fetchone()
        return Validator(*row) if row else Validator()

    def cursor(self, source_id: str, name: str) -> str | None:
        """Return how far a paged source was read, or None on the first visit."""
        query = "SELECT value FROM cursor WHERE source_id = ? AND name = ?"
        row = self._db.execute(query, (source_id, name)).fetchone()
        return row[0] if row else None

    def forget_cursors(self, source_id: str, prefix: str) -> None:
        """Forget how far something was read, by the beginning of its name: it is read from the start."""
        query = "DELETE FROM cursor WHERE source_id = ? AND substr(name, 1, ?) = ?"
        self._db.execute(query, (source_id, len(prefix), prefix))

    def has_cursor(self, source_id: str, prefix: str) -> bool:
        """Say whether anything whose name begins so was read."""
        query = "SELECT 1 FROM cursor WHERE source_id = ? AND substr(name, 1, ?) = ? LIMIT 1"
        return self._db.execute(query, (source_id, len(prefix), prefix)).fetchone() is not None

    def item(self, source_id: str, kind: str, external_id: str) -> Item | None:
        """Return what is known of a document by its platform's own id."""
        query = f"SELECT {_ITEM} FROM item WHERE kind = ? AND external_id = ? AND source_id = ?"  # noqa: S608
        row = self._db.execute(query, (kind, external_id, source_id)).fetchone()
        return _item(row) if row else None

    def owners(self, kind: str, external_id: str) -> list[str]:
        """Return the sources that hold a document of that id."""
        query = "SELECT source_id FROM item WHERE kind = ? AND external_id = ? AND NOT gone ORDER BY 1"
        return [row[0] for row in self._db.execute(query, (kind, external_id))]

    def items_before(self, source_id: str, kind: str, moment: datetime) -> list[Item]:
        """Return the documents that their platform was not seen to show since `moment`, oldest first."""
        query = (
            f"SELECT {_ITEM} FROM item WHERE source_id = ? AND kind = ? AND NOT gone AND at < ? "  # noqa: S608
            "ORDER BY at, external_id"
        )
        return [_item(row) for row in self._db.execute(query, (source_id, kind, _text(moment)))]

    def spent_today(self, host: str, day: date) -> int:
        """Return how many requests a host got on a day, as far as was noted."""
        row = self._db.execute("SELECT spent FROM host WHERE host = ? AND day = ?", (host, day.isoformat()))
        found = row.fetchone()
        return int(found[0]) if found else 0

    def spend(self, spent: Mapping[str, int], day: date) -> None:
        """Add requests to the hosts' accounts of a day; yesterday's account is dropped."""
        self._db.executemany(
            "INSERT INTO host (host, day, spent) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET "
            "spent = excluded.spent + iif(day = excluded.day, spent, 0), day = excluded.day",
            [(host, day.isoformat(), count) for host, count in spent.items()],
        )

    def rest(self, host: str) -> Rest | None:
        """Return until when a host is left alone, or None if it never was."""
        query = "SELECT rest_until, rests FROM host WHERE host = ? AND rest_until IS NOT NULL"
        row = self._db.execute(query, (host,)).fetchone()
        return Rest(datetime.fromisoformat(row[0]).astimezone(UTC), int(row[1])) if row else None

    def set_rest(self, host: str, rest: Rest | None) -> None:
        """Leave a host alone until a moment, or forget that it ever failed."""
        until, times = (rest.until.isoformat(), rest.times) if rest else (None, 0)
        self._db.execute(
            "INSERT INTO host (host, rest_until, rests) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET "
            "rest_until = excluded.rest_until, rests = excluded.rests",
            (host, until, times),
        )

    def commit(self, changes: Mapping[str, Change]) -> None:
        """Commit what batches of several sources prove, in one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for source_id, change in changes.items():
                self._apply(source_id, change)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _apply(self, source_id: str, change: Change) -> None:
        run = self._db.executemany
        digests = [(source_id, _digest(key)) for key in change.seen]
        run("INSERT OR IGNORE INTO seen VALUES (?, ?)", digests)
        run(
            "DELETE FROM waiting WHERE source_id = ? AND key = ?",
            digests + [(source_id, _digest(key)) for key in change.dropped],
        )
        run(
            "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?)",
            [(source_id, _digest(w.key), w.payload, w.attempts) for w in change.waiting.values()],
        )
        run(
            "INSERT OR REPLACE INTO validator VALUES (?, ?, ?, ?)",
            [(source_id, url, v.etag, v.modified) for url, v in change.validators.items()],
        )
        run(
            "INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)",
            [(source_id, name, value) for name, value in change.cursors.items()],
        )
        run(
            "INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (i.kind, i.external_id, source_id, i.parent, i.words, i.counts, _text(i.at), i.gone)
                for i in change.items.values()
            ],
        )


def _item(row: tuple[str, str, str | None, str, str, str, int]) -> Item:
    kind, external_id, parent, words, counts, at, gone = row
    return Item(kind, external_id, parent, words, counts, datetime.fromisoformat(at), bool(gone))


def _text(moment: datetime) -> str:
    """Write a moment so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
