"""The API's JSON to records. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawlers.extract.encoding import clean
from crawlers.items import Document
from crawlers.markup import plain, tidy

_COUNTS = {"views": "viewCount", "likes": "likeCount", "comments": "commentCount"}


def video_of(item: dict[str, Any], source_id: str, now: datetime) -> Document:
    """Build the record of a video; its channel is the source, so it has no author."""
    snippet, counts = item["snippet"], item.get("statistics", {})
    published = _moment(snippet.get("publishedAt"))
    return Document(
        kind="video",
        source_id=source_id,
        title=clean(snippet.get("title", "")),
        text=clean(snippet.get("description", "")),
        fetched_at=now,
        external_id=item["id"],
        url=watch_url(item["id"]),
        published_at=published,
        published_from="api" if published else None,
        tags=tuple(snippet.get("tags", ())),
        metrics={ours: int(counts[theirs]) for ours, theirs in _COUNTS.items() if theirs in counts},
    )


def comment_of(
    item: dict[str, Any],
    video: str,
    parent_id: str,
    source_id: str,
    now: datetime,
    replies: int | None = None,
) -> Document:
    """Build the record of a comment or reply.

    Args:
        item: a comment resource.
        video: id of the video it stands under.
        parent_id: document id of that video.
        source_id: the channel's source.
        now: aware.
        replies: how many replies it has; None for a reply, or where nobody said.
    """
    snippet = item["snippet"]
    name = snippet.get("authorDisplayName") or None
    channel = (snippet.get("authorChannelId") or {}).get("value")
    published = _moment(snippet.get("publishedAt"))
    metrics = {"likes": int(snippet.get("likeCount", 0))}
    if replies is not None:
        metrics["comments"] = replies
    return Document(
        kind="comment",
        source_id=source_id,
        title="",
        text=_words(snippet),
        fetched_at=now,
        external_id=item["id"],
        url=f"{watch_url(video)}&lc={item['id']}",
        author=channel or name,  # a channel can be renamed; its id stays
        known_as=(name,) if name and channel else (),
        published_at=published,
        published_from="api" if published else None,
        parent_id=parent_id,
        metrics=metrics,
    )


def watch_url(video: str) -> str:
    """Return a video's address."""
    return f"https://www.youtube.com/watch?v={video}"


def reply_count(thread: dict[str, Any]) -> int:
    """Return how many replies a thread has, whether they came with it or not."""
    return int(thread["snippet"].get("totalReplyCount", 0))


def inline_replies(thread: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the replies that came with a thread: a few, not always all."""
    found: list[dict[str, Any]] = thread.get("replies", {}).get("comments", [])
    return found


def _words(snippet: dict[str, Any]) -> str:
    """Prefer the original text; the display text is HTML."""
    original = snippet.get("textOriginal")
    return tidy(original) if isinstance(original, str) else plain(snippet.get("textDisplay", ""))


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError:
        return None
