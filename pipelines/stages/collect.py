"""Collect: the outside world → landing zone, in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from config import Source
from pipelines.child_process import ChildError, child
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.scope import Scope
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.store import SourceRow, record_sources


class CollectError(Exception):
    """The crawl process ended badly; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over sources."""

    n_in: int
    n_stored: int
    n_duplicate: int
    n_rejected: int


def run(
    lake: Lake,
    settings: Settings,
    progress: Progress,
    run_id: str,
    sources: Sequence[Source],
    scope: Scope | None = None,
) -> StageResult:
    """Collect the given sources and note how each of them did.

    Args:
        lake: where the sources' health is booked.
        settings: where everything is.
        progress: who is told how far it is.
        run_id: name of this run.
        sources: what to collect.
        scope: all that is new, unless it says otherwise.

    Raises:
        CollectError: the crawl process died; what it had put into the landing zone stays.
    """
    progress.begin("Mengumpulkan", None)
    latest: dict[str, dict[str, Any]] = {}
    scope = scope or Scope()
    period = [scope.period.since, scope.period.until] if scope.period else None
    order = {
        "run_id": run_id,
        "sources": [source.id for source in sources],
        "due_only": scope.due_only,
        "lane": scope.lane,
        "period": [moment.isoformat() for moment in period] if period else None,
    }
    with _crawler(settings, order) as lines:
        for line in lines:
            one = json.loads(line)
            before = latest.get(one["source_id"], {}).get("n_in", 0)
            latest[one["source_id"]] = one
            progress.advance(one["n_in"] - before)
            progress.note(f"{sum(o['done'] for o in latest.values())}/{len(sources)} sumber")
    tried = [one for one in latest.values() if one["tried"]]
    record_sources(lake, [_row(run_id, one, settings) for one in tried])
    total = Totals(*(sum(o[name] for o in latest.values()) for name in Totals.__dataclass_fields__))
    down = [o["source_id"] for o in latest.values() if not o["reachable"]]
    missing = f"; {len(down)} sumber gagal: {', '.join(sorted(down))}" if down else ""
    early = sum(one["n_not_due"] for one in latest.values())
    missing += f"; {early} umpan belum waktunya dibaca lagi" if early else ""
    later = sum(one["n_deferred"] for one in latest.values())
    missing += f"; {later} alamat menunggu jalan berikutnya" if later else ""
    return StageResult(
        "collect",
        n_in=total.n_in,
        n_stored=total.n_stored,
        n_new=total.n_stored,
        n_duplicate=total.n_duplicate,
        n_rejected=total.n_rejected,
        message=f"{len(tried)} sumber dikunjungi, {total.n_stored} dokumen diambil{missing}.",
    )


def _row(run_id: str, one: dict[str, Any], settings: Settings) -> SourceRow:
    return SourceRow(
        run_id, one["source_id"], settings.now(), one["reachable"], one["n_in"], one["n_stored"],
        one["n_duplicate"], one["n_rejected"], one["last_error"], one["n_deferred"], one["reasons"],
    )  # fmt: skip


@contextmanager
def _crawler(settings: Settings, order: dict[str, Any]) -> Iterator[Iterator[str]]:
    """Start the crawl process and hand out its lines; it never outlives the block."""
    try:
        with child(settings, "pipelines.crawl_process", order, "collect.stderr.log") as lines:
            yield lines
    except ChildError as error:
        raise CollectError(
            f"Proses pengumpulan berhenti dengan kode {error.code}; rinciannya di {error.log}. "
            "Yang sudah terkumpul aman; jalankan `pati run` lagi untuk melanjutkan."
        ) from error
