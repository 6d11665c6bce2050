"""Load: landing zone → lake, each batch exactly once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.items import Alias, Counts, Document, Record, Rejection, Tombstone, to_json
from crawlers.landing import batches, read_batch
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.store import LoadCounts, loaded_batches
from warehouse.store.documents import Batch, store_batch
from warehouse.store.history import METRICS

PLAIN = (
    "kind", "source_id", "external_id", "url", "canonical_url", "title", "text", "author",
    "published_at", "published_from", "fetched_at", "parent_id", "section", "advertorial",
    "published_precision", "published_confidence",
)  # fmt: skip
GROUP = 10_000
"""Records per transaction: each costs a lake snapshot, and a crash repeats at most this many."""
VOLATILE = (
    "fetched_at", "metrics", "aliases", "known_as", "record", "published_precision",
    "published_confidence",
)  # fmt: skip
"""Parts of a record that may differ between two fetches of the same content.

How far a date is trusted depends on what else was known in that run (a feed beside the page)."""


def run(lake: Lake, settings: Settings, progress: Progress, run_id: str) -> StageResult:
    """Load every landing batch that is not in the lake yet, several in one transaction."""
    done = loaded_batches(lake)
    waiting = [path for path in batches(settings.landing) if _name(path, settings.landing) not in done]
    progress.begin("Memuat ke gudang data", len(waiting))
    return _result(load_batches(lake, settings, progress, run_id, None, waiting))


def load_batches(
    lake: Lake,
    settings: Settings,
    progress: Progress,
    run_id: str,
    at: datetime | None,
    paths: Sequence[Path],
) -> list[LoadCounts]:
    """Load some batches, several in one transaction.

    Args:
        lake: where to.
        settings: of this installation.
        progress: is told how many batches are in.
        run_id: written into the rows.
        at: written as the moment of loading; None: the moment of each transaction.
        paths: the batches, in order.
    """
    counts = []
    for group in _groups(paths, settings):
        counts.append(store_batch(lake, to_batch(run_id, group), at or settings.now()))
        progress.advance(len(group))
    return counts


def _groups(paths: Sequence[Path], settings: Settings) -> Iterator[dict[str, list[Record]]]:
    """Batches by name, read and put together until they hold about `GROUP` records."""
    group: dict[str, list[Record]] = {}
    for path in paths:
        name = _name(path, settings.landing)
        group[name] = _read(path, name, settings)
        if sum(map(len, group.values())) >= GROUP:
            yield group
            group = {}
    if group:
        yield group


def _read(path: Path, name: str, settings: Settings) -> list[Record]:
    try:
        return list(read_batch(path))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as err:
        # A batch appears whole or not at all; one that cannot be read was damaged later.
        detail = f"Berkas {name} tidak terbaca ({type(err).__name__}); pulihkan dari cadangan."
        return [Rejection(path.parent.name, name, "damaged_batch", detail, settings.now())]


def to_batch(run_id: str, group: Mapping[str, Sequence[Record]]) -> Batch:
    """Turn the records of some landing batches into rows. Pure."""
    records = [record for batch in group.values() for record in batch]
    documents = [record for record in records if isinstance(record, Document)]
    return Batch(
        names={name: len(batch) for name, batch in group.items()},
        run_id=run_id,
        documents=[document_row(document, run_id) for document in documents],
        complaints=[
            {**row, "version": i} for i, document in enumerate(documents) if (row := complaint_row(document))
        ],
        events=[
            {**row, "version": i} for i, document in enumerate(documents) for row in event_rows(document)
        ],
        rejected=[rejected_row(record, run_id) for record in records if isinstance(record, Rejection)],
        aliases=[(record.doc_id, record.url) for record in records if isinstance(record, Alias)],
        counts=[counts_row(record) for record in records if isinstance(record, Counts)],
        tombstones=[tombstone_row(record) for record in records if isinstance(record, Tombstone)],
    )


def document_row(document: Document, run_id: str) -> dict[str, Any]:
    """A row of the `document` table."""
    return {
        **{name: getattr(document, name) for name in PLAIN},
        "doc_id": document.doc_id,
        "tags": list(document.tags),
        "aliases": list(document.aliases),
        "flags": list(document.flags),
        **{name: document.metrics.get(name) for name in METRICS},
        "content_hash": content_hash(document),
        "run_id": run_id,
    }


def content_hash(document: Document) -> str:
    """Hash of what the document says, without what changes from fetch to fetch."""
    plain = {key: value for key, value in to_json(document).items() if key not in VOLATILE}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def complaint_row(document: Document) -> dict[str, Any] | None:
    """A row of the `complaint` table, or None for other kinds."""
    info = document.complaint
    if info is None:
        return None
    names = ("channel", "ticket_id", "status", "status_raw", "received_at", "classification", "category",
             "agency", "confidentiality", "rating")  # fmt: skip
    return {
        "doc_id": document.doc_id,
        **{name: getattr(info, name) for name in names},
        "kecamatan_raw": info.kecamatan,
        "desa_raw": info.desa,
    }


def event_rows(document: Document) -> list[dict[str, Any]]:
    """Rows of the `complaint_event` table."""
    events = document.complaint.events if document.complaint else ()
    return [
        {
            "doc_id": document.doc_id,
            "position": position,
            "status": event.status,
            "status_raw": event.status_raw,
            "happened_at": event.at,
            "actor": event.actor,
            "note": event.note,
        }
        for position, event in enumerate(events)
    ]


def counts_row(counts: Counts) -> dict[str, Any]:
    """A row of the `metric_history` table."""
    return {
        "doc_id": counts.doc_id,
        "counted_at": counts.at,
        **{name: counts.metrics.get(name) for name in METRICS},
    }


def tombstone_row(tombstone: Tombstone) -> dict[str, Any]:
    """A row of the `tombstone` table."""
    return {
        "doc_id": tombstone.doc_id,
        "source_id": tombstone.source_id,
        "reason": tombstone.reason,
        "removed_at": tombstone.at,
    }


def rejected_row(rejection: Rejection, run_id: str) -> dict[str, Any]:
    """A row of the `rejected` table."""
    return {
        "stage": "collect",
        "run_id": run_id,
        "source_id": rejection.source_id,
        "record_key": rejection.key,
        "reason": rejection.reason,
        "detail": rejection.detail,
        "rejected_at": rejection.at,
    }


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _result(counts: list[LoadCounts]) -> StageResult:
    total = LoadCounts(0, 0, 0, 0, 0)
    for one in counts:
        total = LoadCounts(
            total.n_in + one.n_in,
            total.n_new + one.n_new,
            total.n_updated + one.n_updated,
            total.n_duplicate + one.n_duplicate,
            total.n_rejected + one.n_rejected,
        )
    return StageResult(
        "load",
        n_in=total.n_in,
        n_stored=total.n_new + total.n_updated,
        n_new=total.n_new,
        n_duplicate=total.n_duplicate,
        n_rejected=total.n_rejected,
        message=f"{total.n_new} dokumen baru, {total.n_updated} diperbarui, {total.n_duplicate} sudah ada.",
    )
