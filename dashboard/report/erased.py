"""Tell what was erased by law from what was changed: erasure and retention win over time travel.

Erasing takes words, never rows or counts (`warehouse.forget`), so only differences in words can be its doing:
a title or an address that is empty now, a row that was found by its words, a token in place of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dashboard.report.answers import ALL
from dashboard.report.ledger import Difference
from warehouse import Lake
from warehouse.queries import wordless

KEYS: Final = ("story_id", "item", "doc_id")
WORDS: Final = ("title", "url", "excerpt", "word")
"""Fields that hold words of documents."""

_TOKEN: Final = re.compile(r"\[[A-Z]{2,}\]")
"""What stands in place of a name or number that was taken out of a text."""


def mark(lake: Lake, differences: Sequence[Difference]) -> list[Difference]:
    """The same differences, each with whether erasing explains it.

    Args:
        lake: that the differences were found in.
        differences: from `ledger.compare`.
    """
    named = {key for one in differences for key in _keys(one)}
    gone = frozenset(wordless(lake, sorted(named))) if named else frozenset()
    return [replace(one, erased=explains(one, gone)) for one in differences]


def explains(one: Difference, gone: frozenset[str]) -> bool:
    """Whether erasing explains a difference. Pure.

    Args:
        one: the difference.
        gone: stories and documents that lost words.
    """
    if one.field.startswith(ALL):
        lost = set(_listed(one.written)) ^ set(_listed(one.found))
        return bool(lost) and lost <= gone
    if isinstance(one.found, str) and isinstance(one.written, str):
        tokens = set(_TOKEN.findall(one.found)) - set(_TOKEN.findall(one.written))
        if tokens and one.field in (*WORDS, "reason"):
            return True
    touched = bool(gone.intersection(_keys(one)))
    # A row that was found by its words is not found without them: then it has no value at all.
    return touched and (one.found is None or (one.field in WORDS and one.found == ""))


def _keys(one: Difference) -> list[str]:
    if one.field.startswith(ALL):
        return [*_listed(one.written), *_listed(one.found)] if one.field.removeprefix(ALL) in KEYS else []
    return [str(value) for key, value in one.row.items() if key in KEYS]


def _listed(value: object) -> Iterable[str]:
    return [str(key) for key in value] if isinstance(value, list) else []
