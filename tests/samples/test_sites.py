"""Every outlet over real HTTP: pages, feeds, sitemaps, wp-json, courtesy."""

from __future__ import annotations

import gzip
import html
import json
import re
from datetime import datetime, timedelta
from time import mktime

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from samples.dates import WIB, full_date, posted_on
from samples.media import load_media
from samples.server import Newsroom
from samples.world import NOW

from .conftest import fetch

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = {
    "suaramuria": "/feed/",
    "kabarmina": "/feed/",
    "radioswara": "/feed/",
    "infomuriaraya": "/feed/",
    "viralpantura": "/feed/",
    "panturapos": "/feeds/posts/default?alt=rss",
    "gemajuwana": "/feeds/posts/default",
    "lenteramuria": "/rss",
    "detakjateng": "/rss",
    "diskominfopati": "/rss.xml",
}


def alive(newsroom: Newsroom, outlet: str) -> None:
    broken = newsroom.world.silent_since(outlet)
    if broken is not None:
        newsroom.now = broken - timedelta(days=1)


def links(page: str, base: str) -> set[str]:
    tree = lxml_html.fromstring(page, base_url=base)
    tree.make_links_absolute(base)
    return {link for _, attribute, link, _ in tree.iterlinks() if attribute == "href"}


def test_there_are_at_least_12_outlets_in_8_layouts() -> None:
    outlets = load_media().outlets
    assert len(outlets) >= 12
    assert len({outlet.layout for outlet in outlets}) >= 8


def test_an_article_page_holds_the_whole_text(newsroom: Newsroom, outlet_id: str) -> None:
    alive(newsroom, outlet_id)
    articles = newsroom.visible(outlet_id)
    assert articles
    whole = "?page=all" if outlet_id == "lenteramuria" else ""
    for article in articles[:3]:
        answer = fetch(newsroom.url(article) + whole)
        assert answer.status == 200
        page = html.unescape(answer.text)
        assert article.title in page
        assert all(paragraph in page for paragraph in article.paragraphs)
        assert "<kemarin>" not in answer.text  # texts are escaped


def test_pages_carry_furniture_around_the_text(newsroom: Newsroom) -> None:
    seen = ""
    for outlet in newsroom.world.media.outlets:
        alive(newsroom, outlet.id)
        seen += fetch(newsroom.url(newsroom.visible(outlet.id)[0])).text
        newsroom.now = NOW
    for furniture in (
        "Baca juga:", "SCROLL TO CONTINUE WITH CONTENT", "[Gambas:Video 20detak]", "Simak Video",
        "Copyright", "ADVERTISEMENT", "Artikel ini telah tayang", 'rel="amphtml"', "Bagikan:",
        "Terpopuler", "Posted on",
    ):  # fmt: skip
        assert furniture in seen


def test_the_header_clock_shows_the_newsrooms_time(newsroom: Newsroom) -> None:
    newsroom.now = datetime(2026, 11, 14, 9, 30, tzinfo=WIB)
    old = newsroom.visible("patikini")[-1]
    page = fetch(newsroom.url(old)).text
    assert "Sabtu, 14 November 2026 | 09:30 WIB" in page
    stamp = f"{full_date(old.published_at)} | {old.published_at.astimezone(WIB):%H:%M} WIB"
    assert stamp in page


def test_machine_dates_differ_by_layout(newsroom: Newsroom) -> None:
    def page_of(outlet: str) -> tuple[str, datetime]:
        article = newsroom.visible(outlet)[0]
        return fetch(newsroom.url(article)).text, article.published_at

    page, at = page_of("suaramuria")
    assert f'published_time" content="{at:%Y-%m-%dT%H:%M:%S}+00:00"' in page
    page, at = page_of("detakjateng")
    blocks = re.findall(r'ld\+json">(.*?)</script>', page)
    dates = {json.loads(block)["datePublished"] for block in blocks}
    assert dates == {at.astimezone(WIB).isoformat(timespec="seconds")}
    page, at = page_of("jurnalpesisir")
    assert f'content="{at:%Y-%m-%dT%H:%M:%SZ}"' in page
    page, at = page_of("portalpemkab")
    assert f"Posted on {posted_on(at)}" in page
    assert "<meta" not in page
    for outlet in ("patikini", "portalpemkab", "lenteramuria"):
        assert "published_time" not in page_of(outlet)[0]


def test_long_stories_are_split_and_joined(newsroom: Newsroom) -> None:
    article = next(a for a in newsroom.visible("lenteramuria") if a.item_id == "uji-rob")
    url = newsroom.url(article)
    first, second = fetch(url), fetch(f"{url}?page=2")
    assert article.paragraphs[0] in first.text
    assert article.paragraphs[-1] not in first.text
    assert article.paragraphs[-1] in second.text
    assert f"{url}?page=all" in links(first.text, url)
    assert fetch(f"{url}?page=9").status == 404


@pytest.mark.parametrize("outlet", FEEDS)
def test_a_feed_parses_and_links_to_articles(newsroom: Newsroom, outlet: str) -> None:
    answer = fetch(newsroom.outlet_url(outlet, FEEDS[outlet]))
    parsed = feedparser.parse(answer.body)
    newest = newsroom.visible(outlet)
    assert not parsed.bozo
    assert 1 <= len(parsed.entries) <= len(newest)
    for entry, article in zip(parsed.entries, newest, strict=False):
        assert entry.title == article.title
        assert entry.link.partition("?")[0] == newsroom.url(article)
        if outlet == "diskominfopati":
            assert entry.get("published_parsed") is None  # "05 September 2026" is not RFC 822
        else:
            assert abs(mktime(entry.published_parsed) - article.published_at.timestamp()) < 86_400


def test_feeds_carry_tracking_parameters_and_as_much_text_as_they_say(newsroom: Newsroom) -> None:
    full = feedparser.parse(fetch(newsroom.outlet_url("suaramuria", "/feed/")).body).entries[0]
    short = feedparser.parse(fetch(newsroom.outlet_url("kabarmina", "/feed/")).body).entries[0]
    assert "utm_source=rss" in full.link
    assert newsroom.visible("suaramuria")[0].paragraphs[-1] in html.unescape(full.content[0].value)
    assert "content" not in short
    assert full.id.startswith(newsroom.outlet_url("suaramuria", "/?p="))


@pytest.mark.parametrize("path", ["/feed/", "/post-sitemap.xml"])
def test_304_for_a_known_validator_until_something_new_appears(newsroom: Newsroom, path: str) -> None:
    url = newsroom.outlet_url("suaramuria", path)
    newest = newsroom.visible("suaramuria")[0].published_at
    newsroom.now = newest - timedelta(seconds=1)
    first = fetch(url)
    etag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert fetch(url, {"If-None-Match": etag}).status == 304
    again = fetch(url, {"If-Modified-Since": date})
    assert (again.status, again.body) == (304, b"")
    newsroom.now = NOW
    assert fetch(url, {"If-None-Match": etag}).status == 200
    assert fetch(url, {"If-Modified-Since": date}).status == 200


def test_what_comes_later_is_not_served(newsroom: Newsroom) -> None:
    article = newsroom.visible("suaramuria")[0]
    newsroom.now = article.published_at - timedelta(minutes=1)
    assert fetch(newsroom.url(article)).status == 404
    assert article.title not in html.unescape(fetch(newsroom.outlet_url("suaramuria")).text)


def test_wordpress_json_pages_through_everything(newsroom: Newsroom) -> None:
    api = newsroom.outlet_url("suaramuria", "/wp-json/wp/v2/posts")
    found, page = [], 1
    while True:
        answer = fetch(f"{api}?per_page=4&page={page}")
        if answer.status == 400:
            assert json.loads(answer.body)["code"] == "rest_post_invalid_page_number"
            break
        found += json.loads(answer.body)
        assert answer.headers["X-WP-TotalPages"] == str(-(-len(newsroom.visible("suaramuria")) // 4))
        page += 1
    visible = newsroom.visible("suaramuria")
    assert [post["link"] for post in found] == [newsroom.url(a) for a in visible]
    assert found[0]["date_gmt"] == f"{visible[0].published_at:%Y-%m-%dT%H:%M:%S}"
    after = visible[2].published_at.strftime("%Y-%m-%dT%H:%M:%S%%2B00:00")
    assert len(json.loads(fetch(f"{api}?after={after}").body)) == 2
    assert set(json.loads(fetch(f"{api}?_fields=id,link").body)[0]) == {"id", "link"}
    assert fetch(f"{api}?per_page=101").status == 400


def sitemap_urls(url: str) -> list[str]:
    body = fetch(url).body
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    root = etree.fromstring(body)
    found = [loc.text or "" for loc in root.iter(f"{SITEMAP}loc")]
    if root.tag == f"{SITEMAP}sitemapindex":
        return [page for part in found for page in sitemap_urls(part)]
    return found


@pytest.mark.parametrize(
    ("outlet", "path"),
    [
        ("jurnalpesisir", "/sitemap.xml"),
        ("kabarmina", "/sitemap_index.xml"),
        ("panturapos", "/sitemap.xml"),
    ],
)
def test_sitemaps_lead_to_every_article(newsroom: Newsroom, outlet: str, path: str) -> None:
    wanted = {newsroom.url(article) for article in newsroom.visible(outlet)}
    assert set(sitemap_urls(newsroom.outlet_url(outlet, path))) == wanted


@pytest.mark.parametrize(
    ("outlet", "path"),
    [
        ("patikini", "/berita"),
        ("portalpemkab", "/berita"),
        ("detakjateng", "/indeks"),
        ("lenteramuria", "/index-news"),
        ("suaramuria", "/"),
        ("panturapos", "/"),
        ("viralpantura", "/"),
    ],
)
def test_listing_pages_lead_to_every_article(newsroom: Newsroom, outlet: str, path: str) -> None:
    url: str | None = newsroom.outlet_url(outlet, path)
    found: set[str] = set()
    for _ in range(40):
        if url is None:
            break
        page = fetch(url).text
        found |= links(page, url)
        tree = lxml_html.fromstring(page)
        following = tree.xpath(
            "//a[@rel='next' or normalize-space()='>' or normalize-space()='Selanjutnya']/@href"
        )
        url = following[0] if following else None
    assert {newsroom.url(article) for article in newsroom.visible(outlet)} <= found


def test_a_listing_tells_relative_and_absolute_times(newsroom: Newsroom) -> None:
    newest = newsroom.visible("patikini")[0]
    newsroom.now = newest.published_at + timedelta(hours=2, minutes=5)
    page = fetch(newsroom.outlet_url("patikini", "/berita")).text
    assert "2 jam yang lalu" in page
    assert re.search(r"(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d+ \w+ 2026 \| \d\d:\d\d WIB", page)


def test_tag_and_author_pages(newsroom: Newsroom) -> None:
    article = newsroom.visible("suaramuria")[0]
    url = newsroom.url(article)
    page = fetch(url).text
    lists = [link for link in links(page, url) if "/tag/" in link or "/author/" in link]
    assert len(lists) >= 2
    for link in lists:
        assert article.title in html.unescape(fetch(link).text)


def test_twins_of_one_address(newsroom: Newsroom) -> None:
    article = newsroom.visible("suaramuria")[0]
    url = newsroom.url(article)
    canonical = f'<link rel="canonical" href="{url}">'
    assert canonical in fetch(f"{url}?amp=1").text
    assert canonical in fetch(f"{url}amp/").text
    assert canonical in fetch(f"{url}?utm_source=rss&fbclid=abc").text
    short = fetch(newsroom.outlet_url("suaramuria", f"/?p={article.number}"))
    assert (short.status, short.headers["Location"]) == (301, url)
    assert fetch(url.rstrip("/")).headers["Location"] == url


@pytest.mark.parametrize(
    ("outlet", "status"), [("suaramuria", 404), ("patikini", 200), ("portalpemkab", 200)]
)
def test_missing_pages_and_soft_404(newsroom: Newsroom, outlet: str, status: int) -> None:
    answer = fetch(newsroom.outlet_url(outlet, "/berita/detail/tidak-ada-halaman-ini"))
    assert answer.status == status
    assert "tidak ditemukan" in answer.text.lower()


def test_robots_and_unknown_hosts(newsroom: Newsroom) -> None:
    robots = fetch(newsroom.outlet_url("jurnalpesisir", "/robots.txt")).text
    assert f"Sitemap: {newsroom.outlet_url('jurnalpesisir', '/sitemap.xml')}" in robots
    assert "Disallow: /search" in robots
    assert fetch(newsroom.outlet_url("takdikenal")).status == 404
