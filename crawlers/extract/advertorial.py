"""Paid pieces and press releases by their own marks: "(adv)", "(hms)", Advertorial."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARK = re.compile(
    r"\(\s*(?:adv|advertorial|adv/\w+|hms|humas|adv-\w+|pariwara|iklan)\b[^)]{0,20}\)", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\W*(?:advertorial|pariwara|adv|sponsored|konten bersponsor|infotorial)\W*$", re.IGNORECASE
)
_URL = re.compile(r"/(?:advertorial|pariwara|adv|sponsored)/", re.IGNORECASE)


def is_advertorial(title: str, text: str, url: str, section: str | None, tags: Iterable[str]) -> bool:
    """Say whether a piece marks itself as paid or as a press release.

    The mark counts in the title, the first lines and the last ones, where outlets print it; in
    the middle of a story "(humas)" is just a word in brackets.
    """
    labels = [section or "", *tags]
    if any(_LABEL.match(label) for label in labels) or _URL.search(url):
        return True
    return bool(_MARK.search(title) or _MARK.search(text[:200]) or _MARK.search(text[-80:]))


def is_mark(line: str) -> bool:
    """Say whether a line of the page is nothing but such a mark."""
    return len(line) < 30 and "(" in line and _MARK.fullmatch(line.strip(" .*_")) is not None
