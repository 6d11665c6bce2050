"""What an answer or a failure means for an address. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawlers.net.guard import RefusedError
from crawlers.net.manners import HostRestsError

if TYPE_CHECKING:
    from crawlers.extract.pagetype import PageType

Then = Literal["done", "retry", "forget", "put_off"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a record is not kept, and what follows.

    Attributes:
        reason: short machine word.
        detail: one Indonesian sentence.
        then: ``done`` never again, ``retry`` in a later run, ``forget`` when the source names
            it again, ``put_off`` without counting it.
        strike: whether it counts against the host.
    """

    reason: str
    detail: str
    then: Then = "done"
    strike: bool = False


def of_status(status: int) -> Verdict | None:
    """Judge an HTTP status; None when the page may be read."""
    if status == 200:
        return None
    if status in {404, 410}:
        return Verdict("gone", f"Halaman sudah tidak ada (HTTP {status}).")
    if status in {401, 402, 403, 407, 451}:
        return Verdict("blocked", f"Server menolak permintaan (HTTP {status}).", "retry", strike=True)
    if 300 <= status < 400:
        return Verdict("redirect_refused", f"Pengalihan tidak dapat diikuti (HTTP {status}).")
    if status == 429 or status >= 500:
        return Verdict("http_error", f"Server gagal menjawab (HTTP {status}).", "retry", strike=True)
    return Verdict("http_error", f"Server menjawab dengan HTTP {status}.", "retry")


def of_page(kind: PageType) -> Verdict | None:
    """Judge what kind of page came; None when it is an article."""
    match kind:
        case "article":
            return None
        case "listing":
            return Verdict("listing", "Halaman ini daftar tulisan, bukan satu tulisan.")
        case "soft_404":
            return Verdict("soft_404", "Server menjawab 200, tetapi isinya halaman tidak ditemukan.", "retry")
        case "challenge":
            return Verdict("challenge", "Halaman dijaga pemeriksaan bot.", "retry", strike=True)
    return Verdict("no_text", "Halaman tidak memuat teks tulisan.", "retry")


def of_failure(error: BaseException, *, refused_host: bool) -> Verdict:
    """Judge a failed fetch.

    Args:
        error: what Scrapy raised.
        refused_host: the guard found the host only on addresses that may not be reached.
    """
    if isinstance(error, HostRestsError):
        return Verdict("host_rests", str(error), "put_off")
    if isinstance(error, RefusedError):
        return Verdict("refused", str(error), "forget")
    if refused_host:
        return Verdict("refused", "Alamat ditolak: hosnya berada di jaringan dalam.", "forget")
    if isinstance(error, DownloadCancelledError):
        return Verdict("too_large", "Halaman melebihi batas ukuran.")
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, DownloadTimeoutError):
        return Verdict("timeout", "Server tidak menjawab sampai batas waktu.", "retry", strike=True)
    if isinstance(error, CannotResolveHostError):
        return Verdict("no_host", "Nama host tidak ditemukan.", "retry", strike=True)
    name = type(error).__name__
    return Verdict("fetch_failed", f"Pengambilan gagal ({name}).", "retry", strike=True)


def _ignored(why: str) -> Verdict:
    lowered = why.lower()
    if "robots" in lowered:
        return Verdict("robots", "Situs melarang alamat ini lewat robots.txt.", "forget")
    if "redirect" in lowered:
        return Verdict("redirect_loop", "Pengalihan berputar-putar atau terlalu panjang.", "retry")
    if "size" in lowered or "large" in lowered or "maxsize" in lowered:
        return Verdict("too_large", "Halaman melebihi batas ukuran.")
    return Verdict("fetch_failed", "Permintaan dihentikan oleh aturan perayapan.", "retry")
