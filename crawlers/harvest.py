"""The crawl's bookkeeping: which pages are in line, what they led to, when a source is done."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawlers.complaints.pages import has_cases, rests, settle_case
from crawlers.discovery import Found, Page
from crawlers.frontier import WINDOW, Frontier, Task
from crawlers.hosts import HostBook
from crawlers.items import Document
from crawlers.pool import ReadDiscovery, ReadingFailedError
from crawlers.searching import searches
from crawlers.state import Waiting
from crawlers.urls import host_of, url_key
from crawlers.verdict import Verdict, of_status
from crawlers.walks import Walks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy.http import Response

    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.discovery import Discovered
    from crawlers.intake import Intake
    from crawlers.pool import ReaderPool
    from crawlers.state import CrawlState

log = logging.getLogger(__name__)

WEB_METHODS = ("feed", "sitemap", "wordpress", "listing", "news_search", "laporgub")
_MOST_ATTEMPTS = 5
_ODD = {
    "bozo": "Umpan rusak sebagian; yang masih terbaca dipakai.",
    "undated": "Sebagian tanggal di umpan tidak masuk akal dan tidak dipakai.",
}


class Harvest:
    """Keeps the books of one crawl. No network: the spider fetches, this remembers."""

    def __init__(
        self,
        sources: Sequence[Source],
        ctx: CrawlContext,
        intake: Intake,
        state: CrawlState,
        pool: ReaderPool,
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self._ctx, self._intake, self._state, self._pool = ctx, intake, state, pool
        crawl = ctx.config.crawl
        self._hosts = HostBook(ctx, state)
        self.frontier = Frontier(crawl.per_host_cap, max(WINDOW, crawl.concurrency_per_host), self._hosts)
        self._searches = searches(sources, ctx.config.sources)
        self.walks = Walks(ctx, intake, state, self.frontier, self._say, self._searches)
        self._unfinished = set(self._sources)
        self._said: set[tuple[str, str]] = set()

    def source(self, source_id: str) -> Source:
        """Return a source by its id."""
        return self._sources[source_id]

    def owner(self, task: Task, url: str) -> Source | Verdict:
        """Return whose article lies at an address, or why it is not taken."""
        search = self._searches.get(task.source_id)
        if search is None:
            return self._sources[task.source_id]
        return search.refusal(url) or search.owner(url)

    def begin(self) -> None:
        """Put in line what waits from earlier runs, and every entry point that is due."""
        for source in self._sources.values():
            waiting = self._state.waiting(source.id)
            for payload, attempts in waiting:
                found = Found.from_json(payload)
                self.walks.met(source.id).add(found.key)
                if has_cases(source):
                    self.walks.revisited.add(found.key)
                    if rests(found, source, self._ctx, self._intake):
                        self._intake.defer(source.id, Waiting(found.key, payload, attempts))
                        continue
                task = Task(source.id, "article", found.url, found=found, attempts=attempts, linked=True)
                self.walks.line_up(task)
            # discovery goes to the front of its lane; reversed keeps the configured order
            entries = [entry for entry in reversed(source.discover) if entry.method in WEB_METHODS]
            entered = [self.walks.enter(source, entry) for entry in entries]
            self._intake.left_alone(source.id, entered.count(False), idle=not waiting and not any(entered))
        self._close_finished(self._sources)

    def pull(self) -> list[Task]:
        """Return what may be fetched now."""
        ready: list[Task] = []
        while True:
            # what is put off may have been the last that articles elsewhere were held back for
            pulled = self.frontier.pull()
            ready += pulled
            if not self._put_off() and not pulled:
                return ready

    def done(self, task: Task) -> None:
        """Take a settled fetch off the books and finish sources that have nothing left."""
        self.frontier.done(task)
        if task.poll is not None:
            self.walks.page_done(task.source_id, task.poll)
        self._put_off()
        self._close_finished([task.source_id])

    def note_spent(self) -> None:
        """Book the requests made so far on the hosts' accounts of the day."""
        self._hosts.spend(self.frontier.spent())

    def rest(self, url: str, seconds: float | None = None) -> None:
        """Leave a host alone for the rest of this run, and for a while after it."""
        self.frontier.rest(url)
        self._hosts.failed(host_of(url), seconds)

    def on_probation(self, url: str) -> bool:
        """Say whether a host failed in an earlier run and has not answered properly since."""
        return self._hosts.troubled(host_of(url))

    def recovered(self, url: str) -> None:
        """Note that a host answered properly."""
        self._hosts.answered(host_of(url))

    def end(self, *, interrupted: bool) -> None:
        """Finish every source that was not finished."""
        for source_id in sorted(self._unfinished):
            if interrupted:
                self._intake.trouble(source_id, "Perayapan dihentikan sebelum selesai.")
            self._intake.finish(source_id)
        self._unfinished.clear()
        self.note_spent()

    async def discovery(self, response: Response, task: Task) -> Verdict | None:
        """Read a discovery page; returns why it could not be, or None."""
        assert task.poll is not None  # noqa: S101 - discovery tasks are made with one
        if response.status == 304:
            self._intake.answered(task.source_id)
            return None
        problem = of_status(response.status)
        if problem is not None:
            return problem
        source, now = self.source(task.source_id), self._ctx.now()
        page = Page(task.method, response.body, response.url, None, task.link_pattern)
        since = self.walks.since(task)
        try:
            found = await self._pool.discovery(ReadDiscovery(page, now, source.timezone, since))
        except ReadingFailedError:
            detail = "Halaman penemuan tidak dapat dibaca dalam batas waktu."
            return Verdict("unreadable", detail, "retry")
        if found.problem and not found.found and task.method != "listing":
            return Verdict("not_discovery", found.problem, "retry")
        self._intake.answered(task.source_id)
        if found.problem:
            # an empty listing may be a quiet week or a changed layout: said, not judged
            self._say(task.source_id, found.problem)
        self._note_oddities(task, found)
        self.walks.take(task, found, response)
        if "partial" in response.flags:
            self.walks.failed(task)  # what came is used, but the page does not count as read
            self._say(task.source_id, "Halaman penemuan terpotong di jalan; dibaca lagi lain kali.")
        return None

    def _note_oddities(self, task: Task, found: Discovered) -> None:
        """Say what was odd about a page that could be read, and count what it names in vain."""
        for flag, sentence in _ODD.items():
            if flag in found.flags:
                self._say(task.source_id, sentence)
        count = found.skipped.get("no_link", 0)
        if count:
            detail = f"{count} entri umpan tidak memuat tautan yang dapat diambil."
            self._intake.reject(task.source_id, task.url, "no_link", detail, forget=True)

    async def links_of(self, response: Response, task: Task) -> None:
        """Put in line what a list of stories, met in an article's place, links to; one level deep."""
        if task.linked:
            return
        zone = self.source(task.source_id).timezone
        page = Page("listing", response.body, response.url)
        found = await self._pool.discovery(ReadDiscovery(page, self._ctx.now(), zone, None))
        met = self.walks.met(task.source_id)
        fresh = set(self._intake.fresh(task.source_id, [item.key for item in found.found])) - met
        for item in (i for i in found.found if i.key in fresh):
            met.add(item.key)
            self.walks.line_up(Task(task.source_id, "article", item.url, found=item, linked=True))

    def settle_case(self, task: Task, page: tuple[bytes, str | None], url: str) -> Verdict | None:
        """Settle a page of a complaint; returns why it is not kept, or None."""
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        return settle_case(page, url, task.found, self.source(task.source_id), self._ctx, self._intake)

    def settle(self, task: Task, document: Document, fetched: str) -> None:
        """Hand a document to the intake; a page known under another address is a duplicate."""
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        own = task.found.key
        keys = list(dict.fromkeys((own, url_key(fetched), url_key(document.canonical_url or fetched))))
        known = self._state.seen(document.source_id, keys) if document.source_id != task.source_id else set()
        if known or len(self._intake.fresh(task.source_id, keys[1:])) < len(keys) - 1:
            others = sorted({task.found.url, fetched} - {document.canonical_url})
            self._intake.alias(task.source_id, document.doc_id, others, keys)
        else:
            self.walks.met(task.source_id).update(keys)
            self._intake.offer(task.source_id, document, keys)

    def drop(self, task: Task, verdict: Verdict) -> None:
        """Settle a fetch that gave nothing to keep."""
        if task.kind == "discovery":
            self._drop_discovery(task, verdict)
            return
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        key = task.found.key
        if verdict.then == "put_off":
            self._intake.defer(task.source_id, Waiting(key, task.found.to_json(), task.attempts))
            self._say(task.source_id, verdict.detail)
            return
        retry, detail = None, verdict.detail
        if verdict.then == "retry":
            if task.attempts + 1 < _MOST_ATTEMPTS:
                retry = Waiting(key, task.found.to_json(), task.attempts + 1)
            else:
                detail += f" Sudah dicoba {_MOST_ATTEMPTS} kali dan tidak dicoba lagi."
        forget = verdict.then == "forget"
        self._intake.reject(
            task.source_id, task.url, verdict.reason, detail, keys=[key], retry=retry, forget=forget
        )
        if verdict.strike:
            self._intake.trouble(task.source_id, verdict.detail)

    def _drop_discovery(self, task: Task, verdict: Verdict) -> None:
        self.walks.failed(task)
        detail = verdict.detail
        if verdict.then != "put_off":
            self._intake.reject(task.source_id, task.url, verdict.reason, detail, forget=True)
        self._intake.trouble(task.source_id, detail, entry=task.entry)

    def _put_off(self) -> bool:
        """Remember what a capped or resting host leaves over, and say so; False if nothing is."""
        left = self.frontier.put_off()
        for task, why in left:
            reason = self._put_off_sentence(why)
            self._say(task.source_id, reason)
            if task.found is not None:
                payload = task.found.to_json()
                self._intake.defer(task.source_id, Waiting(task.found.key, payload, task.attempts))
            elif task.poll is not None:
                self.walks.failed(task)
                self.walks.page_done(task.source_id, task.poll)
                self._intake.trouble(task.source_id, reason, entry=task.entry)
        self._close_finished(dict.fromkeys(task.source_id for task, _ in left))
        return bool(left)

    def _put_off_sentence(self, why: str) -> str:
        crawl = self._ctx.config.crawl
        if why == "cap":
            cause = f"Batas {crawl.per_host_cap} permintaan per situs tercapai"
        elif why == "day":
            cause = f"Batas {crawl.per_host_daily_cap} permintaan per situs per hari tercapai"
        else:
            cause = "Situs sedang diistirahatkan"
        return f"{cause}; sisanya menunggu jalan berikutnya."

    def _say(self, source_id: str, sentence: str) -> None:
        """Say a trouble once per run."""
        if (source_id, sentence) not in self._said:
            self._said.add((source_id, sentence))
            log.warning("%s: %s", source_id, sentence)
            self._intake.trouble(source_id, sentence)

    def _close_finished(self, source_ids: Iterable[str]) -> None:
        for source_id in source_ids:
            if source_id in self._unfinished and self.frontier.idle(source_id):
                self._unfinished.discard(source_id)
                self._intake.finish(source_id)
