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
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))
_LATIN = {"iso8859-1", "ascii", "cp1252"}  # as Python's codecs call themselves


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
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # looking at bytes first costs a seventh of looking at every character
        sound = len(body.translate(None, _CONTROLS)) == len(body) and b"\xef\xbf" not in body
        return text if sound else clean(text)
    for named in (declared, _in_page(body)):
        named_text = _by_name(body, named)
        if named_text is not None:
            return clean(named_text)
    return clean(body.decode("utf-8", "pati-cp1252"))


def clean(text: str) -> str:
    """Drop the characters that no tree and no database accepts."""
    return _FORBIDDEN.sub("", text)


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
