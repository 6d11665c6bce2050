"""What an answer or a failure means for an address. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawlers.net.answers import PASSING, REFUSING
from crawlers.net.guard import RefusedError
from crawlers.net.hops import HopLimitError
from crawlers.net.inflate import TooLargeError, UnknownEncodingError
from crawlers.net.robots import RobotsForbidError, RobotsUnreadableError
from crawlers.net.tls import certificate_refused
from crawlers.net.turns import HostCapError, HostRestsError

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
        strike: whether the host misbehaves, rather than the one page.
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
    if status in REFUSING:
        return Verdict("blocked", f"Server menolak permintaan (HTTP {status}).", "retry", strike=True)
    if 300 <= status < 400:
        return Verdict("redirect_refused", f"Pengalihan tidak dapat diikuti (HTTP {status}).")
    if status in PASSING or status >= 500:
        return Verdict("http_error", f"Server gagal menjawab (HTTP {status}).", "retry", strike=True)
    return Verdict("http_error", f"Server menjawab dengan HTTP {status}.", "retry")


def of_body(body: bytes) -> Verdict | None:
    """Judge an article page before it is read; None when there is something to read."""
    if not body.strip():
        return Verdict("empty", "Server menjawab 200 dengan isi kosong.", "retry")
    return None


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
        case "needs_js":
            detail = "Halaman baru terisi setelah JavaScript dijalankan; isinya tidak dapat diambil."
            return Verdict("needs_js", detail, "retry")
        case "not_html":
            return Verdict("not_html", "Alamat ini berisi berkas, misalnya PDF atau gambar, bukan halaman.")
        case "hostile":
            return Verdict("hostile_page", "Halaman dibuat sedemikian rupa hingga membekukan pembacanya.")
    return Verdict("no_text", "Halaman tidak memuat teks tulisan.", "retry")


def of_failure(error: BaseException, *, refused_host: bool) -> Verdict:
    """Judge a failed fetch.

    Args:
        error: what Scrapy raised.
        refused_host: the guard found the host only on addresses that may not be reached.
    """
    if isinstance(error, HostRestsError):
        return Verdict(_rest(error), str(error), "put_off")
    if refused_host and not isinstance(error, RefusedError):
        return Verdict("refused", "Alamat ditolak: hosnya berada di jaringan dalam.", "forget")
    if certificate_refused(error):
        detail = "Sertifikat keamanan (TLS) situs tidak dapat dipercaya; halaman tidak diambil."
        return Verdict("bad_certificate", detail, "retry", strike=True)
    for kind, verdict in _FAILURES.items():
        if isinstance(error, kind):
            return verdict if verdict.detail else replace(verdict, detail=str(error))
    name = type(error).__name__
    return Verdict("fetch_failed", f"Pengambilan gagal ({name}).", "retry", strike=True)


# the first that fits counts; where no sentence stands, the error brings its own
_FAILURES: dict[type[Exception], Verdict] = {
    RefusedError: Verdict("refused", "", "forget"),
    RobotsForbidError: Verdict("robots", "", "forget"),
    HopLimitError: Verdict("redirect_loop", "", "retry"),
    TooLargeError: Verdict("too_large", ""),
    UnknownEncodingError: Verdict("unknown_encoding", "", "retry"),
    IgnoreRequest: Verdict("fetch_failed", "Permintaan dihentikan oleh aturan perayapan.", "retry"),
    DownloadCancelledError: Verdict("too_large", "Halaman melebihi batas ukuran."),
    DownloadTimeoutError: Verdict(
        "timeout", "Server tidak menjawab sampai batas waktu.", "retry", strike=True
    ),
    CannotResolveHostError: Verdict("no_host", "Nama host tidak ditemukan.", "retry", strike=True),
}


def _rest(error: HostRestsError) -> str:
    if isinstance(error, HostCapError):
        return "host_cap"
    return "robots_unreadable" if isinstance(error, RobotsUnreadableError) else "host_rests"
