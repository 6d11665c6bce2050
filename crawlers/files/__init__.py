"""Files that people drop into the inbox: complaint exports, chats, social media tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import SocialMap
from crawlers.files.complaints import SP4N_FIRST, FileContext, complaints_table, read_complaints
from crawlers.files.problem import FileProblemError
from crawlers.files.social import posts_table, read_posts
from crawlers.files.table import begins_with
from crawlers.files.whatsapp import read_chat
from crawlers.items import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from config import ComplaintMap, Complaints, DateOrder
    from crawlers.files.table import Table
    from crawlers.items import Document

__all__ = ["FileContext", "FileProblemError", "is_sp4n", "read_file", "table_of"]


def is_sp4n(path: Path) -> bool:
    """Say whether a workbook has the header of a SP4N-LAPOR! export; False if it cannot be read."""
    try:
        return begins_with(path, SP4N_FIRST)
    except FileProblemError:
        return False


def table_of(
    path: Path, file_format: str, about: FileContext, mapping: SocialMap | ComplaintMap | None
) -> Table | None:
    """Read the table of a file; None for a chat.

    Raises:
        FileProblemError: the file as a whole cannot be read.
        OSError: it cannot be opened.
    """
    if file_format == "whatsapp":
        return None
    if file_format == "social_csv":
        return posts_table(path, mapping if isinstance(mapping, SocialMap) else None)
    return complaints_table(path, about, SP4N_FIRST if file_format == "sp4n_xlsx" else "")


def read_file(
    path: Path,
    file_format: str,
    source_id: str,
    *,
    now: datetime,
    complaints: Complaints,
    zone: str = "Asia/Jakarta",
    mapping: SocialMap | ComplaintMap | None = None,
    date_order: DateOrder | None = None,
) -> Iterator[Document | Rejection]:
    """Read one file of any supported format.

    Args:
        path: the file.
        file_format: ``sp4n_xlsx``, ``laporgub``, ``whatsapp``, ``complaint_csv`` or ``social_csv``.
        source_id: its source.
        now: aware.
        complaints: channels and status words from the configuration.
        zone: zone of its times.
        mapping: names of the columns of a table of posts (`SocialMap`) or of complaints.
        date_order: order of day and month in dates like 05/09/2024; read off the column if not given.

    Yields:
        A record for every row or complaint; a rejection with its line number for every one
        that cannot be used, and a single one if the file as a whole cannot be read. Authors
        and texts are raw: they go through `CrawlContext.scrub` before anything is stored.

    Raises:
        ValueError: the format is not known.
        OSError: the file cannot be opened.
    """
    posts, rows = (mapping, None) if isinstance(mapping, SocialMap) else (None, mapping)
    about = FileContext(source_id, now, zone, complaints, date_order, rows)
    try:
        match file_format:
            case "sp4n_xlsx":
                yield from read_complaints(path, about, channel="sp4n", first=SP4N_FIRST)
            case "laporgub":
                yield from read_complaints(path, about, channel="laporgub")
            case "complaint_csv":
                yield from read_complaints(path, about)
            case "whatsapp":
                yield from read_chat(path, about)
            case "social_csv":
                yield from read_posts(path, about, posts)
            case _:
                raise ValueError(f"no reader for files of format {file_format!r}")
    except FileProblemError as problem:
        yield Rejection(source_id, path.name, problem.reason, str(problem), now)
