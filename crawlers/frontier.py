"""What to fetch next, host by host. Pure: no clock, no network.

Only a few requests of a host are handed out at a time (one in flight, one in line); the rest
waits here, where a cap or a resting host puts it off to the next run instead of losing it.
Articles are held back until every entry point of their source has been read: what feed, sitemap
and listing each know of a page comes together, whichever of them answers first.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from crawlers.urls import host_of

if TYPE_CHECKING:
    from crawlers.discovery import Found
    from crawlers.intake import Poll

WINDOW = 2


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One fetch.

    Attributes:
        source_id: the source it is for.
        kind: discovery page or article.
        url: address to fetch.
        method: how to read a discovery page.
        poll: the poll a discovery page belongs to.
        entry: the first page of a poll.
        found: what discovery knew of an article.
        attempts: how often fetching it failed in earlier runs.
        link_pattern: of a listing.
        linked: found on a list of stories that stood in an article's place; what such a task
            leads to is not followed further.
        depth: how many sitemap indexes lead to a discovery page.
    """

    source_id: str
    kind: Literal["discovery", "article"]
    url: str
    method: str = ""
    poll: Poll | None = None
    entry: bool = False
    found: Found | None = None
    attempts: int = 0
    link_pattern: str | None = None
    linked: bool = False
    depth: int = 0


Closed = Literal["cap", "day", "resting"]


class Account(Protocol):
    """What earlier runs left of a host's allowance."""

    def left_today(self, host: str) -> int:
        """Return how many requests the host may still get today."""

    def rests(self, host: str) -> bool:
        """Say whether the host is still left alone."""


class _NoAccount:
    """A host that nobody remembers anything of."""

    def left_today(self, host: str) -> int:  # noqa: ARG002 - see `Account`
        return sys.maxsize

    def rests(self, host: str) -> bool:  # noqa: ARG002 - see `Account`
        return False


@dataclass(slots=True)
class _Lane:
    left_today: int
    queue: deque[Task] = field(default_factory=deque)
    out: int = 0
    spent: int = 0
    told: int = 0
    closed: Closed | None = None


class Frontier:
    """Queues of fetches per host.

    Args:
        cap: most requests to one host in one run.
        window: how many of a host's requests are handed out at a time.
        account: what hosts may still get today; no limit if not given.
    """

    def __init__(self, cap: int, window: int = WINDOW, account: Account | None = None) -> None:
        self._cap, self._window = cap, window
        self._account = account or _NoAccount()
        self._lanes: dict[str, _Lane] = {}
        self._open: dict[str, int] = {}
        self._unread: Counter[str] = Counter()
        self._held: dict[str, dict[str, Task]] = {}

    def push(self, task: Task) -> None:
        """Put a fetch in line; discovery goes before articles, to know early what there is."""
        self._open[task.source_id] = self._open.get(task.source_id, 0) + 1
        if task.kind == "discovery":
            self._unread[task.source_id] += task.entry
            self._lane(task.url).queue.appendleft(task)
        elif task.found is not None and self._unread[task.source_id]:
            self._held.setdefault(task.source_id, {})[task.found.key] = task
        else:
            self._lane(task.url).queue.append(task)

    def learn(self, source_id: str, found: Found) -> None:
        """Add what another entry point knows of an article that is held back; else it is too late."""
        held = self._held.get(source_id, {})
        task = held.get(found.key)
        if task is not None and task.found is not None:
            held[found.key] = replace(task, found=task.found.merged(found))

    def pull(self) -> list[Task]:
        """Hand out what may be fetched now."""
        ready: list[Task] = []
        for lane in self._lanes.values():
            while lane.queue and lane.out < self._window and not lane.closed:
                if self._spent_up(lane):
                    break
                lane.spent += 1
                lane.out += 1
                ready.append(lane.queue.popleft())
        return ready

    def done(self, task: Task) -> None:
        """Take back a fetch that was handed out and is settled."""
        self._lanes[host_of(task.url)].out -= 1
        self._settle(task)

    def spend(self, url: str) -> bool:
        """Count a request made outside the queue (a story's next page); False at the cap."""
        lane = self._lane(url)
        if lane.closed or self._spent_up(lane):
            return False
        lane.spent += 1
        return True

    def rest(self, url: str, why: Closed = "resting") -> None:
        """Let a host rest for this run: it asked for more time than there is, or fails."""
        self._lane(url).closed = why

    def spent(self) -> dict[str, int]:
        """Return the requests per host handed out since this was last asked."""
        told = {host: lane.spent - lane.told for host, lane in self._lanes.items() if lane.spent > lane.told}
        for host in told:
            self._lanes[host].told = self._lanes[host].spent
        return told

    def put_off(self) -> list[tuple[Task, Closed]]:
        """Take out everything that will not be fetched in this run, with the reason."""
        dropped: list[tuple[Task, Closed]] = []
        for lane in self._lanes.values():
            if lane.closed:
                dropped += [(task, lane.closed) for task in lane.queue]
                lane.queue.clear()
        for task, _ in dropped:
            self._settle(task)
        return dropped

    def idle(self, source_id: str) -> bool:
        """Say whether nothing of a source is in line or in flight."""
        return self._open.get(source_id, 0) == 0

    def _settle(self, task: Task) -> None:
        """Take a fetch off the books; a source's last entry point lets its articles go."""
        self._open[task.source_id] -= 1
        if not task.entry:
            return
        self._unread[task.source_id] -= 1
        if not self._unread[task.source_id]:
            for held in self._held.pop(task.source_id, {}).values():
                self._lane(held.url).queue.append(held)

    def _lane(self, url: str) -> _Lane:
        host = host_of(url)
        if host not in self._lanes:
            closed: Closed | None = "resting" if self._account.rests(host) else None
            self._lanes[host] = _Lane(self._account.left_today(host), closed=closed)
        return self._lanes[host]

    def _spent_up(self, lane: _Lane) -> bool:
        """Close a lane whose allowance for the run or the day is used up."""
        if lane.spent >= lane.left_today:
            lane.closed = "day"
        elif lane.spent >= self._cap:
            lane.closed = "cap"
        return lane.closed is not None
