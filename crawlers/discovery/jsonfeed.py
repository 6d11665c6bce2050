"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which a few sites offer beside RSS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crawlers.discovery.model import Discovered, Found, fetchable, once
from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from crawlers.discovery.model import Reading

_NO_FEED = "Alamat umpan berisi JSON yang bukan JSON Feed."


def read_json_feed(body: bytes, at: Reading) -> Discovered:
    """Read a JSON feed.

    Args:
        body: as received.
        at: where and when.
    """
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return Discovered(problem=_NO_FEED, flags=("bozo", "bozo:not JSON"))
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in str(feed.get("version")):
        return Discovered(problem=_NO_FEED)
    read = [_item(item, at) for item in items]
    found = [item for item in read if item]
    following = feed.get("next_url")
    more = fetchable(following, at.url) if isinstance(following, str) else None
    left_out = len(read) - len(found)
    return Discovered(once(found), (more,) if more else (), skipped={"no_link": left_out} if left_out else {})


def _item(item: Any, at: Reading) -> Found | None:  # noqa: ANN401
    if not isinstance(item, dict):
        return None
    addresses = (item.get("url"), item.get("external_url"))
    url = next((u for a in addresses if isinstance(a, str) and (u := fetchable(a, at.url))), None)
    if url is None:
        return None
    title = item.get("title")
    return Found(
        url,
        squeeze(title) if isinstance(title, str) else "",
        at.moment(item.get("date_published")),
        changed_at=at.moment(item.get("date_modified")),
        guid=str(item["id"]) if "id" in item else None,
    )
