"""Mastodon: a hashtag's public timeline, or a search, on one server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from crawlers.items import Document, document_id
from crawlers.markup import plain
from crawlers.social.caller import by_status
from crawlers.social.graph import moment
from crawlers.social.model import Ask, Budget, Cursor, Page, Platform, Post
from crawlers.social.problems import SocialProblemError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from config import Source

__all__ = ["Mastodon", "by_status", "post_of"]

_LIMIT = 40
_COUNTS = {"likes": "favourites_count", "comments": "replies_count", "shares": "reblogs_count"}
_NEXT = re.compile(r"<([^<>]+)>;\s*rel=\"?next\"?")


class Mastodon(Platform):
    """Reads one server; it knows posts of other servers too."""

    name, label, methods = "mastodon", "Mastodon", ("mastodon",)

    def ready(self) -> None:
        """Nothing to check: hashtags are public."""

    def roots(self, _method: str, target: str, /) -> tuple[Ask, ...]:
        """Return a hashtag's timeline, or a search for words."""
        if target.startswith("#"):
            return (Ask("hashtag", target.lstrip("#")),)
        return (Ask("search", target),)

    def pull(self, source: Source, ask: Ask, cursor: Cursor, _budget: Budget, /) -> Page:
        """Read one page."""
        if ask.stream == "search":
            return self._search(source, ask, cursor)
        fields = {"limit": str(_LIMIT), "since_id": cursor.since, "max_id": cursor.token}
        path = f"api/v1/timelines/tag/{quote(ask.key, safe='')}"
        body, reply, rate = self._caller.get(path, fields)
        return Page(self._posts(source, body), _next(reply.headers), rate, newest=_newest(body))

    def _search(self, source: Source, ask: Ask, cursor: Cursor) -> Page:
        """Read a page of a search: servers let nobody search posts without a token."""
        if not self._caller.has_token:
            detail = f" (pencarian kata memerlukan token: {self._caller.why_no_token()})"
            raise SocialProblemError("bad_request", detail=detail)
        fields = {
            "q": ask.key, "type": "statuses", "limit": str(_LIMIT), "min_id": cursor.since,
            "offset": cursor.token,
        }  # fmt: skip
        body, _, rate = self._caller.get("api/v2/search", fields)
        found = body.get("statuses", [])
        # how many a server shows at once is its own affair: the end is a page with nothing on it
        token = str(int(cursor.token or 0) + len(found)) if found else None
        return Page(self._posts(source, found), token, rate, newest=_newest(found))

    def _posts(self, source: Source, items: list[dict[str, Any]]) -> tuple[Post, ...]:
        return tuple(Post(post_of(item, source.id, self._now())) for item in items)


def post_of(item: dict[str, Any], source_id: str, now: datetime) -> Document:
    """Build the record of a status. Pure.

    Args:
        item: a status; of a boost, the boosted status is taken.
        source_id: the source.
        now: aware.
    """
    item = item.get("reblog") or item
    account = item.get("account") or {}
    names = (account.get("username"), account.get("acct"), account.get("display_name"))
    warning, body = plain(item.get("spoiler_text") or ""), plain(item.get("content") or "")
    answered = item.get("in_reply_to_id")
    published = moment(item.get("created_at"))
    return Document(
        kind="social",
        source_id=source_id,
        title="",
        text=f"{warning}\n\n{body}" if warning else body,
        fetched_at=now,
        external_id=item["id"],
        url=item.get("url") or item.get("uri"),
        author=account.get("id"),
        known_as=tuple(dict.fromkeys(name for name in names if name)),
        published_at=published,
        published_from="api" if published else None,
        parent_id=document_id("social", source_id, answered, None) if answered else None,
        section="mastodon",
        tags=tuple(tag["name"].lower() for tag in item.get("tags", [])),
        metrics={ours: item[theirs] for ours, theirs in _COUNTS.items() if item.get(theirs) is not None},
    )


def _next(headers: Mapping[str, str]) -> str | None:
    """Return the place of the page after this one, from the Link header."""
    found = _NEXT.search(headers.get("link", ""))
    query = parse_qs(urlsplit(found[1]).query) if found else {}
    return query.get("max_id", [None])[0]


def _newest(items: list[dict[str, Any]]) -> str | None:
    """Return the greatest id: they grow, in length first."""
    return max((str(item["id"]) for item in items), key=lambda one: (len(one), one), default=None)
