"""Makes what people write: videos and their comments, complaints, social media posts."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from samples.media import Media, VideoChannel
from samples.plan import Copy, generator
from samples.records import Channel, Comment, Complaint, Labels, Post, Video
from samples.slots import person, phone

Texts = tuple[str, str, Labels]
PLATFORMS = ("facebook", "instagram", "x", "tiktok")
CHANNELS: dict[Channel, int] = {"whatsapp": 6, "sp4n": 3, "csv": 2}
SP4N_OPEN = ("Terverifikasi", "Diproses", "Diproses", "Ditanggapi oleh Pelapor")
SP4N_DONE = (
    "Selesai", "Selesai", "Ditutup oleh Admin", "Ditutup oleh Sistem", "Diproses",
    "Diarsipkan oleh Admin", "Diarsipkan oleh Sistem", "Ditanggapi oleh Pelapor",
)  # fmt: skip
CSV_OPEN = ("Baru", "Diproses")
CSV_DONE = ("Selesai", "Selesai", "Diproses", "Bukan Kewenangan")


def token(length: int, *parts: object) -> str:
    """An id in the URL-safe alphabet that depends on the parts only."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:length]


def channel_id(channel: VideoChannel | str) -> str:
    """A channel's id: ``UC`` and 22 characters."""
    name = channel if isinstance(channel, str) else channel.id
    return "UC" + token(22, "channel", name)


def uploads_id(channel: VideoChannel | str) -> str:
    """Id of a channel's uploads playlist: its own id with ``UU`` in front."""
    return "UU" + channel_id(channel)[2:]


def video(copy: Copy, texts: Texts, media: Media, seed: int) -> Video:
    """A video of the named channel or of one chosen by weight."""
    rng = generator(seed, copy.id, "video")
    weights = [channel.weight for channel in media.channels]
    chosen = copy.item.channel or rng.choices(media.channels, weights=weights)[0].id
    title, text, labels = texts
    return Video(
        id=copy.id,
        item_id=copy.item.id,
        storyline=copy.item.storyline,
        week=copy.week,
        published_at=copy.moment,
        title=title,
        text=text,
        labels=labels,
        channel=chosen,
        video_id=token(11, "video", copy.id),
        tags=tuple(name.lower() for name in labels.kecamatan),
        views=int(rng.paretovariate(1.1) * 300),
    )


def parent_of(copy: Copy, videos: Sequence[Video], rng: random.Random) -> Video | None:
    """The video a comment belongs under.

    A comment with a parent goes under one of its copies; any other under a video on the same
    topic if there is one, popular ones more often, never under one published later.

    Args:
        copy: the comment's copy.
        videos: all videos.
        rng: the comment's generator.

    Returns:
        The video, or None when there is none to comment on.
    """
    if copy.item.parent:
        own = [video for video in videos if video.item_id == copy.item.parent]
        return rng.choice(own) if own else None
    if not videos:
        return None
    earlier = [v for v in videos if v.published_at <= copy.moment] or [videos[0]]
    same = [v for v in earlier if v.labels.topic == copy.item.labels.topic]
    pool = same or earlier
    return rng.choices(pool, weights=[video.views for video in pool])[0]


def comment(copy: Copy, texts: Texts, under: Video, media: Media, seed: int) -> Comment:
    """A comment under a video, at the earliest ten minutes after it."""
    rng = generator(seed, copy.id, "comment")
    moment = copy.moment
    if moment < under.published_at + timedelta(minutes=10):
        moment = under.published_at + timedelta(minutes=10 + int(rng.expovariate(1 / 900)))
    return Comment(
        id=copy.id,
        item_id=copy.item.id,
        storyline=copy.item.storyline,
        week=copy.week,
        published_at=moment,
        title="",
        text=texts[1],
        labels=texts[2],
        video_id=under.video_id,
        comment_id="Ug" + token(24, "comment", copy.id),
        author=author_of(rng, media),
        likes=int(rng.paretovariate(1.3)) - 1,
    )


def author_of(rng: random.Random, media: Media) -> str:
    """An invented person's name or handle."""
    if rng.random() < 0.5:
        return person(rng, media)
    return f"@{rng.choice(media.handles)}{rng.randint(100, 9999)}"


def complaint(
    copy: Copy, texts: Texts, media: Media, seed: int, office: Callable[[Labels], tuple[str, str]],
    now: datetime,
) -> Complaint:  # fmt: skip
    """A complaint in the channel its author named, or in one chosen by weight.

    Args:
        copy: the use of the text.
        texts: filled title, filled text, expected labels.
        media: invented names.
        seed: the world's seed.
        office: full name of the office and the category that the labels stand for.
        now: the older a complaint, the more often it is closed.

    Returns:
        The complaint, not yet ticketed.
    """
    rng = generator(seed, copy.id, "complaint")
    title, text, labels = texts
    channel: Channel = (
        copy.item.channel
        or rng.choices(  # type: ignore[assignment]  # the loader checked it
            list(CHANNELS), weights=list(CHANNELS.values())
        )[0]
    )
    old = now - copy.moment > timedelta(days=rng.randint(5, 40))
    hidden = rng.random() if channel == "sp4n" else 1.0
    confidentiality = "anonim" if hidden < 0.1 else "rahasia" if hidden < 0.17 else "publik"
    agency, category = office(labels)
    reporter = person(rng, media)
    if channel == "whatsapp" and rng.random() < 0.5:
        reporter = f"+62 812-0000-{rng.randint(1, 9999):04d}"  # not in the phone's contacts
    return Complaint(
        id=copy.id,
        item_id=copy.item.id,
        storyline=copy.item.storyline,
        week=copy.week,
        published_at=copy.moment,
        title=title,
        text=text,
        labels=labels,
        channel=channel,
        ticket=None,
        reporter=reporter,
        phone=phone(rng, media),
        status=_status(channel, rng, old=old),
        confidentiality=confidentiality,  # type: ignore[arg-type]  # one of the three words
        category=category,
        agency=agency,
        rating=rng.choice((None, None, 2, 3, 4, 5)) if old and channel == "sp4n" else None,
    )


def _status(channel: Channel, rng: random.Random, *, old: bool) -> str:
    statuses: Mapping[Channel, tuple[Sequence[str], Sequence[str]]] = {
        "sp4n": (SP4N_OPEN, SP4N_DONE),
        "csv": (CSV_OPEN, CSV_DONE),
        "whatsapp": (("",), ("",)),
    }
    return rng.choice(statuses[channel][old])


def post(copy: Copy, texts: Texts, media: Media, seed: int) -> Post:
    """A social media post."""
    rng = generator(seed, copy.id, "post")
    named = copy.item.channel
    platform = named if named in PLATFORMS else rng.choices(PLATFORMS, weights=(5, 3, 2, 1))[0]
    account = f"{rng.choice(media.handles)}{rng.randint(100, 9999)}"
    return Post(
        id=copy.id,
        item_id=copy.item.id,
        storyline=copy.item.storyline,
        week=copy.week,
        published_at=copy.moment,
        title=texts[0],
        text=texts[1],
        labels=texts[2],
        platform=str(platform),
        account=account,
        path=f"/{platform}/{account}/{token(10, 'post', copy.id)}",
        likes=int(rng.paretovariate(0.9) * 4),
        comments=int(rng.paretovariate(1.2)) - 1,
    )
