"""Saved searches and what they found since somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One subscription.

    Attributes:
        name: how people call it.
        words: the question.
        filters: the other filters, as JSON.
        saved_at: when it was saved.
        looked_at: when somebody looked at its hits last.
        n_new: documents found since then.
        owner: account of whoever saved it; empty: from before searches had owners.
        shared: whether others see it, too.
    """

    name: str
    words: str
    filters: str
    saved_at: datetime
    looked_at: datetime
    n_new: int
    owner: str
    shared: bool


@dataclass(frozen=True, slots=True)
class NewHits:
    """What one saved search found.

    Attributes:
        name: of the search.
        words: its question.
        doc_ids: documents, the newest find first.
        last_at: when the newest was found.
    """

    name: str
    words: str
    doc_ids: tuple[str, ...]
    last_at: datetime


_NEW = """
FROM saved_search s LEFT JOIN saved_search_hit h
  ON h.name = s.name AND h.fresh AND h.found_at > coalesce($since::TIMESTAMPTZ, s.looked_at)
"""
_SEEN = "(s.shared OR $all OR s.owner = nullif($mine, ''))"


def saved_searches(lake: Lake, mine: str = "") -> list[SavedSearch]:
    """The saved searches that somebody sees, by name: their own and shared ones; an admin all.

    Args:
        lake: an open lake.
        mine: account of whoever looks.
    """
    rows = lake.rows(
        f"SELECT s.name, s.question, s.filters, s.saved_at, s.looked_at, count(h.doc_id), s.owner, s.shared {_NEW} "
        f"WHERE {_SEEN} GROUP BY ALL ORDER BY s.name",
        {"since": None, "mine": mine, "all": lake.viewer.role == "admin"},
    )
    return [SavedSearch(*row) for row in rows]


def new_hits(lake: Lake, since: datetime | None = None, *, private: bool = False) -> list[NewHits]:
    """What saved searches found after `since` (None: after somebody looked last), those with any.

    Args:
        lake: an open lake.
        since: aware moment; a hit found exactly then is old.
        private: also what those found that are not shared; for an admin.
    """
    rows = lake.rows(
        "SELECT s.name, s.question, list(h.doc_id ORDER BY h.found_at DESC, h.doc_id), max(h.found_at) "
        f"{_NEW} WHERE h.doc_id IS NOT NULL AND (s.shared OR $private) GROUP BY ALL ORDER BY s.name",
        {"since": since, "private": private and lake.viewer.role == "admin"},
    )
    return [NewHits(name, words, tuple(doc_ids), last_at) for name, words, doc_ids, last_at in rows]
