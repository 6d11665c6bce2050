"""WordPress' own API: every post since a moment, oldest first, page by page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.dates import parse_date, plausible
from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.extract.tree import squeeze

PER_PAGE = 100
_TAGS = re.compile(r"<[^>]{0,500}>")


def first_page(site: str, after: datetime, before: datetime | None = None) -> str:
    """Build the address of the first page of posts after a moment, and before another if given.

    Oldest first: when the crawl stops half-way, the newest date read is where to go on.
    """
    base = site.rstrip("/")
    if "/wp-json" not in base:
        base += "/wp-json/wp/v2/posts"
    query = {
        "per_page": PER_PAGE,
        "page": 1,
        "orderby": "date",
        "order": "asc",
        "after": after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "_fields": "id,date,date_gmt,link,title",
        **({"before": before.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")} if before else {}),
    }
    return f"{base}?{urlencode(query)}"


def read_posts(body: bytes, url: str, *, now: datetime, zone: str) -> Discovered:
    """Read one page of posts; a full page means there is another one."""
    try:
        posts = json.loads(body)
    except ValueError:
        posts = None
    if not isinstance(posts, list):
        # WordPress answers a page too far with an object that names the error
        past_end = isinstance(posts, dict) and posts.get("code") == "rest_post_invalid_page_number"
        problem = None if past_end else "API WordPress tidak membalas dengan daftar tulisan."
        return Discovered(problem=problem)
    found = [item for post in posts if (item := _post(post, url, now, zone))]
    more = (_next_page(url),) if len(posts) >= PER_PAGE else ()
    return Discovered(once(found), more)


def _post(post: Any, base: str, now: datetime, zone: str) -> Found | None:  # noqa: ANN401
    if not isinstance(post, dict) or not isinstance(post.get("link"), str):
        return None
    url = fetchable(post["link"], base)
    if url is None:
        return None
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    text = squeeze(unescape(_TAGS.sub("", rendered if isinstance(rendered, str) else "")))
    return Found(url, text, _date(post, now, zone), "api")


def _date(post: dict[str, Any], now: datetime, zone: str) -> datetime | None:
    for name, its_zone in (("date_gmt", "UTC"), ("date", zone)):
        raw = post.get(name)
        moment = parse_date(raw, now=now, zone=its_zone) if isinstance(raw, str) else None
        if moment and plausible(moment.at, now):
            return moment.at
    return None


def _next_page(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["page"] = str(int(query.get("page") or 1) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
