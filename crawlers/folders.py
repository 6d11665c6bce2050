"""Folder sources: files in the inbox are read when they are new or have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

from crawlers.files import read_file
from crawlers.intake import Poll
from crawlers.items import Document, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from config import Discover, Source
    from crawlers.context import CrawlContext
    from crawlers.intake import Intake
    from crawlers.state import CrawlState

log = logging.getLogger(__name__)


def import_folders(sources: Sequence[Source], ctx: CrawlContext, intake: Intake, state: CrawlState) -> None:
    """Read what is new in every folder source."""
    # a status word added to the configuration makes rejected rows readable: read files again
    words = ctx.config.complaints.model_dump_json()
    for source in sources:
        for entry in source.discover:
            if entry.method == "folder":
                # an order that was not said before leaves the names of files already read as they are
                said = f"{words}{entry.date_order}" if entry.date_order else words
                rules = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
                _import_folder(source, entry, ctx, intake, state, rules)


def _import_folder(
    source: Source, entry: Discover, ctx: CrawlContext, intake: Intake, state: CrawlState, rules: str
) -> None:
    folder = ctx.inbox / entry.target
    if not folder.is_dir():
        intake.trouble(source.id, f"Folder '{entry.target}' belum ada di inbox.", entry=True)
        return
    intake.answered(source.id)
    for path in _files(folder):
        name = f"file {digest(path)} {rules}"
        if state.cursor(source.id, name) is not None:
            continue
        try:
            _import_file(path, source, entry, ctx, intake, name)
        except OSError as error:
            why = f"Berkas tidak dapat dibuka ({type(error).__name__})."
            intake.reject(source.id, path.name, "unreadable", why, forget=True)


def _import_file(
    path: Path, source: Source, entry: Discover, ctx: CrawlContext, intake: Intake, name: str
) -> None:
    poll = Poll(name, cursors={name: ctx.now().isoformat()})
    intake.poll(source.id, poll)
    records = read_file(
        path,
        entry.format or "",
        source.id,
        now=ctx.now(),
        complaints=ctx.config.complaints,
        zone=source.timezone,
        date_order=entry.date_order,
    )
    for record in records:
        if not isinstance(record, Document):
            intake.reject(source.id, record.key, record.reason, record.detail)
            continue
        key = f"record {record.doc_id} {_version(record)}"
        if intake.fresh(source.id, [key]):
            poll.open.add(key)
            intake.offer(source.id, record, [key], revised=True)
        else:
            intake.duplicate(source.id)
    poll.complete = True
    log.info("%s: one file read", source.id)


def _files(folder: Path) -> Iterator[Path]:
    """List files, oldest first, so that a newer export has the last word."""
    found = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$"))]
    yield from sorted(found, key=lambda p: (p.stat().st_mtime, p.name))


def digest(path: Path) -> str:
    """Fingerprint of a file, under which it is remembered as read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def _version(document: Document) -> str:
    """Fingerprint of a record's content, to tell a repeated row from a changed one."""
    plain = {k: v for k, v in to_json(document).items() if k != "fetched_at"}
    return hashlib.blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=12).hexdigest()
