"""Import one file by hand: the same reader, mask and stages as the inbox of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from config import SocialMap
from crawlers.files import FileProblemError, posts_table, read_file
from crawlers.items import Document, Rejection
from crawlers.landing import Landing
from pipelines.privacy import key_masker, scrubber
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.run import book, open_lake, stage
from pipelines.settings import Settings, new_run_id

BY_ENDING = {
    "complaints": {".xlsx": "sp4n_xlsx", ".txt": "whatsapp", ".csv": "complaint_csv"},
    "social": {".csv": "social_csv", ".tsv": "social_csv", ".xlsx": "social_csv"},
}
BATCH = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is stored.

    Attributes:
        format: how it was read.
        n_in: records in the file.
        n_documents: records understood.
        reasons: number of refused records by reason.
        rejected: refused records, each with its place and what to do.
        sample: the first documents, masked.
        columns: our word for a field to the column that it was read from.
        unread: columns that nothing was read from.
    """

    format: str
    n_in: int
    n_documents: int
    reasons: dict[str, int]
    rejected: tuple[Rejection, ...]
    sample: tuple[Document, ...]
    columns: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def guess_format(path: Path, what: str, named: str | None) -> str:
    """The format to read a file with.

    Raises:
        ValueError: with an Indonesian sentence, if the ending says nothing.
    """
    known = BY_ENDING[what]
    found = named or known.get(path.suffix.lower())
    if found is None:
        raise ValueError(
            f"{path}: akhiran '{path.suffix}' tidak dikenal untuk impor {what}; sebutkan --format "
            f"({', '.join(sorted(set(known.values())))})."
        )
    return found


def read(
    settings: Settings, path: Path, format_: str, source_id: str, mapping: SocialMap | None = None
) -> list[Document | Rejection]:
    """Read a file and mask everything in it."""
    scrub = scrubber(settings.config, settings.pseudonym_key())
    mask = key_masker(settings.config)
    complaints = settings.config.complaints
    records = read_file(path, format_, source_id, now=settings.now(), complaints=complaints, mapping=mapping)
    return [
        scrub(record)
        if isinstance(record, Document)
        else Rejection(record.source_id, mask(record.key), record.reason, mask(record.detail), record.at)
        for record in records
    ]


def preview(records: Sequence[Document | Rejection], format_: str, sample: int = 3) -> Preview:
    """Summarise records. Pure."""
    documents = [record for record in records if isinstance(record, Document)]
    rejected = tuple(record for record in records if isinstance(record, Rejection))
    return Preview(
        format_,
        len(records),
        len(documents),
        dict(Counter(one.reason for one in rejected)),
        rejected,
        tuple(documents[:sample]),
    )


def with_columns(found: Preview, path: Path, mapping: SocialMap | None) -> Preview:
    """Add to a preview which column of a table of posts was read as what."""
    try:
        table = posts_table(path, mapping)
    except FileProblemError:
        return found  # the preview's rejection says why
    columns = {name: table.header[at] for name, at in table.columns.items()}
    return replace(found, columns=columns, unread=table.unread)


def store(
    settings: Settings, records: Sequence[Document | Rejection], source_id: str, progress: Progress
) -> list[StageResult]:
    """Put records into the landing zone and run the stages that follow."""
    run_id = new_run_id()
    landing = Landing(settings.landing, run_id)
    n_documents = sum(isinstance(record, Document) for record in records)

    def collect() -> StageResult:
        for start in range(0, len(records), BATCH):
            landing.write(source_id, records[start : start + BATCH])
        return StageResult(
            "collect",
            n_in=len(records),
            n_stored=n_documents,
            n_new=n_documents,
            n_rejected=len(records) - n_documents,
            message=f"{n_documents} catatan dari berkas.",
        )

    with open_lake(settings) as lake:
        first = book(lake, settings, "collect", run_id, progress, lambda *_: collect())
        return [
            first,
            *(book(lake, settings, name, run_id, progress, stage(name)) for name in ("load", "enrich")),
        ]
