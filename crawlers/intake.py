"""The desk where everything found is settled: stored, duplicate or rejected.

Records wait in small batches per source. A batch goes to disk when it is full or a few seconds
old; only then is the state told, in one transaction. A poll (one reading of a feed) may be
forgotten by its server ("not modified") only when all its entries are settled on disk.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawlers.context import SourceReport
from crawlers.items import Alias, Counts, Document, Record, Rejection, Tombstone, refusal
from crawlers.landing import Landing
from crawlers.state import Change, CrawlState, Item, Validator, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from config import Source
    from crawlers.context import CrawlContext

log = logging.getLogger(__name__)

BATCH = 50
FLUSH_SECONDS = 3.0
_REPORT_SECONDS = 0.5


@dataclass(slots=True, eq=False)
class Poll:
    """One reading of a feed, sitemap, API or listing.

    Attributes:
        url: the address as configured.
        open: keys it named that are not on disk yet.
        pages: how many of its pages are in line or in flight.
        read: how many of its pages were read.
        failed: a page could not be read; nothing it learned is committed then.
        idle: how many of its last pages showed nothing that it had not shown before.
        keys: all keys it named.
        walked: addresses of its pages so far; each is read once, whatever leads back to it.
        n_found: how many articles its pages named.
        n_fresh: how many of them were never settled before.
        complete: all its pages were read without trouble.
        validator: what to ask with next time.
        cursors: how far it was read.
        partial: what is remembered instead of `cursors` when it failed half-way.
    """

    url: str
    open: set[str] = field(default_factory=set)
    pages: int = 0
    read: int = 0
    idle: int = 0
    keys: set[str] = field(default_factory=set)
    walked: set[str] = field(default_factory=set)
    n_found: int = 0
    n_fresh: int = 0
    failed: bool = False
    complete: bool = False
    validator: Validator = field(default_factory=Validator)
    cursors: dict[str, str] = field(default_factory=dict)
    partial: dict[str, str] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether nothing more of it is read, for better or worse."""
        return self.complete or (self.failed and self.pages == 0)


@dataclass(slots=True)
class _Desk:
    """What is going on with one source."""

    source: Source
    report: SourceReport
    records: list[Record] = field(default_factory=list)
    change: Change = field(default_factory=Change)
    settled: set[str] = field(default_factory=set)
    on_disk: set[str] = field(default_factory=set)
    polls: list[Poll] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    oldest: float = 0.0
    told: float = 0.0
    answered: bool = False
    failed: bool = False


class Intake:
    """Settles records of all sources of one crawl.

    Args:
        sources: what is being crawled.
        ctx: the crawl's context.
        state: the open state file.
    """

    def __init__(self, sources: Iterable[Source], ctx: CrawlContext, state: CrawlState) -> None:
        self._ctx = ctx
        self._state = state
        self._landing = Landing(ctx.landing, ctx.run_id)
        started = ctx.now()
        self._desks = {s.id: _Desk(s, SourceReport(s.id, started_at=started)) for s in sources}

    def fresh(self, source_id: str, keys: Iterable[str]) -> list[str]:
        """Return the keys never settled before, in order; the others are left uncounted."""
        wanted = list(dict.fromkeys(keys))
        desk = self._desks[source_id]
        known = self._state.seen(source_id, wanted) | desk.change.seen
        return [key for key in wanted if key not in known]

    def offer(
        self,
        source_id: str,
        document: Document,
        keys: Iterable[str],
        *,
        revised: bool = False,
        item: Item | None = None,
    ) -> str:
        """Settle a document.

        Args:
            source_id: its source.
            document: as extracted, not yet scrubbed.
            keys: all keys that lead to it, remembered once it is on disk.
            revised: it may be a newer version of a document of this run (a ticket's new status).
            item: what to remember of a document that an API will be asked for again; it takes
                the place of the keys unless the document is rejected.

        Returns:
            ``stored``, ``duplicate`` or ``rejected``.
        """
        desk, keys = self._desks[source_id], list(keys)
        if document.doc_id in desk.ids and not revised:
            return self.duplicate(source_id, keys)
        # a comment is kept with what it stands under: by itself it seldom says where it is about
        judged = desk.source.scope == "general" and document.kind != "comment"
        if judged and not self._ctx.is_relevant(document):
            # the title stays out: it was not scrubbed and is nobody's business here
            detail = "Tulisan tidak membahas Kabupaten Pati."
            key = document.url or document.external_id or document.doc_id
            self.reject(source_id, key, "not_about_pati", detail, keys=keys)
            return "rejected"
        clean = self._ctx.scrub(document)
        if clean is None:
            no = refusal(source_id, document.doc_id, self._ctx.now())
            self.reject(source_id, no.key, no.reason, no.detail, keys=keys)
            return "rejected"
        desk.ids.add(document.doc_id)
        if item is not None:
            desk.change.items[item.kind, item.external_id] = item
            keys = []
        self._add(desk, clean, keys)
        latest = max(filter(None, (desk.report.latest_published, clean.published_at)), default=None)
        self._count(desk, n_stored=1, latest_published=latest)
        return "stored"

    def duplicate(self, source_id: str, keys: Iterable[str] = (), count: int = 1) -> str:
        """Settle records that are known already."""
        desk = self._desks[source_id]
        for key in keys:
            desk.change.seen.add(key)
            desk.settled.add(key)
        self._count(desk, n_duplicate=count)
        return "duplicate"

    def known(self, source_id: str, kind: str, external_id: str) -> Item | None:
        """Return what is remembered of an API's document, this run's news included."""
        fresh = self._desks[source_id].change.items.get((kind, external_id))
        return fresh or self._state.item(source_id, kind, external_id)

    def again(self, source_id: str, item: Item, record: Counts | Tombstone | None = None) -> str:
        """Settle a known document that an API showed again, counted otherwise, or shows no more."""
        desk = self._desks[source_id]
        desk.change.items[item.kind, item.external_id] = item
        if record is not None:
            self._add(desk, record, [])
        return self.duplicate(source_id)

    def alias(self, source_id: str, doc_id: str, urls: Iterable[str], keys: Iterable[str]) -> str:
        """Settle a page that turned out to be a known document under another address."""
        desk = self._desks[source_id]
        for url in urls:
            self._add(desk, Alias(source_id, doc_id, self._ctx.mask_key(url), self._ctx.now()), [])
        return self.duplicate(source_id, keys)

    def reject(
        self,
        source_id: str,
        key: str,
        reason: str,
        detail: str,
        *,
        keys: Iterable[str] = (),
        retry: Waiting | None = None,
        forget: bool = False,
    ) -> None:
        """Settle a record that is not kept.

        Args:
            source_id: its source.
            key: what it is known by; masked before it is written.
            reason: short machine word.
            detail: one Indonesian sentence for a person.
            keys: its article keys; remembered as seen unless `retry` or `forget` say otherwise.
            retry: fetch it again in a later run.
            forget: neither seen nor waiting; it comes back when its source names it again.
        """
        desk, keys = self._desks[source_id], list(keys)
        masked = self._ctx.mask_key(key)
        record = Rejection(source_id, masked, reason, detail, self._ctx.now())
        if retry is not None:
            desk.change.waiting[retry.key] = retry
        if forget:
            desk.change.dropped.update(keys)
        self._add(desk, record, keys, remember=retry is None and not forget)
        reasons = dict(desk.report.reasons)
        reasons[reason] = reasons.get(reason, 0) + 1
        self._count(desk, n_rejected=1, reasons=reasons)

    def defer(self, source_id: str, waiting: Waiting) -> None:
        """Put an address off to the next run; it is remembered and not counted as taken in."""
        desk = self._desks[source_id]
        desk.change.waiting[waiting.key] = waiting
        desk.settled.add(waiting.key)
        desk.report = replace(desk.report, n_deferred=desk.report.n_deferred + 1)

    def note(self, source_id: str, name: str, value: str) -> None:
        """Commit a cursor with the source's next batch."""
        self._desks[source_id].change.cursors[name] = value

    def left_alone(self, source_id: str, count: int, *, idle: bool) -> None:
        """Note entry points that are not due; `idle` when nothing at all is asked of the source."""
        desk = self._desks[source_id]
        desk.report = replace(desk.report, n_not_due=count, tried=not (idle and count))

    def poll(self, source_id: str, poll: Poll) -> None:
        """Watch a poll; what it learned is committed when all its keys are on disk."""
        self._desks[source_id].polls.append(poll)

    def answered(self, source_id: str) -> None:
        """Note that one of the source's entry points answered properly."""
        self._desks[source_id].answered = True

    def trouble(self, source_id: str, sentence: str, *, entry: bool = False) -> None:
        """Note the source's last trouble; `entry` when one of its entry points failed."""
        desk = self._desks[source_id]
        desk.failed = desk.failed or entry
        desk.report = replace(desk.report, last_error=sentence)

    def flush_due(self) -> None:
        """Write the batches that have waited long enough."""
        for desk in self._desks.values():
            ready = any(p.over and not (p.open - desk.settled - desk.on_disk) for p in desk.polls)
            if (desk.records and time.monotonic() - desk.oldest >= FLUSH_SECONDS) or (
                ready and not desk.records
            ):
                self._flush(desk)
            self._tell(desk)

    def save(self, source_id: str) -> None:
        """Write a source's batch now: what was paid for must not be fetched twice."""
        self._flush(self._desks[source_id])

    def finish(self, source_id: str) -> SourceReport:
        """Write what is left of a source and send its last report."""
        desk = self._desks[source_id]
        self._flush(desk)
        reachable = desk.answered or not desk.failed
        desk.report = replace(desk.report, done=True, finished_at=self._ctx.now(), reachable=reachable)
        self._ctx.on_progress(desk.report)
        return desk.report

    def reports(self) -> tuple[SourceReport, ...]:
        """Return the current report of every source, in the order given."""
        return tuple(desk.report for desk in self._desks.values())

    def _add(self, desk: _Desk, record: Record, keys: list[str], *, remember: bool = True) -> None:
        if not desk.records:
            desk.oldest = time.monotonic()
        desk.records.append(record)
        desk.settled.update(keys)
        if remember:
            desk.change.seen.update(keys)
        if len(desk.records) >= BATCH:
            self._flush(desk)

    def _count(self, desk: _Desk, **values: object) -> None:
        report = desk.report
        for name in ("n_stored", "n_duplicate", "n_rejected"):
            more = values.get(name)
            if isinstance(more, int):
                values[name] = getattr(report, name) + more
                values["n_in"] = report.n_in + more
        desk.report = replace(report, **values)  # type: ignore[arg-type]
        self._tell(desk)

    def _flush(self, desk: _Desk) -> None:
        """Disk first, then the state; a crash in between costs one batch fetched again."""
        change, records, settled = desk.change, desk.records, desk.settled
        desk.change, desk.records, desk.settled = Change(), [], set()
        if records:
            self._landing.write(desk.source.id, records)
        desk.on_disk |= settled
        for poll in desk.polls:
            poll.open -= desk.on_disk
            if poll.over and not poll.open:
                change.cursors.update(poll.cursors if poll.complete else poll.partial)
                if poll.validator and poll.complete:
                    change.validators[poll.url] = poll.validator
        desk.polls = [p for p in desk.polls if not p.over or p.open]
        if change:
            self._state.commit({desk.source.id: change})
        if records:
            log.info("%s: %d records on disk", desk.source.id, len(records))
        self._tell(desk, force=True)

    def _tell(self, desk: _Desk, *, force: bool = False) -> None:
        clock = time.monotonic()
        if force or clock - desk.told >= _REPORT_SECONDS:
            desk.told = clock
            self._ctx.on_progress(desk.report)


def newest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the newest moment, or None when there is none."""
    return max((m for m in moments if m is not None), default=None)
