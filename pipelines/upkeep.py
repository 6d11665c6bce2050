"""`pati lake maintain`: full words leave when their time is over, versions and files are cleared.

Each step holds the lake's write lock for itself and gives it back, so that a run goes on meanwhile;
what cannot be done now (a backup is being made, a dashboard reads) is said and done the next time.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.items import Document, Record
from crawlers.landing import batches, read_batch, replace_batch
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.run import RunError, book, landing_kept, open_lake
from pipelines.searching import keep_in_step
from pipelines.settings import Settings, new_run_id
from warehouse import Lake, LakeBusyError
from warehouse.forget import EXPIRED, WORDLESS
from warehouse.maintain.compact import compact
from warehouse.maintain.elsewhere import clear_elsewhere, expire_elsewhere, size
from warehouse.maintain.files import Cleared, clear, disk
from warehouse.maintain.retention import Due, expire_words, unlabelled
from warehouse.maintain.snapshots import expire
from warehouse.place import is_elsewhere
from warehouse.store import loaded_batches

log = logging.getLogger(__name__)
BOOK = "retention.json"
"""In `state/`: which batches of the landing zone have been looked at, and when to look again."""


@dataclass(slots=True)
class Kept:
    """What a maintenance did (or, in a dry run, would do).

    Attributes:
        n_texts: rows of documents whose full words went, all versions counted.
        n_landed: records of the landing zone whose full words went.
        n_unlabelled: documents that keep their words until they have labels.
        n_snapshots: versions that went.
        n_merged: files put together or written anew.
        cleared: files deleted.
        before: Parquet files and bytes of the lake before.
        after: and after.
        notes: sentences about what was not done, and why.
        dry_run: nothing was changed.
    """

    n_texts: int = 0
    n_landed: int = 0
    n_unlabelled: int = 0
    n_snapshots: int = 0
    n_merged: int = 0
    cleared: Cleared = field(default_factory=Cleared)
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)
    notes: list[str] = field(default_factory=list)
    dry_run: bool = False


def maintain(settings: Settings, progress: Progress, *, dry_run: bool = False) -> Kept:
    """Look after the lake of a home folder; the same call again finds nothing left to do.

    No lake may be open in this process.

    Raises:
        LakeMissingError: there is no lake.
        LakeBusyError: somebody kept the write lock.
    """
    if is_elsewhere(settings.home):
        return _elsewhere(settings, progress, dry_run=dry_run)
    rules = settings.config.retention
    done = Kept(dry_run=dry_run, before=disk(settings.home))
    with Lake(settings.home, now=settings.now()) as lake:
        spared, known = unlabelled(lake), loaded_batches(lake)
    done.n_unlabelled = len(spared)
    due = Due(rules.texts, settings.now(), spared)
    _words(settings, due, known, progress, done)
    _versions(settings, progress, done)
    progress.begin("Menghapus berkas lama", None)
    try:
        done.cleared = clear(settings.home, timedelta(minutes=rules.grace_minutes), dry_run=dry_run)
    except LakeBusyError:
        done.notes.append("Berkas lama belum dihapus: cadangan sedang dibuat. Jalankan lagi sesudahnya.")
    done.after = disk(settings.home)
    if not dry_run and (done.n_texts or done.n_landed):
        # Booked like a stage: that words went, and how many, is part of what happened here.
        with open_lake(settings) as lake:
            book(lake, settings, "retention", new_run_id(), progress, lambda *_: _result(done))
            if done.n_texts:  # the index holds words too; rebuilt, no old file of it does
                keep_in_step(lake, settings, progress, rebuild=True)
    return done


def _elsewhere(settings: Settings, progress: Progress, *, dry_run: bool) -> Kept:
    """The same for a lake in a database and an object store."""
    rules, done = settings.config.retention, Kept(dry_run=dry_run)
    with Lake(settings.home, now=settings.now()) as lake:
        done.before = size(lake)
        grace = timedelta(minutes=rules.grace_minutes)
        # first what the night before replaced: what this one replaces must wait
        done.cleared = clear_elsewhere(lake, datetime.now(UTC), grace, dry_run=dry_run)
        spared, known = unlabelled(lake), loaded_batches(lake)
        done.n_unlabelled = len(spared)
        due = Due(rules.texts, settings.now(), spared)
        try:
            with landing_kept(settings):
                done.n_landed = _landing(settings, due, known, progress, dry_run=dry_run)
            done.n_texts = expire_elsewhere(lake, rules.texts, settings.now(), dry_run=dry_run)
        except RunError as error:
            done.notes.append(f"{error} Isi utuh belum dihapus; jalankan lagi sesudahnya.")
    _versions(settings, progress, done)
    with Lake(settings.home, now=settings.now()) as lake:
        done.after = size(lake)
    if done.n_texts and not dry_run:
        with open_lake(settings) as lake:
            book(lake, settings, "retention", new_run_id(), progress, lambda *_: _result(done))
            keep_in_step(lake, settings, progress, rebuild=True)
    kept = rules.snapshots
    done.notes.append(
        "Gudang data ada di PostgreSQL dan penyimpanan objek (lake.yaml): versi lama masih memuat isi utuh "
        f"sampai dilepas, {kept.days} hari, atau {kept.report_days} hari bila dipakai laporan "
        "(docs/sizing.md)."
    )
    return done


def _result(done: Kept) -> StageResult:
    n = done.n_texts + done.n_landed
    said = f"Isi utuh {done.n_texts} teks di gudang dan {done.n_landed} di hasil pengumpulan dihapus."
    return StageResult("retention", n_in=n, n_stored=n, message=said)


def _words(settings: Settings, due: Due, known: set[str], progress: Progress, done: Kept) -> None:
    """Landing zone first: were the lake first and the process killed, nobody would look there again."""
    try:
        with landing_kept(settings):
            done.n_landed = _landing(settings, due, known, progress, dry_run=done.dry_run)
    except RunError as error:
        done.notes.append(f"{error} Isi utuh belum dihapus; jalankan lagi sesudahnya.")
        return
    progress.begin("Menghapus isi utuh yang habis masa simpannya", None)
    changed = expire_words(settings.home, due, dry_run=done.dry_run, on_file=lambda _: progress.advance())
    done.n_texts = changed.n_file_rows + changed.n_inlined_rows
    if not changed.compacted:
        done.notes.append(
            "Katalog gudang data masih dibaca proses lain: halaman lamanya dibuang pada perawatan berikutnya."
        )


def _versions(settings: Settings, progress: Progress, done: Kept) -> None:
    progress.begin("Merapikan gudang data", None)
    with Lake(settings.home, now=settings.now()) as lake:
        try:
            done.n_snapshots = expire(
                lake, settings.config.retention.snapshots, settings.now(), dry_run=done.dry_run
            )
        except LakeBusyError:
            done.notes.append("Versi lama belum dilepas: cadangan sedang dibuat. Jalankan lagi sesudahnya.")
        if not done.dry_run:
            done.n_merged = compact(lake)


def cut(record: Record, due: Due) -> Record:
    """A landing record without the words that are due; the same object if nothing is. Pure."""
    if (
        not isinstance(record, Document)
        or len(record.text) <= due.rules.excerpt
        or record.doc_id in due.spared
        or any(flag in record.flags for flag in WORDLESS)
        or not due.rules.over(record.kind, record.source_id, record.fetched_at, due.now)
    ):
        return record
    return replace(record, text=record.text[: due.rules.excerpt], flags=(*record.flags, EXPIRED))


def _landing(settings: Settings, due: Due, known: set[str], progress: Progress, *, dry_run: bool) -> int:
    """Cut loaded batches; a batch is read again only when something in it may have become due."""
    book_file = settings.state.with_name(BOOK)
    paths = [path for path in batches(settings.landing) if _name(path, settings) in known]
    seen = _seen(book_file)
    progress.begin("Memeriksa hasil pengumpulan", len(paths))
    total = 0
    for path in paths:
        progress.advance()
        name = _name(path, settings)
        mark = [due.rules.model_dump_json(), path.stat().st_size]
        if seen.get(name) == mark:
            continue
        try:
            before = list(read_batch(path))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            log.exception("batch %s cannot be read", name)  # the load stage has said so to people
            continue
        after = [cut(record, due) for record in before]
        changed = sum(one is not other for one, other in zip(before, after, strict=True))
        total += changed
        if changed and not dry_run:
            replace_batch(path, after)
        if not any(_later(record, due) for record in after):
            seen[name] = [mark[0], path.stat().st_size]
    if not dry_run:
        _save(book_file, {name: mark for name, mark in seen.items() if name in known})
    return total


def _later(record: Record, due: Due) -> bool:
    """Whether a record still has words that will be due some day."""
    return (
        isinstance(record, Document)
        and len(record.text) > due.rules.excerpt
        and not any(flag in record.flags for flag in WORDLESS)
        and due.rules.days_of(record.kind, record.source_id) is not None
    )


def _name(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.landing).as_posix()


def _seen(path: Path) -> dict[str, list[object]]:
    """Only spares work: without it, or with a damaged one, everything is read again."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _save(path: Path, seen: Mapping[str, list[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_text(json.dumps(seen), encoding="utf-8")
    draft.replace(path)
