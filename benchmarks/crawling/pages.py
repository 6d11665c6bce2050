"""The pages that every crawler is given: real ones, repeated with differences, and our own.

Nine tenths are real pages (the article extraction benchmark's and the Indonesian ones of
``PATI_SHARED``), taken again from the start under new addresses until the number is reached; one
tenth are articles of the offline newsroom in all its layouts, whose titles, moments and authors
are known. The newsroom's pages are small: with this share a page has 160 kB on average, where
1,000 real news pages of many sites had 195 kB. Without the real pages all are the newsroom's.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from werkzeug import Request
from werkzeug.test import EnvironBuilder

from benchmarks.crawling.server import SERVED
from samples.pages import Story
from samples.records import Article
from samples.site import Site
from samples.world import World

REAL_SHARE = 0.9
HOSTS = 10  # for the real pages; each outlet of the newsroom has one of its own besides
_LEVEL = 6
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SAFE = "/%:;,=&?+@!$'()*~-._"


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be crawled.

    Attributes:
        host: loopback address that serves it.
        path: path and query.
        html: the page.
        kind: which set it comes from.
        copy: 0 for the page as it is, else the number of the copy.
        title: truth, as far as known; so are the next three.
        body: the story.
        published: aware; None when the page shows no time of day or nothing is known.
        author: the writer.
        whole: path and page that show the entire story, where this one shows only its beginning.
    """

    host: str
    path: str
    html: bytes
    kind: Literal["aeb", "indonesian", "newsroom"]
    copy: int = 0
    title: str | None = None
    body: str | None = None
    published: datetime | None = None
    author: str | None = None
    whole: tuple[str, bytes] | None = None


def build(count: int, port: int, real: Path | None) -> list[Page]:
    """Collect the pages, in the order in which they are crawled.

    Args:
        count: how many.
        port: where they will be served.
        real: folder with ``aeb/`` and ``news_html_id/``, or None.
    """
    originals = [*_aeb(real), *_indonesian(real)] if real else []
    wanted = round(count * REAL_SHARE) if originals else 0
    pages = [_again(page, i, len(originals)) for i, page in enumerate(islice(cycle(originals), wanted))]
    pages += _newsroom(count - len(pages), port)
    random.Random(count).shuffle(pages)  # noqa: S311 - an order, not a secret
    return pages


def save(pages: Sequence[Page], few: Sequence[Page], folder: Path, port: int) -> None:
    """Write the pages for the server; per host a robots.txt and sitemaps of all and of few pages."""
    served: dict[str, dict[str, str]] = {}

    def put(host: str, path: str, name: str, body: bytes) -> None:
        (folder / name).write_bytes(gzip.compress(body, _LEVEL))
        served.setdefault(host, {})[path] = name

    for number, page in enumerate(pages):
        put(page.host, page.path, f"{number:05d}.html.gz", page.html)
        if page.whole:
            put(page.host, page.whole[0], f"{number:05d}-all.html.gz", page.whole[1])
    for host in list(served):
        put(host, "/robots.txt", f"{host}.txt.gz", b"User-agent: *\nAllow: /\n")
        for name, listed in (("all", pages), ("few", few)):
            urls = [address(page, port) for page in listed if page.host == host]
            put(host, f"/{name}.xml", f"{host}-{name}.xml.gz", _sitemap(urls))
    (folder / SERVED).write_text(json.dumps(served), encoding="utf-8")


def address(page: Page, port: int) -> str:
    """Where a page is served."""
    return f"http://{page.host}:{port}{page.path}"


def _sitemap(urls: list[str]) -> bytes:
    lines = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
    return f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'.encode()


def _aeb(real: Path) -> Iterator[Page]:
    """The article extraction benchmark: its truth is the body."""
    folder = real / "aeb"
    if not folder.is_dir():
        return
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth):
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        parts = urlsplit(truth[name]["url"])
        path = quote(parts.path or "/", _SAFE) + (f"?{quote(parts.query, _SAFE)}" if parts.query else "")
        yield Page("", path, html, "aeb", body=truth[name]["articleBody"])


def _indonesian(real: Path) -> Iterator[Page]:
    """The Indonesian pages; one of them comes with title, time and author."""
    for file in sorted((real / "news_html_id").glob("*.html")):
        known = file.with_suffix(".truth.json")
        truth = json.loads(known.read_text(encoding="utf-8")).get("V1", {}) if known.is_file() else {}
        yield Page(
            "", f"/berita/{quote(file.stem, _SAFE)}", file.read_bytes(), "indonesian",
            title=truth.get("title"), author=", ".join(truth.get("authors", [])) or None,
            published=datetime.fromisoformat(truth["publishing_date"]) if truth else None,
        )  # fmt: skip


def _again(page: Page, index: int, round_length: int) -> Page:
    """Give a real page a host and, from the second time on, text of its own.

    A word after every paragraph keeps all caches of all libraries from recognising the text;
    only the pages as they are (copy 0) are scored.
    """
    copy = index // round_length
    html = page.html.replace(b"</p>", b" salinan%d</p>" % (index + 1)) if copy else page.html
    host = f"127.0.1.{1 + index % HOSTS}"
    return Page(
        host, f"/r{copy}{page.path}", html, page.kind, copy, page.title, page.body, page.published,
        page.author,
    )  # fmt: skip


def _newsroom(count: int, port: int) -> Iterator[Page]:
    """Articles of the newsroom, outlets in turn, each outlet's newest first."""
    world = World()
    sites = [
        Site(
            outlet, world.media, world.by_outlet(outlet.id)[::-1], world.now,
            f"http://127.0.2.{1 + index}:{port}",
        )
        for index, outlet in enumerate(world.media.outlets)
    ]  # fmt: skip
    rows = max(len(site.articles) for site in sites)
    turns = ((site, row) for row in range(rows) for site in sites if row < len(site.articles))
    for site, row in islice(turns, count):
        article = site.articles[row]
        yield _article(site, article)


def _article(site: Site, article: Article) -> Page:
    def html(path: str) -> bytes:
        answer = site.respond(Request(EnvironBuilder(path, base_url=site.base).get_environ()))
        return bytes(answer.get_data())

    whole = f"{article.path}?page=all"
    split = site.outlet.platform == "tribun" and Story(article, site.base, site.outlet).parts > 1
    shows_time = site.outlet.platform != "pemkab"  # "Posted on 05 Sep 2019", and no author
    named = shows_time and article.author != "Admin"
    return Page(
        urlsplit(site.base).hostname or "", article.path, html(article.path), "newsroom",
        title=article.title, published=article.published_at if shows_time else None,
        author=article.author if named else None, body=article.text,
        whole=(whole, html(whole)) if split else None,
    )  # fmt: skip
