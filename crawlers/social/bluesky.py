"""Bluesky: the public search, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawlers.items import Document, document_id
from crawlers.markup import hashtags, tidy
from crawlers.social.caller import by_status
from crawlers.social.model import Ask, Budget, Cursor, Page, Platform, Post
from crawlers.social.problems import SocialProblemError

if TYPE_CHECKING:
    from config import Source

_LIMIT = 100
_SEARCH = "xrpc/app.bsky.feed.searchPosts"
_COUNTS = {"likes": ("likeCount",), "comments": ("replyCount",), "shares": ("repostCount", "quoteCount")}


class Bluesky(Platform):
    """Reads the search that needs no account."""

    name, label, methods = "bluesky", "Bluesky", ("bluesky",)

    def ready(self) -> None:
        """Nothing to check: the search is public."""

    def roots(self, _method: str, target: str, /) -> tuple[Ask, ...]:
        """Return the search."""
        return (Ask("search", target),)

    def pull(self, source: Source, ask: Ask, cursor: Cursor, _budget: Budget, /) -> Page:
        """Read one page of the search."""
        fields = {
            "q": ask.key, "sort": "latest", "limit": str(_LIMIT), "since": cursor.since,
            "cursor": cursor.token,
        }  # fmt: skip
        body, _, rate = self._caller.get(_SEARCH, fields)
        items = body.get("posts", [])
        posts = [post_of(item, source.id, self._now()) for item in items]
        newest = max((str(i["indexedAt"]) for i in items if i.get("indexedAt")), default=None)
        remark = None
        if len(items) >= _LIMIT and not body.get("cursor"):
            remark = f"Pencarian Bluesky '{ask.key}': hanya {_LIMIT} terbaru yang terbuka tanpa akun."
        return Page(tuple(map(Post, posts)), body.get("cursor"), rate, newest=newest, remark=remark)


def explain(status: int, body: Any) -> SocialProblemError:  # noqa: ANN401 - JSON is any
    """Turn an error answer into a problem."""
    word = body.get("error") if isinstance(body, dict) else None
    if word == "ExpiredToken":
        return SocialProblemError("token_expired")
    if word == "RateLimitExceeded":
        return SocialProblemError("rate_limited")
    if word == "InvalidRequest" and "cursor" in str(body.get("message", "")).lower():
        return SocialProblemError("stale_mark")
    return by_status(status)


def post_of(item: dict[str, Any], source_id: str, now: datetime) -> Document:
    """Build the record of a post. Pure.

    Args:
        item: a post as shown (``record`` inside), or a bare record (``value`` inside).
        source_id: the source.
        now: aware.
    """
    record = item.get("record") or item.get("value") or {}
    writer = item.get("author") or {}
    did, key = _parts(item["uri"])
    text = record.get("text") or ""
    parent = ((record.get("reply") or {}).get("parent") or {}).get("cid")
    published = _published(record.get("createdAt"), item.get("indexedAt"))
    names = (writer.get("handle"), writer.get("displayName"))
    return Document(
        kind="social",
        source_id=source_id,
        title="",
        text=tidy(text),
        fetched_at=now,
        # the hash of the post: its address names the writer, who becomes a pseudonym
        external_id=item["cid"],
        url=f"https://bsky.app/profile/{did}/post/{key}",
        author=did,
        known_as=tuple(name for name in names if name),
        published_at=published,
        published_from="api" if published else None,
        parent_id=document_id("social", source_id, parent, None) if parent else None,
        section="bluesky",
        tags=_tags(record, text),
        metrics=_metrics(item),
    )


def _parts(uri: str) -> tuple[str, str]:
    """Split ``at://did/collection/key`` into the writer and the key."""
    did, _, rest = uri.removeprefix("at://").partition("/")
    return did, rest.rpartition("/")[2]


def _tags(record: dict[str, Any], text: str) -> tuple[str, ...]:
    """Return hashtags: those marked in the text, those set beside it, those written plainly."""
    marked = [
        feature["tag"]
        for facet in record.get("facets", [])
        for feature in facet.get("features", [])
        if feature.get("$type") == "app.bsky.richtext.facet#tag" and feature.get("tag")
    ]
    return tuple(dict.fromkeys(tag.lower() for tag in (*marked, *record.get("tags", []), *hashtags(text))))


def _metrics(item: dict[str, Any]) -> dict[str, int]:
    found = {ours: [item[name] for name in theirs if name in item] for ours, theirs in _COUNTS.items()}
    return {name: sum(values) for name, values in found.items() if values}


def _published(created: str | None, indexed: str | None) -> datetime | None:
    """Return when a post was made; the writer's own word, unless it lies after it was first seen."""
    said, seen = _moment(created), _moment(indexed)
    return min(said, seen) if said and seen else said or seen


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    # some clients leave the zone out; the protocol means UTC
    return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)) if moment else None
