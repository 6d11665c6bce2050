"""The machine: Python, the home folder, the disk, the clock."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard import format as fmt
from pipelines.doctor.base import Check
from pipelines.faults import GIB
from pipelines.scheduling.numbers import free_bytes
from pipelines.settings import Settings
from warehouse import Lake, LakeError, queries

AHEAD = timedelta(hours=1)
"""What was written so far ahead of the clock says that the clock stands wrong."""
WIB_HOURS = timedelta(hours=7)


def python(_: Settings) -> Check:
    """The version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", "ok", f"versi {version}.")


def home_folder(settings: Settings) -> Check:
    """Whether data can be written."""
    probe = settings.home / ".probe"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as err:
        return Check(
            "Folder data", "fail", f"{settings.home} tidak dapat ditulisi ({err.strerror}); periksa izinnya."
        )
    return Check("Folder data", "ok", f"{settings.home} dapat ditulisi.")


def disk(settings: Settings) -> Check:
    """Whether there is room for what comes."""
    free, least = free_bytes(settings.home), settings.config.schedule.limits.free_gb
    if free is None:
        return Check("Ruang disk", "warn", "tidak dapat diketahui; periksa sendiri.")
    sentence = f"tersisa {fmt.number(free / GIB, 1)} GB."
    if free < least * GIB:
        return Check("Ruang disk", "fail", f"{sentence} Sediakan sedikitnya {fmt.number(least, 1)} GB.")
    return Check("Ruang disk", "ok", sentence)


def clock(settings: Settings) -> Check:
    """The clock against what was collected: no network is needed to see that it stands wrong."""
    now = settings.now()
    try:
        with Lake(settings.home, now=now) as lake:
            seen = queries.newest_record_at(lake)
    except LakeError:
        seen = None
    return clock_check(now, seen)


def clock_check(now: datetime, seen: datetime | None) -> Check:
    """Pure: the moment of the clock against when something was last written by it (both aware)."""
    if seen is not None and seen - now > AHEAD:
        return Check(
            "Jam", "warn",
            f"jam komputer menunjukkan {fmt.moment(now)}, padahal ada data yang tercatat "
            f"{fmt.moment(seen)}: setel "
            "tanggal dan jam. Bila jamnya sudah benar, data itu tercatat saat jam pernah salah; biarkan.",
        )  # fmt: skip
    return Check("Jam", "ok", f"{fmt.moment(now)}.")


def zone(_: Settings) -> Check:
    """The time zone database: days and weeks begin by it."""
    try:
        offset = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Jakarta")).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset != WIB_HOURS:
        return Check(
            "Zona waktu", "fail", "data zona waktu Asia/Jakarta tidak ada; jalankan `make install` lagi."
        )
    return Check("Zona waktu", "ok", "Asia/Jakarta, WIB (UTC+7).")
