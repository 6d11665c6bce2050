"""Who wrote a page and what it is called: what readers see goes before what the data says."""

from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from crawlers.extract import Article, extract_article, jsonld

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
STORY = "".join(
    f"<p>Warga Desa Contoh menyampaikan keluhan nomor {n} tentang jalan rusak kepada pemerintah desa.</p>"
    for n in range(5)
)
TITLE = "Jalan rusak di Desa Contoh"
SITE = "<meta property='og:site_name' content='Kabar Contoh'>"
MACHINE = (
    '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Sinta Unggah"}}</script>'
)


def read(byline: str, head: str = SITE, end: str = "", title: str = TITLE) -> Article:
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{TITLE}</h1>{byline}{STORY}{end}"
        "</article><div class='terkait'><a href='/2'>Berita lain</a> oleh <a class='author'>Bukan Dia</a>"
        "</div></body></html>"
    )
    return extract_article(html.encode(), "https://kabarcontoh.example/berita/12-jalan", now=NOW)


@pytest.mark.parametrize(
    ("byline", "end", "author"),
    [
        ("<p>Oleh : Arum Contoh | Selasa, 3 September 2024</p>", "", "Arum Contoh"),
        ("<p>Ditulis oleh Arum Contoh pada 3 September 2024</p>", "", "Arum Contoh"),
        ("<p>3/9/2024 08:00 WIB | Penulis: Arum Contoh</p>", "", "Arum Contoh"),
        ("<p>Arum Contoh, Jurnalis &middot; Selasa</p>", "", "Arum Contoh"),
        ("<p><span>By</span><a href='/a'>Arum Contoh</a></p>", "", "Arum Contoh"),
        ("<h6>Arum Contoh</h6><h6>Penulis</h6><h6>Budi Contoh</h6><h6>Editor</h6>", "", "Arum Contoh"),
        ("", "<p>Penulis : Arum Contoh Editor : Budi Contoh</p>", "Arum Contoh"),
        ("", "<p>Laporan Wartawan Kabar.com, Arum Contoh</p>", "Arum Contoh"),
        ("", "<p><em>(Kabar Contoh Network | Arum Contoh - Kabar Contoh)</em></p>", "Arum Contoh"),
        ("<p>By Sinta Unggah</p>", "<p>Penulis: Arum Contoh</p>", "Arum Contoh"),
        ("<div><i class='fa fa-user'></i> Arum Contoh</div>", "", "Arum Contoh"),
        ("<div><img class='avatar' src='/a.jpg'><a href='/arum'>Arum Contoh</a></div>", "", "Arum Contoh"),
        ("<div class='authorDetail'>Arum Contoh</div>", "", "Arum Contoh"),
        ("<p>By Arum Contoh Updated Sept 3, 2024</p>", "", "Arum Contoh"),
        # nobody: the site, a desk, an editor, an office, a time to read
        ("<p>Oleh Kabar Contoh</p>", "", None),
        ("<p>Oleh Tim Kabar Contoh</p>", "", None),
        ("<p>Oleh Redaksi Kabar</p>", "", None),
        ("<p>Oleh Administrator</p>", "", None),
        ("<p>Oleh Bidang Informasi</p>", "", None),
        ("<p>Editor : Budi Contoh</p>", "", None),
        ("<p class='author'>Waktu baca 2 menit</p>", "", None),
    ],
)
def test_author_on_the_page(byline: str, end: str, author: str | None) -> None:
    assert read(byline, end=end).author == author


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        (MACHINE, "", "Sinta Unggah"),
        (MACHINE, "<div class='penulis'>Arum Contoh</div>", "Arum Contoh"),
        (MACHINE + "<meta name='content_author' content='Arum Contoh'>", "", "Arum Contoh"),
        (MACHINE, "<p>Editor: Sinta Unggah</p>", None),
        (
            (
                '<script type="application/ld+json">{"@type":"Article","author":[{"name":"Arum Contoh"},'
                '{"name":"Budi Contoh"}]}</script>'
            ),
            "<p>Arum Contoh dan Budi Contoh</p>",
            "Arum Contoh, Budi Contoh",
        ),
        (
            "<meta name='twitter:label1' content='Ditulis oleh'><meta name='twitter:data1' content='Arum'>",
            "",
            "Arum",
        ),
        (
            "<meta name='twitter:label1' content='Waktu baca'><meta name='twitter:data1' content='Dua'>",
            "",
            None,
        ),
    ],
)
def test_author_in_the_data(head: str, byline: str, author: str | None) -> None:
    assert read(byline, SITE + head).author == author


@pytest.mark.parametrize(
    "body",
    [
        '{"@type":"NewsArticle","datePublished":"2024-09-03","author":{"name":"Arum"},}',
        '//<![CDATA[\n{"@type":"NewsArticle","datePublished":"2024-09-03","author":{"name":"Arum"}}\n//]]>',
        '{"@type":"NewsArticle","headline":"A "B" C","datePublished":"2024-09-03","author":{"name":"Arum"}}',
        '{"@type":"NewsArticle","datePublished":"2024-09-03","author":{"@type":"Person","name":"Arum"},"x":',
        (
            "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-09-03&quot;,"
            "&quot;author&quot;:{&quot;name&quot;:&quot;Arum&quot;}}"
        ),
        (
            '{"@graph":[{"@type":"Article","datePublished":"2024-09-03","author":{"@id":"#a"}},'
            '{"@type":"Person","@id":"#a","name":"Arum"}]}'
        ),
        '{"@graph":[{"@type":"WebPage","datePublished":"2024-09-03","author":{"name":"Arum"}}]}',
        (
            '[{"@type":"ItemList","itemListElement":[{"item":{"@type":"NewsArticle","datePublished":"2001-01-01"}}]},'
            '{"@type":["NewsArticle"],"datePublished":["2024-09-03"],"author":["Arum"]}]'
        ),
    ],
)
def test_json_ld_as_sites_print_it(body: str) -> None:
    root = document_fromstring(f"<html><script type='application/ld+json'>{body}</script><p>x</p></html>")
    article = jsonld.find_article(root)
    assert (jsonld.text_field(article, "datePublished"), jsonld.names(article, "author")) == (
        "2024-09-03",
        ["Arum"],
    )


def test_of_several_articles_the_one_with_the_pages_title() -> None:
    kind = '{"@type":"NewsArticle","headline":'
    body = f'[{kind}"Lain sekali"}},{kind}"Jalan rusak desa"}}]'
    root = document_fromstring(f"<html><script type='application/ld+json'>{body}</script><p>x</p></html>")
    assert jsonld.find_article(root, ["Jalan rusak desa - Kabar"])["headline"] == "Jalan rusak desa"


@pytest.mark.parametrize(
    ("head_title", "heading", "title"),
    [
        (f"{TITLE} - Kabar Contoh", f"<h1>{TITLE}</h1>", TITLE),
        (f"Kabar Contoh | {TITLE}", f"<p class='x'><b>{TITLE}</b></p>", TITLE),
        ("Kabar Contoh", f"<h1>Kabar Contoh</h1><h2>{TITLE}</h2>", TITLE),
        ("Detail Berita - Kabar Contoh", f"<h2>Detail Berita</h2><h3>{TITLE}</h3>", TITLE),
        ("Kabar Contoh", f"<div class='judul-berita'>{TITLE}</div>", TITLE),
        (f"{TITLE} - Kabar Contoh", "", TITLE),
        ("Rob - Siapa Salah? - Kabar Contoh", "", "Rob - Siapa Salah?"),
    ],
)
def test_title(head_title: str, heading: str, title: str) -> None:
    html = (
        f"<html><head><title>{head_title}</title>{SITE}</head><body>{heading}<div>{STORY}</div></body></html>"
    )
    assert extract_article(html.encode(), "https://kabar.example/berita/12", now=NOW).title == title
