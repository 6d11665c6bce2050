"""A lake in a bad week: 48 sources of which most fail, each in its own way, and stages that failed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.dashboard.seed import HOSTILE, NOW
from warehouse import Lake
from warehouse.store import RunRow, SourceRow, record_run, record_sources, sync_dimensions

N: Final = 48
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """One attempt, so many days ago."""

    days: float
    ok: bool = True
    n_in: int = 6
    reasons: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True)
class Fate:
    """What happens to a source, and the verdict it gets."""

    verdict: str
    visits: Sequence[Visit] = ()
    expected: float | None = None
    status: str = "active"


def _refused(days: float, reason: str, error: str) -> Visit:
    return Visit(days, ok=False, n_in=1, reasons={reason: 1}, error=error)


FATES: Final = (
    Fate("hilang", [_refused(day, "timeout", "Tidak menjawab dalam 30 detik.") for day in (9, 5, 1)], 14),
    Fate("hilang", [_refused(day, "fetch_failed", HOSTILE["long"]) for day in (3, 2, 1)]),
    Fate("diblokir", [Visit(3), _refused(0.2, "blocked", "Jawaban 403.")], 7),
    Fate("diblokir", [_refused(0.2, "robots", "Dilarang robots.txt.")]),
    Fate("diblokir", [Visit(0.3, n_in=10, reasons={"challenge": 9}, error=HOSTILE["script"])]),
    Fate("rusak", [Visit(2), _refused(0.2, "http_error", "Jawaban 500.")], 3),
    Fate("rusak", [Visit(0.2, n_in=10, reasons={"no_text": 5, "soft_404": 4})]),
    Fate("rusak", [Visit(1), _refused(0.2, "bad_certificate", HOSTILE["bidi"])]),
    Fate("sepi", [Visit(0.2, n_in=0)], 2),
    Fate("sepi", [Visit(0.2, n_in=0)], 20),
    Fate("belum dicoba"),
    Fate("nonaktif", [_refused(30, "gone", "Situs ditutup.")], status="quarantined"),
)
"""Every verdict but ``baik``, by every way that leads to it."""


def fate(n: int) -> Fate:
    """What happens to the source of this number."""
    return FATES[n % len(FATES)]


def name(n: int) -> str:
    """What it is called; some are called badly."""
    signs = list(HOSTILE.values())
    return f"Koran {n} {signs[n % len(signs)][:60]}" if n % 5 == 0 else f"Koran Contoh {n}"


def failing_lake(home: Path, seeded: Path) -> None:
    """The small lake with 48 more sources and what became of them; its own one that is well is gone too."""
    shutil.copytree(seeded, home)
    with Lake(home, now=NOW) as lake:
        known = [(*row[:5], "quarantined", *row[6:]) for row in lake.rows("FROM dim_source")]
        made = [
            (f"koran{n:02}", name(n), "news", f"https://koran{n:02}.example", "general", fate(n).status,
             "robots_ok", fate(n).expected)
            for n in range(N)
        ]  # fmt: skip
        sync_dimensions(lake, {"dim_source": [*known, *made]})
        record_sources(lake, [row for n in range(N) for row in _visits(n)])
        for stage in ("collect", "load", "enrich", "link", "watch"):
            record_run(
                lake,
                RunRow(
                    f"gagal-{stage}",
                    stage,
                    NOW - DAY,
                    NOW - DAY / 2,
                    "failed",
                    9,
                    0,
                    0,
                    0,
                    9,
                    HOSTILE["formula"],
                ),
            )


def _visits(n: int) -> list[SourceRow]:
    return [
        SourceRow(
            f"k{n}-{nth}", f"koran{n:02}", NOW - visit.days * DAY, visit.ok, visit.n_in,
            visit.n_in - sum(visit.reasons.values()), 0, sum(visit.reasons.values()), visit.error,
            n_deferred=n, reasons=visit.reasons,
        )
        for nth, visit in enumerate(fate(n).visits)
    ]  # fmt: skip
