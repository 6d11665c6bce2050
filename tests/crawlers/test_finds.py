"""What two discoveries know of one article, put together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.discovery import Found

_DAY = datetime(2024, 9, 5, tzinfo=UTC)
_FINDS = [
    Found("https://a.example/1", "Jalan Rusak", datetime(2024, 9, 5, 3, tzinfo=UTC)),
    Found("https://a.example/1", "Jalan Rusak di Jaken", _DAY),
    Found("https://a.example/1?utm_source=x", "Jalan"),
    Found("https://a.example/1", "", _DAY - timedelta(days=1), "sitemap", changed_at=_DAY),
    Found("https://a.example/1", "", None, "sitemap"),
    Found("https://a.example/1", "JALAN", datetime(2024, 9, 5, 4, tzinfo=UTC), "api"),
]


@pytest.mark.parametrize("one", _FINDS)
@pytest.mark.parametrize("other", _FINDS)
def test_what_two_discoveries_know_together_does_not_depend_on_their_order(one: Found, other: Found) -> None:
    both = one.merged(other)
    assert both == other.merged(one)
    assert bool(both.published_at) == bool(one.published_at or other.published_at)
    assert bool(both.title) == bool(one.title or other.title)


def test_a_feed_knows_better_than_a_sitemap_and_a_minute_better_than_a_day() -> None:
    feed, listing, undated, sitemap = _FINDS[:4]
    assert feed.merged(listing).published_at == feed.published_at
    assert feed.merged(sitemap) == replace(feed, changed_at=_DAY)
    assert undated.merged(sitemap).provenance == "sitemap"
    assert undated.merged(sitemap).title == "Jalan"
