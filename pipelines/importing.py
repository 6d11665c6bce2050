"""Import one file by hand: the same reader, mask and stages as the inbox of a source."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from config import ComplaintMap, DateOrder, SocialMap
from crawlers.files import FileContext, FileProblemError, is_sp4n, read_file, table_of
from crawlers.files.understanding import Column, understood
from crawlers.items import Document, Rejection
from crawlers.landing import Landing
from pipelines.erasure.forgotten import Forgotten
from pipelines.masking import Part, masked
from pipelines.privacy import key_masker
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.run import book, keep_index, open_lake, stage
from pipelines.settings import Settings, new_run_id
from warehouse import Lake, LakeMissingError, lake_exists
from warehouse.queries.bookkeeping import content_hashes

BY_ENDING = {
    "complaints": {
        ".xlsx": "complaint_csv", ".csv": "complaint_csv", ".tsv": "complaint_csv",
        ".txt": "whatsapp", ".zip": "whatsapp",
    },
    "social": {".csv": "social_csv", ".tsv": "social_csv", ".xlsx": "social_csv"},
}  # fmt: skip
FORMATS = {"complaints": ("sp4n_xlsx", "laporgub", "complaint_csv", "whatsapp"), "social": ("social_csv",)}
LABEL_AT_ONCE = 5000
"""More new documents are labelled by the next `pati run`: an import should not take minutes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to import, and what is known about it.

    Attributes:
        path: the file.
        format: how to read it.
        source_id: its source.
        mapping: names of its columns, if somebody has said them.
        date_order: order of day and month, if somebody has said it.
    """

    path: Path
    format: str
    source_id: str
    mapping: SocialMap | ComplaintMap | None = None
    date_order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds.

    Attributes:
        format: how it was read.
        n_in: records in the file.
        n_documents: records understood.
        reasons: number of refused records by reason.
        rejected: refused records, each with its place and what to do.
        sample: the first documents, masked.
        columns: our word for a field to the column that it was read from.
        unread: columns that nothing was read from.
        table: every column, as it was understood.
        notes: what else is to be known about the file.
        n_new: documents that the lake does not hold yet; None if that was not looked up.
        n_changed: documents that the lake holds with other words or another status.
        n_duplicate: documents that the lake, or an earlier row, holds already.
    """

    format: str
    n_in: int
    n_documents: int
    reasons: dict[str, int]
    rejected: tuple[Rejection, ...]
    sample: tuple[Document, ...]
    columns: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    table: tuple[Column, ...] = ()
    notes: tuple[str, ...] = ()
    n_new: int | None = None
    n_changed: int | None = None
    n_duplicate: int | None = None


def guess_format(path: Path, what: str, named: str | None) -> str:
    """The format to read a file with.

    Raises:
        ValueError: with an Indonesian sentence, if the ending says nothing or the name is none.
    """
    allowed = ", ".join(sorted(FORMATS[what]))
    if named and named not in FORMATS[what]:
        raise ValueError(f"Format '{named}' tidak dikenal untuk impor {what}; pilihannya: {allowed}.")
    found = named or BY_ENDING[what].get(path.suffix.lower())
    if found is None:
        raise ValueError(
            f"{path}: akhiran '{path.suffix}' tidak dikenal untuk impor {what}; "
            f"sebutkan --format ({allowed})."
        )
    if not named and found == "complaint_csv" and path.suffix.lower() == ".xlsx" and path.exists():
        return "sp4n_xlsx" if is_sp4n(path) else found
    return found


def look(settings: Settings, request: Request) -> Preview:
    """Say what a file holds and what would become of it; nothing is written."""
    parts = list(_masked(settings, request, dry=True))
    digests = [one for part in parts for one in part.digests]
    new, changed = _against_lake(settings, digests)
    return replace(
        with_columns(summary(parts, request.format), settings, request),
        n_new=new,
        n_changed=changed,
        n_duplicate=len(digests) - new - changed,
    )


def put(settings: Settings, request: Request, progress: Progress) -> tuple[Preview, list[StageResult]]:
    """Put a file's records into the landing zone and run the stages that follow."""
    run_id = new_run_id()
    landing = Landing(settings.landing, run_id)
    parts: list[Part] = []

    def collect() -> StageResult:
        progress.begin("Membaca dan menyamarkan", None)
        for part in _masked(settings, request, dry=False):
            landing.write_packed(request.source_id, part.packed)
            parts.append(replace(part, packed=b""))
            progress.advance(part.n_documents + len(part.rejected))
        stored, refused = sum(p.n_documents for p in parts), sum(len(p.rejected) for p in parts)
        message = f"{stored} catatan dari berkas."
        return StageResult("collect", stored + refused, stored, stored, 0, refused, message)

    with open_lake(settings) as lake:
        results = [
            book(lake, settings, "collect", run_id, progress, lambda *_: collect()),
            book(lake, settings, "load", run_id, progress, stage("load")),
        ]
        if sum(part.n_documents for part in parts) <= LABEL_AT_ONCE:
            results.append(book(lake, settings, "enrich", run_id, progress, stage("enrich")))
        keep_index(lake, settings, run_id, progress)
    return summary(parts, request.format), results


def summary(parts: Iterable[Part], format_: str, sample: int = 3) -> Preview:
    """Summarise masked records. Pure."""
    n_documents = 0
    rejected: list[Rejection] = []
    documents: list[Document] = []
    for part in parts:
        n_documents += part.n_documents
        rejected += part.rejected
        documents += part.sample[: sample - len(documents)]
    return Preview(
        format_,
        n_documents + len(rejected),
        n_documents,
        dict(Counter(one.reason for one in rejected)),
        tuple(rejected),
        tuple(documents),
    )


def with_columns(found: Preview, settings: Settings, request: Request) -> Preview:
    """Add to a summary how each column of a table was understood."""
    about = _about(settings, request)
    try:
        table = table_of(request.path, request.format, about, request.mapping)
    except FileProblemError:
        return found  # the preview's rejection says why
    if table is None:
        return found  # a chat has no columns
    return replace(
        found,
        columns={name: table.header[at] for name, at in table.columns.items()},
        unread=table.unread,
        table=understood(table, about, key_masker(settings.config)),
        notes=(f"Judul kolom ada di baris {table.line}.", *table.notes),
    )


def _about(settings: Settings, request: Request) -> FileContext:
    mapping = request.mapping if isinstance(request.mapping, ComplaintMap) else None
    complaints, order = settings.config.complaints, request.date_order
    zone = request.mapping.timezone if request.mapping else "Asia/Jakarta"
    if order is None and request.mapping is not None:
        order = request.mapping.date_order
    return FileContext(request.source_id, settings.now(), zone, complaints, order, mapping)


def _masked(settings: Settings, request: Request, *, dry: bool) -> Iterator[Part]:
    records = read_file(
        request.path,
        request.format,
        request.source_id,
        now=settings.now(),
        complaints=settings.config.complaints,
        mapping=request.mapping,
        date_order=request.date_order,
    )
    # a look at a file makes no home folder: pseudonyms that nobody keeps need no lasting key
    fleeting = dry and not lake_exists(settings.home)
    key = secrets.token_bytes(32) if fleeting else settings.pseudonym_key()
    return masked(records, settings.config, key, Forgotten.of(settings, key), dry=dry)


def _against_lake(settings: Settings, digests: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """How many documents are new, and how many changed, compared with the lake."""
    latest = dict(digests)
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            known = content_hashes(lake)
    except LakeMissingError:
        known = {}
    new = sum(doc_id not in known for doc_id in latest)
    return new, sum(known.get(doc_id, digest) != digest for doc_id, digest in latest.items())
