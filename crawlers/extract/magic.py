"""Files that are no pages, told by their first bytes whatever the header says."""

from __future__ import annotations

# PDF, ZIP and new Office, old Office, PNG, JPEG, GIF, WebP and WAV, RAR, MP4
_STARTS = (
    b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF",
    b"Rar!", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp",
)  # fmt: skip


def is_file(body: bytes) -> bool:
    """Say whether a body is a document, picture or archive rather than a page."""
    return body[:1024].lstrip(b"\r\n\t \xef\xbb\xbf").startswith(_STARTS)
