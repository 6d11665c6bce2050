import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.discovery import Page, discover, first_page, within
from crawlers.discovery.model import Discovered, Found
from crawlers.polling import walk_on

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
URL = "https://kabar.example/feed/"


def read(method: str, body: str | bytes, url: str = URL, **extra: object) -> Discovered:
    raw = body.encode() if isinstance(body, str) else body
    since, until = extra.pop("since", None), extra.pop("until", None)
    page = Page(method, raw, url, **extra)  # type: ignore[arg-type]
    return discover(page, now=NOW, zone="Asia/Jakarta", since=since, until=until)  # type: ignore[arg-type]


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
    assert got.skipped == {"not_in_range": 1, "not_a_story": 1}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        # prefixes nobody declared
        (
            (
                "<url><loc>/berita/a</loc><news:news><news:title>Satu</news:title>"
                "<news:publication_date>2024-09-10T08:00:00+07:00</news:publication_date></news:news></url>"
            ),
            ("Satu", datetime(2024, 9, 10, 1, tzinfo=UTC), None),
        ),
        # a picture and a video of the page have titles and addresses too
        (
            (
                '<url xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><i:image>'
                "<i:loc>/foto.jpg</i:loc><i:title>Foto</i:title></i:image>"
                "<video:video><video:title>Video</video:title></video:video>"
                "<loc> /berita/a </loc><lastmod>2024-09-05</lastmod></url>"
            ),
            ("", None, datetime(2024, 9, 4, 17, tzinfo=UTC)),
        ),
        (
            "<url><loc><![CDATA[https://kabar.example/berita/a]]></loc><lastmod>besok</lastmod></url>",
            ("", None, None),
        ),
    ],
)
def test_what_a_sitemap_entry_says(entry: str, expected: tuple[object, ...]) -> None:
    (found,) = read("sitemap", sitemap(entry), "https://kabar.example/sitemap.xml").found
    assert found.url == "https://kabar.example/berita/a"
    assert (found.title, found.published_at, found.changed_at) == expected


def test_a_sitemap_without_its_namespace_or_end_is_read_and_flagged() -> None:
    plain = "<urlset><url><loc>https://kabar.example/a</loc></url>"
    assert len(read("sitemap", plain + "</urlset>").found) == 1
    assert read("sitemap", plain + "</urlset>").flags == ()
    torn = read("sitemap", plain + "<url><loc>https://kabar.exa")
    assert torn.found[0].url == "https://kabar.example/a"
    assert "bozo" in torn.flags


def test_sitemaps_that_are_lists_or_feeds() -> None:
    lines = "https://kabar.example/berita/a\r\n\r\nhttps://kabar.example/berita/b\n"
    assert len(read("sitemap", lines).found) == 2
    assert read("sitemap", "halo\n" + lines).problem is not None
    feed = "<rss version='2.0'><channel><item><link>https://kabar.example/a</link></item></channel></rss>"
    assert len(read("sitemap", feed).found) == 1


@pytest.mark.proof
def test_the_largest_sitemap_is_read_whole_and_in_time() -> None:
    entries = (
        f"<url><loc>https://kabar.example/berita/{n}-judul-yang-cukup-panjang</loc>"
        f"<lastmod>2024-09-{n % 9 + 1:02}T08:00:00+07:00</lastmod></url>"
        for n in range(50_000)
    )
    body = gzip.compress(sitemap(*entries).encode())
    started = time.process_time()
    got = read("sitemap", body)
    assert len(got.found) == 50_000
    assert time.process_time() - started < 15  # a worker has twenty seconds


def test_real_sitemaps(shared: Path) -> None:
    folder = shared / "real/feeds"
    plain, index = (read("sitemap", (folder / f"{n}.xml").read_bytes()) for n in ("sitemap", "sitemap2"))
    body = (folder / "sitemap.xml").read_text()
    assert len(plain.found) + plain.skipped["not_a_story"] == body.count("<loc>") > 10
    assert index.more == ("http://www.example.com/sitemap1.xml.gz", "http://www.example.com/sitemap2.xml.gz")


def test_children_of_another_month_are_left_out_of_a_range_and_counted() -> None:
    names = ("post-sitemap-2024-07", "post-sitemap-2024-08", "post-sitemap-2024-09", "post-sitemap12", "post")
    index = "".join(f"<sitemap><loc>https://kabar.example/{n}.xml</loc></sitemap>" for n in names)
    got = read(
        "sitemap", f"<sitemapindex>{index}</sitemapindex>",
        since=datetime(2024, 8, 10, tzinfo=UTC), until=datetime(2024, 8, 20, tzinfo=UTC),
    )  # fmt: skip
    assert [u.rsplit("/", 1)[1] for u in got.more] == [
        "post-sitemap-2024-08.xml",
        "post-sitemap12.xml",
        "post.xml",
    ]
    assert got.skipped == {"not_in_range": 2}
    assert len(read("sitemap", f"<sitemapindex>{index}</sitemapindex>").more) == 5


def test_sitemap_index_and_bombs() -> None:
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>/post-sitemap.xml.gz</loc></sitemap>"
        "<sitemap><loc>/category-sitemap.xml</loc></sitemap></sitemapindex>"
    )
    assert read("sitemap", index).more == ("https://kabar.example/post-sitemap.xml.gz",)
    assert read("sitemap", gzip.compress(b" " * 60_000_000)).problem is not None
    assert read("sitemap", '<!DOCTYPE x [<!ENTITY a "b">]><urlset/>').problem is not None
    harmless = '<?xml version="1.0"?><!DOCTYPE urlset SYSTEM "http://kabar.example/x.dtd">'
    got = read("sitemap", harmless + "<urlset><url><loc>/berita/a</loc></url></urlset>")
    assert ([f.url for f in got.found], got.flags) == (["https://kabar.example/berita/a"], ())


def test_wordpress_pages_oldest_first() -> None:
    start = first_page("https://kabar.example", datetime(2024, 9, 1, tzinfo=UTC))
    assert "order=asc" in start
    assert "after=2024-09-01T00%3A00%3A00Z" in start
    assert "before" not in start
    part = first_page(
        "https://kabar.example", datetime(2024, 9, 1, tzinfo=UTC), datetime(2024, 9, 8, tzinfo=UTC)
    )
    assert "before=2024-09-08T00%3A00%3A00Z" in part
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
    assert read("wordpress", "[" * 50_000).problem is not None
    odd = read("wordpress", json.dumps([post, {"link": None}, 3]))
    assert (len(odd.found), odd.skipped) == (1, {"no_link": 2})


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


CARD = "<div><h3><a href='/berita/{n}-kabar'>Kabar tentang jalan rusak {n}</a></h3></div>"


def listing(links: str, url: str, cards: int = 1) -> Discovered:
    body = "".join(CARD.format(n=n) for n in range(1000, 1000 + cards))
    return read("listing", f"<html><body><main>{body}{links}</main></body></html>", url)


@pytest.mark.parametrize(
    ("here", "link", "more", "calendar"),
    [
        ("/berita", "<a href='/berita?page=2'>2</a>", "/berita?page=2", False),
        ("/berita?page=2", "<a href='/berita?page=3'>3</a><a href='/berita?page=1'>1</a>",
         "/berita?page=3", False),
        ("/berita", "<a rel='next' href='/berita/page/2'>Lama</a>", "/berita/page/2", False),
        ("/berita", "<a href='/berita?hal=2'>Selanjutnya \u00bb</a>", "/berita?hal=2", False),
        ("/2024/09/", "<a class='next' href='/2024/09/page/2/'>Lebih lama</a>", "/2024/09/page/2/", False),
        # another day of the same thing
        ("/agenda/2024/08", "<a class='next' href='/agenda/2024/09'>&raquo;</a>", "/agenda/2024/09", True),
        ("/agenda", "<a rel='next' href='/agenda/2024-09-01'>&raquo;</a>", "/agenda/2024-09-01", True),
        ("/indeks?tanggal=2&bulan=9&tahun=2024",
         "<a rel='next' href='/indeks?tanggal=1&bulan=9&tahun=2024'>x</a>",
         "/indeks?tanggal=1&bulan=9&tahun=2024", True),
        ("/indeks?date=10-09-2024", "<a rel='next' href='/indeks?date=09-09-2024'>x</a>",
         "/indeks?date=09-09-2024", True),
        # a day to come, another site, the page itself
        ("/agenda/2024/09", "<a class='next' href='/agenda/2024/10'>&raquo;</a>", None, False),
        ("/indeks?date=2024-09-11", "<a rel='next' href='/indeks?date=2024-09-12'>x</a>", None, False),
        ("/berita", "<a rel='next' href='https://lain.example/berita?page=2'>x</a>", None, False),
        ("/berita", "<a rel='next' href='/berita'>x</a>", None, False),
        # of two candidates the first that leads on
        ("/agenda/2024/09", "<a class='next' href='/agenda/2024/10'>&raquo;</a><a href='?page=2'>2</a>",
         "/agenda/2024/09?page=2", False),
    ],
)  # fmt: skip
def test_the_next_page_of_a_listing(here: str, link: str, more: str | None, calendar: bool) -> None:
    got = listing(link, "https://kabar.example" + here)
    assert got.more == (("https://kabar.example" + more,) if more else ())
    assert ("calendar" in got.flags) is calendar


def test_a_calendar_is_followed_only_while_it_brings_something_new() -> None:
    link = "<a class='next' href='/agenda/2024/08'>&raquo;</a>"
    full = listing(link, "https://kabar.example/agenda/2024/07")
    assert walk_on("listing", full, fresh=1, read=1, before=False).more == full.more
    assert not walk_on("listing", full, fresh=0, read=1, before=False).more
    assert listing(link, "https://kabar.example/agenda/2024/07", cards=0).more == ()
    # a list by pages that was never walked to its end is walked on
    pages = listing("<a href='/berita?page=2'>2</a>", "https://kabar.example/berita")
    assert walk_on("listing", pages, fresh=0, read=1, before=False).more == pages.more


def test_a_session_in_every_link_makes_no_new_articles() -> None:
    keys = set()
    for session in ("a1b2c3d4e5f6a7b8", "ffffeeeeddddcccc"):
        for link in (f"?PHPSESSID={session}", f";jsessionid={session}", f"?sessionid={session}&utm_source=x"):
            page = f"<html><body><a href='/berita/12-rob{link}'>Rob Juwana naik lagi</a></body></html>"
            keys |= {
                f.key
                for f in read("listing", page, f"https://kabar.example/berita?PHPSESSID={session}").found
            }
    assert keys == {"kabar.example/berita/12-rob"}


SINCE, UNTIL = datetime(2024, 9, 1, tzinfo=UTC), datetime(2024, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "changed", "kept"),
    [
        (None, None, True),
        (datetime(2024, 9, 1, tzinfo=UTC), None, True),
        (datetime(2024, 8, 31, 23, 59, tzinfo=UTC), None, False),
        (datetime(2024, 9, 7, 23, 59, tzinfo=UTC), None, True),
        (datetime(2024, 9, 8, tzinfo=UTC), None, False),
        (None, datetime(2024, 8, 20, tzinfo=UTC), False),
        (None, datetime(2024, 8, 31, 12, tzinfo=UTC), True),  # a day given as its midnight
        (None, datetime(2024, 10, 1, tzinfo=UTC), True),  # changed later says nothing
        (datetime(2024, 9, 3, tzinfo=UTC), datetime(2024, 10, 1, tzinfo=UTC), True),
    ],
)
def test_what_can_have_been_published_in_a_range(
    published: datetime | None, changed: datetime | None, kept: bool
) -> None:
    one = Found("https://kabar.example/a", published_at=published, changed_at=changed)
    assert within([one], SINCE, UNTIL) == (((one,), 0) if kept else ((), 1))
    assert within([one], None, None) == ((one,), 0)


DAYS = st.integers(-60, 60).map(lambda n: SINCE + timedelta(hours=12 * n))


@given(st.lists(st.none() | DAYS))
def test_a_range_loses_nothing_uncounted(moments: list[datetime | None]) -> None:
    found = [Found(f"https://kabar.example/{n}", published_at=m) for n, m in enumerate(moments)]
    kept, left_out = within(found, SINCE, UNTIL)
    assert len(kept) + left_out == len(found)
    assert [f for f in found if f.published_at is None] == [f for f in kept if f.published_at is None]


@pytest.mark.parametrize("method", ["feed", "sitemap", "wordpress", "listing", "news_search"])
@given(
    body=st.binary(max_size=300)
    | st.text(alphabet="<>!/[]{}&;\"' rsfeduloxmENTITY?-:", max_size=200).map(str.encode)
)
def test_no_body_breaks_a_reader(method: str, body: bytes) -> None:
    got = read(method, body)
    assert got.found == () or got.found[0].url.startswith("http")


def test_an_unknown_method_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="telepati"):
        read("telepati", "")
