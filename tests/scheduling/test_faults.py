"""What went wrong, in words: exceptions, exit statuses, and what was measured."""

from __future__ import annotations

import errno
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from config import ConfigError, load_config
from pipelines.child_process import ORPHANED, ChildError
from pipelines.faults import (
    GIB,
    Facts,
    clock_jumped,
    of_error,
    of_exit,
    of_state,
    span,
    too_slow,
    unsent,
)
from pipelines.run import RunError
from warehouse.errors import LakeBusyError, LakeError, LakeMissingError

NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
RULES = load_config().schedule


def caused(outer: Exception, inner: BaseException) -> Exception:
    outer.__cause__ = inner
    return outer


def died(code: int, said: str = "", folder: Path = Path("/nirwana")) -> ChildError:
    error = ChildError(code, folder / "x.log")
    error.said = said
    return error


FULL = OSError(errno.ENOSPC, "No space left on device")
ERRORS = [
    pytest.param(FULL, "disk_full", "Kosongkan ruang", id="ENOSPC"),
    pytest.param(OSError(errno.EFBIG, "File too large"), "disk_full", "Disk penuh", id="quota of file size"),
    pytest.param(OSError(errno.EDQUOT, "x"), "disk_full", "Disk penuh", id="quota"),
    pytest.param(sqlite3.OperationalError("database or disk is full"), "disk_full", "Disk", id="sqlite"),
    pytest.param(duckdb.IOException("IO Error: Could not write: No space left on device"), "disk_full",
                 "Disk", id="duckdb"),
    pytest.param(caused(RunError("Tahap load gagal: x"), FULL), "disk_full", "Disk", id="stage by its cause"),
    pytest.param(caused(RunError("y"), died(1, "OSError: [Errno 28] No space left on device")), "disk_full",
                 "Disk", id="crawler's disk"),
    pytest.param(caused(RunError("y"), died(-9)), "killed", "tidak ada yang berganda", id="crawler killed"),
    pytest.param(LakeBusyError(Path("w.lock"), 600), "lake_busy", "menunggu giliran", id="write lock"),
    pytest.param(RunError("`pati run` lain sedang bekerja di /x; tunggu sampai selesai."), "lake_busy",
                 "pati run", id="another run"),
    pytest.param(LakeMissingError(Path("/x")), "lake_missing", "pati run", id="no lake"),
    pytest.param(LakeError("Gudang data memakai skema nomor 99 yang lebih baru daripada program ini; "
    "pasang."),
                 "lake_newer", "pati upgrade --rollback", id="newer lake"),
    pytest.param(sqlite3.DatabaseError("database disk image is malformed"), "lake_damaged", "pati lake "
    "verify",
                 id="damaged catalog"),
    pytest.param(ConfigError("sources.yaml", 4, "scop", "kunci 'scop' tidak dikenal"), "config_broken",
                 "sources.yaml baris 4", id="configuration"),
    pytest.param(PermissionError(errno.EACCES, "Permission denied"), "no_permission", "pati doctor",
                 id="rights"),
    pytest.param(OSError(errno.EROFS, "Read-only file system"), "no_permission", "izin", id="read-only"),
    pytest.param(ValueError("n_in"), "failed", "Gagal: n_in.", id="anything else"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "code", "words"), ERRORS)
def test_an_exception_becomes_a_code_and_a_sentence(error: Exception, code: str, words: str) -> None:
    found = of_error(error, "run")
    assert found.code == code
    assert words in found.sentence
    assert found.sentence.endswith(".")


@pytest.mark.parametrize(
    ("code", "log", "wanted", "words"),
    [
        (-9, "", "killed", "memori habis"), (137, "", "killed", "memori habis"),
        (-15, "", "killed", "dihentikan"),
        (ORPHANED, "", "killed", "dihentikan"), (-25, "", "disk_full", "Disk penuh"),
        (1, "OSError: [Errno 28] No space left on device", "disk_full", "Disk penuh"),
        (3, "Traceback", "failed", "kode 3"),
    ],
)  # fmt: skip
def test_an_exit_status_becomes_a_code_and_a_sentence(code: int, log: str, wanted: str, words: str) -> None:
    found = of_exit(code, "backup", log)
    assert found.code == wanted
    assert words in found.sentence


@pytest.mark.parametrize(("free", "code"), [(None, "failed"), (1000, "disk_full"), (GIB, "failed")])
def test_an_error_that_says_nothing_on_a_full_disk_is_the_disks(free: int | None, code: str) -> None:
    assert of_error(duckdb.IOException("disk I/O error"), "run", free).code == code


def test_a_long_message_is_cut_to_one_line() -> None:
    assert len(of_error(ValueError("kata\n" * 1000), "run").sentence) < 420


STATES = [
    pytest.param({}, [], id="nothing known"),
    pytest.param({"free_bytes": 1 * GIB}, ["disk_low"], id="disk nearly full"),
    pytest.param({"free_bytes": 2 * GIB}, [], id="just enough"),
    pytest.param({"n_sources": 14, "n_reachable": 0}, ["network_away"], id="no source in reach"),
    pytest.param({"n_sources": 14, "n_reachable": 1}, [], id="one in reach"),
    pytest.param({"n_sources": 1, "n_reachable": 0}, [], id="the only one may be dead itself"),
    pytest.param({"n_sources": 0, "n_reachable": 0}, [], id="nothing is collected"),
    pytest.param({"n_quarantine": 1001}, ["quarantine_grew"], id="full quarantine"),
    pytest.param({"n_quarantine": 1000}, [], id="nearly full quarantine"),
    pytest.param({"backup_wanted_since": NOW - timedelta(days=3)}, ["backup_old"], id="no backup yet"),
    pytest.param({"backup_wanted_since": NOW - timedelta(days=1)}, [], id="not due yet"),
    pytest.param({"backup_at": NOW - timedelta(days=9)}, [], id="nobody wants backups"),
    pytest.param({"backup_wanted_since": NOW - timedelta(days=99), "backup_at": NOW - timedelta(days=3)},
                 ["backup_old"], id="old backup"),
    pytest.param({"run_at": NOW - timedelta(hours=7)}, ["silent"], id="silent"),
    pytest.param({"run_at": NOW - timedelta(hours=5)}, [], id="not silent"),
    pytest.param({"silent_since": NOW - timedelta(hours=7)}, ["silent"], id="never a good run"),
    pytest.param({"run_at": NOW + timedelta(days=30)}, ["silent"], id="a run of next month"),
    pytest.param({"report_waiting": "2026-W46"}, ["report_waiting"], id="nobody approved"),
    pytest.param({"report_waiting": "2026-W46", "report_failed": 2}, ["report_unsent"], id="not delivered"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "codes"), STATES)
def test_what_was_measured_becomes_faults(known: dict[str, object], codes: list[str]) -> None:
    found = of_state(Facts(NOW, **known), RULES)  # type: ignore[arg-type]
    assert [one.code for one in found] == codes


def test_the_other_faults_say_what_to_do() -> None:
    assert "limit_minutes" in too_slow("run", 180).sentence
    assert "mundur 2 jam 5 menit" in clock_jumped(-timedelta(hours=2, minutes=5), NOW).sentence
    assert "maju 3 hari" in clock_jumped(timedelta(days=3), NOW).sentence
    said = unsent(2, 1, ("Penerima ke-1 tidak dikenali.",)).sentence
    assert "2 penerima belum" in said
    assert "1 mungkin sudah" in said
    assert "Penerima ke-1 tidak dikenali." in said


@pytest.mark.parametrize(
    ("much", "words"),
    [
        (timedelta(minutes=11), "11 menit"), (timedelta(hours=2), "2 jam"),
        (timedelta(days=2, hours=3), "2 hari 3 jam"),
    ],
)  # fmt: skip
def test_spans(much: timedelta, words: str) -> None:
    assert span(much) == words
