"""Mastodon's API: a hashtag's timeline and the search."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug import Request

from samples.social_town import Post, Town

_BASE = "https://mastodon.example"
_FAULTS: dict[str, tuple[int, str]] = {
    "expired": (401, "The access token expired"),
    "invalid": (401, "The access token is invalid"),
    "forbidden": (403, "This action is not allowed"),
    "missing": (404, "Record not found"),
    "rate": (429, "Too many requests"),
    "server": (503, "There was a temporary problem serving your request, please try again"),
    "capped": (429, "Too many requests"),
}


def fault(name: str) -> tuple[int, Any]:
    """A scripted fault."""
    status, text = _FAULTS[name]
    return status, {"error": text}


def pace(limit: int, left: int, reset: int) -> dict[str, str]:
    """The rate limit: the next window as ISO time."""
    at = datetime.now(UTC) + timedelta(seconds=reset)
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06d}Z",
    }


def post_id(number: int) -> str:
    """The id of a status."""
    return str(115_000_000_000_000_000 + number)


def answer(town: Town, request: Request) -> tuple[Any, dict[str, str]] | None:
    """Answer one request."""
    limit = min(40, int(request.args.get("limit", "20")), town.page_size)
    tag = request.path.removeprefix("/api/v1/timelines/tag/")
    if tag != request.path:
        found = [p for p in _range(town, request) if f"#{tag.lower()}" in p.text.lower().split()]
        shown = found[:limit]
        link = {}
        if len(shown) < len(found):
            query = f"limit={limit}&max_id={post_id(shown[-1].number)}"
            link = {
                "Link": f'<{_BASE}{request.path}?{query}>; rel="next", <{_BASE}{request.path}>; rel="prev"'
            }
        return [_status(p) for p in shown], link
    if request.path == "/api/v2/search" and request.headers.get("Authorization"):
        words = request.args["q"].lower().split()
        found = [p for p in _range(town, request) if all(w in p.text.lower() for w in words)]
        start = int(request.args.get("offset", "0"))
        shown = found[start : start + limit]
        return {"accounts": [], "statuses": [_status(p) for p in shown], "hashtags": []}, {}
    return None


def _range(town: Town, request: Request) -> list[Post]:
    after = int(request.args.get("since_id") or request.args.get("min_id") or "0")
    before = int(request.args.get("max_id") or 10**19)
    return [p for p in town.newest("mastodon") if after < int(post_id(p.number)) < before]


def _link(tag: str) -> str:
    target = f"{_BASE}/tags/{tag}"
    return f'<a href="{target}" class="mention hashtag" rel="tag">#<span>{html.escape(tag)}</span></a>'


def _status(post: Post) -> dict[str, Any]:
    words = [_link(w[1:]) if w.startswith("#") else html.escape(w) for w in post.text.split(" ")]
    return {
        "id": post_id(post.number),
        "created_at": f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z",
        "in_reply_to_id": post_id(post.reply_to) if post.reply_to else None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "id",
        "uri": f"{_BASE}/users/{post.name}/statuses/{post_id(post.number)}",
        "url": f"{_BASE}/@{post.name}/{post_id(post.number)}",
        "replies_count": len(post.remarks),
        "reblogs_count": post.shares,
        "favourites_count": post.likes,
        "edited_at": None,
        "content": f"<p>{' '.join(words)}</p>",
        "reblog": None,
        "account": {
            "id": post.author,
            "username": post.name,
            "acct": f"{post.name}@mastodon.example",
            "display_name": post.name.title(),
            "url": f"{_BASE}/@{post.name}",
            "bot": False,
        },
        "media_attachments": [],
        "mentions": [],
        "tags": [
            {"name": w[1:].lower(), "url": f"{_BASE}/tags/{w[1:]}"} for w in post.text.split() if w[0] == "#"
        ],
        "emojis": [],
        "card": None,
        "poll": None,
    }
