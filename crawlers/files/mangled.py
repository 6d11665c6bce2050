"""Text that was UTF-8, was taken for Windows-1252, and was saved as UTF-8 again."""

from __future__ import annotations

import re

_TAIL = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xC0))
_MANGLED = re.compile(f"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}")
# what is left of a mangled no-break space when something has trimmed its second half
_STUMP = re.compile("\u00c2(?!\\w)")


def mended(text: str) -> str:
    """Undo it, run by run; a run that is no UTF-8 stays as it is. Pure."""
    if not _MANGLED.search(text):
        return text
    return _STUMP.sub("", _MANGLED.sub(_mend, text))


def _mend(match: re.Match[str]) -> str:
    try:
        return match.group().encode("cp1252").decode()
    except UnicodeError:
        return match.group()
