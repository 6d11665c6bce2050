"""The crawl's bookkeeping: which pages are in line, what they led to, when a source is done."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crawlers.discovery import Found, Page, first_page
from crawlers.frontier import WINDOW, Frontier, Task
from crawlers.intake import Poll
from crawlers.items import Document
from crawlers.polling import since_of, walk_on
from crawlers.pool import ReadDiscovery, ReadingFailedError
from crawlers.state import Validator, Waiting
from crawlers.urls import url_key
from crawlers.verdict import Verdict, of_status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scrapy.http import Response

    from config import Discover, Source
    from crawlers.context import CrawlContext
    from crawlers.discovery import Discovered
    from crawlers.extract import Article
    from crawlers.intake import Intake
    from crawlers.pool import ReaderPool
    from crawlers.state import CrawlState

log = logging.getLogger(__name__)

WEB_METHODS = ("feed", "sitemap", "wordpress", "listing")
_MOST_ATTEMPTS = 5


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
        self.frontier = Frontier(crawl.per_host_cap, max(WINDOW, crawl.concurrency_per_host))
        self._met: dict[str, set[str]] = {source.id: set() for source in sources}
        self._unfinished = set(self._sources)
        self._said: set[tuple[str, str]] = set()

    def source(self, source_id: str) -> Source:
        """Return a source by its id."""
        return self._sources[source_id]

    def begin(self) -> None:
        """Put in line what waits from earlier runs, and every entry point."""
        for source in self._sources.values():
            for payload, attempts in self._state.waiting(source.id):
                found = Found.from_json(payload)
                self._met[source.id].add(found.key)
                self.frontier.push(Task(source.id, "article", found.url, found=found, attempts=attempts))
            # discovery goes to the front of its lane; reversed keeps the configured order
            for entry in reversed(source.discover):
                if entry.method in WEB_METHODS:
                    self._enter(source, entry)
        self._close_finished()

    def pull(self) -> list[Task]:
        """Return what may be fetched now."""
        ready = self.frontier.pull()
        self._put_off()
        return ready

    def done(self, task: Task) -> None:
        """Take a settled fetch off the books and finish sources that have nothing left."""
        self.frontier.done(task)
        if task.poll is not None:
            self._page_done(task.poll)
        self._put_off()
        self._close_finished()

    def end(self, *, interrupted: bool) -> None:
        """Finish every source that was not finished."""
        for source_id in sorted(self._unfinished):
            if interrupted:
                self._intake.trouble(source_id, "Perayapan dihentikan sebelum selesai.")
            self._intake.finish(source_id)
        self._unfinished.clear()

    def validator(self, task: Task) -> Validator:
        """Return what to ask a feed or sitemap with: only what changed since."""
        if task.method in {"feed", "sitemap"} and task.poll is not None:
            return self._state.validator(task.source_id, task.poll.url)
        return Validator()

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
        since = since_of(self._state, source.id, task.poll.url, task.method, now, self._lookback)
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
        self._take(task, found, response)
        return None

    def settle(self, task: Task, document: Document, fetched: str) -> None:
        """Hand a document to the intake; a page known under another address is a duplicate."""
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        own = task.found.key
        keys = list(dict.fromkeys((own, url_key(fetched), url_key(document.canonical_url or fetched))))
        if len(self._intake.fresh(task.source_id, keys[1:])) < len(keys) - 1:
            self._intake.duplicate(task.source_id, keys)
        else:
            self._met[task.source_id].update(keys)
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

    @property
    def _lookback(self) -> timedelta:
        return timedelta(days=self._ctx.config.crawl.lookback_days)

    def _enter(self, source: Source, entry: Discover) -> None:
        poll, url = Poll(f"{entry.method}:{entry.target}"), entry.target
        if entry.method == "wordpress":
            now = self._ctx.now()
            since = since_of(self._state, source.id, poll.url, "wordpress", now, self._lookback)
            url = first_page(entry.target, since or now - self._lookback)
        poll.pages = 1
        self._intake.poll(source.id, poll)
        self.frontier.push(
            Task(source.id, "discovery", url, entry.method, poll, entry=True,
                 link_pattern=entry.link_pattern)
        )  # fmt: skip

    def _take(self, task: Task, found: Discovered, response: Response) -> None:
        """Put the articles of a discovery page in line, and its further pages."""
        assert task.poll is not None  # noqa: S101 - see `discovery`
        poll, met = task.poll, self._met[task.source_id]
        fresh = self._intake.fresh(task.source_id, [f.key for f in found.found])
        known = {f.key for f in found.found} - set(fresh) - met
        if known:
            self._intake.duplicate(task.source_id, count=len(known))
        met |= known
        new = [f for f in found.found if f.key in set(fresh) and f.key not in met]
        poll.open.update(fresh)
        # a listing walked half-way must be walked again in full; see `polling.walk_on`
        if new and task.method in {"listing", "feed"}:
            self._intake.note(task.source_id, f"walk {poll.url}", "open")
        for item in new:
            met.add(item.key)
            self.frontier.push(Task(task.source_id, "article", item.url, found=item))
        poll.read += 1
        complete = self._state.cursor(task.source_id, f"walk {poll.url}") == "done"
        more, cut = walk_on(task.method, found, fresh=len(fresh), read=poll.read, before=complete)
        if cut:
            self._say(task.source_id, "Batas halaman daftar tercapai; halaman lebih lama dilewati.")
        for url in more:
            poll.pages += 1
            self.frontier.push(
                Task(task.source_id, "discovery", url, task.method, poll,
                     link_pattern=task.link_pattern)
            )  # fmt: skip
        self._learn(poll, task, found, response, has_more=bool(more))

    def _learn(
        self, poll: Poll, task: Task, found: Discovered, response: Response, *, has_more: bool
    ) -> None:
        """Note what may be committed once all articles of the poll are on disk."""
        if task.entry and not has_more and task.method in {"feed", "sitemap"}:
            poll.validator = Validator(_header(response, "ETag"), _header(response, "Last-Modified"))
        if task.method in {"listing", "feed"}:
            poll.cursors[f"walk {poll.url}"] = "done"
        moments = [m for f in found.found if (m := f.published_at or f.changed_at)]
        if moments and task.method in {"wordpress", "sitemap"}:
            newest = max(moments).isoformat()
            poll.cursors[f"newest {poll.url}"] = max(newest, poll.cursors.get(f"newest {poll.url}", ""))

    def _drop_discovery(self, task: Task, verdict: Verdict) -> None:
        if task.poll is not None:
            task.poll.failed = True
        detail = verdict.detail
        if verdict.then != "put_off":
            self._intake.reject(task.source_id, task.url, verdict.reason, detail, forget=True)
        self._intake.trouble(task.source_id, detail, entry=task.entry)

    def _page_done(self, poll: Poll) -> None:
        poll.pages -= 1
        poll.complete = poll.pages == 0 and not poll.failed

    def _put_off(self) -> None:
        """Remember what a capped or resting host leaves over, and say so."""
        for task, why in self.frontier.put_off():
            reason = (
                f"Batas {self._ctx.config.crawl.per_host_cap} permintaan per hos tercapai; "
                "sisanya menunggu jalan berikutnya."
                if why == "cap"
                else "Hos sedang diistirahatkan; sisanya menunggu jalan berikutnya."
            )
            self._say(task.source_id, reason)
            if task.found is not None:
                payload = task.found.to_json()
                self._intake.defer(task.source_id, Waiting(task.found.key, payload, task.attempts))
            elif task.poll is not None:
                task.poll.failed = True
                self._page_done(task.poll)
                self._intake.trouble(task.source_id, reason, entry=task.entry)
        self._close_finished()

    def _say(self, source_id: str, sentence: str) -> None:
        """Say a trouble once per run."""
        if (source_id, sentence) not in self._said:
            self._said.add((source_id, sentence))
            log.warning("%s: %s", source_id, sentence)
            self._intake.trouble(source_id, sentence)

    def _close_finished(self) -> None:
        for source_id in sorted(self._unfinished):
            if self.frontier.idle(source_id):
                self._unfinished.discard(source_id)
                self._intake.finish(source_id)


def document_of(source: Source, article: Article, found: Found, fetched: str, now: datetime) -> Document:
    """Build the record of one article. Pure."""
    provenance = article.published_from
    if provenance == "feed":  # the hint won; name where the hint came from
        provenance = found.provenance
    aliases = {found.url, fetched} - {article.canonical_url}
    return Document(
        kind="news",
        source_id=source.id,
        title=article.title or found.title,
        text=article.text,
        fetched_at=now,
        url=fetched,
        canonical_url=article.canonical_url,
        author=article.author,
        published_at=article.published_at,
        published_from=provenance,
        published_precision=article.published_precision,
        published_confidence=article.published_confidence,
        section=article.section,
        tags=article.tags,
        advertorial=article.advertorial,
        aliases=tuple(sorted(aliases)),
    )


def merge_pages(first: Article, later: Sequence[Article]) -> Article:
    """Put the pages of one story together. Pure."""
    if first.pages_whole:
        whole = later[0].text
        return replace(first, text=whole if len(whole) >= len(first.text) else first.text)
    lines = first.text.split("\n")
    for page in later:
        # each page repeats the opening or the summary of the one before on some sites
        lines += [line for line in page.text.split("\n") if line not in lines]
    return replace(first, text="\n".join(lines))


def ask_again(validator: Validator) -> dict[str, str]:
    """Build the headers of a conditional request."""
    pairs = {"If-None-Match": validator.etag, "If-Modified-Since": validator.modified}
    return {name: value for name, value in pairs.items() if value}


def _header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if raw else None
