"""Trouble with addresses: pages without end, one story under many names, lists of stories."""

from datetime import date, timedelta

from tests.hostile.model import page
from tests.hostile.stories import Story, html, listing, story
from tests.hostile.transport import gzip_bomb, moved
from tests.hostile.web import Player, Visit, reply


async def calendar(visit: Visit) -> None:
    """A day with nothing on it but the way to the next one."""
    day = date.fromisoformat(visit.path.rpartition("/")[2])
    after = f"<a rel='next' href='/agenda/{day + timedelta(days=1)}'>Berikutnya</a>"
    links = [(f"/baik-{n}", f"Berita pilihan yang selalu tampil {n}") for n in (1, 2)]
    await reply(listing(links, after).encode())(visit)


async def busy_calendar(visit: Visit) -> None:
    """A page with a link to an event of its own, which is an empty page, and to the next one."""
    number = int(visit.path.rpartition("/")[2])
    after = f"<a rel='next' href='/hari/{number + 1}'>Berikutnya</a>"
    links = [(f"/baik-{n}", f"Berita pilihan yang selalu tampil {n}") for n in (1, 2)]
    links += [(f"/acara?nomor={number}", f"Acara nomor {number}")]
    await reply(listing(links, after).encode())(visit)


async def sessions(visit: Visit) -> None:
    """A list whose links are new ones at every visit: each carries a session of its own."""
    links = [(f"/baik-{n}?PHPSESSID={visit.times}f{n}", f"Kabar baik yang sama saja {n}") for n in (1, 2)]
    links += [(f"/cerita;jsessionid=A{visit.times}B", "Cerita dengan sesi di alamatnya")]
    links += [(f"/putar?tiket={visit.times}x{n}", f"Tautan berputar tanpa akhir {n}") for n in range(300)]
    await reply(listing(links).encode())(visit)


def canonical(one: Story, path: str) -> Player:
    """A page that names its own address."""

    async def play(visit: Visit) -> None:
        own = f"http://{visit.headers['host'].removeprefix('m.')}{path}"
        await page(one, extra_head=f"<link rel='canonical' href='{own}'>")(visit)

    return play


def paged(one: Story, path: str, *, whole: bool) -> dict[str, Player]:
    """A story on two pages, with or without a page that shows all of it."""
    half = len(one.paragraphs) // 2
    first, second = (Story(one.title, part) for part in (one.paragraphs[:half], one.paragraphs[half:]))
    more = f"<a href='{path}?page=2'>2</a>" + (f"<a href='{path}?page=all'>Semua</a>" if whole else "")
    pages: dict[str, Player] = {path: page(first, after=more), f"{path}?page=2": page(second, after=more)}
    if whole:
        pages[f"{path}?page=all"] = page(one)
    return pages


LINKED = {f"/berita/{n}-cerita-lama-dari-desa": story(f"k36 tertaut {n}") for n in range(10)}


def teasers() -> Player:
    """A list of ten stories, dressed as articles."""
    boxes = "".join(
        f"<article><h2><a href='{path}'>{one.title}</a></h2><time>10 September 2024</time>"
        f"<p>Ringkasan pendek tentang {one.title} di Kabupaten Pati.</p></article>"
        for path, one in LINKED.items()
    )
    return reply(f"<html><head><title>Arsip</title></head><body><main>{boxes}</main></body></html>".encode())


def cloned(one: Story, brand: str, original: str) -> Player:
    """Another outlet's story under a new name, pretending to be the original."""
    copied = Story(one.title, tuple(p.replace("warga", brand) for p in one.paragraphs))

    async def play(visit: Visit) -> None:
        port = visit.headers["host"].rpartition(":")[2]
        link = f"<link rel='canonical' href='http://{original}:{port}/baik-1'>"
        await reply(html(copied, extra_head=link).encode())(visit)

    return play


def sitemaps() -> dict[str, Player]:
    """An index of sitemaps: a good one, one inside, itself, one that is a bomb, one with a DOCTYPE."""
    names = ("baik.xml", "dalam.xml", "peta.xml", "bom.xml", "tipe.xml", "tangga-0.xml")

    def xml(kind: str, entry: str, *places: str, before: str = "") -> Player:
        async def play(visit: Visit) -> None:
            root = visit.root
            inner = "".join(f"<{entry}><loc>{root}{place}</loc></{entry}>" for place in places)
            body = f"<?xml version='1.0'?>{before}<{kind}>{inner}</{kind}>"
            await reply(body.encode(), kind="application/xml")(visit)

        return play

    async def deeper(visit: Visit) -> None:
        number = int(visit.path.removeprefix("/tangga-").removesuffix(".xml")) + 1
        await xml("sitemapindex", "sitemap", f"/tangga-{number}.xml")(visit)

    return {
        "/peta.xml": xml("sitemapindex", "sitemap", *(f"/{name}" for name in names)),
        "/baik.xml": xml("urlset", "url", "/baik-1", "/baik-2"),
        "/dalam.xml": moved("http://INNER:PORT/peta.xml"),
        "/bom.xml": gzip_bomb(100),
        "/tipe.xml": xml(
            "urlset", "url", "/x", before="<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
        ),
        "/tangga-*": deeper,
    }
