"""`pati privacy erase`: take a person out of every place the system keeps text, and prove it.

Order matters, for the process may die anywhere. What is found is written into the journal
before anything is touched; files go before the lake, because only the lake says whose documents
they speak of; reports are printed again after it, from the snapshot they were made from.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from filelock import FileLock, Timeout

from nlp.privacy import Masker
from pipelines.erasure.files import FileEraser, Tally
from pipelines.erasure.finding import find
from pipelines.erasure.forgotten import Forgotten
from pipelines.erasure.journal import Journal, Report, journal_path, open_journal
from pipelines.erasure.matching import Matcher
from pipelines.erasure.scan import ScanResult, scan
from pipelines.erasure.subjects import Subject
from pipelines.progress import Progress
from pipelines.run import RunError, landing_kept, open_lake
from pipelines.searching import keep_in_step
from pipelines.settings import Settings
from warehouse import Lake, lake_exists
from warehouse.errors import LakeMissingError
from warehouse.forget import Forgotten as LakeChanges
from warehouse.forget import Plan, forget
from warehouse.place import is_elsewhere
from warehouse.queries.assessment import issued_packs
from warehouse.queries.bookkeeping import automatic_phrases, last_collected_at
from warehouse.search import holding, remove
from warehouse.store.history import mark_erased
from warehouse.store.reports import replace_report_sha256

log = logging.getLogger(__name__)
BESIDE = (
    "Gudang data ada di PostgreSQL dan penyimpanan objek (lake.yaml): semua versi lamanya ikut dilepas. "
    "Minta pengelolanya menghapus juga cadangan basis data dan versi lama bucket yang dibuat sebelum ini."
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did, without anything of the person.

    Attributes:
        subjects: who was asked for.
        documents: number of documents erased, this call and the one it took up.
        files: what became of files around the lake.
        lake: what changed in the lake; None without a lake.
        reprinted: weeks of reports printed again without the subject.
        notes: sentences for a person: what was deleted whole, what was left and why.
        scan: what is left; None for a dry run.
        dry_run: nothing was changed.
    """

    subjects: tuple[Subject, ...]
    documents: int
    files: Tally
    lake: LakeChanges | None
    reprinted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    scan: ScanResult | None = None
    dry_run: bool = False

    @property
    def complete(self) -> bool:
        """Nothing of the subjects is left anywhere."""
        return self.scan is not None and self.scan.complete and not self.n_left

    @property
    def n_left(self) -> int:
        """Places where a subject was still found."""
        return 0 if self.scan is None else sum(place.found["subjek"] for place in self.scan.places)


@dataclass(slots=True)
class _Work:
    """What is known while an erasure runs."""

    settings: Settings
    progress: Progress
    journal: Journal
    notes: list[str] = field(default_factory=list)


def erase(
    settings: Settings, subjects: Sequence[Subject], progress: Progress, *, dry_run: bool = False
) -> Erasure:
    """Erase subjects; the same call again changes nothing, and goes on where a killed one stopped.

    Args:
        settings: which home folder.
        subjects: who is to be erased.
        progress: who is told how far it is.
        dry_run: find and count, change nothing.

    Raises:
        RunError: another run is at work on the home folder.
        LakeError: the lake was busy; the same call again does the rest.
    """
    masker, key = Masker(settings.config), settings.pseudonym_key()
    with _alone(settings), landing_kept(settings):
        work = _Work(settings, progress, open_journal(settings.home))
        asked = Matcher(subjects)
        progress.begin("Mencari", None)
        found = find(settings, asked, work.journal.documents)
        matcher = Matcher([*subjects, *found.subjects()], lambda name: masker.pseudonym(name, key))
        if not dry_run:
            work.journal.requests = sorted({*work.journal.requests, *(one.fingerprint for one in subjects)})
            work.journal.documents |= found.documents
            work.journal.save(journal_path(settings.home))
            Forgotten.of(settings).add(
                found.documents, [" ".join(one.words) for one in subjects if one.words]
            )
        facts = _mark(settings, found.documents, dry_run=dry_run)
        eraser = FileEraser(
            settings,
            matcher,
            found,
            facts.read_until,
            dry_run=dry_run,
            on_report=lambda one: _remember(work, one),
        )
        _files(work, eraser)
        changes = _lake(work, Plan(found.documents, matcher.redact, facts.phrases), dry_run=dry_run)
        if dry_run:
            notes = tuple(eraser.tally.notes)
            return Erasure(
                tuple(subjects), len(found.documents), eraser.tally, changes, (), notes, dry_run=True
            )
        reprinted = _reprint(work)
        _index(settings, progress)
        journal_path(settings.home).unlink()
        left = scan(settings, progress, matcher.subjects)
    notes = (*eraser.tally.notes, *work.notes, *_left_the_house(facts.packs), *_beside(settings))
    return Erasure(tuple(subjects), len(found.documents), eraser.tally, changes, reprinted, notes, left)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keep runs and crawls out."""
    settings.state.parent.mkdir(parents=True, exist_ok=True)
    locks = [FileLock(settings.home / "run.lock"), FileLock(settings.state.with_suffix(".lock"))]
    try:
        for lock in locks:
            lock.acquire(timeout=0)
    except Timeout:
        for lock in locks:
            lock.release()
        raise RunError(f"`pati run` sedang bekerja di {settings.home}; tunggu sampai selesai.") from None
    try:
        yield
    finally:
        for lock in locks:
            lock.release()


@dataclass(frozen=True, slots=True)
class _LakeFacts:
    """What the lake knows that an erasure must.

    Attributes:
        read_until: everything that lay in the inbox before this was collected (seconds since 1970).
        phrases: by which a remark is known as an automatic acknowledgement, lower case.
        packs: evidence packs that left the house with one of the documents.
    """

    read_until: float = 0.0
    phrases: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()


def _mark(settings: Settings, documents: dict[str, str], *, dry_run: bool) -> _LakeFacts:
    """Bar the documents from coming back into the lake, and read what the erasure must know of it."""
    if not lake_exists(settings.home):
        return _LakeFacts()
    with Lake(settings.home, now=settings.now()) if dry_run else open_lake(settings) as lake:
        if documents and not dry_run:
            lake.write(lambda con: mark_erased(con, documents))
        last, phrases = last_collected_at(lake), automatic_phrases(lake)
        packs = () if dry_run else tuple(one.pack_id for one in issued_packs(lake, tuple(documents)))
    return _LakeFacts(last.timestamp() if last else 0.0, phrases, packs)


def _left_the_house(packs: Sequence[str]) -> list[str]:
    """What nobody here can take back: packs that were handed out."""
    return [
        f"Paket bukti {name} yang sudah diserahkan memuat dokumen subjek ini; minta penerimanya menghapusnya."
        for name in packs
    ]


def _beside(settings: Settings) -> list[str]:
    """What a lake in a database and an object store leaves to those who look after them."""
    if not is_elsewhere(settings.home):
        return []
    return [BESIDE]


def _files(work: _Work, eraser: FileEraser) -> None:
    paths = eraser.paths()
    work.progress.begin("Menghapus dari berkas", len(paths))
    for place, path in paths:
        work.progress.note(place)
        eraser.erase(place, path)
        work.progress.advance()


def _remember(work: _Work, report: Report) -> None:
    """Before a report is taken away: should the process die, it will be printed again all the same."""
    if report not in work.journal.reports:
        work.journal.reports.append(report)
        work.journal.save(journal_path(work.settings.home))


def _lake(work: _Work, plan: Plan, *, dry_run: bool) -> LakeChanges | None:
    work.progress.begin("Menghapus dari gudang data", None)

    def told(left: int) -> None:
        work.progress.advance()
        work.progress.note(f"{left} berkas lagi")

    home = work.settings.home
    if not lake_exists(home):
        return None
    try:
        if dry_run:
            return forget(home, plan, dry_run=True, on_file=told)
        # No old segment may keep a word. While this is held nobody builds another index from old words.
        with holding(home):
            remove(home)
            return forget(home, plan, on_file=told)
    except LakeMissingError:
        return None


def _index(settings: Settings, progress: Progress) -> None:
    """Build the search index again, from a lake that has forgotten."""
    if lake_exists(settings.home):
        with Lake(settings.home, now=settings.now()) as lake:
            keep_in_step(lake, settings, progress)


def _reprint(work: _Work) -> tuple[str, ...]:
    """Print reports again that were taken away, from the snapshot and the moment they were made at."""
    from dashboard.report.build import build_weekly
    from warehouse.queries import Week

    done: list[str] = []
    work.progress.begin("Mencetak ulang laporan", len(work.journal.reports))
    for one in work.journal.reports:
        week, now = str(one["week"]), datetime.fromisoformat(str(one["now"]))
        try:
            with Lake(work.settings.home, now=now, snapshot=int(one["snapshot"])) as lake:
                report = build_weekly(lake, work.settings.config, Week.parse(week), work.settings.reports)
        except Exception as error:
            # the report is gone, which is what the law asks for; printing it again is a courtesy
            log.exception("report %s could not be printed again", week)
            work.notes.append(
                f"Laporan {week} memuat subjek ini dan dihapus, tetapi tidak dapat dicetak ulang "
                f"({type(error).__name__}); buat lagi dengan `pati report`."
            )
            continue
        _register(work.settings, week, report.sha256)
        done.append(week)
        work.progress.advance()
    return tuple(done)


def _register(settings: Settings, week: str, sha256: str) -> None:
    with open_lake(settings) as lake:
        replace_report_sha256(lake, f"weekly-{week}", sha256)
