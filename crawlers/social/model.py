"""What an adapter of a platform is: it turns one page of one list into records."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from config import Source
    from crawlers.items import Document
    from crawlers.social.caller import Caller


@dataclass(frozen=True, slots=True)
class Ask:
    """One list of a platform, newest first.

    Attributes:
        stream: which list, in the adapter's own words, e.g. ``comments``.
        key: whose: an account, a post, a query.
        mark: what the list's owner says of its state, e.g. a number of comments; a list whose
            mark is as it was when it was last read is not read again. Empty: always read.
        whole: something new may stand anywhere in it: it is always read to its end.
    """

    stream: str
    key: str
    mark: str = ""
    whole: bool = False

    @property
    def name(self) -> str:
        """What the list is known by in the state."""
        return f"{self.stream} {self.key}"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where in a list to go on.

    Attributes:
        token: the platform's own word for the page; None for the first.
        since: the newest record of the last complete reading, in the adapter's own words;
            None if there was none, or where the platform does not know such a thing.
    """

    token: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What one pull may take.

    Attributes:
        most: most records it may ask for; None for as many as a page holds.
    """

    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What the platform said about the pace, with an answer.

    Attributes:
        remaining: requests left in its window; None if it did not say.
        wait: seconds until the window is filled up again; None if it did not say.
    """

    remaining: int | None = None
    wait: float | None = None

    @property
    def spent(self) -> bool:
        """Whether the next request would be refused."""
        return self.remaining is not None and self.remaining <= 0


@dataclass(frozen=True, slots=True)
class Post:
    """A record with what it stands under.

    Attributes:
        document: the record.
        parent: external id of the post that a comment stands under.
    """

    document: Document
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        records: its records.
        next_cursor: the page after it; None at the end.
        rate: the pace.
        follow: further lists that its records lead to.
        newest: what a later reading may begin after; None if the platform has no such thing.
        cost: records that have to be paid for, whether they are kept or not.
        remark: one Indonesian sentence about what the platform held back.
    """

    records: tuple[Post, ...]
    next_cursor: str | None
    rate: Rate = Rate()
    follow: tuple[Ask, ...] = ()
    newest: str | None = None
    cost: int = 0
    remark: str | None = None


class Adapter(Protocol):
    """A platform."""

    @property
    def name(self) -> str:
        """Short word, for the state and as `section` of its records."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def env(self) -> str:
        """Name of the variable with its token; empty if it needs none."""

    @property
    def methods(self) -> tuple[str, ...]:
        """Ways of finding (`config.DiscoverMethod`) that it serves."""

    def ready(self) -> None:
        """Check that it may be asked at all.

        Raises:
            SocialProblemError: it is switched off, or its token is missing.
        """

    def roots(self, method: str, target: str, /) -> tuple[Ask, ...]:
        """Return the lists that an entry of `sources.yaml` begins with."""

    def budget(self, ask: Ask, /) -> Budget:
        """Return what the next pull of a list may take, and book it.

        Raises:
            SocialProblemError: nothing at all.
        """

    def pull(self, source: Source, ask: Ask, cursor: Cursor, budget: Budget, /) -> Page:
        """Read one page.

        Raises:
            SocialProblemError: the platform refused, or its answer makes no sense.
        """

    def settle(self, ask: Ask, budget: Budget, cost: int, /) -> None:
        """Book what a pull really took, instead of what `budget` had set aside for it."""


class Platform:
    """What most adapters have in common: one telephone, and reading costs nothing but the pace.

    Args:
        caller: asks the platform.
        now: the clock.
    """

    def __init__(self, caller: Caller, now: Callable[[], datetime]) -> None:
        self._caller, self._now = caller, now

    @property
    def env(self) -> str:
        """Name of the variable with the token."""
        return self._caller.env

    def ready(self) -> None:
        """Check that there is a token."""
        self._caller.need_token()

    def budget(self, _ask: Ask, /) -> Budget:
        """Return no limit."""
        return Budget()

    def settle(self, _ask: Ask, _budget: Budget, _cost: int, /) -> None:
        """Nothing to book."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reading of one entry stands; written after every page.

    Attributes:
        asks: lists still to be read; the first is being read.
        token: page of the first list at which to go on.
        newest: the newest record that its reading has met.
        read: pages of it read so far.
    """

    asks: tuple[Ask, ...]
    token: str | None = None
    newest: str | None = None
    read: int = 0

    def text(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read_from(cls, text: str | None) -> Place | None:
        """Read what `text` wrote; None if nothing is under way."""
        if not text:
            return None
        found = json.loads(text)
        return cls(**{**found, "asks": tuple(Ask(**ask) for ask in found["asks"])})

    def next_list(self, more: tuple[Ask, ...]) -> Place:
        """Go on to the next list; `more` come last."""
        return Place((*self.asks[1:], *more))


def oldest(page: Page) -> datetime | None:
    """Return the publication time of a page's oldest record, or None if none has one."""
    return min((p.document.published_at for p in page.records if p.document.published_at), default=None)
