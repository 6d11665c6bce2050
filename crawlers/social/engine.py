"""Reads the lists of platforms: increments, pace, resume and refusals, the same for all of them."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from config.zones import WIB
from crawlers.rhythm import Reading, is_due, next_pause
from crawlers.shelf import Shelf
from crawlers.social.model import Cursor, Page, Place, oldest
from crawlers.social.problems import SocialProblemError
from crawlers.state import Rest

if TYPE_CHECKING:
    from config import Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.social.model import Adapter, Ask, Budget
    from crawlers.state import CrawlState

log = logging.getLogger(__name__)

_SHORT_REST = 900.0  # seconds, when a platform asks for patience without saying for how long
_PATIENCE = 2  # how often one page is waited for
_COMMENTS = "comments"


@dataclass(slots=True)
class _Tally:
    """What the reading of one entry brought."""

    found: int = 0
    fresh: int = 0
    asked: bool = False


class Engine:
    """Reads entries of `sources.yaml` through adapters.

    Args:
        ctx: clock and configuration.
        intake: the desk.
        state: what is known from before.
    """

    def __init__(self, ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
        self._ctx, self._intake, self._state = ctx, intake, state
        self._settings = ctx.config.social
        self._stopped: dict[str, SocialProblemError] = {}
        self._free_at: dict[str, float] = {}

    def due(self, source: Source, method: str, target: str) -> bool:
        """Say whether an entry is to be read now: what was interrupted always is."""
        name = _name(method, target)
        if not self._ctx.due_only or self._state.cursor(source.id, f"place {name}"):
            return True
        due, bounds = self._state.cursor(source.id, f"due {name}"), self._ctx.config.crawl.polling
        return is_due(due, self._ctx.now(), bounds)

    def read(self, adapter: Adapter, source: Source, method: str, target: str) -> bool:
        """Read one entry; what goes wrong is told to people and ends here.

        Returns:
            Whether the platform was asked anything.
        """
        name, tally = _name(method, target), _Tally()
        try:
            self._check(adapter)
            adapter.ready()
            first = not self._state.cursor(source.id, f"due {name}")
            self._walk(adapter, source, method, target, tally)
        except SocialProblemError as problem:
            self._refused(adapter, source, target, problem)
            if not problem.waits:
                self._plan(source, name, Reading(tally.found, tally.fresh, failed=True))
        else:
            self._plan(source, name, Reading(tally.found, tally.fresh, first=first))
        self._intake.save(source.id)
        return tally.asked

    def _walk(self, adapter: Adapter, source: Source, method: str, target: str, tally: _Tally) -> None:
        """Read list after list; the place is on disk before the next page is asked for."""
        key = f"place {_name(method, target)}"
        place = Place.read_from(self._state.cursor(source.id, key))
        place = place or Place(adapter.roots(method, target))
        pages = 0
        while place.asks:
            ask = place.asks[0]
            try:
                page = self._page(adapter, source, ask, place, tally)
            except SocialProblemError as problem:
                if not self._survives(source, ask, place, problem):
                    raise
                place = replace(place, token=None) if problem.reason == "stale_mark" else place.next_list(())
                self._note(source, key, place)
                continue
            pages += 1
            place = self._settle(source, ask, place, page, tally)
            if place.asks and place.asks[0] != ask:
                pages = 0
            self._note(source, key, place)
            if pages >= self._settings.pages_per_list and place.asks:
                self._say(
                    source, f"{adapter.label}: {pages} halaman dibaca; sisanya pada putaran berikutnya."
                )
                return

    def _page(self, adapter: Adapter, source: Source, ask: Ask, place: Place, tally: _Tally) -> Page:
        """Pull one page; a short rest that the platform asks for is taken here."""
        since = self._state.cursor(source.id, f"since {ask.name}")
        for attempt in range(_PATIENCE + 1):
            self._keep_pace(adapter)
            budget = adapter.budget(ask)
            tally.asked = True
            try:
                page = _pull(adapter, source, ask, Cursor(place.token, since or None), budget)
                break
            except SocialProblemError as problem:
                if not problem.passing:  # nothing was handed out that would have to be paid for
                    adapter.settle(ask, budget, 0)
                if problem.reason != "rate_limited" or attempt == _PATIENCE:
                    raise
                self._hold(adapter, problem.wait)
        adapter.settle(ask, budget, page.cost)
        self._intake.answered(source.id)
        if page.rate.spent:
            self._hold(adapter, page.rate.wait)
        if page.remark:
            self._say(source, page.remark)
        return page

    def _settle(self, source: Source, ask: Ask, place: Place, page: Page, tally: _Tally) -> Place:
        """Settle a page's records and say where to go on."""
        shelf = Shelf(self._intake, source.id, self._ctx.now)
        fresh = 0
        for post in page.records:
            fresh += shelf.settle(post.document, post.parent) in {"new", "changed"}
        tally.found, tally.fresh = tally.found + len(page.records), tally.fresh + fresh
        more = tuple(a for a in page.follow if self._wanted(source, a, place))
        newest = place.newest or page.newest
        if page.next_cursor and not self._enough(source, ask, page, fresh):
            asks = (*place.asks, *more)
            return Place(asks, page.next_cursor, newest, place.read + 1)
        self._intake.note(source.id, f"read {ask.name}", ask.mark or "ya")
        if newest:
            self._intake.note(source.id, f"since {ask.name}", newest)
        return place.next_list(more)

    def _wanted(self, source: Source, ask: Ask, place: Place) -> bool:
        """Say whether a list that a record leads to has changed since it was read."""
        return ask not in place.asks and self._state.cursor(source.id, f"read {ask.name}") != ask.mark

    def _enough(self, source: Source, ask: Ask, page: Page, fresh: int) -> bool:
        """Say whether the rest of a list is known or too old.

        Only a list that was read to its end before can be known from some page on.
        """
        last = oldest(page)
        now = self._ctx.now()
        if self._state.cursor(source.id, f"read {ask.name}") is None:
            back = timedelta(days=self._ctx.config.crawl.lookback_days)
            return not ask.whole and ask.stream != _COMMENTS and last is not None and last < now - back
        revisit = now - timedelta(days=self._settings.revisit_days)
        return not ask.whole and fresh == 0 and (ask.stream == _COMMENTS or last is None or last < revisit)

    def _survives(self, source: Source, ask: Ask, place: Place, problem: SocialProblemError) -> bool:
        """Handle what concerns one list only; says whether the others go on."""
        if problem.reason == "stale_mark" and (
            place.token or self._state.cursor(source.id, f"since {ask.name}")
        ):
            self._intake.note(source.id, f"since {ask.name}", "")
            self._intake.save(source.id)
            return True
        if problem.reason != "not_found" or ask.stream != _COMMENTS:
            return False
        shelf = Shelf(self._intake, source.id, self._ctx.now)
        item = shelf.known("social", ask.key)
        if item is not None:
            shelf.gone(item, "deleted")
        return True

    def _hold(self, adapter: Adapter, seconds: float | None) -> None:
        """Remember that a platform is not to be asked for a while."""
        self._free_at[adapter.name] = time.monotonic() + (_SHORT_REST if seconds is None else seconds)

    def _keep_pace(self, adapter: Adapter) -> None:
        """Wait until a platform may be asked, or give up until the next run."""
        wait = self._free_at.get(adapter.name, 0.0) - time.monotonic()
        if wait > self._settings.longest_wait_seconds:
            raise SocialProblemError("rate_limited", wait=wait)
        time.sleep(max(0.0, wait))

    def _check(self, adapter: Adapter) -> None:
        """Leave a platform alone that refused everything, or asked for patience."""
        if adapter.name in self._stopped:
            raise self._stopped[adapter.name]
        rest = self._state.rest(f"api {adapter.name}")
        if rest is not None and rest.until > self._ctx.now():
            raise SocialProblemError("rate_limited", wait=(rest.until - self._ctx.now()).total_seconds())

    def _refused(self, adapter: Adapter, source: Source, target: str, problem: SocialProblemError) -> None:
        now = self._ctx.now()
        until = now + timedelta(seconds=problem.wait if problem.wait is not None else _SHORT_REST)
        log.warning("%s: %s says %s", source.id, adapter.name, problem.reason)
        if problem.reason == "rate_limited":
            rest = self._state.rest(f"api {adapter.name}")
            self._state.set_rest(f"api {adapter.name}", Rest(until, rest.times + 1 if rest else 1))
        if problem.ends_platform:
            self._stopped[adapter.name] = problem
        sentence = problem.sentence(adapter.label, adapter.name, adapter.env, _clock(until, now))
        if not problem.waits and not problem.ends_platform:
            self._intake.reject(source.id, target, f"api_{problem.reason}", sentence, forget=True)
        self._intake.trouble(source.id, sentence, entry=True)

    def _plan(self, source: Source, name: str, reading: Reading) -> None:
        """Note when the entry is due again; see `crawlers.rhythm`."""
        known = self._state.cursor(source.id, f"pause {name}")
        before = timedelta(seconds=float(known)) if known else None
        pause = next_pause(before, reading, self._ctx.config.crawl.polling)
        self._intake.note(source.id, f"pause {name}", str(pause.total_seconds()))
        self._intake.note(source.id, f"due {name}", (self._ctx.now() + pause).isoformat())

    def _note(self, source: Source, key: str, place: Place) -> None:
        self._intake.note(source.id, key, place.text() if place.asks else "")
        self._intake.save(source.id)

    def _say(self, source: Source, sentence: str) -> None:
        log.warning("%s: %s", source.id, sentence)
        self._intake.trouble(source.id, sentence)


def _pull(adapter: Adapter, source: Source, ask: Ask, cursor: Cursor, budget: Budget) -> Page:
    try:
        return adapter.pull(source, ask, cursor, budget)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # a field is missing or is something else: one platform's change must not end the crawl
        raise SocialProblemError("bad_answer") from error


def _name(method: str, target: str) -> str:
    return f"{method}:{target}"


def _clock(until: datetime, now: datetime) -> str:
    """Write a moment for people: the day too unless it is today."""
    there, here = until.astimezone(WIB), now.astimezone(WIB)
    return f"{there:%H.%M}" if there.date() == here.date() else f"{there:%H.%M} tanggal {there:%d/%m/%Y}"
