"""WordPress' own API: every post since a moment, oldest first, page by page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from crawlers.discovery.model import Reading

PER_PAGE = 100
_TAGS = re.compile(r"<[^>]{0,500}>")


def first_page(site: str, after: datetime, before: datetime | None = None) -> str:
    """Build the address of the first page of posts between two moments.

    Oldest first: when the crawl stops half-way, the newest date read is where to go on.

    Args:
        site: the site, or its API.
        after: aware; posts of exactly that moment are not given (so WordPress reads it).
        before: aware; None for up to now. WordPress before 5.3 compares with its local time
            whatever the zone: ask for a day more on both sides and filter (`model.within`).
    """
    base = site.rstrip("/")
    if "/wp-json" not in base:
        base += "/wp-json/wp/v2/posts"
    query = {
        "per_page": PER_PAGE,
        "page": 1,
        "orderby": "date",
        "order": "asc",
        "after": _utc(after),
        **({"before": _utc(before)} if before else {}),
        "_fields": "id,date,date_gmt,link,title",
    }
    return f"{base}?{urlencode(query)}"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_posts(body: bytes, at: Reading) -> Discovered:
    """Read one page of posts; a full page means there is another one."""
    try:
        posts = json.loads(body)
    except (ValueError, RecursionError):
        posts = None
    if not isinstance(posts, list):
        # WordPress answers a page too far with an object that names the error
        past_end = isinstance(posts, dict) and posts.get("code") == "rest_post_invalid_page_number"
        problem = None if past_end else "API WordPress tidak membalas dengan daftar tulisan."
        return Discovered(problem=problem)
    found = [item for post in posts if (item := _post(post, at))]
    more = (_next_page(at.url),) if len(posts) >= PER_PAGE else ()
    left_out = len(posts) - len(found)
    return Discovered(once(found), more, skipped={"no_link": left_out} if left_out else {})


def _post(post: Any, at: Reading) -> Found | None:  # noqa: ANN401
    if not isinstance(post, dict) or not isinstance(post.get("link"), str):
        return None
    url = fetchable(post["link"], at.url)
    if url is None:
        return None
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    text = squeeze(unescape(_TAGS.sub("", rendered if isinstance(rendered, str) else "")))
    return Found(url, text, at.moment(post.get("date_gmt"), "UTC") or at.moment(post.get("date")), "api")


def _next_page(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["page"] = str(int(query.get("page") or 1) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
