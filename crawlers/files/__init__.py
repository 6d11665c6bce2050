"""Files that people drop into the inbox: complaint exports, chats, social media tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.files.complaints import FileContext, read_complaints
from crawlers.files.problem import FileProblemError
from crawlers.files.social import posts_table, read_posts
from crawlers.files.whatsapp import read_chat
from crawlers.items import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from config import Complaints, SocialMap
    from crawlers.items import Document

__all__ = ["FileContext", "FileProblemError", "posts_table", "read_file"]


def read_file(
    path: Path,
    file_format: str,
    source_id: str,
    *,
    now: datetime,
    complaints: Complaints,
    zone: str = "Asia/Jakarta",
    mapping: SocialMap | None = None,
) -> Iterator[Document | Rejection]:
    """Read one file of any supported format.

    Args:
        path: the file.
        file_format: ``sp4n_xlsx``, ``whatsapp``, ``complaint_csv`` or ``social_csv``.
        source_id: its source.
        now: aware.
        complaints: channels and status words from the configuration.
        zone: zone of its times.
        mapping: names of the columns of a table of posts.

    Yields:
        A record for every row or complaint; a rejection with its line number for every one
        that cannot be used, and a single one if the file as a whole cannot be read. Authors
        and texts are raw: they go through `CrawlContext.scrub` before anything is stored.

    Raises:
        ValueError: the format is not known.
        OSError: the file cannot be opened.
    """
    about = FileContext(source_id, now, zone, complaints)
    try:
        match file_format:
            case "sp4n_xlsx":
                yield from read_complaints(path, about, channel="sp4n")
            case "complaint_csv":
                yield from read_complaints(path, about)
            case "whatsapp":
                yield from read_chat(path, about)
            case "social_csv":
                yield from read_posts(path, about, mapping)
            case _:
                raise ValueError(f"no reader for files of format {file_format!r}")
    except FileProblemError as problem:
        yield Rejection(source_id, path.name, problem.reason, str(problem), now)
