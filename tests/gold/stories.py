"""Story texts for the gold set, composed from the newsroom's own texts."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from markupsafe import Markup, escape

from samples.content_loader import load_items
from samples.dates import press_date
from samples.media import load_media
from samples.slots import Filler, Place
from tests.gold.model import Block

_PLACES = (
    ("Juwana", "Bendar"), ("Tayu", "Keboromo"), ("Kayen", "Srikaton"), ("Sukolilo", "Prawoto"),
    ("Margoyoso", "Bulumanis"), ("Gembong", "Klakahkasihan"), ("Batangan", "Lengkong"),
)  # fmt: skip
_PLACE_LEAD = re.compile(r"^(?:[A-Z][A-Z ]+(?:, \w+)?|[A-Z]\w+) ?[-\u2013\u2014] ?")
_DATELINE = re.compile(r"\b(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu) \(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)")
_LONG_DATE = re.compile(r"\b\d{1,2} (?:Agustus|September|Oktober|November) 2026\b")
_PAID = re.compile(r" ?\((?:hms|adv|humas)\)", re.IGNORECASE)
_SUBHEADINGS = (
    "Keluhan Sudah Lama Disampaikan", "Tanggapan Pemerintah Desa", "Rencana Tindak Lanjut",
    "Harapan Warga", "Anggaran Masih Dihitung",
)  # fmt: skip
_POINTS = (
    "Membawa fotokopi KTP dan kartu keluarga", "Mengisi formulir di loket pelayanan",
    "Menunggu panggilan petugas sesuai nomor antrean", "Menyimpan tanda terima sampai berkas selesai",
)  # fmt: skip
_QUOTES = (
    "Kami hanya ingin jalan di depan rumah bisa dilewati anak sekolah tanpa takut terpeleset",
    "Sejak dulu orang sini sabar, tetapi sabar juga ada batasnya kalau tidak pernah diberi kabar",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A title and plain paragraphs without place lead; datelines still to be set."""

    title: str
    paragraphs: tuple[str, ...]


@cache
def drafts() -> tuple[Draft, ...]:
    """Every newsroom story long enough to be an article, its slots filled, in a fixed order."""
    found = []
    for item in load_items():
        if item.kind != "news":
            continue
        rng = random.Random(f"gold {item.id}")  # noqa: S311 - the same pages every time
        moment = datetime.fromisoformat("2026-09-30T09:00+07:00")
        fill = Filler(rng, Place(*rng.choice(_PLACES)), moment, load_media(), item.slots).fill
        paragraphs = [" ".join(p.split()) for p in _PAID.sub("", fill(item.text)).split("\n\n")]
        paragraphs[0] = _PLACE_LEAD.sub("", paragraphs[0])
        kept = tuple(p for p in paragraphs if len(p) > 30)
        if sum(map(len, kept)) > 500:
            found.append(Draft(" ".join(fill(item.title).split()), kept))
    return tuple(found)


def compose(rng: random.Random, first: int, at: datetime, *, datelines: str) -> tuple[str, list[Block]]:
    """Compose one story.

    Args:
        rng: the page's own generator.
        first: which draft leads.
        at: when it is published.
        datelines: ``before`` sets all to that day or a few days earlier, ``same`` to that day and
            makes sure that the first paragraph has one, ``short`` the same without the year,
            ``none`` leaves weekdays without a date.

    Returns:
        Title and blocks.
    """
    all_drafts = drafts()
    lead = all_drafts[first % len(all_drafts)]
    texts = [_redate(p, rng, at, datelines) for p in lead.paragraphs]
    if rng.random() < 0.6:
        more = all_drafts[(first + 97) % len(all_drafts)].paragraphs[1:]
        texts += [_redate(p, rng, at, datelines) for p in more]
    if datelines in {"same", "short"} and "/" not in texts[0]:
        texts[0] = f"{texts[0].rstrip('.')}, {_written(at, datelines)}."
    blocks = [_block("p", text, rng) for text in dict.fromkeys(texts)]
    if rng.random() < 0.25:
        blocks.insert(2, _block("h2", rng.choice(_SUBHEADINGS), rng))
    if rng.random() < 0.15:
        blocks[3:3] = [_block("li", text, rng) for text in _POINTS]
    if rng.random() < 0.15:
        blocks.insert(len(blocks) - 1, _block("quote", rng.choice(_QUOTES), rng))
    return lead.title, blocks


def lead_in(blocks: Sequence[Block], lead: str) -> list[Block]:
    """Put a place and outlet lead ("PATI, Kabar Contoh - ") before the first paragraph."""
    first = blocks[0]
    place = lead.rstrip(" -\u2013\u2014:")
    html = Markup("<strong>{}</strong>{}").format(place, lead[len(place) :])
    return [Block(first.kind, lead + first.text, html + first.html), *blocks[1:]]


def _redate(text: str, rng: random.Random, at: datetime, datelines: str) -> str:
    if datelines == "before":
        at -= timedelta(days=rng.choice((0, 0, 1, 1, 2)))
        if rng.random() < 0.3:
            datelines = "short"
    written = _written(at, datelines)
    return _LONG_DATE.sub("akhir pekan itu", _DATELINE.sub(written, text))


def _written(at: datetime, datelines: str) -> str:
    full = press_date(at)
    return {"none": full.split(" ")[0], "short": full.rsplit("/", 1)[0] + ")"}.get(datelines, full)


def _block(kind: str, text: str, rng: random.Random) -> Block:
    html = escape(text)
    if kind == "p" and rng.random() < 0.25:
        html = html.replace("Pati", Markup('<a href="/tag/pati">Pati</a>'), 1)
    return Block(kind, text, html)  # type: ignore[arg-type]  # the callers write the kinds
