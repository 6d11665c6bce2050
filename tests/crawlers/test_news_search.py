"""A news search finds addresses; whose they are and whether they may be kept is decided here."""

from datetime import UTC, datetime

import pytest

from config import Discover, Source
from crawlers.discovery import Found, Page, discover, may_keep, owner_of, unknown_outlets

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
SEARCH = "https://cari.example/rss/search?q=Pati"


def result(title: str, outlet: str, link: str = "/rss/articles/CBMiabc?oc=5") -> str:
    return (
        f"<item><title>{title} - Kabar Contoh</title><link>{link}</link>"
        "<guid isPermaLink='false'>CBMiabc</guid><pubDate>Tue, 03 Sep 2024 08:00:00 GMT</pubDate>"
        f"<source url='{outlet}'>Kabar Contoh</source></item>"
    )


def search(*items: str) -> Page:
    body = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"
    return Page("news_search", body.encode(), SEARCH)


def source(name: str, url: str, permission: str = "robots_ok", *more: Discover) -> Source:
    return Source.model_validate(
        {"id": name, "name": name, "kind": "news", "scope": "general", "discover": more,
         "permission": permission, "status": "investigating", **({"url": url} if url else {})}
    )  # fmt: skip


SOURCES = (
    source("kabar", "https://www.kabar.example"),
    source("kabar_pati", "https://pati.kabar.example"),
    source("umpan", "", "rss_public", Discover(feed="https://umpan.example/feed")),
    source("tertutup", "https://tertutup.example", "blocked"),
)


def test_a_result_names_its_outlet_and_no_date_of_publication() -> None:
    (found,) = discover(
        search(result("Rob rendam Juwana", "https://www.kabar.example")), now=NOW, zone="UTC"
    ).found
    assert found.url == "https://cari.example/rss/articles/CBMiabc?oc=5"
    assert (found.title, found.outlet) == ("Rob rendam Juwana", "https://www.kabar.example/")
    assert (found.published_at, found.changed_at) == (None, datetime(2024, 9, 3, 8, tzinfo=UTC))
    assert Found.from_json(found.to_json()).outlet == found.outlet


def test_results_without_a_link_are_counted_and_an_answer_that_is_no_feed_is_said() -> None:
    got = discover(search(result("Rob", "https://kabar.example", "javascript:x")), now=NOW, zone="UTC")
    assert (got.found, got.skipped) == ((), {"no_link": 1})
    page = Page("news_search", b"<html><body>Before you continue</body></html>", SEARCH)
    assert discover(page, now=NOW, zone="UTC").problem is not None


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://kabar.example/a", "kabar"),
        ("https://m.kabar.example/a", "kabar"),
        ("https://jepara.kabar.example/a", "kabar"),
        ("https://pati.kabar.example/a", "kabar_pati"),
        ("https://umpan.example/2024/a", "umpan"),
        ("https://bukankabar.example/a", None),
        ("https://kabar.example.jahat.example/a", None),
        ("https://cari.example/rss/articles/CBMiabc", None),
    ],
)
def test_whose_an_address_is(url: str, owner: str | None) -> None:
    got = owner_of(url, SOURCES)
    assert (got.id if got else None) == owner


@pytest.mark.parametrize(
    ("url", "configured_only", "with_any_host"),
    [
        ("https://kabar.example/a", True, True),
        ("https://lain.example/a", False, True),
        ("https://tertutup.example/a", False, False),
        ("https://sub.tertutup.example/a", False, False),
        ("https://cari.example/rss/articles/CBMiabc", False, False),  # it led nowhere
    ],
)
def test_what_may_be_kept(url: str, configured_only: bool, with_any_host: bool) -> None:
    assert may_keep(url, SEARCH, SOURCES, any_host=False) is configured_only
    assert may_keep(url, SEARCH, SOURCES, any_host=True) is with_any_host


def test_outlets_nobody_configured_are_counted() -> None:
    page = search(
        result("A", "https://www.lain.example", "/1"), result("B", "https://lain.example", "/2"),
        result("C", "https://kabar.example", "/3"), result("D", "https://tertutup.example", "/4"),
    )  # fmt: skip
    assert unknown_outlets(discover(page, now=NOW, zone="UTC").found, SOURCES) == {"lain.example": 2}
