"""Good articles and the feeds that name them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

NOW = datetime(2024, 9, 11, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
WRITTEN = NOW - timedelta(hours=5)

_WORKS = (
    "jalan desa",
    "pasar ikan",
    "puskesmas",
    "saluran air",
    "lampu jalan",
    "balai warga",
    "sekolah dasar",
)
_WHO = ("Warga", "Petugas", "Pedagang", "Nelayan", "Kader posyandu", "Ketua RT", "Guru")


@dataclass(frozen=True)
class Story:
    """An article as its outlet wrote it."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def story(name: str, pieces: int = 4) -> Story:
    """An article about `name`, unlike every other one."""
    start = sum(map(ord, name))
    paragraphs = []
    for n in range(pieces):
        who, work = _WHO[(start + n) % 7], _WORKS[(start * 3 + n) % 7]
        paragraphs.append(
            f"{who} di Kabupaten Pati menyampaikan kabar {name} bagian {n + 1} tentang perbaikan {work}. "
            f"Pekerjaan {name} tahap {n + 1} berjalan sesuai rencana dan disaksikan banyak orang. "
            f"Hasilnya untuk {work} mulai dirasakan sejak pekan lalu, kata mereka."
        )
    return Story(f"Kabar {name} dari desa contoh", tuple(paragraphs))


def html(
    one: Story, *, extra_head: str = "", after: str = "", dated: bool = True, h1: str | None = None
) -> str:
    """An article page."""
    stamp = f"<meta property='article:published_time' content='{WRITTEN.isoformat()}'>" if dated else ""
    name = f"<title>{escape(one.title)} - Uji</title>" if one.title else ""
    body = "".join(f"<p>{escape(p, quote=False)}</p>" for p in one.paragraphs)
    return (
        f"<!DOCTYPE html><html><head>{name}{stamp}{extra_head}</head><body>"
        f"<nav><a href='/'>Beranda</a></nav><article><h1>{h1 or escape(one.title)}</h1>{body}</article>"
        f"{after}<footer>Hak cipta</footer></body></html>"
    )


@dataclass(frozen=True)
class Item:
    """One entry of a feed; what is None is left out."""

    link: str | None
    title: str
    date: str | None = format_datetime(WRITTEN)
    guid: str | None = None
    description: str = ""

    def xml(self) -> str:
        parts = [("link", self.link), ("title", self.title), ("pubDate", self.date), ("guid", self.guid)]
        inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts if text is not None)
        return f"<item>{inner}<description>{self.description}</description></item>"


def rss(
    items: Iterable[Item], *, before: str = "", head: str = '<?xml version="1.0" encoding="utf-8"?>'
) -> str:
    """A feed. Links and titles are put in as they are, so that they can be wrong."""
    inner = "<title>Uji</title>" + "".join(item.xml() for item in items)
    return f"{before}{head}<rss version='2.0'><channel>{inner}</channel></rss>"


def listing(links: Sequence[tuple[str, str]], more: str = "") -> str:
    """A page that lists stories."""
    boxes = "".join(f"<div><h3><a href='{escape(href)}'>{text}</a></h3></div>" for href, text in links)
    return f"<html><body><main>{boxes}</main>{more}</body></html>"
