"""Social media posts from a table: our own names of columns, or a map of somebody else's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.files.columns import SOCIAL
from crawlers.files.identity import content_id
from crawlers.files.moments import MomentError, dates_of, moment_of
from crawlers.files.table import mapped_table, read_table
from crawlers.items import Document, Rejection
from crawlers.markup import hashtags
from crawlers.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from config import SocialMap
    from crawlers.files.complaints import FileContext
    from crawlers.files.moments import Dates
    from crawlers.files.table import Row, Table

_COUNT = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(rb|ribu|k|jt|juta|m)?$", re.IGNORECASE)
_FACTOR = {"rb": 1e3, "ribu": 1e3, "k": 1e3, "jt": 1e6, "juta": 1e6, "m": 1e6}
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_COUNTS = ("likes", "comments", "shares", "views")
_NOTHING = {"", "-", "n/a", "na", "null", "none", "tidak ada"}
"""What tools write into a cell that has no number."""


def posts_table(path: Path, mapping: SocialMap | None = None) -> Table:
    """Read a table of posts and find its columns.

    Args:
        path: CSV or XLSX.
        mapping: names of its columns; None for those that we know.

    Raises:
        FileProblemError: the file as a whole cannot be read, or lacks a column of the map.
    """
    return mapped_table(path, mapping) if mapping else read_table(path, SOCIAL, "text")


def read_posts(
    path: Path, about: FileContext, mapping: SocialMap | None = None
) -> Iterator[Document | Rejection]:
    """Read a table of posts.

    Raises:
        FileProblemError: as `posts_table`.
    """
    table = posts_table(path, mapping)
    given = about.date_order or (mapping.date_order if mapping else None)
    dates = dates_of((table.get(row, "date") for row in table.rows), given)
    for row in table.rows:
        key = f"{path.name}:{row.line}"
        if row.problem:
            yield Rejection(about.source_id, key, "bad_row", row.problem, about.now)
        elif not table.get(row, "text"):
            yield Rejection(about.source_id, key, "no_text", "Kolom teks kosong.", about.now)
        else:
            yield _post(table, row, dates, about, mapping, key)


def _post(
    table: Table, row: Row, dates: Dates, about: FileContext, mapping: SocialMap | None, key: str
) -> Document | Rejection:
    zone = mapping.timezone if mapping else about.zone
    try:
        at = moment_of(table.get(row, "date"), table.get(row, "time"), dates, now=about.now, zone=zone)
    except MomentError as problem:
        return Rejection(about.source_id, key, problem.reason, str(problem), about.now)
    return _document(table, row, at, about, mapping)


def _document(
    table: Table, row: Row, at: datetime | None, about: FileContext, mapping: SocialMap | None
) -> Document:
    text = table.get(row, "text")
    url = clean_url(table.get(row, "url"))
    cells = {name: table.get(row, name) for name in _COUNTS}
    counts = {name: count_of(cell) for name, cell in cells.items()}
    torn = any(counts[name] is None and cell.lower() not in _NOTHING for name, cell in cells.items())
    name, number = table.get(row, "account"), table.get(row, "account_id")
    platform = table.get(row, "platform") or (mapping.platform if mapping else None)
    return Document(
        kind="social",
        source_id=about.source_id,
        title=table.get(row, "title"),
        text=text,
        fetched_at=about.now,
        external_id=table.get(row, "id") or url or content_id(at, text),
        url=url,
        author=number or name or None,
        known_as=(name,) if name and number else (),
        published_at=at,
        published_from="file" if at else None,
        section=platform or None,
        tags=hashtags(text),
        metrics={name: count for name, count in counts.items() if count is not None},
        flags=("count_unread",) if torn else (),
    )


def count_of(text: str) -> int | None:
    """Read a count as platforms print it: 1234, 1.234, 1,2 rb, 3k, 2 jt."""
    plain = text.strip()
    if _GROUPED.match(plain):
        return int(re.sub(r"[.,]", "", plain))
    match = _COUNT.match(plain)
    if match is None:
        return None
    factor = _FACTOR.get((match[2] or "").lower(), 1)
    return round(float(match[1].replace(",", ".")) * factor)
