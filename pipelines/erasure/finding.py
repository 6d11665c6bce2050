"""Which documents are a subject's: written under one of its pseudonyms, or filed under its ticket."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawlers.items import Document
from crawlers.landing import batches, read_batch
from pipelines.erasure.matching import Matcher
from pipelines.erasure.subjects import MIN_HUNTED, Subject
from pipelines.settings import Settings
from warehouse.forget import every_row

_WHOSE = ("doc_id", "kind", "source_id", "external_id", "author", "ticket_id")
_WORDS = ("title", "text")
_NOT_LETTERS = re.compile(r"[\W_]+")
_PASSAGE = 40
"""Letters and digits of a title or text by which it is known again in a report."""
_PUBLIC = ("news", "video")


@dataclass(slots=True)
class Found:
    """A subject's documents, from every version of the lake and from the landing zone.

    Attributes:
        documents: source by `doc_id`.
        external: (kind, platform's id) of them.
        tickets: their tickets, lower case, as far as they can be told from ordinary words.
        passages: how their titles and texts begin, letters and digits only.
    """

    documents: dict[str, str] = field(default_factory=dict)
    external: set[tuple[str, str]] = field(default_factory=set)
    tickets: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)

    def add(self, row: dict[str, Any]) -> None:
        """Add a version of a document."""
        self.documents[row["doc_id"]] = row["source_id"]
        if row.get("external_id"):
            self.external.add((row["kind"], row["external_id"]))
        for name in ("title", "text"):
            begin = plain(row.get(name) or "")[:_PASSAGE]
            if len(begin) == _PASSAGE:
                self.passages.add(begin)

    def subjects(self) -> list[Subject]:
        """The tickets as subjects of their own: they are looked for wherever somebody wrote them."""
        return [Subject("tiket", "", frozenset(), literals=(ticket,)) for ticket in sorted(self.tickets)]


def plain(text: str) -> str:
    """Letters and digits of a text, lower case: the same however its lines were broken."""
    return _NOT_LETTERS.sub("", text).casefold()


def find(settings: Settings, matcher: Matcher, known: dict[str, str]) -> Found:
    """Find the documents of subjects.

    Args:
        settings: which home folder.
        matcher: whom to look for.
        known: documents that an earlier, interrupted call had found: source by `doc_id`.
    """
    theirs = set(known)
    for row in _versions(settings, _WHOSE):
        if row.get("author") in matcher.pseudonyms and row.get("kind") not in _PUBLIC:
            theirs.add(row["doc_id"])
        if matcher.tickets and {row.get("ticket_id"), row.get("external_id")} & matcher.tickets:
            theirs.add(row["doc_id"])
    found = Found(dict(known))
    # read again for their words, instead of keeping everybody's in memory
    for row in _versions(settings, _WHOSE + _WORDS) if theirs else ():
        if row["doc_id"] not in theirs:
            continue
        if "kind" in row:
            found.add(row)
        ticket = row.get("ticket_id") or ""
        if len(ticket) >= MIN_HUNTED and not ticket.isalpha():
            found.tickets.add(ticket.lower())
    return found


def _versions(settings: Settings, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for _, row in every_row(settings.home, ("document", "complaint"), columns):
        yield row
    for path in batches(settings.landing):
        try:
            records = list(read_batch(path))
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
            continue  # the scan that follows says that it cannot be read
        for record in records:
            if isinstance(record, Document):
                ticket = record.complaint.ticket_id if record.complaint else None
                yield {name: ticket if name == "ticket_id" else getattr(record, name) for name in columns}
