"""Lines that Indonesian sites put between the paragraphs of a story.

Every extractor leaves them in (98 % of the detik bodies measured hold "SCROLL TO CONTINUE"),
so they are taken out line by line after extraction. A rule must match a whole line or the
unmistakable beginning of one: dropping a sentence of the story is worse than keeping a teaser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.dates import parse_date
from crawlers.extract.lines import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_WHOLE = re.compile(
    r"\W*(?:advertisements?|iklan|adsense)?\W*(?:scroll to (?:continue with|resume) content)?\W*|"
    r"(?:"
    r"lanjutkan membaca(?: artikel)?|baca selengkapnya|selengkapnya|halaman selanjutnya|"
    r"halaman:?[\s\d]*(?:selanjutnya|semua halaman)?|tampilkan semua|show all|prev|next|"
    r"bagikan(?: artikel)?(?: ini)?:?|share(?: this)?:?|tweet|whatsapp|facebook|telegram|"
    r"copy link|salin (?:link|tautan)|copyright.{0,80}|loading\.*|memuat\.*|print|cetak|"
    r"\(?foto:? ?(?:ist(?:imewa)?|dok\.?)\.?\)?|tags?:?.{0,10}|topik:?|komentar|kirim|"
    r"\[gambas:[^\]]{0,60}\]|\[(?:video|image|gambar)[^\]]{0,60}\]|[\W\d]*komentar\W*|"
    r"(?:filed under|posted in|diposkan di|labels?:|langganan:)[\s:].{0,100}|terkait|"
    r"\(\w{2,5}(?:/\w{2,5}){1,5}\)|\W{1,5}|lihat foto|[\w. ]{2,40}/(?:dok\w*|foto|istimewa|ist)\b.{0,40}|"
    r"video terpopuler.{0,40}|.{0,200}\((?:foto|dok|sumber foto)\b[^()]{0,60}\)\.?|"
    r"\(?(?:adv|advertorial|hms|humas|pariwara|adv/\w{1,8})\)?|"
    r".{0,140}\bikuti (?:saluran|kanal|channel) (?:whatsapp|telegram)\b.{0,80})",
    re.IGNORECASE,
)
_START = re.compile(
    r"(?:[-*\u2022\u25ba\u00bb>\u2192]\s*)?(?:"
    r"(?:baca|simak|lihat|tonton|cek|klik) juga\b"
    r"|baca\s*(?::|ini:|selengkapnya di)"
    r"|(?:simak|tonton|saksikan)(?: juga)? video\b|\[gambas:|lihat video\b"
    r"|(?:simak|ikuti|baca) (?:terus )?(?:berita|kabar|breaking|artikel)\b.{0,80}"
    r"\b(?:google news|whatsapp|saluran|kanal)"
    r"|dilarang (?:keras )?(?:mengambil|menyalin|mengutip|menyiarkan|memperbanyak|mengcopy)\b"
    r"|artikel ini (?:telah|sudah) (?:tayang|terbit|dipublikasikan)\b"
    r"|berita ini (?:telah|sudah) (?:tayang|terbit)\b"
    r"|(?:ikuti|dapatkan|follow|gabung|join)\b.{0,80}"
    r"\b(?:whatsapp|telegram|google news|channel|saluran|kanal|medsos|instagram)\b"
    r"|cek berita dan artikel|dapatkan (?:berita|informasi|update)\b.{0,60}\b(?:setiap hari|terbaru|pilihan)"
    r"|jangan (?:lupa )?(?:lewatkan|ketinggalan).{0,60}\b(?:whatsapp|telegram|google news|kanal)"
    r"|(?:editor|penyunting|redaktur(?: & reporter)?|uploader)\s*:.{0,60}$"
    r"|\(?(?:penulis|reporter|pewarta|wartawan|kontributor|jurnalis)\s*:.{0,60}$"
    r"|(?:sumber|foto|video|grafis)\s*:.{0,50}$"
    r"|(?:ilustrasi|foto)\s*[-\u2013:].{0,160}$"
    r"|the post .{0,200} appeared first on\b"
    r"|copyright\b|hak cipta\b|\u00a9"
    r"|(?:berita|artikel) (?:terkait|lainnya|populer|terpopuler|pilihan)\b.{0,40}$"
    r"|halaman (?:selanjutnya|berikutnya)\b|(?:laporan )?wartawan \w+(?:\.com)?,.{0,50}$"
    r"|(?:tonton|lihat|simak) (?:berita|konten|artikel) (?:lain|menarik|terkait)"
    r")",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\[gambas:[^\]]{0,60}\]|scroll to continue with content)\s*", re.IGNORECASE)
_MAY_TRAIL = re.compile(r"gambas:|scroll to", re.IGNORECASE)  # most lines hold neither, and this is cheap
_BYLINE = re.compile(
    r"(?:penulis|reporter|pewarta|laporan|oleh|editor|ditulis oleh|posted (?:on|by)|by)\b\s*:?.{0,60}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+$")
_TITLE, _TOP, _CUT = 6, 10, 30
_DIGIT = re.compile(r"\d")
_TRAILER = re.compile(r"^\W{0,3}(?:tags?|topik|kata kunci|bagikan|share|komentar)\W{0,3}$", re.IGNORECASE)


def without_boilerplate(
    text: str, title: str = "", now: datetime | None = None, tags: Iterable[str] = ()
) -> str:
    """Return the story's own lines.

    Args:
        text: extracted body, one paragraph per line.
        title: the headline; what stands above its repetition at the top is dropped with it.
        now: aware; lets a line that is only a date be recognised at the top.
        tags: the outlet's tags; a last line made of nothing else is dropped.
    """
    kept: list[str] = []
    for raw in _without_top(text.split("\n"), title, now):
        line = (_TAIL.sub(" ", raw) if _MAY_TRAIL.search(raw) else raw).strip(" \t|\u00a0")
        if not line or _WHOLE.fullmatch(line) or _START.match(line):
            continue
        # a summary above the story that is only its cut-off beginning
        if kept and (
            kept[-1] == line or (len(kept[-1]) > _CUT and line.startswith(kept[-1].rstrip(". \u2026")))
        ):
            kept[-1] = line
            continue
        kept.append(line)
    labels = {word for tag in tags for word in tag.casefold().split()}
    while kept and (_TRAILER.match(kept[-1]) or labels >= set(kept[-1].casefold().split())):
        kept.pop()
    return "\n".join(kept)


def _without_top(lines: list[str], title: str, now: datetime | None) -> list[str]:
    """Drop the kicker, headline, byline and date that stand above the first paragraph."""
    for index, line in enumerate(lines[:_TITLE]):
        if title and line.strip(" |").casefold() == title.casefold():
            lines = lines[index + 1 :]
            break
    for index, line in enumerate(lines[1:_TITLE], 1):
        # a standfirst that the story itself begins with
        if len(lines[0]) > _CUT and line.startswith(lines[0].rstrip(". \u2026")):
            lines = lines[index:]
            break
    first = next((i for i, line in enumerate(lines[:_TOP]) if is_prose(line)), 0)
    bylines = [i for i in range(first) if _is_byline(lines[i].strip(" |-"), now)]
    if not bylines:
        return lines
    last = bylines[-1] + 1
    # the rest of a list that holds the byline: the place, a counter
    while last < first and lines[last].startswith("- ") and lines[bylines[-1]].startswith("- "):
        last += 1
    return lines[last:]


def _is_byline(line: str, now: datetime | None) -> bool:
    if not line or _BYLINE.match(line) or _ADDRESS.match(line):
        return True
    return (
        now is not None
        and len(line) < 60
        and line[-1] not in ".!?\u201d"
        and bool(_DIGIT.search(line) and parse_date(line, now=now))
    )
