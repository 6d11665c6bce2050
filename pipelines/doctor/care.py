"""Care: the scheduler and its jobs, backups, the last report, open faults."""

from __future__ import annotations

from datetime import timedelta

from dashboard import format as fmt
from pipelines.doctor.base import Check
from pipelines.overview import overview
from pipelines.safekeeping import backup_folder, newest_backup
from pipelines.scheduling.heartbeat import silent
from pipelines.settings import Settings
from warehouse import Lake, LakeError, lake_exists, queries

REPORT_AGE = timedelta(days=14)


def scheduler(settings: Settings) -> Check:
    """Whether a scheduler is at work."""
    seen = overview(settings)
    if seen.scheduler_alive:
        return Check("Penjadwal", "ok", "`pati schedule` bekerja.")
    if not seen.scheduled:
        return Check(
            "Penjadwal", "warn",
            "belum pernah dijalankan; jalankan `pati schedule`, atau pasang layanan dari folder deploy/.",
        )  # fmt: skip
    said = "`pati schedule` sedang tidak bekerja; jalankan lagi, atau biarkan bila dipanggil cron "
    "dengan --once."
    return Check("Penjadwal", "warn", said)


def heartbeat(settings: Settings) -> Check:
    """Whether the last good run is recent."""
    fault = silent(settings)
    if fault is not None:
        return Check("Tanda hidup", "fail", fault.sentence)
    return Check("Tanda hidup", "ok", "tidak diam.")


def faults(settings: Settings) -> Check:
    """What is wrong just now."""
    found = [one for one in overview(settings).faults if one.code not in ("silent", "backup_old", "disk_low")]
    if found:
        return Check("Gangguan", "warn", " ".join(one.sentence for one in found))
    return Check("Gangguan", "ok", "tidak ada yang terbuka.")


def backup(settings: Settings) -> Check:
    """How old the newest backup is, and whether it would survive the disk."""
    folder, made = backup_folder(settings), newest_backup(settings)
    limit = timedelta(days=settings.config.schedule.backup.max_age_days)
    if not lake_exists(settings.home):
        return Check("Cadangan", "ok", "belum ada data.")
    if made is None:
        return Check(
            "Cadangan", "warn", f"belum ada di {folder}; `pati schedule` membuatnya tiap malam, atau "
            f"jalankan `pati lake backup {folder}`.",
        )  # fmt: skip
    if settings.now() - made > limit:
        return Check(
            "Cadangan", "fail", f"terbaru {fmt.moment(made)} di {folder}; periksa disk cadangan, lalu "
            f"jalankan `pati lake backup {folder}`.",
        )  # fmt: skip
    if folder.stat().st_dev == settings.home.stat().st_dev:
        said = f"terbaru {fmt.moment(made)}, tetapi di disk yang sama; salin juga ke disk atau tempat lain."
        return Check("Cadangan", "warn", said)
    return Check("Cadangan", "ok", f"terbaru {fmt.moment(made)}.")


def report(settings: Settings) -> Check:
    """The last report that was written."""
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            newest = queries.records(queries.reports(lake, 1))
    except LakeError:
        return Check("Laporan", "ok", "belum ada data.")
    if not newest:
        return Check("Laporan", "warn", "belum pernah ditulis; jalankan `pati report weekly`.")
    last, day = fmt.local_day(newest[0]["period_end"]), fmt.local_day(settings.now())
    if day - last > REPORT_AGE:
        return Check(
            "Laporan", "warn", f"terakhir sampai {fmt.day(last)}; jalankan `pati report weekly`, dan "
            "periksa jadwal 'report' di schedule.yaml.",
        )  # fmt: skip
    return Check("Laporan", "ok", f"terakhir sampai {fmt.day(last)}.")
