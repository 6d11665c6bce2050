import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from crawlers.discovery import Page, discover, first_page
from crawlers.discovery.model import Discovered, Found

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
URL = "https://kabar.example/feed/"


def read(method: str, body: str | bytes, url: str = URL, **extra: object) -> Discovered:
    raw = body.encode() if isinstance(body, str) else body
    since = extra.pop("since", None)
    page = Page(method, raw, url, **extra)  # type: ignore[arg-type]
    return discover(page, now=NOW, zone="Asia/Jakarta", since=since)  # type: ignore[arg-type]


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'


def test_feed_key_is_the_link_never_a_positional_guid() -> None:
    monday = read("feed", rss("<item><guid>1</guid><link>https://kabar.example/a</link></item>"))
    tuesday = read("feed", rss("<item><guid>1</guid><link>https://kabar.example/b</link></item>"))
    assert {f.key for f in (*monday.found, *tuesday.found)} == {"kabar.example/a", "kabar.example/b"}


def test_tempo_history_loses_no_link(shared: Path) -> None:
    ours, all_links = set(), set()
    for path in sorted((shared / "real/feeds/tempo_rss_history").glob("*.xml")):
        body = path.read_bytes()
        ours |= {f.url for f in read("feed", body).found}
        all_links |= {e["link"] for e in feedparser.parse(body).entries if e.get("link")}
    assert len(all_links) > 1000
    assert len(ours) == len(all_links)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 03 Sep 2024 08:00:00 +0700", "2024-09-03T01:00+00:00"),
        ("Sel, 03 Sep 2024 08:00:00 +0700", "2024-09-03T01:00+00:00"),
        ("2024-09-03 08:00:00", "2024-09-03T01:00+00:00"),  # WIB, not UTC
        ("2024/9/3 08:00:00", "2024-09-03T01:00+00:00"),
        ("05 Agustus 2019", "2019-08-04T17:00+00:00"),
        ("Thu, 01 Jan 2099 00:00:00 GMT", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_feed_dates(date: str, expected: str | None) -> None:
    item = f"<item><link>https://kabar.example/a</link><pubDate>{date}</pubDate></item>"
    (found,) = read("feed", rss(item)).found
    assert found.published_at == (datetime.fromisoformat(expected) if expected else None)


def test_feed_odds() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">]><rss><channel/></rss>'
    assert "ENTITY" in (read("feed", bomb).problem or "")
    assert read("feed", "<html><body>Masuk</body></html>").problem is not None
    warned = "<br/>Warning: mysql_connect()\n" + rss("<item><link>/a?x=1&amp;y=2</link></item>")
    (found,) = read("feed", warned).found
    assert found.url == "https://kabar.example/a?x=1&y=2"
    script = rss("<item><title>&lt;script&gt;x&lt;/script&gt;Banjir</title><link>javascript:x</link></item>")
    assert read("feed", script).found == ()


def test_cp1252_feed_that_says_utf8() -> None:
    body = rss("<item><title>Jum\u2019at</title><link>https://kabar.example/a</link></item>").encode("cp1252")
    (found,) = read("feed", body).found
    assert found.title == "Jum\u2019at"


def sitemap(*entries: str) -> str:
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">' + "".join(entries) + "</urlset>"
    )


def test_sitemap_news_gzip_and_age() -> None:
    body = sitemap(
        "<url><loc>https://kabar.example/berita/1-a</loc><n:news><n:title>Satu</n:title>"
        "<n:publication_date>2024-09-10T08:00:00+07:00</n:publication_date></n:news></url>",
        "<url><loc>https://kabar.example/berita/2-b</loc><lastmod>2024-01-01</lastmod></url>",
        "<url><loc>https://kabar.example/tag/pati/</loc></url>",
    )
    since = datetime(2024, 9, 1, tzinfo=UTC)
    got = read("sitemap", gzip.compress(body.encode()), since=since)
    assert [(f.url, f.title) for f in got.found] == [("https://kabar.example/berita/1-a", "Satu")]
    assert got.found[0].published_at == datetime(2024, 9, 10, 1, tzinfo=UTC)


def test_sitemap_index_and_bombs() -> None:
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>/post-sitemap.xml.gz</loc></sitemap>"
        "<sitemap><loc>/category-sitemap.xml</loc></sitemap></sitemapindex>"
    )
    assert read("sitemap", index).more == ("https://kabar.example/post-sitemap.xml.gz",)
    assert read("sitemap", gzip.compress(b" " * 60_000_000)).problem is not None
    assert read("sitemap", '<!DOCTYPE x [<!ENTITY a "b">]><urlset/>').problem is not None


def test_wordpress_pages_oldest_first() -> None:
    start = first_page("https://kabar.example", datetime(2024, 9, 1, tzinfo=UTC))
    assert "order=asc" in start
    assert "after=2024-09-01T00%3A00%3A00Z" in start
    post = {"link": "https://kabar.example/a/", "date_gmt": "2024-09-10T01:00:00",
            "title": {"rendered": "Satu &amp; <i>dua</i>"}}  # fmt: skip
    full = read(
        "wordpress", json.dumps([{**post, "link": f"https://kabar.example/{n}"} for n in range(100)]), start
    )
    assert len(full.found) == 100
    assert "page=2" in full.more[0]
    last = read("wordpress", json.dumps([post]), full.more[0])
    assert last.more == ()
    assert (last.found[0].title, last.found[0].published_at) == (
        "Satu & dua",
        datetime(2024, 9, 10, 1, tzinfo=UTC),
    )
    past = read("wordpress", '{"code":"rest_post_invalid_page_number"}')
    assert (past.found, past.problem) == ((), None)
    assert read("wordpress", "<html>").problem is not None


LISTING = """<html><body><nav>
<a href="/berita/999-menu-yang-panjang-sekali-judulnya">menu yang panjang</a></nav>
<div class="kartu"><a href="/berita/12-rob"><img src="x"></a>
<h3><a href="/berita/12-rob?utm_source=home">Rob Juwana naik lagi malam ini</a></h3>
<span>Senin, 9 September 2024 | 14:05 WIB</span></div>
<div class="kartu"><h3><a href="/berita/13-pupuk">Pupuk langka di Winong lagi</a></h3></div>
<a href="/tag/pati">pati</a> <a href="https://lain.example/berita/14-x-y-z-w">Situs lain yang bukan kita</a>
<div class="paging"><a href="/berita?page=1">1</a> <a href="/berita?page=2">2</a></div></body></html>"""


def test_listing_by_looks_and_by_pattern() -> None:
    got = read("listing", LISTING, "https://kabar.example/berita")
    assert [f.url for f in got.found] == [
        "https://kabar.example/berita/12-rob",
        "https://kabar.example/berita/13-pupuk",
    ]
    assert got.found[0].title == "Rob Juwana naik lagi malam ini"
    assert got.found[0].published_at == datetime(2024, 9, 9, 7, 5, tzinfo=UTC)
    assert got.found[1].published_at is None
    assert got.more == ("https://kabar.example/berita?page=2",)
    picked = read("listing", LISTING, "https://kabar.example/berita", link_pattern=r"/berita/13-")
    assert [f.title for f in picked.found] == ["Pupuk langka di Winong lagi"]


def test_waiting_form_keeps_what_matters() -> None:
    found = Found("https://a.example/1", "Judul", NOW, "sitemap")
    assert Found.from_json(found.to_json()) == found


@pytest.mark.slow
def test_the_whole_feedparser_suite_crashes_nothing(shared: Path) -> None:
    count = 0
    for path in (shared / "real/feeds/feedparser_suite").rglob("*.xml"):
        read("feed", path.read_bytes())
        count += 1
    assert count > 1500
