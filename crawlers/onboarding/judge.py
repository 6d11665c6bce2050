"""What a handful of read pages says about a source. Pure."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import TYPE_CHECKING, Literal

from crawlers.onboarding.model import Coverage, Endpoint, Robots, Sample, SiteReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Scope

Readiness = Literal["siap", "periksa", "belum"]
GOOD, POOR = 0.9, 0.5
"""From which share on a field counts as there, and below which as missing."""
LOCAL = 0.7
"""Share of stories about the regency from which a site counts as local: the analyser itself
overlooks some, and a local site prints a recipe now and then."""
ENOUGH = 5
"""Fewer pages than this decide nothing."""
SHORT = 60
"""Words; a median below this means teasers are read instead of texts."""
_FIELDS = {"title": "judul", "date": "tanggal", "author": "penulis"}


def coverage(samples: Sequence[Sample]) -> Coverage:
    """Count what the sample pages gave."""
    read = [one for one in samples if one.problem is None]
    # the first part of a divided story says nothing about its length
    words = [one.words for one in read if one.parts == 1]
    return Coverage(
        n=len(samples),
        body=len(read),
        title=sum(bool(one.title) for one in read),
        date=sum(one.published_at is not None for one in read),
        time=sum(one.timed for one in read),
        author=sum(one.author for one in read),
        about=sum(one.about_pati for one in read),
        provenance=dict(Counter(one.published_from for one in read if one.published_from)),
        problems=dict(Counter(one.problem for one in samples if one.problem)),
        median_words=round(statistics.median(words)) if words else 0,
    )


def readiness(report: SiteReport) -> Readiness:
    """Say whether a source can be used as it is.

    Returns:
        ``belum``: nothing of it can be read; ``periksa``: it can be used, but something is
        missing that a person should look at; ``siap``: titles, dates and texts are there.
    """
    found = report.coverage
    if not report.proposal.endpoints or not found.body:
        return "belum"
    whole = min(found.title, found.date) >= GOOD * found.body and found.body >= GOOD * found.n
    return "siap" if whole and found.body >= ENOUGH else "periksa"


def scope_of(found: Coverage, *, local_by_nature: bool) -> tuple[Scope, bool]:
    """Guess whether everything on the site is about the regency.

    A doubtful site is `general`: its articles are then looked at one by one, and nothing that
    has no bearing on the regency is stored.

    Args:
        found: what the sample gave.
        local_by_nature: it is the regency's own site.

    Returns:
        (scope, sure).
    """
    if local_by_nature:
        return "pati_only", True
    if found.body < ENOUGH:
        return "general", False
    return ("pati_only" if found.about >= LOCAL * found.body else "general"), True


def missing(found: Coverage, robots: Robots, endpoints: Sequence[Endpoint]) -> tuple[str, ...]:
    """Say what is not there, worst first, as Indonesian sentences."""
    said = []
    if not endpoints:
        said.append("Tidak ada umpan, peta situs, atau halaman daftar yang dapat dipakai.")
    if found.n > found.body:
        bad = found.n - found.body
        said.append(f"{bad} dari {found.n} halaman contoh bukan tulisan yang dapat disimpan.")
    said += [s for name in _FIELDS if (s := _lacking(name, getattr(found, name), found.body))]
    if found.date and found.time < POOR * found.date:
        said.append("Tanggal hanya sampai hari, tanpa jam.")
    if 0 < found.median_words < SHORT:
        said.append(f"Isi pendek (median {found.median_words} kata); mungkin hanya cuplikan.")
    if endpoints and all(e.method == "listing" for e in endpoints):
        said.append("Tidak ada umpan atau peta situs; berita dicari lewat halaman daftar.")
    if endpoints and not any(e.deeper for e in endpoints):
        said.append("Daftarnya hanya memuat yang terbaru; jalankan pengumpulan sedikitnya sekali sehari.")
    if robots.file == "tidak terbaca":
        said.append("robots.txt tidak terbaca; coba lagi sebelum mengaktifkan.")
    if 0 < found.body < ENOUGH:
        said.append(f"Contoh yang terbaca baru {found.body}; penilaian ini belum kuat.")
    return tuple(said)


def _lacking(name: str, n: int, of: int) -> str | None:
    if not of or n >= GOOD * of:
        return None
    word = _FIELDS[name].capitalize()
    if n == 0:
        return f"{word} tidak ditemukan di satu pun halaman contoh."
    return f"{word} hanya ditemukan di {n} dari {of} halaman contoh."
