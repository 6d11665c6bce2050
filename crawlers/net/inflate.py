"""Undoing Content-Encoding without being blown up. Pure but for the middleware at the end.

Scrapy's own middleware has a size cap, but no cap on the ratio, takes a torn gzip stream for a
whole one, and gives up on a body that is not compressed at all although its header says so.

Only gzip and deflate are asked for: every server speaks them, zlib comes with Python, and each
further decoder is one more way in.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.http import TextResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate"
MOST_RATIO = 100  # real pages reach 10 to 20, sitemaps 40; a bomb has a thousand
_SMALL = 1024 * 1024  # below this many bytes a ratio proves nothing: a page of blanks is no bomb
_CHUNK = 256 * 1024
_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _BARE = 31, 15, -15  # zlib's names (wbits) for the three wrappers

Flag = Literal["partial", "not_compressed"]


class TooLargeError(IgnoreRequest):
    """A body is larger, or swells further, than is read; the message says so in Indonesian."""


class UnknownEncodingError(IgnoreRequest):
    """A body is packed in a way that was not asked for."""


@dataclass(frozen=True, slots=True)
class Inflated:
    """A body with its encodings undone.

    Attributes:
        body: plain bytes.
        flags: ``partial`` when the stream was torn, ``not_compressed`` when the header lied.
    """

    body: bytes
    flags: tuple[Flag, ...] = ()


def inflate(body: bytes, encodings: Iterable[str], most: int) -> Inflated:
    """Undo content encodings.

    Args:
        body: as received.
        encodings: of the Content-Encoding header, in its order.
        most: most bytes the result may have.

    Raises:
        TooLargeError: the result has more bytes, or `MOST_RATIO` times as many as came in.
        UnknownEncodingError: an encoding is not gzip or deflate.
    """
    flags: list[Flag] = []
    for name in reversed([e.strip().lower() for e in encodings]):
        if name in {"", "identity"}:
            continue
        if name not in {"gzip", "x-gzip", "deflate"}:
            raise UnknownEncodingError("Isi halaman dikemas dengan cara yang tidak diminta.")
        one = _undo(body, most, gzip=name != "deflate")
        body = one.body
        flags += one.flags
    return Inflated(body, tuple(dict.fromkeys(flags)))


def _undo(body: bytes, most: int, *, gzip: bool) -> Inflated:
    if not body:
        return Inflated(body)
    plain, whole = _read(body, _GZIP if gzip else _ZLIB, most)
    if not plain and not whole and not gzip:
        # some servers send the bare stream; torn, it cannot be told from a page
        plain, whole = _read(body, _BARE, most)
        plain = plain if whole else b""
    if whole:
        return Inflated(plain)
    if plain or body.startswith(_MAGIC):
        return Inflated(plain, ("partial",))
    return Inflated(body, ("not_compressed",))


def _read(body: bytes, wbits: int, most: int) -> tuple[bytes, bool]:
    """Return (what could be read, whether the stream came to its proper end)."""
    room = min(most, max(_SMALL, MOST_RATIO * len(body)))
    pieces: list[bytes] = []
    size = 0
    while body:
        reader = zlib.decompressobj(wbits)
        while body and not reader.eof:
            try:
                piece = reader.decompress(body, _CHUNK)
            except zlib.error:
                return b"".join(pieces), False
            size += len(piece)
            if size > room:
                raise TooLargeError("Isi halaman membengkak melampaui batas ukuran.")
            pieces.append(piece)
            body = reader.unconsumed_tail
        if not reader.eof:
            return b"".join(pieces), False
        # a gzip file may have several members; what else follows the last one is padding
        body = reader.unused_data if reader.unused_data.startswith(_MAGIC) and wbits == _GZIP else b""
    return b"".join(pieces), True


class InflateMiddleware:
    """Takes the place of Scrapy's HttpCompressionMiddleware."""

    def __init__(self, most: int) -> None:
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what we can read."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 - Scrapy's interface
        """Undo the encodings; flags go onto the response."""
        raw = b",".join(response.headers.getlist("Content-Encoding"))
        named = [name for name in raw.decode("latin-1").split(",") if name.strip()]
        if not named:
            return response
        plain = inflate(response.body, named, self._most)
        changed: dict[str, Any] = {"body": plain.body, "flags": [*response.flags, *plain.flags]}
        if isinstance(response, TextResponse):
            # or Scrapy asks the packed bytes for their charset, and believes the answer
            changed["encoding"] = None
        undone: Response = response.replace(**changed)
        del undone.headers["Content-Encoding"]
        return undone
