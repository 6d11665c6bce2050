"""Reading a source's discovery pages: where to start, what is new on them, how far to go on."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawlers.complaints.laporgub import LINKS
from crawlers.discovery import first_page, within
from crawlers.frontier import Task
from crawlers.intake import Poll
from crawlers.polling import pattern_of, since_of, walk_on
from crawlers.rhythm import Reading, is_due, next_pause
from crawlers.state import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scrapy.http import Response

    from config import Discover, Source
    from crawlers.context import CrawlContext
    from crawlers.discovery import Discovered, Found
    from crawlers.frontier import Frontier
    from crawlers.intake import Intake
    from crawlers.searching import Search
    from crawlers.state import CrawlState

DAY = timedelta(days=1)
CONDITIONAL = ("feed", "sitemap", "news_search")
"""Methods whose pages are asked for again with "only if changed"."""
WALKED = ("listing", "feed")
"""Methods that are read page by page until nothing new comes."""


class Walks:
    """The discovery half of one crawl's books.

    Args:
        ctx: the crawl's context.
        intake: where known finds are counted.
        state: the open state.
        frontier: where finds and further pages are put in line.
        say: tells a source's trouble to people, once.
        searches: rules of the sources that find articles of others.
    """

    def __init__(
        self,
        ctx: CrawlContext,
        intake: Intake,
        state: CrawlState,
        frontier: Frontier,
        say: Callable[[str, str], None],
        searches: Mapping[str, Search],
    ) -> None:
        self._ctx, self._intake, self._state = ctx, intake, state
        self._frontier, self._say, self._searches = frontier, say, searches
        self._met: dict[str, set[str]] = {}
        self.revisited: set[str] = set()
        """Keys of open complaints that are looked at again: nothing new on the pages that list them."""
        self._patterns: Counter[tuple[str, ...]] = Counter()

    def met(self, source_id: str) -> set[str]:
        """Return the keys of a source that this run has met already."""
        return self._met.setdefault(source_id, set())

    def enter(self, source: Source, entry: Discover) -> bool:
        """Put an entry point in line; False when its time has not come yet."""
        poll = Poll(self._name(entry))
        due = self._state.cursor(source.id, f"due {poll.url}")
        bounds = self._ctx.config.crawl.polling
        if self._ctx.due_only and self._ctx.period is None and not is_due(due, self._ctx.now(), bounds):
            return False
        url = self._start(source, entry, poll)
        poll.pages = 1
        self._intake.poll(source.id, poll)
        method, pattern = entry.method, entry.link_pattern
        if entry.method == "laporgub":
            method, pattern = "listing", LINKS
        self._frontier.push(Task(source.id, "discovery", url, method, poll, entry=True, link_pattern=pattern))
        return True

    def since(self, task: Task) -> datetime | None:
        """Return the moment from which a discovery page is read, or None for all of it."""
        assert task.poll is not None  # noqa: S101 - discovery tasks are made with one
        if self._ctx.period is not None and task.method in CONDITIONAL:
            return self._ctx.period.since
        now, back = self._ctx.now(), self._lookback
        return since_of(self._state, task.source_id, task.poll.url, task.method, now, back)

    def validator(self, task: Task) -> Validator:
        """Return what to ask a feed or sitemap with: only what changed since."""
        if task.method in CONDITIONAL and task.poll is not None and self._ctx.period is None:
            return self._state.validator(task.source_id, task.poll.url)
        return Validator()

    def take(self, task: Task, found: Discovered, response: Response) -> None:
        """Put the articles of a discovery page in line, and its further pages."""
        assert task.poll is not None  # noqa: S101 - discovery tasks are made with one
        poll = task.poll
        items = self._of_period(task, found)
        fresh = self._count(task, items)
        new = len(fresh - self.revisited)
        self._push(task, [item for item in items if item.key in fresh])
        keys = {item.key for item in found.found}
        poll.idle = 0 if keys - poll.keys else poll.idle + 1
        poll.keys |= keys
        poll.read += 1
        before = self._state.cursor(task.source_id, f"walk {poll.url}") == "done"
        poll.n_found, poll.n_fresh = poll.n_found + len(keys), poll.n_fresh + new
        past = self._ctx.period is not None and self._past(found)
        poll.walked.add(task.url)
        step = walk_on(
            task.method, found, fresh=new, read=poll.read, before=before, idle=poll.idle,
            past=past, depth=task.depth,
        )  # fmt: skip
        if step.cut:
            self._say(task.source_id, step.cut)
        for url in (u for u in step.more if u not in poll.walked):
            poll.walked.add(url)
            poll.pages += 1
            self._frontier.push(
                Task(task.source_id, "discovery", url, task.method, poll,
                     link_pattern=task.link_pattern, depth=task.depth + (task.method == "sitemap"))
            )  # fmt: skip
        self._learn(poll, task, found, response, has_more=bool(step.more))

    def failed(self, task: Task) -> None:
        """Note that a page of a walk could not be read; a back-fill goes on there next time."""
        if task.poll is None:
            return
        task.poll.failed = True
        if self._ctx.period is not None and task.method in WALKED:
            task.poll.partial[f"resume {task.poll.url}"] = task.url

    def page_done(self, source_id: str, poll: Poll) -> None:
        """Take a settled page off a walk; the last one decides when it is read again."""
        poll.pages -= 1
        if poll.pages:
            return
        poll.complete = not poll.failed
        if self._ctx.period is not None:
            return
        known = self._state.cursor(source_id, f"pause {poll.url}")
        reading = Reading(poll.n_found, poll.n_fresh, first=known is None, failed=poll.failed)
        if reading.rolled_over and poll.url.startswith("feed:"):
            self._say(
                source_id,
                "Umpan berganti seluruhnya sejak terakhir dibaca; mungkin ada tulisan yang terlewat.",
            )
        pause = timedelta(seconds=float(known)) if known else None
        after = next_pause(pause, reading, self._ctx.config.crawl.polling)
        rhythm = {
            f"pause {poll.url}": f"{after.total_seconds():.0f}",
            f"due {poll.url}": (self._ctx.now() + after).isoformat(),
        }
        poll.cursors.update(rhythm)
        poll.partial.update(rhythm)

    @property
    def _lookback(self) -> timedelta:
        return timedelta(days=self._ctx.config.crawl.lookback_days)

    def _name(self, entry: Discover) -> str:
        """Name a poll; a back-fill keeps books of its own beside the daily ones."""
        name = f"{entry.method}:{entry.target}"
        return name if self._ctx.period is None else f"{self._ctx.period} {name}"

    def _start(self, source: Source, entry: Discover, poll: Poll) -> str:
        now, period = self._ctx.now(), self._ctx.period
        if entry.method == "wordpress":
            back = self._lookback if period is None else now - period.since + DAY
            since = since_of(self._state, source.id, poll.url, "wordpress", now, back)
            if period is None:
                return first_page(entry.target, since or now - back)
            # a day more on both sides: older WordPress compares with its local time
            return first_page(entry.target, since or now - back, period.until + DAY)
        if period is not None and entry.method in WALKED:
            return self._state.cursor(source.id, f"resume {poll.url}") or entry.target
        return entry.target

    def _of_period(self, task: Task, found: Discovered) -> Sequence[Found]:
        period = self._ctx.period
        if period is None:
            return found.found
        inside, outside = within(found.found, period.since, period.until)
        if outside:
            self._say(task.source_id, "Tulisan di luar rentang tanggal yang diminta dilewati.")
        return inside

    def _past(self, found: Discovered) -> bool:
        """Whether everything dated on a page is older than the period: newest first, so it is over."""
        period = self._ctx.period
        moments = [m for f in found.found if (m := f.published_at)]
        return period is not None and bool(moments) and max(moments) < period.since

    def _count(self, task: Task, items: Sequence[Found]) -> set[str]:
        """Count what is known already; returns the keys that are not."""
        met = self.met(task.source_id)
        fresh = set(self._intake.fresh(task.source_id, [f.key for f in items]))
        known = {f.key for f in items} - fresh - met
        if known:
            self._intake.duplicate(task.source_id, count=len(known))
        met |= known
        return fresh

    def _push(self, task: Task, items: Sequence[Found]) -> None:
        assert task.poll is not None  # noqa: S101 - discovery tasks are made with one
        poll, met = task.poll, self.met(task.source_id)
        poll.open.update(item.key for item in items)
        for item in items:
            if item.key in met:
                self._frontier.learn(task.source_id, item)
                continue
            met.add(item.key)
            # a listing walked half-way must be walked again in full; see `polling.walk_on`
            if task.method in WALKED:
                self._intake.note(task.source_id, f"walk {poll.url}", "open")
            if not (item.outlet and self._unwanted(task.source_id, item.outlet, item.key)):
                self.line_up(Task(task.source_id, "article", item.url, found=item), poll)

    def _unwanted(self, source_id: str, outlet: str, key: str) -> bool:
        """Reject what a search found at an outlet that is not ours to fetch, before asking for it."""
        search = self._searches.get(source_id)
        refusal = search.refusal(outlet) if search else None
        if refusal is not None:
            self._intake.reject(source_id, outlet, refusal.reason, refusal.detail, keys=[key])
        return refusal is not None

    def line_up(self, task: Task, poll: Poll | None = None) -> None:
        """Put an article in line, unless too many like it are there already.

        Addresses that differ only in their parameters' values come in endless numbers from
        calendars and session links. What is over the cap is rejected, visibly, and found again
        when its source names it again.
        """
        assert task.found is not None  # noqa: S101 - article tasks are made from a find
        most = self._ctx.config.crawl.per_pattern_cap
        pattern = pattern_of(task.url)
        if pattern is not None:
            self._patterns[pattern] += 1
        if pattern is None or self._patterns[pattern] <= most:
            self._frontier.push(task)
            return
        detail = f"Lebih dari {most} alamat hanya berbeda isi parameternya; sisanya dilewati."
        self._intake.reject(
            task.source_id, task.url, "pattern_cap", detail, keys=[task.found.key], forget=True
        )
        self._say(task.source_id, detail)
        if poll is not None:
            poll.failed = True  # so that the feed is not taken as read

    def _learn(
        self, poll: Poll, task: Task, found: Discovered, response: Response, *, has_more: bool
    ) -> None:
        """Note what may be committed once all articles of the poll are on disk."""
        if task.entry and not has_more and task.method in CONDITIONAL:
            poll.validator = Validator(_header(response, "ETag"), _header(response, "Last-Modified"))
        if task.method in WALKED:
            poll.cursors[f"walk {poll.url}"] = "done"
            if self._ctx.period is not None:
                poll.cursors[f"resume {poll.url}"] = ""
        moments = [m for f in found.found if (m := f.published_at or f.changed_at)]
        if moments and task.method in {"wordpress", "sitemap"}:
            newest = max(moments).astimezone(UTC).isoformat()
            poll.cursors[f"newest {poll.url}"] = max(newest, poll.cursors.get(f"newest {poll.url}", ""))


def _header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if raw else None
