"""Bytes to text when headers lie.

Bytes that are valid UTF-8 are UTF-8, whatever the header says: chance hardly ever produces
valid multi-byte sequences. Otherwise the declared encoding is believed if it can decode, and
stray Windows-1252 bytes inside a UTF-8 page are read as what they are, one by one. What was
repaired is said, so that a text that may hold a wrong letter can be told from one that cannot.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

REPAIRED = "encoding_repaired"

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# NUL and control characters break XML trees and databases; lone surrogates break encoders.
_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_FORBIDDEN = re.compile("[\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN_UTF8 = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_RARE = b"\xef"  # how they begin; a single byte is looked for much faster
# Python's codecs that no page is written in; some of them are slow by design
_NOT_FOR_PAGES = {"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined"}
_LATIN = {"iso8859-1", "iso8859-15", "ascii", "cp1252"}
# Control characters U+0080 to U+009F in a text are Windows-1252 that somebody took for Latin-1.
_C1 = re.compile(rb"\xc2([\x80-\x9f])")
# A surrogate written in UTF-8, as some databases do; half a character that nobody can read.
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")

# A character of UTF-8 beyond ASCII.
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf](?![\x80-\xff])|[\xe1-\xef][\x80-\xbf]{2}")


class Decoded(NamedTuple):
    """Text and what had to be done to get it.

    Attributes:
        text: without NUL, control characters and lone surrogates.
        flags: ``encoding_repaired`` when bytes contradicted their declaration or were broken.
    """

    text: str
    flags: tuple[str, ...]


def decode(body: bytes, declared: str | None = None) -> str:
    """Decode a page or feed; see `decoded`."""
    return decoded(body, declared).text


def decoded(body: bytes, declared: str | None = None) -> Decoded:
    """Decode a page or feed, repairing what can be repaired. Never raises.

    Args:
        body: the bytes as received, content encoding already undone.
        declared: charset of the Content-Type header, if any.
    """
    if body.startswith(codecs.BOM_UTF8):
        return decoded(body[len(codecs.BOM_UTF8) :], "utf-8")
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _finished(body[len(mark) :].decode(name, "replace").encode(), repaired=False)
    names = [codec for name in (declared, _in_page(body)) if (codec := _codec(name))]
    for wide in (n for n in names if n.startswith(("utf-16", "utf-32"))):
        text = _by_name(body, wide)
        # ASCII in UTF-16 is valid UTF-8 too, with a NUL at every second place
        if text is not None and body.count(0) > len(body) // 4:
            return _finished(_utf8(text), repaired=False)
    # the header wins over the page; only bytes beyond ASCII can contradict it
    contradicted = bool(names) and names[0] != "utf-8" and not body.isascii()
    try:
        return _finished(body, repaired=contradicted)
    except UnicodeDecodeError:
        return _not_utf8(body, names)


def clean(text: str) -> str:
    """Drop the characters that no tree and no database accepts."""
    return _cleaned(_utf8(text))


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return _FORBIDDEN.sub("", text).encode()


def _cleaned(valid: bytes) -> str:
    # on bytes: a regular expression looks at every character of a page for most of a millisecond
    text = valid.translate(None, _CONTROL).decode()
    found = _RARE in valid and any(one in valid for one in _FORBIDDEN_UTF8)
    return _FORBIDDEN.sub("", text) if found else text


def _not_utf8(body: bytes, names: list[str]) -> Decoded:
    for name in names:
        text = None if name in _LATIN or name == "utf-8" else _by_name(body, name)
        if text is not None:
            return _finished(_utf8(text), repaired=name != names[0])
    plain_latin = bool(names) and names[0] in _LATIN and not _MULTIBYTE.search(body)
    return _finished(_utf8(body.decode("utf-8", "pati-cp1252")), repaired=not plain_latin)


def _finished(valid: bytes, *, repaired: bool) -> Decoded:
    """Turn UTF-8 into clean text.

    Raises:
        UnicodeDecodeError: it is none.
    """
    if b"\xc2" in valid and _C1.search(valid):
        valid, repaired = _C1.sub(_windows, valid), True
    return Decoded(_cleaned(valid), (REPAIRED,) if repaired else ())


def _windows(match: re.Match[bytes]) -> bytes:
    return match.group(1).decode("cp1252", "ignore").encode()


def _in_page(body: bytes) -> str | None:
    match = _XML.search(body[:200]) or _META.search(body[:4096])
    return match.group(1).decode("ascii", "ignore") if match else None


def _codec(name: str | None) -> str | None:
    """Return Python's name of a declared text encoding, or None when there is none such."""
    try:
        codec = codecs.lookup((name or "").strip().lower())
    except (LookupError, ValueError):
        return None
    text = getattr(codec, "_is_text_encoding", True) and codec.name.replace("_", "-") not in _NOT_FOR_PAGES
    return codec.name if text else None


def _by_name(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, which is what they nearly always are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        return "", error.start + 3
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "ignore"), error.end


codecs.register_error("pati-cp1252", _as_cp1252)
