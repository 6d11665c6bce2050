"""Which sources must not be collected at the same time by two processes. Pure.

Politeness counts requests by host, and a platform's quota is one for all its channels: sources that share
either are one lane. Different lanes share nothing and may be collected side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from config import Source

_PLATFORM = {
    "youtube_channel": "youtube", "youtube_search": "youtube", "folder": "inbox", "facebook": "meta",
    "instagram": "meta", "hashtag": "meta", "x_search": "x",
}  # fmt: skip
_UNSAFE = re.compile(r"[^a-z0-9_.-]+")


def shares(source: Source) -> frozenset[str]:
    """The hosts and platforms a source asks."""
    found = {_host(source.url)} if source.url else set()
    for way in source.discover:
        found.add(_PLATFORM.get(way.method) or (_host(way.target) if "://" in way.target else way.method))
    return frozenset(found - {""}) or frozenset({source.id})


def lanes(sources: Sequence[Source]) -> dict[str, list[str]]:
    """Put sources into lanes.

    Returns:
        Name of the lane (its first host or platform, of letters that file and pool names may have) to ids
        of its sources, both in a stable order.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for source in sources:
        keys, ids = set(shares(source)), [source.id]
        apart = []
        for known, members in groups:
            if known & keys:
                keys, ids = keys | known, members + ids
            else:
                apart.append((known, members))
        groups = [*apart, (keys, ids)]
    named = {_UNSAFE.sub("_", min(keys)): sorted(ids) for keys, ids in groups}
    return dict(sorted(named.items()))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower().removeprefix("www.")
