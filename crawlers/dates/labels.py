"""What stands around a date: labels that say which of a story's dates it is, or a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawlers.dates.model import Mention

_PUBLISHED = (
    r"(?:di)?terbit(?:kan)?|(?:di)?publikasi(?:kan)?|(?:di)?tayang(?:kan)?(?: perdana)?|publish(?:ed)?|"
    r"posted|diposting|posting|dibuat|created|diunggah|upload(?:ed)?|dirilis|released?|ditulis|written|"
    r"premiered|streamed|streaming"
)
_UPDATED = (
    r"diperbar?ui|diperbaharui|pembaruan|update[ds]?|diupdate|dimutakhirkan|modified|diubah|perubahan|"
    r"disunting|edited|direvisi|revisi|revised"
)
_LABEL = re.compile(rf"(?<![a-z])(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?![a-z])")


_SEPARATORS = re.escape("|\u2022\u00b7()[]\u2013\u2014-")
_BEFORE = re.compile(
    rf"(?:^|.*[{_SEPARATORS}:/]|(?:.*(?<![a-z]))?(?:{_PUBLISHED}|{_UPDATED})(?:\s+(?:pada|on|at))?[\s:]*)\s*$"
)
_BEHIND = re.compile(rf"\s*(?:$|[{_SEPARATORS}]|(?:oleh|by)\b)")
_BEHIND_TIME = re.compile(rf"\s*(?:$|[,/{_SEPARATORS}]|(?:oleh|by)\b)")
_MOST_WORDS = 8


def stands_alone(text: str, start: int, end: int, *, timed: bool = False) -> bool:
    """Say whether a stretch of text stands by itself, not inside a sentence.

    Args:
        text: folded.
        start: where it begins.
        end: where it ends.
        timed: it ends with a time of day, after which a comma may follow.
    """
    words = len(text[:start].split()) + len(text[end:].split())
    behind = _BEHIND_TIME if timed else _BEHIND
    return words <= _MOST_WORDS and bool(_BEFORE.match(text[:start]) and behind.match(text, end))


def publication(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Keep the dates that can be a publication's.

    A date labelled as published wins; one labelled as updated is none ("Terbit 3 September 2024,
    diperbarui 5 September 2024"). An update alone gives nothing: when the story first appeared
    is then unknown.
    """
    kept: dict[str, list[Mention]] = {"published": [], "updated": [], "": []}
    floor = 0
    for number, mention in enumerate(mentions):
        last = number == len(mentions) - 1
        kept[_label(text, floor, mention, last=last)].append(mention)
        floor = mention.end
    return kept["published"] or kept[""]


def _label(text: str, floor: int, mention: Mention, *, last: bool) -> str:
    labels = list(_LABEL.finditer(text, floor, mention.start))
    if labels:
        return labels[-1].lastgroup or ""
    behind = re.compile(r"[\s,(\[]*").match(text, mention.end)
    after = _LABEL.match(text, behind.end()) if behind and last else None
    return "updated" if after and after.lastgroup == "updated" else ""
