"""The API's JSON to records. Pure."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from crawlers.extract.encoding import clean
from crawlers.items import Document

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,500}>")


def video_of(item: dict[str, Any], source_id: str, now: datetime) -> Document:
    """Build the record of a video; its channel is the source, so it has no author."""
    snippet, counts = item["snippet"], item.get("statistics", {})
    names = {"views": "viewCount", "likes": "likeCount", "comments": "commentCount"}
    return Document(
        kind="video",
        source_id=source_id,
        title=clean(snippet.get("title", "")),
        text=clean(snippet.get("description", "")),
        fetched_at=now,
        external_id=item["id"],
        url=f"https://www.youtube.com/watch?v={item['id']}",
        published_at=_moment(snippet.get("publishedAt")),
        published_from="api",
        tags=tuple(snippet.get("tags", ()))[:20],
        metrics={ours: int(counts[theirs]) for ours, theirs in names.items() if theirs in counts},
    )


def comment_of(item: dict[str, Any], video: str, parent_id: str, source_id: str, now: datetime) -> Document:
    """Build the record of a comment or reply.

    Args:
        item: a comment resource.
        video: id of the video it stands under.
        parent_id: document id of that video.
        source_id: the channel's source.
        now: aware.
    """
    snippet = item["snippet"]
    return Document(
        kind="comment",
        source_id=source_id,
        title="",
        text=_words(snippet),
        fetched_at=now,
        external_id=item["id"],
        url=f"https://www.youtube.com/watch?v={video}&lc={item['id']}",
        author=snippet.get("authorDisplayName") or None,
        published_at=_moment(snippet.get("publishedAt")),
        published_from="api",
        parent_id=parent_id,
        metrics={"likes": int(snippet.get("likeCount", 0))},
    )


def thread_comments(thread: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a thread's first comment and the replies that came with it."""
    replies = thread.get("replies", {}).get("comments", [])
    return [thread["snippet"]["topLevelComment"], *replies]


def replies_missing(thread: dict[str, Any]) -> bool:
    """Say whether a thread has more replies than the few that come with it."""
    inline = len(thread.get("replies", {}).get("comments", []))
    return int(thread["snippet"].get("totalReplyCount", 0)) > inline


def _words(snippet: dict[str, Any]) -> str:
    """Prefer the original text; the display text is HTML."""
    original = snippet.get("textOriginal")
    if isinstance(original, str):
        return clean(original).strip()
    shown = _TAG.sub("", _BREAK.sub("\n", snippet.get("textDisplay", "")))
    return clean(html.unescape(shown)).strip()


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError:
        return None
