"""What people corrected in the lake, as labelled texts that train later models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nlp.corpus.records import Record
from nlp.types import KIND_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PREFIX = "koreksi-"
_VALENCE = {"negatif": "buruk", "positif": "baik"}


def corrected_records(rows: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Labelled texts from corrected documents.

    Args:
        rows: as `warehouse.store.corrected_documents` returns them; texts are masked.

    Returns:
        One record per row that has words; ids begin with `PREFIX`, so that no one mistakes them
        for texts of the corpus.
    """
    return [_record(row) for row in rows if (row["text"] or "").strip()]


def _record(row: Mapping[str, Any]) -> Record:
    kind = KIND_ALIASES.get(row["kind"], row["kind"])
    title = row["parent_title"] if kind == "comment" else row["title"]
    return Record(
        id=PREFIX + _plain(row["doc_id"]),
        kind=kind,
        source=row["scope"],
        title=title or None,
        text=row["text"],
        relevant=row["relevant"],
        topic=row["topic"],
        opd=tuple(row["opd_ids"]),
        sentiment=row["sentiment"],
        valence=_VALENCE.get(row["sentiment"] or "", "netral"),
        kecamatan=tuple(row["kecamatan"]),
        desa=tuple(row["desa"]),
        language=row["language"],
    )


def _plain(doc_id: str) -> str:
    """An id of lower-case letters, digits and hyphens."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in doc_id.lower())
