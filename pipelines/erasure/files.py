"""Erase in the files around the lake: landing zone, crawl state, logs, reports, exports, inbox.

What can be written again without its mentions is written again. A file that people made or can
make again (an export, an inbox file) is deleted whole: half a spreadsheet helps nobody.
"""

from __future__ import annotations

import glob
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from crawlers.items import Document, Record, from_json, refusal, to_json
from crawlers.landing import read_batch, replace_batch
from pipelines.erasure.contents import SQLITE_HEAD, UnreadableError, cells, raw_cells
from pipelines.erasure.finding import Found, plain
from pipelines.erasure.journal import Report
from pipelines.erasure.matching import Matcher
from pipelines.erasure.places import RAW, files
from pipelines.settings import Settings

Deed = Literal["rewritten", "deleted", "reprint", "kept"]
_TEXTS = (".log", ".txt", ".html", ".md", ".json", ".jsonl", ".yaml", ".yml", ".xml")
_LEFT = {"lake", "keys", "config", "certificates"}
_OWN = ("erasing.json", "erased.txt")


@dataclass(slots=True)
class Tally:
    """What became of files, by place: deeds and the number of rows or mentions."""

    deeds: dict[str, dict[Deed, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, place: str, deed: Deed, rows: int = 1) -> None:
        """Count one file."""
        of = self.deeds.setdefault(place, {})
        of[deed] = of.get(deed, 0) + 1
        self.rows[place] = self.rows.get(place, 0) + rows


class FileEraser:
    """Erases in files.

    Args:
        settings: which home folder.
        matcher: whom to look for.
        found: their documents.
        read_until: file times before this were collected already (seconds since 1970).
        dry_run: change nothing, only count.
        on_report: told which report is about to be taken away: week, snapshot and `now` of it.
    """

    def __init__(
        self,
        settings: Settings,
        matcher: Matcher,
        found: Found,
        read_until: float,
        *,
        dry_run: bool,
        on_report: Callable[[Report], None],
    ) -> None:
        self._settings, self._matcher, self._found = settings, matcher, found
        self._read_until, self._dry = read_until, dry_run
        self.tally = Tally()
        self._on_report = on_report
        self._reports: set[str] = set()

    def paths(self) -> list[tuple[str, Path]]:
        """Place and path of every file to be looked at."""
        home = self._settings.home
        return [
            (one.place, one.path)
            for one in files(home)
            if not one.skipped
            and one.path.relative_to(home).parts[0] not in _LEFT
            and one.path.name not in _OWN
            and not one.path.name.endswith(("-wal", "-shm"))
        ]

    def erase(self, place: str, path: Path) -> None:
        """Erase in one file."""
        top = path.relative_to(self._settings.home).parts[0]
        try:
            if top == "landing" and path.name.endswith(".jsonl.gz"):
                self._landing(place, path)
            elif path.read_bytes()[:16] == SQLITE_HEAD:
                self._database(place, path)
            elif place == RAW:
                if any(self._named(cell.text) for cell in raw_cells(self._settings, path)):
                    self._delete(place, path)
            elif top == "inbox":
                self._inbox(place, path)
            elif top == "reports":
                self._report(place, path)
            else:
                self._other(place, path)
        except FileNotFoundError:
            return  # gone with its report, or rotated away
        except UnreadableError as error:
            self.tally.notes.append(f"{self._name(path)} tidak terbaca ({error}) dan dibiarkan.")

    def _name(self, path: Path) -> str:
        """Its path as it may be told: a file can be named after a person."""
        return self._matcher.redact(path.relative_to(self._settings.home).as_posix())

    def _landing(self, place: str, path: Path) -> None:
        try:
            before = list(read_batch(path))
        except (EOFError, ValueError, KeyError, TypeError) as error:
            raise UnreadableError(type(error).__name__) from error
        after = [self._record(record) for record in before]
        changed = sum(one is not other for one, other in zip(before, after, strict=True))
        if changed:
            self.tally.add(place, "rewritten", changed)
            if not self._dry:
                replace_batch(path, after)

    def _record(self, record: Record) -> Record:
        if isinstance(record, Document) and record.doc_id in self._found.documents:
            return refusal(record.source_id, record.doc_id, self._settings.now())
        written = to_json(record)
        clean = self._clean(written)
        if clean == written:
            return record
        new = from_json(clean)
        if isinstance(record, Document) and isinstance(new, Document) and new.doc_id != record.doc_id:
            # its address named the person; under another id it would come in a second time
            return refusal(record.source_id, record.doc_id, self._settings.now())
        return new

    def _clean(self, value: Any) -> Any:  # noqa: ANN401 - JSON is any
        if isinstance(value, str):
            return self._matcher.redact(value)
        if isinstance(value, dict):
            return {key: self._clean(item) for key, item in value.items()}
        return [self._clean(item) for item in value] if isinstance(value, list) else value

    def _database(self, place: str, path: Path) -> None:
        con = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            con.execute("PRAGMA secure_delete = ON")
            con.execute("BEGIN IMMEDIATE")
            changed = sum(self._table(con, name) for name in _tables(con))
            con.execute("ROLLBACK" if self._dry else "COMMIT")
            if changed:
                self.tally.add(place, "rewritten", changed)
            if not self._dry:
                con.execute("VACUUM")
                con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            con.close()

    def _table(self, con: sqlite3.Connection, table: str) -> int:
        """Change or delete the rows of a table that name a subject or are a subject's."""
        cursor = con.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of the file itself
        names = [column[0] for column in cursor.description]
        changed = 0
        for row in cursor.fetchall():
            cells_ = dict(zip(names, row, strict=True))
            theirs = (cells_.get("kind"), cells_.get("external_id")) in self._found.external
            clean = {
                name: self._matcher.redact(value) for name, value in cells_.items() if isinstance(value, str)
            }
            new = {name: value for name, value in clean.items() if value != cells_[name]}
            if not (theirs or new):
                continue
            changed += 1
            here = " AND ".join(f'"{name}" IS ?' for name in names)
            if theirs:
                con.execute(f'DELETE FROM "{table}" WHERE {here}', row)  # noqa: S608 - same
            else:
                to = ", ".join(f'"{name}" = ?' for name in new)
                # a row that becomes like another one is that one
                con.execute(f'UPDATE OR REPLACE "{table}" SET {to} WHERE {here}', (*new.values(), *row))  # noqa: S608 - same
        return changed

    def _inbox(self, place: str, path: Path) -> None:
        if not any(self._named(text) for text in (path.name, *(cell.text for cell in cells(path)))):
            return
        if path.stat().st_mtime > self._read_until:
            self.tally.add(place, "kept")
            self.tally.notes.append(
                f"{self._name(path)} memuat subjek ini tetapi belum pernah dikumpulkan; jalankan `pati run` "
                "supaya aduan orang lain di dalamnya tidak hilang, lalu ulangi penghapusan."
            )
            return
        self._delete(place, path)

    def _named(self, text: str) -> bool:
        """Whether a raw text names a subject, also one of whom only the pseudonym is known."""
        return any(True for _ in self._matcher.find(text)) or self._matcher.raw_author(text)

    def _delete(self, place: str, path: Path) -> None:
        self.tally.add(place, "deleted")
        self.tally.notes.append(f"{self._name(path)} memuat subjek ini dan dihapus seluruhnya.")
        if not self._dry:
            path.unlink(missing_ok=True)

    def _hit(self, path: Path) -> bool:
        texts = [path.name, *(cell.text for cell in cells(path))]
        if any(True for text in texts for _ in self._matcher.find(text)):
            return True
        if any(doc_id in text for doc_id in self._found.documents for text in texts):
            return True
        if not self._found.passages:
            return False
        whole = plain(" ".join(texts))
        return any(passage in whole for passage in self._found.passages)

    def _report(self, place: str, path: Path) -> None:
        if not self._hit(path):
            return
        from dashboard.report.editions import ARCHIVE

        if ARCHIVE in path.parts:  # an edition is what went out: it is not printed again
            self._delete(place, path)
            return
        stem = path.name.split(".")[0]
        ledger = path.with_name(f"{stem}.bukti.json")
        if not ledger.exists():
            self._delete(place, path)
            return
        head = json.loads(ledger.read_text(encoding="utf-8"))
        if stem in self._reports:
            return  # the other half of a report counted already
        self._reports.add(stem)
        if head.get("report") != f"weekly-{head.get('week')}":  # only weekly ones are printed again
            for part in sorted(path.parent.glob(f"{glob.escape(stem)}.*")):
                self._delete(place, part)
            return
        self.tally.add(place, "reprint")
        if not self._dry:
            self._on_report({"week": head["week"], "snapshot": head["snapshot"], "now": head["now"]})
            for part in sorted(path.parent.glob(f"{glob.escape(stem)}.*")):
                part.unlink(missing_ok=True)

    def _other(self, place: str, path: Path) -> None:
        if path.suffix in _TEXTS or ".log" in path.suffixes:
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            clean = self._matcher.redact(text)
            if clean != text:
                self.tally.add(place, "rewritten")
                if not self._dry:
                    _overwrite(path, clean.encode("utf-8", "surrogateescape"))
        elif self._hit(path):
            self._delete(place, path)


def _overwrite(path: Path, data: bytes) -> None:
    """Put other content into the same file: a program that appends to it goes on at its new end."""
    with path.open("rb+") as file:
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _tables(con: sqlite3.Connection) -> Iterator[str]:
    yield from [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
