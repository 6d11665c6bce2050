"""What can go wrong on a machine that nobody watches: a code and a sentence that says what to do.

Pure. `of_error` reads an exception and what caused it, `of_exit` how a process ended, `of_state` what was
measured; `pati status`, `pati doctor`, the scheduler and its ``/healthz`` all say the same words.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from filelock import Timeout

from config import ConfigError
from config.schedule import Schedule
from dashboard import format as fmt
from pipelines.child_process import ORPHANED, ChildError
from warehouse.errors import LakeBusyError, LakeMissingError

Code = Literal[
    "disk_full", "disk_low", "network_away", "lake_busy", "lake_missing", "lake_newer", "lake_damaged",
    "config_broken", "no_permission", "clock_jumped", "quarantine_grew", "killed", "too_slow", "backup_old",
    "report_unsent", "report_waiting", "silent", "failed",
]  # fmt: skip
CODES: Final[tuple[Code, ...]] = get_args(Code)

JOB_WORDS: Final = {
    "run": "putaran pengumpulan", "send": "pengiriman laporan", "report": "penulisan laporan mingguan",
    "maintain": "perawatan gudang data", "backup": "pencadangan", "heartbeat": "tanda hidup",
}  # fmt: skip
GIB: Final = 1024**3
LITTLE_BYTES: Final = 4 * 1024**2
KILL, TERM, XFSZ = 9, 15, 25
"""Signals by number: Windows has no names for them."""
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL_WORDS = re.compile(
    r"no space left|disk is full|database or disk is full|disk quota exceeded|file too large"
    r"|Errno (28|122|27)\b",
    re.IGNORECASE,
)
_DAMAGED_WORDS = re.compile(
    r"malformed|not a database|corrupt|could not find.*catalog|invalid.*parquet|no magic bytes", re.IGNORECASE
)
_BUSY_WORDS = re.compile(r"database is locked|sedang bekerja di|sedang ditulis ulang|masih menulis")
_NEWER_WORDS = re.compile(r"lebih baru daripada program ini")

DISK_FULL: Final = (
    "Disk penuh: data baru tidak dapat ditulis. Yang sudah tersimpan aman. Kosongkan ruang (hapus "
    "berkas yang "
    "tidak perlu, pindahkan cadangan ke disk lain); pekerjaan dicoba lagi pada waktu berikutnya."
)
_SAID: Final[dict[Code, str]] = {
    "disk_full": DISK_FULL,
    "lake_busy": "Gudang data sedang dipakai pekerjaan lain, jadi {job} menunggu giliran dan dicoba "
    "lagi pada "
    "waktu berikutnya. Bila ini terus berulang, periksa apakah ada `pati run` yang macet.",
    "lake_newer": "Gudang data ini sudah dipakai versi Pati Maju yang lebih baru; pasang versi itu, atau "
    "kembalikan cadangan dengan `pati upgrade --rollback`.",
    "lake_damaged": "Gudang data tidak dapat dibaca. Periksa dengan `pati lake verify`; bila rusak, pulihkan "
    "cadangan terbaru dengan `pati lake restore`.",
    "no_permission": "Ada berkas atau folder yang tidak boleh ditulis atau dibaca oleh akun ini. "
    "Periksa izin "
    "folder data dengan `pati doctor`.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong.

    Attributes:
        code: which kind.
        sentence: what it is and what to do, in Indonesian, for an official.
    """

    code: Code
    sentence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is measured of an installation; None: not known.

    Attributes:
        now: the moment (aware).
        free_bytes: free on the disk of the home folder.
        n_sources: active sources in the network that the last run tried.
        n_reachable: of them, those whose last attempt worked.
        n_quarantine: records in quarantine.
        backup_at: when the newest backup was made.
        backup_wanted_since: since when backups should be made; None: they should not.
        run_at: when the last good run began.
        silent_since: since when somebody should have seen a good run; None: nobody waits for one.
        report_waiting: the week whose report nobody approved though its hour is over.
        report_failed: receivers whom a report that was sent has not reached.
    """

    now: datetime
    free_bytes: int | None = None
    n_sources: int | None = None
    n_reachable: int | None = None
    n_quarantine: int | None = None
    backup_at: datetime | None = None
    backup_wanted_since: datetime | None = None
    run_at: datetime | None = None
    silent_since: datetime | None = None
    report_waiting: str | None = None
    report_failed: int | None = None


def of_error(error: BaseException, job: str, free_bytes: int | None = None) -> Fault:
    """What an exception means, the causes it was raised from included.

    Args:
        error: as it was caught.
        job: which job it ended.
        free_bytes: on the disk; with hardly any, an error that says nothing else is the disk's.
    """
    for one in _causes(error):
        code = _code_of(one)
        if code == "config_broken":
            return Fault(
                code, f"Konfigurasi salah: {_ended(str(one))} Perbaiki berkas itu; isi lama tetap aman."
            )
        if code == "lake_missing":
            return Fault(code, str(one))
        if code is not None:
            return _said(code, job)
    if free_bytes is not None and free_bytes < LITTLE_BYTES:
        return Fault("disk_full", DISK_FULL)
    kept = _short(str(error) or type(error).__name__)
    return Fault(
        "failed", f"Gagal: {_ended(kept)} Dicoba lagi pada waktu berikutnya; periksa dengan `pati doctor`."
    )


def of_exit(code: int, job: str, log: str = "") -> Fault:
    """What the exit status of a process means that did not say itself what was wrong.

    Args:
        code: its exit status, negative for a signal.
        job: what it was at.
        log: the end of what it said on standard error.
    """
    if _FULL_WORDS.search(log) or code == -XFSZ:
        return Fault("disk_full", DISK_FULL)
    if code < 0 or code in (ORPHANED, 128 + KILL, 128 + TERM):
        why = " (mungkin memori habis)" if code in (-KILL, 128 + KILL) else ""
        return Fault(
            "killed",
            f"Proses untuk {_job(job)} dihentikan sebelum selesai{why}. Yang sudah tersimpan aman dan "
            f"tidak ada "
            "yang berganda; dilanjutkan pada waktu berikutnya. Bila berulang, tambah memori atau tutup "
            "program lain.",
        )
    return Fault(
        "failed",
        f"Proses untuk {_job(job)} berhenti dengan kode {code}. Dicoba lagi pada waktu berikutnya; "
        "periksa dengan `pati doctor`.",
    )


def too_slow(job: str, minutes: int) -> Fault:
    """A job was ended because it took longer than it may."""
    return Fault(
        "too_slow",
        f"Pekerjaan {_job(job)} melewati batas {minutes} menit dan dihentikan; dilanjutkan pada waktu "
        "berikutnya. Bila selalu begini, naikkan 'limit_minutes' di schedule.yaml.",
    )


def clock_jumped(forward: timedelta, at: datetime) -> Fault:
    """The machine's clock jumped.

    Args:
        forward: how far; negative: backwards.
        at: what it shows now (aware).
    """
    where = "maju" if forward > timedelta(0) else "mundur"
    return Fault(
        "clock_jumped",
        f"Jam komputer melompat {where} {span(abs(forward))}; sekarang {fmt.moment(at)}. Periksa "
        "tanggal dan jam komputer. Jadwal sudah disesuaikan dan tidak ada pekerjaan yang hilang.",
    )


def clock_doubtful(through: datetime, now: datetime) -> Fault:
    """The clock stands long after the newest document: what counts days would count wrong ones."""
    return Fault(
        "clock_jumped",
        f"Perawatan ditunda: jam komputer menunjukkan {fmt.moment(now)}, tetapi dokumen terbaru bertanggal "
        f"{fmt.moment(through)}. Bila jamnya salah, setel; bila benar, periksa mengapa tidak ada berita "
        "baru, atau jalankan `pati lake maintain` sendiri.",
    )


def unsent(n_failed: int, n_unsure: int, problems: tuple[str, ...]) -> Fault:
    """A report did not reach everybody."""
    said = [f"{n_failed} penerima belum menerimanya dan dicoba lagi"] if n_failed else []
    if n_unsure:
        said.append(f"{n_unsure} mungkin sudah menerimanya dan menunggu keputusan orang")
    return Fault(
        "report_unsent",
        f"Laporan belum sampai: {'; '.join([*said, *(one.rstrip('.') for one in problems)])}. "
        "Lihat `pati report deliveries`.",
    )


def of_state(facts: Facts, rules: Schedule) -> list[Fault]:
    """What is wrong by what was measured; what is not known is not wrong."""
    return [fault for fault in (
        _disk(facts, rules), _network(facts), _quarantine(facts, rules), _backup(facts, rules),
        _report(facts), silence(facts, rules),
    ) if fault is not None]  # fmt: skip


def silence(facts: Facts, rules: Schedule) -> Fault | None:
    """Whether the system has been silent for too long."""
    since = facts.run_at or facts.silent_since
    hours = rules.heartbeat.silent_hours
    if since is None or abs(facts.now - since) < timedelta(hours=hours):
        return None
    if since > facts.now:
        return Fault(
            "silent",
            f"Putaran terakhir tercatat {fmt.moment(since)}, lebih lambat dari jam komputer ini. "
            "Periksa tanggal dan jam komputer.",
        )
    return Fault(
        "silent",
        f"Sistem diam: tidak ada putaran yang berhasil sejak {fmt.moment(since)} (lebih dari {hours} "
        f"jam). Angka di "
        "dasbor tidak bertambah. Periksa apakah komputer dan `pati schedule` menyala, lalu lihat `pati "
        "status`.",
    )


def _disk(facts: Facts, rules: Schedule) -> Fault | None:
    least = rules.limits.free_gb
    if facts.free_bytes is None or facts.free_bytes >= least * GIB:
        return None
    return Fault(
        "disk_low",
        f"Ruang disk tinggal {fmt.number(facts.free_bytes / GIB, 1)} GB, kurang dari "
        f"{fmt.number(least, 1)} GB. "
        "Kosongkan ruang sebelum disk penuh: hapus berkas yang tidak perlu atau pindahkan cadangan ke "
        "disk lain.",
    )


def _network(facts: Facts) -> Fault | None:
    if facts.n_sources is None or facts.n_sources < 2 or facts.n_reachable != 0:  # one may be dead by itself
        return None
    return Fault(
        "network_away",
        f"Jaringan terputus: tidak satu pun dari {facts.n_sources} sumber di internet dapat dihubungi. "
        "Periksa kabel, modem, atau langganan internet. Pengumpulan dicoba lagi sendiri dan mengejar yang "
        "tertinggal.",
    )


def _quarantine(facts: Facts, rules: Schedule) -> Fault | None:
    most = rules.limits.quarantine
    if facts.n_quarantine is None or facts.n_quarantine <= most:
        return None
    return Fault(
        "quarantine_grew",
        f"Karantina penuh: {fmt.number(facts.n_quarantine)} dokumen ditolak, lebih dari batas "
        f"{fmt.number(most)}. "
        "Lihat alasannya dengan `pati quarantine list`; mungkin sebuah situs berubah bentuk.",
    )


def _backup(facts: Facts, rules: Schedule) -> Fault | None:
    since = facts.backup_at or facts.backup_wanted_since
    if facts.backup_wanted_since is None or since is None:
        return None
    if facts.now - since <= timedelta(days=rules.backup.max_age_days):
        return None
    said = (
        f"Cadangan terbaru dibuat {fmt.moment(facts.backup_at)}" if facts.backup_at else "Belum ada cadangan"
    )
    return Fault(
        "backup_old",
        f"{said}; seharusnya tidak lebih tua dari {rules.backup.max_age_days} hari. Periksa disk cadangan "
        "('backup' di schedule.yaml); dicoba lagi tiap hari, atau jalankan `pati lake backup FOLDER`.",
    )


def _report(facts: Facts) -> Fault | None:
    if facts.report_failed:
        return Fault(
            "report_unsent",
            f"Laporan belum sampai ke {facts.report_failed} penerima. Lihat `pati report deliveries`.",
        )
    if facts.report_waiting is None:
        return None
    return Fault(
        "report_waiting",
        f"Laporan {facts.report_waiting} belum disetujui padahal waktu kirimnya sudah lewat; periksa "
        "dan setujui di dasbor, atau jalankan `pati report review` lalu `pati report approve`.",
    )


def span(much: timedelta) -> str:
    """``2 jam 5 menit``, ``3 hari``."""
    minutes = round(much.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} hari" + (f" {hours} jam" if hours else "")
    if hours:
        return f"{hours} jam" + (f" {minutes} menit" if minutes else "")
    return f"{minutes} menit"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def _code_of(error: BaseException) -> Code | None:
    """The code of one exception by itself; None: it says nothing."""
    said = str(error)
    if isinstance(error, ConfigError):
        return "config_broken"
    if isinstance(error, LakeMissingError):
        return "lake_missing"
    if (isinstance(error, OSError) and error.errno in _FULL) or _FULL_WORDS.search(said):
        return "disk_full"
    if isinstance(error, ChildError):
        return _child(error)
    if isinstance(error, LakeBusyError | Timeout) or _BUSY_WORDS.search(said):
        return "lake_busy"
    if _NEWER_WORDS.search(said):
        return "lake_newer"
    if isinstance(error, OSError) and error.errno in _CLOSED:
        return "no_permission"
    return "lake_damaged" if _DAMAGED_WORDS.search(said) else None


def _child(error: ChildError) -> Code | None:
    """What a process that another one started says by its end; its words are read where they were kept."""
    found = of_exit(error.code, "run", error.said)
    return None if found.code == "failed" else found.code


def _said(code: Code, job: str) -> Fault:
    if code == "killed":
        return of_exit(-KILL, job)
    return Fault(code, _SAID[code].format(job=_job(job)))


def _job(name: str) -> str:
    return JOB_WORDS.get(name, name)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= 300 else f"{line[:299]}…"
