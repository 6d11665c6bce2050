"""What is measured of an installation after every job, for `/metrics`, `/healthz` and the faults.

Measured in the process of the job, which ends: the scheduler itself never opens the lake.
"""

from __future__ import annotations

import json
import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from config import ConfigError
from pipelines.faults import Facts, Fault, of_state
from pipelines.scheduling.book import Book, put
from pipelines.settings import Settings

log = logging.getLogger(__name__)
NAME: Final = "numbers.json"
TOGETHER: Final = timedelta(minutes=5)
"""Attempts this close are of one run."""


def gathered(settings: Settings) -> dict[str, Any] | None:
    """The lake's numbers; None if it cannot be asked now. Plain values; every one comes from `warehouse`."""
    import duckdb

    from warehouse import Lake, LakeError, queries
    from warehouse.maintain.files import disk
    from warehouse.queries.health import verdict_counts
    from warehouse.queries.quarantine import quarantine_total

    try:
        with Lake(settings.home, now=settings.now()) as lake:
            now = queries.status(lake)
            kinds = {str(row["kind"]): int(row["n"]) for row in queries.records(queries.kind_totals(lake))}
            found: dict[str, Any] = {
                "at": settings.now().isoformat(),
                "documents": kinds,
                "verdicts": verdict_counts(lake),
                **_online(settings, queries.records(queries.sources(lake))),
                "quarantine": quarantine_total(lake),
                "through": now.data_through.isoformat() if now.data_through else None,
            }
            files, size = disk(settings.home)
            return {**found, "lake_files": files, "lake_bytes": size, "backup_at": _backup(settings)}
    except (LakeError, duckdb.Error, OSError, ConfigError) as error:
        log.warning("numbers: %s", error)
        return None


def _online(settings: Settings, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Active sources in the network that the last run tried, and those that answered; folders always do."""
    wanted = {
        one.id
        for one in settings.config.sources
        if one.status == "active" and any(way.method != "folder" for way in one.discover)
    }
    asked = [row for row in rows if row["source_id"] in wanted and row["last_attempt_at"] is not None]
    newest = max((row["last_attempt_at"] for row in asked), default=None)
    # sources whose time had not come say nothing about the network of this hour
    tried = [row for row in asked if newest - row["last_attempt_at"] < TOGETHER]
    reached = [row for row in tried if row["last_success_at"] == row["last_attempt_at"]]
    return {"n_online": len(tried), "n_reached": len(reached)}


def keep(home: Path, found: dict[str, Any]) -> None:
    """Keep what was measured.

    Raises:
        OSError: it cannot be written.
    """
    put(home / "state" / NAME, found)


def kept(home: Path) -> dict[str, Any]:
    """What was measured last; empty if nothing was."""
    try:
        found = json.loads((home / "state" / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def free_bytes(home: Path) -> int | None:
    """Free bytes on the disk of a home folder; None if that cannot be known."""
    place = home if home.exists() else home.parent
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None


def facts(settings: Settings, book: Book) -> Facts:
    """All that is known of an installation now, without asking its lake."""
    found = kept(settings.home)
    backs_up = settings.config.schedule.jobs.backup is not None
    return Facts(
        settings.now(),
        free_bytes=free_bytes(settings.home),
        n_sources=found.get("n_online"),
        n_reachable=found.get("n_reached"),
        n_quarantine=found.get("quarantine"),
        backup_at=_believed(_moment(found.get("backup_at")), book, settings.now()),
        backup_wanted_since=book.since if backs_up else None,
        run_at=book.success_at("run"),
        silent_since=book.since,
    )


def _believed(made: datetime | None, book: Book, now: datetime) -> datetime | None:
    """When the newest backup was made; one of a day that has not come was made under a wrong clock."""
    return made if made is None or made <= now else book.success_at("backup")


def wrong(settings: Settings, book: Book) -> list[Fault]:
    """What is wrong by what is known now."""
    return of_state(facts(settings, book), settings.config.schedule)


def _backup(settings: Settings) -> str | None:
    from pipelines.safekeeping import newest_backup

    found = newest_backup(settings)
    return found.isoformat() if found else None


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
