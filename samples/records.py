"""What the newsroom publishes, with the truth a test can compare a crawl against.

Every record is frozen and carries the plain text as a reader sees it, without the furniture
that layouts put around it. Times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

PersonalKind = Literal["name", "nik", "phone", "plate", "house_number", "number", "nop", "email", "handle"]
Channel = Literal["sp4n", "whatsapp", "csv"]


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One synthetic personal value that was put into a text or a column.

    Attributes:
        kind: what it is.
        value: exactly as written.
        record_id: the record that carries it.
        context: the value with up to 25 characters on each side.
    """

    kind: PersonalKind
    value: str
    record_id: str
    context: str

    @property
    def needle(self) -> str:
        """The string to look for in a leak scan: specific enough not to hit by chance."""
        if self.kind != "house_number" and set(self.value) != {"0"}:
            return self.value
        before = self.context.partition(self.value)[0].split()
        return f"{before[-1]} {self.value}" if before else self.value


@dataclass(frozen=True, slots=True)
class Labels:
    """Expected labels, as the authors of the texts judged them (`domain.md` §2 and §8)."""

    relevant: bool = True
    topic: str | None = None
    opd: tuple[str, ...] = ()
    sentiment: str | None = None
    kecamatan: tuple[str, ...] = ()
    desa: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What all records share.

    Attributes:
        id: unique in a world and stable over seeds: ``<item>.<copy>`` plus ``@outlet``.
        item_id: the hand-written text it was made from.
        storyline: key of its storyline or None.
        week: 1..26 (week 26 is the last full week before now).
        published_at: aware, UTC.
        title: may be empty.
        text: paragraphs separated by a blank line.
        labels: expected labels.
    """

    id: str
    item_id: str
    storyline: str | None
    week: int
    published_at: datetime
    title: str
    text: str
    labels: Labels

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs."""
        return tuple(p.strip() for p in self.text.split("\n\n") if p.strip())


@dataclass(frozen=True, slots=True)
class Article(Record):
    """A news article as one outlet runs it.

    Attributes:
        outlet: outlet id; its host is ``<outlet>.localhost``.
        number: the outlet's own post number.
        path: path of the canonical address.
        author: byline.
        section: the outlet's section.
        tags: the outlet's tags.
        advertorial: marked as paid or as a press release in the text.
        copy_of: id of the article this one republishes (clone), else None.
        release: True when the text is a press release that several outlets run word for word.
    """

    outlet: str
    author: str
    section: str
    tags: tuple[str, ...] = ()
    number: int = 0
    path: str = ""
    slug: str = ""
    advertorial: bool = False
    copy_of: str | None = None
    release: bool = False

    def url(self, port: int) -> str:
        """Canonical address when the newsroom listens on `port`."""
        return f"http://{self.outlet}.localhost:{port}{self.path}"


@dataclass(frozen=True, slots=True)
class Video(Record):
    """A video of one channel; `text` is its description."""

    channel: str
    video_id: str
    tags: tuple[str, ...] = ()
    comments_disabled: bool = False
    views: int = 0


@dataclass(frozen=True, slots=True)
class Comment(Record):
    """A comment under a video; `reply_to` is the comment id of its thread if it is a reply."""

    video_id: str
    comment_id: str
    author: str
    likes: int = 0
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Complaint(Record):
    """A complaint in one of the file exports.

    Attributes:
        channel: which export carries it.
        ticket: tracking id (sp4n, csv); None in a chat.
        reporter: name (in a chat sometimes the number) as the export shows it; an anonymous
            report shows "Anonim" instead.
        phone: the reporter's number; only the csv export shows it.
        status: the channel's own status string.
        confidentiality: publik, anonim or rahasia.
        category: the channel's own category.
        agency: full name of the office it was sent to, or "".
        rating: 1..5 or None.
    """

    channel: Channel
    ticket: str | None
    reporter: str
    phone: str
    status: str = ""
    confidentiality: Literal["publik", "anonim", "rahasia"] = "publik"
    category: str = ""
    agency: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Post(Record):
    """A social media post of the CSV export."""

    platform: str
    account: str
    path: str
    likes: int = 0
    comments: int = 0


def numbered(article: Article, number: int, permalink: str, local: datetime) -> Article:
    """Give an article its post number and address.

    Args:
        article: the article.
        number: the outlet's post number.
        permalink: pattern with ``{y} {m} {d} {n} {slug}``.
        local: publication time in the outlet's zone (addresses carry the local date).

    Returns:
        The article with `number` and `path` set.
    """
    path = permalink.format(y=f"{local:%Y}", m=f"{local:%m}", d=f"{local:%d}", n=number, slug=article.slug)
    return replace(article, number=number, path=path)
