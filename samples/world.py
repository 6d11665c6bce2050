"""The demo's 26 weeks: every article, video, comment, complaint and post, with its truth.

world = World()                     # about 3,000 documents
world = World(weeks=2, scale=0.5)   # a small one: the last two weeks, about 120
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from samples import newsdesk, townsfolk
from samples.content_loader import LAST_WEEK, Item, load_items
from samples.dates import WIB, first_monday
from samples.media import Media, load_media
from samples.plan import Copy, copies, generator, stretch
from samples.records import (
    Article,
    Comment,
    Complaint,
    Labels,
    PersonalDatum,
    PersonalKind,
    Post,
    Record,
    Video,
)
from samples.reference import Reference
from samples.slots import Filler, Place, found_in

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=WIB)
SEED = 3318
R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class World:
    """A deterministic small internet: same arguments and texts, same documents.

    Attributes:
        weeks: how many of the last 26 weeks it holds.
        seed: changes places, dates, outlets and details, never the texts.
        scale: factor on how often everyday texts are used.
        now: the demo's present; week 26 is the last full Monday-Sunday week before it.
        items: the hand-written texts; those of `samples/content` by default.
        media: outlets, channels and names; those of `newsroom.yaml` by default.
        reference: villages, offices and topics; those of `config/` by default.
        articles: news, oldest first; so are the other lists.
        videos: videos.
        comments: comments.
        complaints: complaints.
        posts: social media posts.
        personal_data: every synthetic personal value in texts and columns.
        removed_videos: ids of videos that a playlist still lists but ``videos.list`` no longer
            knows; a test may set it.
    """

    weeks: int = LAST_WEEK
    seed: int = SEED
    scale: float = 1.0
    now: datetime = NOW
    items: Sequence[Item] | None = None
    media: Media = field(default_factory=load_media)
    reference: Reference = field(default_factory=Reference.from_config, repr=False)
    articles: tuple[Article, ...] = field(default=(), init=False, repr=False)
    videos: tuple[Video, ...] = field(default=(), init=False, repr=False)
    comments: tuple[Comment, ...] = field(default=(), init=False, repr=False)
    complaints: tuple[Complaint, ...] = field(default=(), init=False, repr=False)
    posts: tuple[Post, ...] = field(default=(), init=False, repr=False)
    personal_data: tuple[PersonalDatum, ...] = field(default=(), init=False, repr=False)
    removed_videos: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= LAST_WEEK:
            raise ValueError(f"a world has 1 to {LAST_WEEK} weeks, not {self.weeks}")
        _Builder(self).build()

    @property
    def start(self) -> datetime:
        """Monday 00:00 WIB of week 1."""
        return first_monday(self.now, LAST_WEEK)

    @property
    def documents(self) -> tuple[Record, ...]:
        """All records of all kinds."""
        return (*self.articles, *self.videos, *self.comments, *self.complaints, *self.posts)

    def by_outlet(self, outlet: str) -> tuple[Article, ...]:
        """One outlet's articles, oldest first."""
        return tuple(article for article in self.articles if article.outlet == outlet)

    def silent_since(self, outlet: str) -> datetime | None:
        """When an outlet's server broke for good (aware, UTC), or None if it lives.

        It breaks at the end of its last week.
        """
        last = self.media.outlet(outlet).last_week
        return None if last is None else (self.start + timedelta(weeks=last)).astimezone(UTC)


@dataclass(slots=True)
class _Builder:
    """Fills a world; kept apart so that a finished world has no working state."""

    world: World
    personal: dict[str, list[tuple[PersonalKind, str]]] = field(default_factory=dict)

    def build(self) -> None:
        world = self.world
        items = load_items(media=world.media) if world.items is None else world.items
        factor = stretch(items, len(world.media.press_release)) * world.scale
        planned: dict[str, list[Copy]] = defaultdict(list)
        for copy in copies(items, world.start, world.seed, factor):
            planned[copy.item.kind].append(copy)
        world.articles = self._recent(self._articles(planned["news"]))
        videos = [
            townsfolk.video(copy, self._texts(copy), world.media, world.seed) for copy in planned["video"]
        ]
        answered = {copy.item.parent for copy in planned["comment"]}
        world.videos = _one_without_comments(self._recent(videos), answered)
        world.comments = self._recent(self._comments(planned["comment"]))
        world.complaints = _ticketed(self._recent(self._complaints(planned["complaint"])))
        world.posts = self._recent(
            townsfolk.post(copy, self._texts(copy), world.media, world.seed) for copy in planned["social"]
        )
        world.personal_data = tuple(self._personal_data())

    def _recent(self, records: Iterable[R]) -> tuple[R, ...]:
        first = LAST_WEEK - self.world.weeks + 1
        kept = (r for r in records if r.week >= first and r.published_at <= self.world.now)
        return tuple(sorted(kept, key=lambda r: (r.published_at, r.id)))

    def _texts(self, copy: Copy) -> tuple[str, str, Labels]:
        rng = generator(self.world.seed, copy.id, "fill")
        item = copy.item
        filler = Filler(rng, self._place(copy), copy.moment, self.world.media, item.slots)
        title = filler.fill(item.title.strip())
        text = "\n\n".join(p.strip() for p in filler.fill(item.text).split("\n\n") if p.strip())
        desa = tuple(filler.fill(name) for name in item.labels.desa)
        if not desa and "desa" in filler.chosen:
            desa = (filler.chosen["desa"],)
        labels = Labels(
            relevant=item.labels.relevant,
            topic=item.labels.topic,
            # office ids are lower case: kec_{kec} becomes kec_juwana
            opd=tuple(filler.fill(name).lower() for name in item.labels.opd),
            sentiment=item.labels.sentiment,
            kecamatan=tuple(filler.fill(name) for name in item.labels.kecamatan),
            desa=desa,
            extra=dict(item.labels.model_extra or {}),
        )
        self.personal[copy.id] = list(filler.personal)
        return title, text, labels

    def _place(self, copy: Copy) -> Place:
        named = copy.item.labels.kecamatan
        everywhere = self.world.reference.places
        inside = [place for place in everywhere if place.kecamatan in named]
        rng = generator(self.world.seed, copy.id, "place")
        return rng.choice(inside or everywhere)

    def _articles(self, planned: Sequence[Copy]) -> tuple[Article, ...]:
        world = self.world
        made: list[Article] = []
        for copy in planned:
            texts = self._texts(copy)
            rng = generator(world.seed, copy.id, "outlet")
            made += [
                newsdesk.article(copy, outlet, texts, world.media, world.seed)
                for outlet in newsdesk.outlets_for(copy, world.media, rng)
            ]
        made += newsdesk.clones(list(made), world.media, world.now, world.seed)
        return newsdesk.with_addresses(made, world.media)

    def _comments(self, planned: Sequence[Copy]) -> list[Comment]:
        world = self.world
        open_videos = [video for video in world.videos if not video.comments_disabled]
        made: list[Comment] = []
        newest: dict[str, list[Comment]] = defaultdict(list)
        for copy in sorted(planned, key=lambda c: (c.moment, c.id)):
            rng = generator(world.seed, copy.id, "parent")
            under = townsfolk.parent_of(copy, open_videos, rng)
            if under is None:
                continue  # a small world may not hold the video it was written for
            texts = self._texts(copy)
            one = townsfolk.comment(copy, texts, under, world.media, world.seed)
            threads = [c for c in newest[under.video_id] if c.published_at < one.published_at]
            if threads and rng.random() < 0.2:
                thread = rng.choice(threads)
                reply = f"{thread.comment_id}.{townsfolk.token(22, 'reply', copy.id)}"
                one = replace(one, reply_to=thread.comment_id, comment_id=reply)
            else:
                newest[under.video_id].append(one)
            made.append(one)
        kept = {c.comment_id for c in self._recent(made)}
        # a reply whose thread is not there yet is not there either
        return [c for c in made if c.reply_to is None or c.reply_to in kept]

    def _complaints(self, planned: Sequence[Copy]) -> list[Complaint]:
        world = self.world
        return [
            townsfolk.complaint(copy, self._texts(copy), world.media, world.seed, self._office, world.now)
            for copy in planned
        ]

    def _office(self, labels: Labels) -> tuple[str, str]:
        reference = self.world.reference
        agency = reference.offices.get(labels.opd[0], "") if labels.opd else ""
        return agency, reference.topics.get(labels.topic or "", "Lainnya")

    def _personal_data(self) -> Iterator[PersonalDatum]:
        for record in self.world.documents:
            copy_id = record.id.partition("@")[0]
            whole = f"{record.title}\n{record.text}"
            yield from found_in(whole, self.personal.get(copy_id, ()), record.id)
            yield from _columns(record)


def _columns(record: Record) -> list[PersonalDatum]:
    values: list[tuple[PersonalKind, str]] = []
    if isinstance(record, Comment):
        values = [("handle" if record.author.startswith("@") else "name", record.author)]
    elif isinstance(record, Post):
        values = [("handle", record.account)]
    elif isinstance(record, Complaint) and record.confidentiality != "anonim":
        values = [("phone" if record.reporter.startswith("+") else "name", record.reporter)]
        if record.channel == "csv":
            values.append(("phone", record.phone))
    return [PersonalDatum(kind, value, record.id, value) for kind, value in values]


def _one_without_comments(videos: tuple[Video, ...], answered: Collection[str | None]) -> tuple[Video, ...]:
    """Switch comments off on the oldest video that no comment was written for."""
    for index, video in enumerate(videos):
        if video.item_id not in answered:
            off = replace(video, comments_disabled=True)
            return (*videos[:index], off, *videos[index + 1 :])
    return videos


def _ticketed(complaints: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    """Give tracking ids in the order of arrival; a chat has none."""
    done = []
    for number, one in enumerate(complaints, start=1):
        tickets = {
            "sp4n": str(9_300_000 + number * 17),
            "csv": f"ADU-{number:05d}",
            "whatsapp": None,
        }
        done.append(replace(one, ticket=tickets[one.channel]))
    return tuple(done)
