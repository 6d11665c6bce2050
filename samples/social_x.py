"""X's API v2: recent search."""

from __future__ import annotations

import time
from typing import Any

from werkzeug import Request

from samples.social_town import Post, Town

_PROBLEMS = "https://api.twitter.com/2/problems/"
_UNKNOWN = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
_FAULTS: dict[str, tuple[int, dict[str, Any]]] = {
    "expired": (401, _UNKNOWN),
    "invalid": (401, _UNKNOWN),
    "forbidden": (403, {"title": "Forbidden", "type": "about:blank", "status": 403, "detail": "Forbidden"}),
    "missing": (404, {"title": "Not Found", "type": "about:blank", "status": 404, "detail": "Not Found"}),
    "rate": (429, {"title": "Too Many Requests", "type": "about:blank", "status": 429,
                   "detail": "Too Many Requests"}),
    "server": (503, {"title": "Service Unavailable", "type": "about:blank", "status": 503,
                     "detail": "Service Unavailable"}),
    "capped": (429, {"title": "UsageCapExceeded", "type": f"{_PROBLEMS}usage-capped", "period": "Monthly",
                     "scope": "Product", "detail": "Usage cap exceeded: Monthly product cap"}),
    "stale": (400, {"title": "Invalid Request", "type": f"{_PROBLEMS}invalid-request",
                    "detail": "One or more parameters to your request was invalid.",
                    "errors": [{"parameters": {"since_id": ["1"]},
                                "message": "'since_id' must be a tweet id created after 7 days ago."}]}),
}  # fmt: skip


def fault(name: str) -> tuple[int, Any]:
    """A scripted fault: a problem document."""
    return _FAULTS[name]


def pace(limit: int, left: int, reset: int) -> dict[str, str]:
    """The rate limit: the next window as seconds since 1970."""
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(left),
        "x-rate-limit-reset": str(int(time.time()) + reset),
    }


def post_id(number: int) -> str:
    """The number of a post."""
    return str(1_850_000_000_000_000_000 + number)


def answer(town: Town, request: Request) -> tuple[Any, dict[str, str]] | None:
    """Answer one request."""
    if request.path != "/2/tweets/search/recent":
        return None
    most = int(request.args.get("max_results", "10"))
    if not 10 <= most <= 100 or "query" not in request.args:
        return None
    words = request.args["query"].lower().split()
    since = int(request.args.get("since_id", "0"))
    token = request.args.get("next_token")
    before = int(token.removeprefix("b26v89c19zqg8o3fo")) if token else None
    found = [
        p
        for p in town.newest("x")
        if int(post_id(p.number)) > since
        and (before is None or p.number < before)
        and all(w in p.text.lower() for w in words)
    ]
    shown = found[: min(most, town.page_size)]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if shown:
        meta |= {"newest_id": post_id(shown[0].number), "oldest_id": post_id(shown[-1].number)}
    if len(shown) < len(found):
        meta["next_token"] = f"b26v89c19zqg8o3fo{shown[-1].number}"
    body = {"data": [_post(p) for p in shown]} if shown else {}
    return body | {"meta": meta}, {}


def _post(post: Post) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": post_id(post.number),
        "author_id": post.author,
        "created_at": f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z",
        "lang": "in",
        "text": post.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "public_metrics": {
            "retweet_count": post.shares, "reply_count": 0, "like_count": post.likes, "quote_count": 0,
            "bookmark_count": 0, "impression_count": post.likes * 40,
        },
    }  # fmt: skip
    tags = [
        {"start": post.text.index(word), "end": post.text.index(word) + len(word), "tag": word[1:]}
        for word in post.text.split()
        if word.startswith("#")
    ]
    if tags:
        item["entities"] = {"hashtags": tags}
    if post.reply_to is not None:
        item["referenced_tweets"] = [{"type": "replied_to", "id": post_id(post.reply_to)}]
    return item
