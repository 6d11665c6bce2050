"""A tiny world for the YouTube emulator: one channel, as many videos and comments as a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from samples.townsfolk import channel_id
from samples.youtube import Youtube
from tests.crawlers.serving import serving

START = datetime(2026, 11, 2, 1, tzinfo=UTC)  # Sunday evening, Pacific time
CHANNEL = "kanaluji"


@dataclass(frozen=True)
class Clip:
    video_id: str
    published_at: datetime
    title: str
    text: str = "Kabar dari Kabupaten Pati"
    channel: str = CHANNEL
    views: int = 100
    tags: tuple[str, ...] = ("pati",)
    comments_disabled: bool = False


@dataclass(frozen=True)
class Remark:
    comment_id: str
    video_id: str
    published_at: datetime
    text: str
    author: str = "Sarpi Contohwati"
    likes: int = 0
    reply_to: str | None = None

    @property
    def id(self) -> str:
        return self.comment_id


@dataclass
class Studio:
    """What the emulator needs of a world."""

    videos: list[Clip] = field(default_factory=list)
    comments: list[Remark] = field(default_factory=list)
    now: datetime = START
    removed_videos: frozenset[str] = frozenset()
    media: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(
            channels=[SimpleNamespace(id=CHANNEL, name="Kanal Uji", subscribers=10)]
        )
    )

    def video(self, number: int, **more: object) -> Clip:
        clip = Clip(f"video{number:06d}", START + timedelta(minutes=number), f"Video {number}", **more)
        self.videos.append(clip)
        return clip

    def say(self, video: Clip, number: int, reply_to: str | None = None, text: str = "") -> Remark:
        name = f"Ug{number:08d}"
        remark = Remark(
            name, video.video_id, START + timedelta(hours=1, minutes=number), text or f"Komentar {number}",
            reply_to=reply_to,
        )  # fmt: skip
        self.comments.append(remark)
        return remark


@contextmanager
def broadcasting(studio: Studio) -> Iterator[tuple[Youtube, str]]:
    """The emulator and its endpoint."""
    emulator = Youtube(studio)  # type: ignore[arg-type]  # as much of a world as it needs
    emulator.now = START + timedelta(days=1)
    with serving(emulator.respond) as port:
        yield emulator, f"http://127.0.0.1:{port}/"


CHANNEL_ID = channel_id(CHANNEL)
