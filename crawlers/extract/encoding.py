"""Bytes to text when headers lie.

Bytes that are valid UTF-8 are UTF-8, whatever the header says: chance hardly ever produces
valid multi-byte sequences. Otherwise the declared encoding is believed if it can decode, and
stray Windows-1252 bytes inside a UTF-8 page are read as what they are, one by one.
"""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# NUL and control characters break XML trees and databases; lone surrogates break encoders.
_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_FORBIDDEN = re.compile("[\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN_UTF8 = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_LATIN = {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"}


def decode(body: bytes, declared: str | None = None) -> str:
    """Decode a page or feed, repairing what can be repaired.

    Args:
        body: the bytes as received, content encoding already undone.
        declared: charset of the Content-Type header, if any.

    Returns:
        Text without NUL, control characters and lone surrogates. Never raises.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return clean(body[len(mark) :].decode(name, "replace"))
    try:
        return clean(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for named in (declared, _in_page(body)):
        text = _by_name(body, named)
        if text is not None:
            return clean(text)
    return clean(body.decode("utf-8", "pati-cp1252"))


def clean(text: str) -> str:
    """Drop the characters that no tree and no database accepts."""
    # on bytes: a regular expression looks at every character of a page for most of a millisecond
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        text = _FORBIDDEN.sub("", text)
        raw = text.encode()
    if any(rare in raw for rare in _FORBIDDEN_UTF8):
        raw = _FORBIDDEN.sub("", text).encode()
    return raw.translate(None, _CONTROL).decode()


def _in_page(body: bytes) -> str | None:
    match = _XML.search(body[:200]) or _META.search(body[:4096])
    return match.group(1).decode("ascii") if match else None


def _by_name(body: bytes, name: str | None) -> str | None:
    """Decode by a declared name; Latin-1 and UTF-8 are left to the byte-wise repair."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().lower()).name
        if codec in _LATIN or codec == "utf-8":
            return None
        return body.decode(codec)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, which is what they nearly always are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "ignore"), error.end


codecs.register_error("pati-cp1252", _as_cp1252)
