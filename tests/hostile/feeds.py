"""Trouble in feeds: guids, dates, XML that is none or too much."""

from datetime import UTC, datetime

from tests.hostile.model import page
from tests.hostile.stories import Item, rss, story
from tests.hostile.web import Player, Visit, nights, reply

RSS = "application/rss+xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY berkas SYSTEM "file:///etc/passwd">]>'
WARNING = (
    "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/feed.php</b> on line <b>3</b><br />\n"
)
BLOCKED = (
    b"<!DOCTYPE html><html><head><title>Situs dalam perbaikan</title></head><body><p>Maaf.</p></body></html>"
)


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def feed(*items: Item, **how: str) -> Player:
    """A feed; ROOT in its links is the host's own address."""
    body = rss(items, **how)

    async def play(visit: Visit) -> None:
        await reply(body.replace("ROOT", visit.root).encode(), kind=RSS)(visit)

    return play


def undated(*paths: str) -> dict[str, Player]:
    """Pages that say nothing about their date: what the feed says decides."""
    return {path: page(story(f"tanpa tanggal {path}"), dated=False) for path in paths}


def dated(**dates: str) -> dict[str, Player]:
    """A feed whose entries have these dates, and the pages it names."""
    items = [Item(f"ROOT/{name}", f"Judul {name}", date=date) for name, date in dates.items()]
    return {"/umpan.xml": feed(*items), **undated(*(f"/{name}" for name in dates))}


def positional(*names: str) -> Player:
    """A feed whose guids are 1, 2, 3, whatever stands there."""
    return feed(*(Item(f"ROOT/{name}", f"Judul {name}", guid=str(n)) for n, name in enumerate(names, 1)))


def rolled(first: list[str], then: list[str]) -> Player:
    """A feed with positional guids that is wholly new at the second visit."""
    return nights(positional(*first), positional(*then))


JOKE = Item("ROOT/lelucon", "&lol9;", description="&lol9;")
LEAK = Item("ROOT/bocor", "&berkas;", description="&berkas;")
TWO = (Item("ROOT/satu", "Judul satu"), Item("ROOT/dua", "Judul dua"))
ODD = ("/kembar-satu", "/kembar-dua", "/tanpa-guid", "/guid-tautan")


def odd_guids() -> Player:
    """A guid used twice, an entry without one, one whose guid is its link, two without any link."""
    return feed(
        Item("ROOT/kembar-satu", "Judul satu", guid="sama"),
        Item("ROOT/kembar-dua", "Judul dua", guid="sama"),
        Item("ROOT/tanpa-guid", "Judul tiga"),
        Item(None, "Judul empat", guid="ROOT/guid-tautan"),
        Item(None, "Tanpa tautan apa pun"),
        Item(None, "Tanpa tautan apa pun"),
        Item("http://nama:sandi@ROOT/x", "Dengan kata sandi", guid="7"),
    )


def cut(*paths: str) -> Player:
    """A feed that ends in the middle of its last entry."""
    whole = rss([Item(f"ROOT{path}", f"Judul {path}") for path in paths])
    body = whole[: whole.rindex("<title>") + 12]

    async def play(visit: Visit) -> None:
        await reply(body.replace("ROOT", visit.root).encode(), kind=RSS)(visit)

    return play


def careless() -> Player:
    """Unescaped ampersands, Windows-1252 under UTF-8, a script in title and description."""
    items = (
        Item("ROOT/baca?id=7&kanal=desa", "Jum\u2019at \u201cramai\u201d", description="a & b"),
        Item(
            "ROOT/polos", "&lt;script&gt;alert(1)&lt;/script&gt;Judul polos dari umpan",
            description="&lt;script&gt;alert(2)&lt;/script&gt;",
        ),
    )  # fmt: skip
    body = rss(items).encode("cp1252")

    async def play(visit: Visit) -> None:
        await reply(body.replace(b"ROOT", visit.root.encode()), kind=RSS)(visit)

    return play
