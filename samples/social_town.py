"""What people post on platforms, for the emulators of their APIs; everything can be scripted.

town = Town()
town.post("facebook", "Jalan rusak di Juwana")
with SocialApis(town) as apis:  # samples.social_server
    apis.endpoint
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from samples.townsfolk import token

PAGE = "330000000000018"
"""The number of our Facebook page and Instagram account."""

Fault = Literal[
    "expired", "invalid", "forbidden", "missing", "rate", "server", "garbage", "odd", "capped", "stale"
]
"""What a platform may say instead of answering: the token is too old or wrong, no permission, no
such thing, too fast, its own failure, no JSON, JSON of another shape, the account's quota is used
up, a place that it has forgotten."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment under a post.

    Attributes:
        number: its place in the order of everything said; ids are made from it.
        at: when.
        author: whose, a number.
        name: as shown.
        text: what.
        likes: of it.
        reply_to: number of the comment it answers.
    """

    number: int
    at: datetime
    author: str
    name: str
    text: str
    likes: int = 0
    reply_to: int | None = None


@dataclass(slots=True)
class Post:
    """A post; counts may be changed while the emulators serve it.

    Attributes:
        platform: ``facebook``, ``instagram``, ``x``, ``mastodon`` or ``bluesky``.
        number: its place in the order of everything said; ids are made from it.
        at: when.
        author: whose, a number; empty if it is the page's or account's own.
        name: account name.
        text: what.
        likes: of it.
        shares: of it.
        remarks: comments, oldest first.
        reply_to: number of the post it answers.
        mention: it names our account and stands elsewhere.
    """

    platform: str
    number: int
    at: datetime
    author: str
    name: str
    text: str
    likes: int = 0
    shares: int = 0
    remarks: list[Remark] = field(default_factory=list)
    reply_to: int | None = None
    mention: bool = False


@dataclass(slots=True)
class Trouble:
    """A scripted fault.

    Attributes:
        fault: what goes wrong.
        times: how often it is still met; None for always.
        wait: seconds that the platform asks for; None if it does not say.
        part: only requests whose path contains this.
    """

    fault: Fault
    times: int | None = None
    wait: int | None = None
    part: str = ""


@dataclass(slots=True)
class Window:
    """A platform's rate limit.

    Attributes:
        limit: requests in one window.
        seconds: its length.
        refused: requests that came although nothing was left.
    """

    limit: int
    seconds: int
    refused: int = 0
    used: int = 0
    began: float = 0.0

    def take(self) -> tuple[int, int]:
        """Count a request; returns what is left (negative: refuse it) and seconds to the next window."""
        now = time.time()
        if now - self.began >= self.seconds:
            self.used, self.began = 0, now
        self.used += 1
        self.refused += self.used > self.limit
        return self.limit - self.used, max(1, round(self.began + self.seconds - now))


@dataclass(slots=True)
class Town:
    """Posts of one platform or several, and how its APIs behave.

    Attributes:
        start: when the first post was made; every further one comes a minute later.
        page: number of our Facebook page and Instagram account.
        tokens: accepted tokens; None accepts any, an empty set none.
        page_size: most records on one page.
        delay_seconds: how long every answer takes.
        window: a rate limit, or None.
        troubles: scripted faults, the first that meets a request wins.
        posts: everything posted, oldest first.
        asked: paths and queries of all requests.
    """

    start: datetime = datetime(2026, 11, 2, 1, tzinfo=UTC)
    page: str = PAGE
    tokens: frozenset[str] | None = None
    page_size: int = 25
    delay_seconds: float = 0.0
    window: Window | None = None
    troubles: list[Trouble] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: int = 0

    def moment(self, number: int) -> datetime:
        """When something was said, by its number."""
        return self.start + timedelta(minutes=number)

    def post(self, platform: str, text: str, *, own: bool = False, name: str = "", **more: object) -> Post:
        """Somebody posts."""
        number = self._next()
        writer = name or f"wargacontoh{number % 7}"
        author = "" if own else self.account(writer)
        made = Post(platform, number, self.moment(number), author, writer, text, **more)  # type: ignore[arg-type]
        self.posts.append(made)
        return made

    def remark(self, post: Post, text: str, *, name: str = "", reply_to: int | None = None) -> Remark:
        """Somebody comments."""
        number = self._next()
        writer = name or f"tetanggacontoh{number % 5}"
        made = Remark(number, self.moment(number), self.account(writer), writer, text, 0, reply_to)
        post.remarks.append(made)
        return made

    def account(self, name: str) -> str:
        """The number of an account."""
        return str(10**14 + int.from_bytes(token(6, "akun", name).encode()) % 10**13)

    def newest(self, platform: str, *, mention: bool | None = None) -> Sequence[Post]:
        """A platform's posts, newest first."""
        return [p for p in reversed(self.posts) if p.platform == platform and mention in {None, p.mention}]

    def trouble(self, path: str) -> Trouble | None:
        """The fault that a request meets, if any; it is counted."""
        for one in self.troubles:
            if one.part in path and one.times != 0:
                one.times = None if one.times is None else one.times - 1
                return one
        return None

    def _next(self) -> int:
        self.said += 1
        return self.said
