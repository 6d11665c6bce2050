"""Trouble in the page: structure, encodings, dressed-up errors."""

from tests.hostile.stories import Story, html, story
from tests.hostile.web import Player, reply

CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><div id='cf-chl-widget'></div>"
    b"<script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script></body></html>"
)
SCRIPTED = b"<html><head></head><body><script>window.location.href='/lain'</script></body></html>"
EMPTY_APP = (
    b"<html><body><noscript>Aktifkan JavaScript untuk membuka situs ini.</noscript>"
    b"<div id='root'></div><script src='/app.js'></script></body></html>"
)
SOFT_404 = (
    b"<html><head><title>404 - Halaman tidak ditemukan</title></head><body><h1>Halaman tidak ditemukan</h1>"
    b"<p>Maaf, halaman yang Anda cari tidak ada atau sudah dipindahkan. Silakan kembali ke beranda.</p>"
    b"</body></html>"
)
PDF = b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 500
QUOTED = Story(
    "Kabar Jum\u2019at dari desa contoh",
    tuple(
        f"\u201cSemua senang pada hari Jum\u2019at,\u201d kata warga Kabupaten Pati bagian {n} kepada media."
        " Perbaikan jalan desa berjalan sesuai rencana dan disaksikan banyak orang sejak pagi."
        for n in range(4)
    ),
)


def attributes(count: int) -> Player:
    """A tag with so many attributes that parsing it takes minutes."""
    tag = b"<p " + b" ".join(b"a%d=1" % n for n in range(count)) + b">"
    return reply(b"<html><body>" + tag + b"teks</p></body></html>")


def hidden_attributes(count: int) -> Player:
    """The same, with quoted angle brackets between the names."""
    tag = b"<p " + b" ".join(b"a%d='>'" % n for n in range(count)) + b">"
    return reply(b"<html><body>" + tag + b"teks</p></body></html>")


def nested(count: int) -> Player:
    """Boxes in boxes in boxes."""
    return reply(b"<html><body>" + b"<div>" * count + b"x" + b"</div>" * count + b"</body></html>")


def encoded(codec: str, declared: str | None, *, meta: str = "", bom: bytes = b"") -> Player:
    """The quoted story in one encoding, declared as another."""
    text = html(QUOTED, extra_head=f"<meta charset='{meta}'>" if meta else "")
    kind = None if declared is None else "text/html" + (f"; charset={declared}" if declared else "")
    return reply(bom + text.encode(codec), kind=kind)


def patched() -> Player:
    """A UTF-8 page into which somebody pasted a paragraph of Windows-1252."""
    first, *rest = (p.encode() for p in QUOTED.paragraphs)
    pasted = QUOTED.paragraphs[1].encode("cp1252")
    whole = html(QUOTED).encode().replace(rest[0], pasted)
    assert first in whole
    return reply(whole)


def controls() -> tuple[Player, Story]:
    """A page full of what no database takes: NUL, control characters, half a character."""
    clean = story("k31 kendali")
    dirty = html(clean).replace("tahap", "ta\0h\x01ap").encode().replace(b"rencana", b"ren\xed\xa0\x80cana")
    return reply(dirty), clean
