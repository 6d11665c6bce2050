"""Find and read documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd

EXCERPT_CHARS = 300
"""Longest excerpt of a body that leaves the restricted store (domain rule on copyright)."""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What to look for; an empty field does not restrict.

    Attributes:
        words: every word must occur in title or text (case-insensitive).
        first: earliest day (WIB).
        last: latest day (WIB).
        undated: only documents without a trustworthy date, which are counted in no week.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    opd: tuple[str, ...] = ()
    kecamatan: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    story_id: str | None = None
    parent_id: str | None = None
    quick_win: str | None = None
    first: date | None = None
    last: date | None = None
    undated: bool = False
    relevant_only: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows and how many there are in all."""

    rows: pd.DataFrame
    total: int

    def pages(self, size: int) -> int:
        """How many pages of `size` rows there are in all, at least one."""
        return max(1, -(-self.total // size))


_HIDDEN = (
    "(kind = 'complaint' AND doc_id IN (SELECT doc_id FROM complaint WHERE confidentiality = 'rahasia'))"
)
"""A confidential complaint is counted and listed, but its words are neither shown nor found."""

_READABLE = f"CASE WHEN {_HIDDEN} THEN '' ELSE title END AS title"
_EXCERPT = f"CASE WHEN {_HIDDEN} THEN '(aduan rahasia)' ELSE left(text, {EXCERPT_CHARS}) END"


def documents(lake: Lake, wanted: DocumentFilter, limit: int = 50, offset: int = 0) -> Page:
    """Documents that fit, newest first; a confidential complaint comes without its words.

    Returns:
        Rows with doc_id, kind, source_name, title, excerpt, url, dated_at, day, topic_label,
        opd_short, kecamatan, sentiment, story_id, advertorial, needs_review; and the total.
    """
    where, params = conditions(wanted)
    total = lake.value(f"SELECT count(*) FROM mart_document WHERE {where}", params)  # noqa: S608 - conditions of ours
    rows = lake.frame(
        f"SELECT doc_id, kind, source_id, source_name, {_READABLE}, "  # noqa: S608 - conditions of ours
        f"{_EXCERPT} AS excerpt, url, dated_at, day, topic, topic_label, opd_id, opd_short, "
        "kecamatan, sentiment, story_id, copy_of, advertorial, needs_review, relevant "
        f"FROM mart_document WHERE {where} ORDER BY dated_at DESC NULLS LAST, doc_id LIMIT $limit OFFSET $offset",
        {**params, "limit": limit, "offset": offset},
    )
    return Page(rows, int(total))


def document(lake: Lake, doc_id: str) -> dict[str, Any] | None:
    """One document with its labels and why, or None. The body is cut to an excerpt.

    A confidential complaint comes without its words.
    """
    frame = lake.frame(
        f"SELECT * REPLACE ({_READABLE}, {_EXCERPT} AS text) FROM mart_document "  # noqa: S608 - a number of ours
        "WHERE doc_id = $id",
        {"id": doc_id},
    )
    return None if frame.empty else dict(frame.iloc[0])


def conditions(wanted: DocumentFilter) -> tuple[str, dict[str, Any]]:
    """Conditions and their parameters; values never stand in the SQL text."""
    parts = ["relevant"] if wanted.relevant_only else ["true"]
    if wanted.words.strip():
        parts.append(f"NOT {_HIDDEN}")
    params: dict[str, Any] = {}
    lists = {
        "kinds": "list_contains($kinds::VARCHAR[], kind)",
        "sources": "list_contains($sources::VARCHAR[], source_id)",
        "topics": "list_contains($topics::VARCHAR[], topic)",
        "opd": "list_has_any(opd_ids, $opd::VARCHAR[])",
        "kecamatan": "list_has_any(kecamatan_all, $kecamatan::VARCHAR[])",
        "sentiments": "list_contains($sentiments::VARCHAR[], sentiment)",
    }
    for name, condition in lists.items():
        if value := getattr(wanted, name):
            parts.append(condition)
            params[name] = list(value)
    single = {
        "story_id": "story_id = $story_id",
        "parent_id": "parent_id = $parent_id",
        "quick_win": "list_contains(quick_wins, $quick_win)",
        "first": "day >= $first",
        "last": "day <= $last",
    }
    for name, condition in single.items():
        if (value := getattr(wanted, name)) is not None:
            parts.append(condition)
            params[name] = value
    if wanted.undated:
        parts.append("day IS NULL")
    for position, word in enumerate(wanted.words.split()):
        parts.append(f"contains(lower(title || ' ' || text), $word{position})")
        params[f"word{position}"] = word.lower()
    return " AND ".join(parts), params
