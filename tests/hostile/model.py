"""What a case is: who plays what, and what must come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.hostile.stories import Item, Story, html, listing, rss, story
from tests.hostile.web import Player, Site, Visit, reply

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

DOMAIN = "uji.localhost"


@dataclass(frozen=True)
class Stored:
    """The address ends in a document.

    Attributes:
        story: its title and all its paragraphs, each once.
        says: what else its text holds.
        flags: exactly these.
        aliases: paths among its aliases.
        at: its time of publication; None means that it must have none.
        dated: whether `at` is looked at.
    """

    story: Story | None = None
    says: str = ""
    flags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    at: datetime | None = None
    dated: bool = False


@dataclass(frozen=True)
class Rejected:
    """The address ends in a rejection with this reason."""

    reason: str


@dataclass(frozen=True)
class Deferred:
    """The address waits for the next run."""


Wanted = Stored | Rejected | Deferred


@dataclass(frozen=True)
class Case:
    """One kind of trouble on a host of its own, between good articles.

    Attributes:
        number: row of the table of hostile inputs (`cases.py`); further ones are lettered hosts.
        what: the trouble.
        plays: path to player; what is missing is served as the feed, robots.txt and the good pages.
        wanted: path (or absolute address) to what must come of it.
        named: further paths that the default feed names.
        host: its first label; from the number by default.
        method: how the source is discovered.
        entry: path of the feed or listing.
        good: whether two good articles stand beside it.
        check: anything else that must hold.
    """

    number: int
    what: str
    plays: Site = field(default_factory=dict)
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    host: str = ""
    method: str = "feed"
    entry: str = "/umpan.xml"
    good: bool = True
    check: "Callable[[Trial, Case], None] | None" = None

    @property
    def id(self) -> str:
        """Source id and first label of the host."""
        return self.host or f"k{self.number:02d}"

    @property
    def name(self) -> str:
        """The host."""
        return f"{self.id}.{DOMAIN}"

    @property
    def good_paths(self) -> dict[str, Story]:
        """Path to the good articles beside the trouble."""
        return {f"/baik-{n}": story(f"{self.id} baik {n}") for n in (1, 2)} if self.good else {}

    def site(self) -> Site:
        """All that the host serves."""
        pages: dict[str, Player] = {path: page(one) for path, one in self.good_paths.items()}
        pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /rahasia/\n", kind="text/plain")
        if not any(path.endswith("*") and self.entry.startswith(path[:-1]) for path in self.plays):
            pages[self.entry] = self.feed()
        return {**pages, **self.plays}

    def feed(self) -> Player:
        """The default feed: the trouble between the good articles."""
        good = [*self.good_paths]

        async def play(visit: Visit) -> None:
            root, port = visit.root, visit.headers["host"].rpartition(":")[2]
            paths = (*good[:1], *self.wanted, *self.named, *good[1:])
            links = [p.replace("PORT", port) if "//" in p else root + p for p in paths]
            if self.method == "listing":
                body = listing([(link, f"Judul tautan yang cukup panjang {link}") for link in links])
                await reply(body.encode())(visit)
            else:
                items = [Item(link.replace("&", "&amp;"), f"Judul {link[-20:]}") for link in links]
                await reply(rss(items).encode(), kind="application/rss+xml")(visit)

        return play


def page(one: Story, **how: object) -> Player:
    """A good article page."""
    return reply(html(one, **how).encode())  # type: ignore[arg-type]
