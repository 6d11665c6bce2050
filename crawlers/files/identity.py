"""Ids for records that carry none of their own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


def content_id(at: datetime | None, text: str) -> str:
    """Build a stable id from when and what.

    Neither the reporter nor any digit of the text goes in: an unkeyed hash of a phone number
    or NIK could be undone by trying them all. Two reports with the same words in the same
    minute are one.
    """
    words = _SPACES.sub(" ", _DIGITS.sub("0", text)).strip().lower()
    key = f"{at.isoformat() if at else ''}\x1f{words}"
    return "h" + hashlib.blake2b(key.encode(), digest_size=10).hexdigest()
