from datetime import UTC, datetime

import pytest

from crawlers.extract import Article, extract_article
from crawlers.extract.boilerplate import without_boilerplate
from crawlers.extract.encoding import decode

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
STORY = "".join(
    f"<p>Warga Desa Contoh menyampaikan keluhan nomor {n} tentang jalan yang rusak kepada pemerintah desa, "
    "lalu menunggu perbaikan yang dijanjikan sejak awal tahun.</p>"
    for n in range(5)
)


def page(body: str, head: str = "", title: str = "Jalan rusak di Desa Contoh") -> bytes:
    return (
        f"<html><head><title>{title} - Kabar Contoh</title>"
        "<meta property='og:site_name' content='Kabar Contoh'>"
        f"{head}</head><body>{body}</body></html>"
    ).encode()


def read(html: bytes, url: str = "https://kabar.example/berita/12-jalan", **extra: object) -> Article:
    return extract_article(html, url, now=NOW, **extra)  # type: ignore[arg-type]


H1 = "<h1>Jalan rusak di Desa Contoh</h1>"


def test_header_clock_is_no_date() -> None:
    clock = "<div id='atas'>Rabu, 11 September 2024</div>"
    got = read(page(f"{clock}<div class='baca'>{H1}<div>{STORY}</div></div>"))
    assert (got.published_at, got.title, got.page_type) == (None, "Jalan rusak di Desa Contoh", "article")


def test_related_list_and_footer_are_no_dates() -> None:
    related = (
        "<div class='terkait'><h3>Berita terkait</h3><ul>"
        "<li><a href='/b'>Lain</a> <time>5 September 2024</time></li></ul></div>"
    )
    footer = "<footer>(c) 2016 - 2024 Kabar Contoh, 1 Januari 2016</footer>"
    assert read(page(f"<article>{H1}{STORY}</article>{related}{footer}")).published_at is None


def test_dateline_is_anchored_and_yields_to_the_feed() -> None:
    body = page(f"<article>{H1}<p>PATI - Banjir terjadi Kamis (5/9) sore di desa itu.</p>{STORY}</article>")
    assert (read(body).published_at, read(body).published_from) == (
        datetime(2024, 9, 4, 17, tzinfo=UTC),
        "text",
    )
    hint = datetime(2024, 9, 6, 2, 30, tzinfo=UTC)
    assert (read(body, hint_date=hint).published_at, read(body, hint_date=hint).published_from) == (
        hint,
        "feed",
    )


def test_day_only_byline_takes_the_time_from_the_feed_of_the_same_day() -> None:
    body = page(f"<article>{H1}<p>Posted on 05 Sep 2024</p>{STORY}</article>")
    same_day = datetime(2024, 9, 5, 2, 30, tzinfo=UTC)
    assert read(body).published_from == "byline"
    assert read(body, hint_date=same_day).published_at == same_day
    other_day = datetime(2024, 9, 8, 2, 30, tzinfo=UTC)
    assert read(body, hint_date=other_day).published_at == datetime(2024, 9, 4, 17, tzinfo=UTC)


def test_json_ld_beats_meta_and_keeps_the_instant() -> None:
    head = (
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
        '"headline":"Jalan rusak di Desa Contoh","datePublished":"2024-09-03T17:30:00Z",'
        '"author":[{"name":"Arum Contoh"}],"articleSection":"Daerah"}]}</script>'
        "<meta property='article:published_time' content='2024-09-01T00:00:00Z'>"
    )
    got = read(page(f"<article>{H1}{STORY}</article>", head))
    assert got.published_at == datetime(2024, 9, 3, 17, 30, tzinfo=UTC)
    assert (got.published_from, got.author, got.section) == ("json-ld", "Arum Contoh", "Daerah")


def test_future_dates_are_not_believed() -> None:
    head = "<meta property='article:published_time' content='2031-01-01T00:00:00Z'>"
    assert read(page(f"<article>{H1}{STORY}</article>", head)).published_at is None


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<div class='oleh'>Oleh : Fajar Contoh</div>", "Fajar Contoh"),
        ("<address>Laporan: <a href='/p'>Damar Contoh</a></address>", "Damar Contoh"),
        ("<div id='penulis'>Penulis: <a href='/p'>Galih Contoh</a> | Editor: Tim</div>", "Galih Contoh"),
        ("<div class='author-2'>Endah Contoh</div>", "Endah Contoh"),
        ("<div class='author'>Admin</div>", None),
        ("<div class='author'>Kabar Contoh</div>", None),
    ],
)
def test_author(byline: str, author: str | None) -> None:
    head = "<meta name='author' content='redaksi'>"
    assert read(page(f"<article><div>{H1}{byline}{STORY}</div></article>", head)).author == author


def test_title_of_a_page_whose_head_knows_only_the_site() -> None:
    html = page(
        f"<div class='isi-luar'><h3 class='judul'>Jalan desa akhirnya diperbaiki</h3>{STORY}</div>",
        title="Media",
    )
    assert read(html).title == "Jalan desa akhirnya diperbaiki"


def test_body_without_paragraphs_in_a_named_box() -> None:
    menu = "<div class='navbar'><a href='/'>Beranda</a> <a href='/p'>Profil</a></div>"
    text = "<br><br>".join(
        f"Kalimat nomor {n} tentang pelayanan warga di kantor desa contoh." for n in range(6)
    )
    got = read(page(f"{menu}<h3 class='judul'>Pelayanan warga desa contoh</h3><div class='isi'>{text}</div>"))
    assert got.text.split("\n") == [
        f"Kalimat nomor {n} tentang pelayanan warga di kantor desa contoh." for n in range(6)
    ]


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        (
            page("<h1>404</h1><p>Halaman tidak ditemukan</p>", title="Halaman tidak ditemukan"),
            "https://a.example/x-y",
            "soft_404",
        ),
        (
            b"<html><head><title>Just a moment...</title></head><body><div id='cf-chl-widget'></div>",
            "https://a.example/x",
            "challenge",
        ),
        (b"", "https://a.example/x", "empty"),
        (b"%PDF-1.7 ...", "https://a.example/x", "not_html"),
        (page("<script>location='/x'</script>"), "https://a.example/x", "needs_js"),
        (page(f"<article>{H1}{STORY}</article>"), "https://a.example/tag/pati/", "listing"),
        (
            page(
                "".join(
                    f"<h3><a href='/b/{n}'>Judul berita nomor {n}</a></h3><p>Ringkas.</p>" for n in range(12)
                )
            ),
            "https://a.example/daerah",
            "listing",
        ),
        (
            b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(5000)) + b">x</p></body></html>",
            "https://a.example/x",
            "hostile",
        ),
    ],
)
def test_page_types(html: bytes, url: str, kind: str) -> None:
    assert read(html, url).page_type == kind


def test_page_all_is_named_and_numbered_pages_are_listed() -> None:
    links = "<a href='?page=2'>2</a><a href='/berita/12-jalan?page=3'>3</a>"
    got = read(page(f"<article>{H1}{STORY}</article>{links}"))
    assert (got.pages_whole, [p[-6:] for p in got.pages]) == (False, ["page=2", "page=3"])
    whole = read(page(f"<article>{H1}{STORY}</article>{links}<a href='?page=all'>Semua</a>"))
    assert (whole.pages_whole, whole.pages) == (True, ("https://kabar.example/berita/12-jalan?page=all",))
    assert read(page(f"{STORY}{links}"), "https://kabar.example/berita/12-jalan?page=2").pages == ()


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("Kegiatan berjalan lancar. (adv)", True),
        ("Sosialisasi cukai digelar. (hms)", True),
        ("Kata humas (humas) itu panjang. " + "x " * 150, True),
        ("Biasa saja.", False),
    ],
)
def test_advertorial(text: str, paid: bool) -> None:
    got = read(page(f"<article>{H1}<p>{text}</p>{'' if paid else STORY}</article>"))
    assert got.advertorial is paid


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Rob Juwana naik lagi", "BACA JUGA Rob Juwana", "SCROLL TO CONTINUE WITH CONTENT",
        "[Gambas:Video 20detik]", "ADVERTISEMENT", 'Simak Video "Rob"', "| Baca juga: Rob |", "Bagikan:",
        "Artikel ini telah tayang di Kabar Contoh", "Editor: Tim Contoh",
        "Ikuti saluran WhatsApp Kabar Contoh", "The post Rob appeared first on Kabar Contoh.",
    ],
)  # fmt: skip
def test_boilerplate_lines_go(line: str) -> None:
    assert (
        without_boilerplate(f"Kalimat pertama.\n{line}\nKalimat kedua.") == "Kalimat pertama.\nKalimat kedua."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga tulisnya, kata guru itu kepada murid."[5:],
        "Warga membaca juga pengumuman itu di balai desa.",
        "Foto udara menunjukkan tambak terendam.",
        "Sumber air di desa itu mengering.",
    ],
)
def test_sentences_of_the_story_stay(line: str) -> None:
    assert line in without_boilerplate(f"Kalimat pertama.\n{line}\nKalimat kedua.")


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("Jum\u2019at".encode("cp1252"), "utf-8", "Jum\u2019at"),
        ("Jum\u2019at".encode(), "iso-8859-1", "Jum\u2019at"),
        ("baik \u2013 ".encode() + "Jum\u2019at".encode("cp1252"), "utf-8", "baik \u2013 Jum\u2019at"),
        ("\ufeffhalo".encode("utf-16-le"), None, "halo"),
        (b"a\x00b\x08c", "utf-8", "abc"),
        ("\u0451".encode("koi8-r"), "koi8-r", "\u0451"),
        (b"x\xff", "no-such-codec", "x\u00ff"),
    ],
)
def test_decoding(body: bytes, declared: str | None, text: str) -> None:
    assert decode(body, declared) == text
