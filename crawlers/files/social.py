"""Social media posts from a CSV export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.files.columns import SOCIAL
from crawlers.files.identity import content_id
from crawlers.files.moments import moment_of, order_of
from crawlers.files.table import read_table
from crawlers.items import Document, Rejection
from crawlers.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawlers.files.complaints import FileContext

_COUNT = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(rb|ribu|k|jt|juta|m)?$", re.IGNORECASE)
_FACTOR = {"rb": 1e3, "ribu": 1e3, "k": 1e3, "jt": 1e6, "juta": 1e6, "m": 1e6}
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")


def read_posts(path: Path, about: FileContext) -> Iterator[Document | Rejection]:
    """Read a table of posts.

    Raises:
        FileProblemError: the file as a whole cannot be read.
    """
    table = read_table(path, SOCIAL, "text")
    order = order_of(table.get(row, "date") for row in table.rows)
    for row in table.rows:
        key = f"{path.name}:{row.line}"
        text = table.get(row, "text")
        if row.problem:
            yield Rejection(about.source_id, key, "bad_row", row.problem, about.now)
            continue
        if not text:
            yield Rejection(about.source_id, key, "no_text", "Kolom teks kosong.", about.now)
            continue
        clock = table.get(row, "time")
        at = moment_of(table.get(row, "date"), clock, order, now=about.now, zone=about.zone)
        url = clean_url(table.get(row, "url"))
        counts = {n: count_of(table.get(row, n)) for n in ("likes", "comments", "shares", "views")}
        yield Document(
            kind="social",
            source_id=about.source_id,
            title="",
            text=text,
            fetched_at=about.now,
            external_id=url or content_id(at, text),
            url=url,
            author=table.get(row, "account") or None,
            published_at=at,
            published_from="file" if at else None,
            section=table.get(row, "platform") or None,
            metrics={name: count for name, count in counts.items() if count is not None},
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
