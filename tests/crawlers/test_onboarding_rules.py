"""What is decided about an unknown site, rule by rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config import Opd, Source, load_config
from crawlers.onboarding import (
    Coverage,
    Endpoint,
    OnboardingError,
    Proposal,
    Robots,
    Sample,
    SiteReport,
    entry,
)
from crawlers.onboarding.family import by_id, families, recognise
from crawlers.onboarding.front import ReadFront, read_front, site_name
from crawlers.onboarding.identify import address_of, id_from, kind_from, office_from
from crawlers.onboarding.judge import coverage, missing, readiness, scope_of
from crawlers.onboarding.pace import per_week, rounded
from crawlers.onboarding.pattern import derive_pattern
from crawlers.onboarding.propose import choose
from crawlers.onboarding.sampling import is_timed

NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
SITE = "https://kabar.example"

# articles, other pages of the site, an article not among the examples
PATTERNS = [
    pytest.param(
        [f"{SITE}/2026/11/0{n}/banjir-di-juwana-{n}/" for n in range(1, 7)],
        [f"{SITE}/category/daerah/", f"{SITE}/tag/pati/", f"{SITE}/tentang-kami/", f"{SITE}/2026/10/"],
        f"{SITE}/2025/1/31/satu/", id="dated permalinks",
    ),
    pytest.param(
        [f"{SITE}/warga-desa-{n}-keluhkan-jalan-rusak/" for n in "abcdef"],
        [f"{SITE}/kontak/", f"{SITE}/tentang-kami/", f"{SITE}/category/daerah/", f"{SITE}/pedoman-media/"],
        f"{SITE}/panen-raya-padi-di-kayen-melimpah/", id="bare headlines",
    ),
    pytest.param(
        [f"{SITE}/{who}/4073/kabar-baru" for who in ("siti-aminah", "budi", "adi-s", "ani", "b-c")],
        [f"{SITE}/budi", f"{SITE}/kategori/daerah", f"{SITE}/terbaru"],
        f"{SITE}/orang-baru-yang-menulis/5/judul", id="writer, number, headline",
    ),
    pytest.param(
        [f"{SITE}/{section}/pr-339001/judul-berita" for section in ("daerah", "ekonomi", "hukum")],
        [f"{SITE}/daerah", f"{SITE}/indeks-berita", f"{SITE}/tag/pati"],
        f"{SITE}/olahraga/pr-1/x", id="prefixed number",
    ),
    pytest.param(
        [f"{SITE}/berita/detail/{slug}" for slug in ("apel-pagi", "rapat", "kunjungan-kerja-bupati")],
        [f"{SITE}/berita", f"{SITE}/profil", f"{SITE}/berita?page=2"],
        f"{SITE}/berita/detail/baru", id="fixed path",
    ),
    pytest.param(
        [f"{SITE}/berita/32{n}-judul-berita-{n}" for n in range(10, 15)],
        [f"{SITE}/berita", f"{SITE}/berita/halaman/2"], f"{SITE}/berita/99-lain", id="number before headline",
    ),
    pytest.param(
        [f"{SITE}/2026/11/judul-{n}.html" for n in range(4)],
        [f"{SITE}/p/kontak.html", f"{SITE}/search/label/pati"], f"{SITE}/2024/01/x.html", id="Blogger",
    ),
    pytest.param(
        [f"{SITE}/?p={n}" for n in (101, 202, 303)], [f"{SITE}/", f"{SITE}/kontak/"], f"{SITE}/?p=9",
        id="number in the query",
    ),
    pytest.param(
        [f"{SITE}/read/4{n}/a-b" for n in range(10, 16)] + [f"{SITE}/foto/8{n}/c" for n in range(10, 13)],
        [f"{SITE}/foto", f"{SITE}/penulis/ani"], f"{SITE}/foto/7/x", id="two shapes side by side",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("articles", "others", "unseen"), PATTERNS)
def test_a_pattern_fits_articles_and_nothing_else(
    articles: list[str], others: list[str], unseen: str
) -> None:
    pattern = derive_pattern(articles, others)
    assert pattern is not None
    found = re.compile(pattern)
    assert all(found.search(url) for url in [*articles, unseen])
    assert not [url for url in others if found.search(url)]
    assert not found.search(articles[0].replace("kabar.example", "lain.example"))
    assert found.search(articles[0].replace("kabar.example", "www.kabar.example"))


@pytest.mark.parametrize(
    ("articles", "others"),
    [
        pytest.param([f"{SITE}/a-b-c/", f"{SITE}/d-e-f/"], [], id="too few"),
        pytest.param([f"{SITE}/x/y/z/1/2/3/4/5/"[: 25 + 2 * n] for n in range(7)], [], id="no two alike"),
        pytest.param([f"{SITE}/{n}" for n in "abcd"], [f"{SITE}/{n}" for n in "efg"], id="like any page"),
    ],
)  # fmt: skip
def test_no_pattern_is_better_than_a_wrong_one(articles: list[str], others: list[str]) -> None:
    assert derive_pattern(articles, others) is None


@pytest.mark.parametrize(
    ("markup", "headers", "links", "family"),
    [
        ('<meta name="generator" content="WordPress 6.8">', {}, [], "wordpress"),
        ("<html>", {"Link": '<https://x.example/wp-json/>; rel="https://api.w.org/"'}, [], "wordpress"),
        ("<meta content='blogger' name='generator'/>", {}, [], "blogger"),
        ("<html>", {"Set-Cookie": "ci_session=abc; path=/"}, [], "codeigniter"),
        ("<html>", {"Set-Cookie": "XSRF-TOKEN=abc, laravel_session=def"}, [], "laravel"),
        ("<html>", {}, [f"{SITE}/jateng/d-8200{n}/judul" for n in range(3)], "detik"),
        ("<html>", {}, [f"{SITE}/pati/pr-12345{n}/judul" for n in range(3)], "promedia"),
        ("<html>", {}, [f"{SITE}/pati/69450000{n}/judul-berita" for n in range(3)], "jawapos"),
        ("<html>", {}, [f"{SITE}/berita/detail/{n}" for n in range(3)], "codeigniter"),
        ("<html>", {}, [f"{SITE}/berita/detail/1", f"{SITE}/a", f"{SITE}/b"], "custom"),
        ("", {}, [], "custom"),
    ],
)
def test_families(markup: str, headers: dict[str, str], links: list[str], family: str) -> None:
    assert recognise(markup, headers, links).id == family


def test_the_table_of_families_is_whole() -> None:
    ids = [family.id for family in families()]
    assert len(ids) == len(set(ids))
    assert ids[-1] == "custom"
    for family in families():
        assert by_id(family.id) is family
        assert all(path.startswith("/") for path in (*family.feeds, *family.sitemaps, *family.listings))


@pytest.mark.parametrize(
    ("url", "taken", "expected"),
    [
        ("https://www.kabarlereng.example", (), "kabarlereng"),
        ("https://diskominfo.patikab.go.id", (), "diskominfo_patikab"),
        ("https://samin-news.com", (), "samin_news"),
        ("https://lingkar.news", ("lingkar_news",), "lingkar_news_2"),
        ("https://lingkar.co", ("lingkar",), "lingkar_co"),
        ("https://188.example", (), "s_188"),
        ("http://suaramuria.localhost:8765/x", (), "suaramuria"),
    ],
)
def test_ids(url: str, taken: tuple[str, ...], expected: str) -> None:
    assert id_from(url, taken) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kabar.example", "https://kabar.example/"),
        (" http://kabar.example/pati#atas ", "http://kabar.example/pati"),
        ("https://kabar.example/?utm_source=x", "https://kabar.example/"),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert address_of(text) == expected


@pytest.mark.parametrize(
    "text", ["", "kabar", "ftp://kabar.example", "https://", "http://a b.example", "file:///etc"]
)
def test_what_is_no_address_is_named(text: str) -> None:
    with pytest.raises(OnboardingError, match="bukan alamat web"):
        address_of(text)


@pytest.mark.parametrize(
    ("host", "name", "kind"),
    [
        ("dinkes.patikab.go.id", "Dinkes", "government"),
        ("sukolilo.desa.id", "Sukolilo", "government"),
        ("portal.example", "Dinas Contoh Kabupaten Pati", "government"),
        ("kabarbadan.example", "Kabar Badansari", "news"),
    ],
)
def test_kinds(host: str, name: str, kind: str) -> None:
    assert kind_from(host, name) == kind


@pytest.fixture(scope="module")
def offices() -> tuple[Opd, ...]:
    return load_config().opd


@pytest.mark.parametrize(
    ("host", "name", "office"),
    [
        ("dinkes.patikab.go.id", "Beranda", "dinkes"),
        ("portal.example", "Dinas Kominfo Bumi Mina", "diskominfo"),
        ("portal.example", "Pemerintah Kabupaten", None),
    ],
)
def test_offices(host: str, name: str, office: str | None, offices: tuple[Opd, ...]) -> None:
    assert office_from(host, name, offices) == office


def ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("dates", "since", "expected"),
    [
        pytest.param(ago(*range(11)), None, 7.0, id="ten in the ten days after the oldest"),
        pytest.param(ago(14, 13, 12, 11), None, 1.5, id="the silence since the newest counts"),
        pytest.param(ago(1, 2), None, None, id="too few"),
        pytest.param(ago(0.1, 0.2, 0.3), None, None, id="less than a quarter of a week"),
        pytest.param(ago(1, 2, 3), NOW - timedelta(days=21), 1.0, id="everything since a moment"),
        pytest.param([], NOW - timedelta(days=21), 0.0, id="nothing since a moment"),
        pytest.param([*ago(*range(11)), NOW + timedelta(days=9)], None, 7.0, id="the future does not count"),
    ],
)
def test_pace(dates: list[datetime], since: datetime | None, expected: float | None) -> None:
    assert per_week(dates, NOW, since) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(None, None), (0.0, None), (0.2, None), (0.3, 0.5), (3.6, 3.5), (9.9, 10.0), (11.4, 11.0)],
)
def test_a_pace_is_rounded_to_what_it_is_good_for(rate: float | None, expected: float | None) -> None:
    assert rounded(rate) == expected


@pytest.mark.parametrize(
    ("body", "about", "by_nature", "expected"),
    [
        (20, 20, False, ("pati_only", True)),
        (10, 7, False, ("pati_only", True)),
        (10, 6, False, ("general", True)),
        (4, 4, False, ("general", False)),
        (0, 0, True, ("pati_only", True)),
    ],
)
def test_scope(body: int, about: int, by_nature: bool, expected: tuple[str, bool]) -> None:
    assert scope_of(Coverage(n=body, body=body, about=about), local_by_nature=by_nature) == expected


def test_coverage_counts_only_what_the_crawler_would_keep() -> None:
    good = Sample("u", title="J", author=True, published_at=NOW, published_from="meta", timed=True, words=90,
                  about_pati=True)  # fmt: skip
    bare = Sample("u", title="J", words=50)
    part = Sample("u", title="J", words=10, parts=3)
    found = coverage([good, bare, part, Sample("u", problem="no_text"), Sample("u", problem="no_text")])
    assert (found.n, found.body, found.title, found.date, found.time, found.author, found.about) == (
        5, 3, 3, 1, 1, 1, 1,
    )  # fmt: skip
    assert (found.provenance, found.problems, found.median_words) == ({"meta": 1}, {"no_text": 2}, 70)


FULL = Coverage(n=10, body=10, title=10, date=10, time=10, author=10, about=10, median_words=200)
FEED = Endpoint("feed", f"{SITE}/feed/", 10, 10, deeper=False)
LISTING = Endpoint("listing", f"{SITE}/berita", 10, 0, deeper=True)


@pytest.mark.parametrize(
    ("found", "endpoints", "words"),
    [
        (FULL, (FEED, LISTING), ()),
        (FULL, (), ("Tidak ada umpan, peta situs",)),
        (FULL, (LISTING,), ("lewat halaman daftar",)),
        (FULL, (FEED,), ("hanya memuat yang terbaru",)),
        (Coverage(n=10, body=6, title=6, date=6, time=6, author=6), (FEED, LISTING), ("4 dari 10",)),
        (Coverage(n=10, body=10, title=10, date=0, author=4), (FEED, LISTING),
         ("Tanggal tidak ditemukan", "Penulis hanya ditemukan di 4 dari 10")),
        (Coverage(n=10, body=10, title=10, date=10, time=2, author=10), (FEED, LISTING), ("tanpa jam",)),
        (Coverage(n=10, body=10, title=10, date=10, time=10, author=10, median_words=30), (FEED, LISTING),
         ("median 30 kata",)),
        (Coverage(n=3, body=3, title=3, date=3, time=3, author=3), (FEED, LISTING), ("baru 3",)),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(
    found: Coverage, endpoints: tuple[Endpoint, ...], words: tuple[str, ...]
) -> None:
    said = missing(found, Robots("ada"), endpoints)
    assert len(said) == len(words)
    for sentence, word in zip(said, words, strict=True):
        assert word in sentence


SITEMAP = Endpoint("sitemap", f"{SITE}/sitemap.xml", 50, 50, deeper=True)
NEWS_SITEMAP = Endpoint("sitemap", f"{SITE}/sitemap-news.xml", 9, 9)
API = Endpoint("wordpress", SITE, 40, 40, deeper=True)


@pytest.mark.parametrize(
    ("endpoints", "methods"),
    [
        ((FEED, API, SITEMAP, LISTING), ["feed", "wordpress"]),
        ((FEED, SITEMAP, LISTING), ["feed", "sitemap"]),
        ((FEED, LISTING), ["feed", "listing"]),
        ((SITEMAP, LISTING), ["sitemap"]),
        ((NEWS_SITEMAP, LISTING), ["sitemap", "listing"]),
        ((FEED, NEWS_SITEMAP, LISTING), ["feed", "listing"]),
        ((FEED, API, SITEMAP, replace(LISTING, chosen=True)), ["feed", "listing"]),
        ((API, replace(SITEMAP, chosen=True)), ["sitemap"]),
        ((LISTING,), ["listing"]),
        ((FEED,), ["feed"]),
        ((), []),
    ],
)
def test_the_cheapest_and_the_deepest_way_in_are_chosen(
    endpoints: tuple[Endpoint, ...], methods: list[str]
) -> None:
    assert [one.method for one in choose(endpoints)] == methods


@pytest.mark.parametrize(
    ("declared", "candidates", "expected"),
    [
        ("Kabar Pati", ["Beranda"], "Kabar Pati"),
        (None, ["Beranda", "Warta Tayu", "Warta"], "Warta Tayu"),
        (None, ["Berita Terbaru", "Portal Resmi"], "Portal Resmi"),
        (None, ["Berita Terbaru", "Beranda"], ""),
    ],
)
def test_names(declared: str | None, candidates: list[str], expected: str) -> None:
    assert site_name(declared, candidates, "wartatayu.example") == expected


def front(body: bytes) -> ReadFront:
    return ReadFront(body, f"{SITE}/", None, {}, NOW, "Asia/Jakarta")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<?xml version='1.0'?><urlset xmlns='x'></urlset>", "sitemap"),
        (b"<html><title>Just a moment...</title></html>", "challenge"),
        (b'{"pesan": "halo"}', "other"),
        (b"%PDF-1.7 \x00\x01", "other"),
        (b"", "other"),
        (b"<html><body><p " + b"a=1 " * 40_000 + b">x</p></body></html>", "other"),
        (b"<html><body><p>Halo</p></body></html>", "html"),
    ],
)
def test_what_a_front_page_is(body: bytes, kind: str) -> None:
    assert read_front(front(body)).kind == kind


def test_a_front_page_names_feeds_lists_and_articles() -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'>"
        f"<link rel='https://api.w.org/' href='{SITE}/wp-json/'>"
    )
    stories = "".join(
        f"<h2><a href='/2026/11/1{n}/judul-berita-nomor-{n}/'>Judul berita nomor {n} yang panjang</a></h2>"
        for n in range(4)
    )
    body = f"<html><head>{head}</head><body><nav><a href='/indeks'>Indeks</a></nav>{stories}</body></html>"
    found = read_front(front(body.encode()))
    assert found.feeds == (f"{SITE}/feed/",)
    assert found.wordpress == SITE
    assert found.indexes == (f"{SITE}/indeks",)
    assert len(found.found) == 4
    assert f"{SITE}/indeks" in found.others


def test_midnight_in_wib_is_a_day_without_a_time() -> None:
    assert not is_timed(None)
    assert not is_timed(datetime(2026, 11, 10, 17, 0, tzinfo=UTC))
    assert is_timed(datetime(2026, 11, 10, 17, 1, tzinfo=UTC))


def report(**changes: Any) -> SiteReport:
    proposal = Proposal(
        "baru", "Kabar Baru", "news", SITE, "general", scope_sure=False, endpoints=(FEED, LISTING),
        permission="rss_public", per_week=3.5, missing=("Tanggal hanya sampai hari, tanpa jam.",),
    )  # fmt: skip
    return SiteReport(f"{SITE}/", "custom", "buatan sendiri", Robots("ada"), (), (), FULL,
                      replace(proposal, **changes), 20, NOW)  # fmt: skip


def test_an_entry_is_what_the_file_wants() -> None:
    values = entry(report(), active=True, name="Nama Lain")
    source = Source.model_validate(values)
    assert (source.id, source.name, source.status, source.expected_per_week) == (
        "baru",
        "Nama Lain",
        "active",
        3.5,
    )
    assert [one.method for one in source.discover] == ["feed", "listing"]
    assert source.note == (
        "Diperiksa otomatis 16-11-2026: buatan sendiri; 10 dari 10 contoh terbaca. "
        "Tanggal hanya sampai hari, tanpa jam."
    )


def test_what_a_person_decided_survives_a_new_look() -> None:
    known = Source.model_validate({
        "id": "lama", "name": "Nama Lama", "kind": "government", "url": SITE, "scope": "pati_only",
        "discover": [{"feed": f"{SITE}/lama"}, {"youtube_channel": "UC" + "a" * 22}],
        "permission": "agreement", "status": "active", "timezone": "Asia/Makassar", "clone_of": "asli",
        "opd": "dinkes", "note": "Surat no. 1. Diperiksa otomatis 1.",
    })  # fmt: skip
    source = Source.model_validate(entry(report(), active=False, known=known))
    assert (source.id, source.name, source.kind, source.opd) == ("lama", "Nama Lama", "government", "dinkes")
    assert (source.permission, source.timezone, source.clone_of) == ("agreement", "Asia/Makassar", "asli")
    assert source.scope == "pati_only"  # a look that is not sure does not overrule a person
    assert source.status == "investigating"
    assert [one.method for one in source.discover] == ["feed", "listing", "youtube_channel"]
    assert source.note.startswith("Surat no. 1. Diperiksa otomatis 16-11-2026")


@pytest.mark.parametrize(
    ("found", "changes", "verdict"),
    [
        (FULL, {}, "siap"),
        (FULL, {"endpoints": ()}, "belum"),
        (Coverage(n=5), {}, "belum"),
        (Coverage(n=4, body=4, title=4, date=4), {}, "periksa"),
        (Coverage(n=10, body=10, title=10, date=8), {}, "periksa"),
        (Coverage(n=20, body=10, title=10, date=10), {}, "periksa"),
    ],
)
def test_readiness(found: Coverage, changes: dict[str, Any], verdict: str) -> None:
    assert readiness(replace(report(**changes), coverage=found)) == verdict
