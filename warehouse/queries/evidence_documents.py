"""The documents behind numbers as an assessor reads them: where from, how labelled, what people said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.access import needs
from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class EvidenceDocuments:
    """Documents as evidence.

    Attributes:
        rows: columns of `mart_listed`, with corrected_by, corrected_at and corrected (names of fields) of the last
            correction that holds, and mark, marked_by, marked_at and n_comments of `mart_evidence`.
        total: how many there are to read, on all pages.
        n_erased: how many more were erased at a person's request: they count, their words are gone.
    """

    rows: pd.DataFrame
    total: int
    n_erased: int


@needs("assessment")
def evidence_documents(  # noqa: PLR0913 - a place of the worksheet has four names
    lake: Lake,
    doc_ids: Sequence[str],
    instrument: str,
    year: int,
    indicator: str,
    scope: str = "",
    *,
    limit: int | None = None,
    offset: int = 0,
) -> EvidenceDocuments:
    """Documents with what was said of them as evidence of an indicator, pinned ones first, then the newest.

    Args:
        lake: an open lake.
        doc_ids: behind the numbers; pinned, rejected and commented ones are added.
        instrument: its id.
        year: of the assessment.
        indicator: its id.
        scope: id of a dimension, empty for the whole.
        limit: rows at most; None: all.
        offset: rows left out first.
    """
    place = {"instrument": instrument, "year": year, "indicator": indicator, "scope": scope}
    marks = (
        "FROM mart_evidence WHERE instrument = $instrument AND year = $year AND scope = $scope "
        "AND indicator = $indicator"
    )
    wanted = f"SELECT unnest($ids::VARCHAR[]) AS doc_id UNION SELECT doc_id {marks}"  # noqa: S608 - names of ours
    given = {**place, "ids": list(doc_ids)}
    total, erased = lake.rows(
        "SELECT count(*) FILTER (NOT gone), count(*) FILTER (gone) FROM (SELECT coalesce(list_contains(d.flags, "  # noqa: S608
        f"'erased'), false) AS gone FROM document d SEMI JOIN ({wanted}) w ON w.doc_id = d.doc_id)",
        given,
    )[0]
    frame = lake.frame(
        f"""
        SELECT l.*, c.corrected_by, c.corrected_at, c.corrected, m.mark, m.marked_by, m.marked_at,
          coalesce(m.n_comments, 0) AS n_comments
        FROM ({wanted}) w
        JOIN mart_listed l ON l.doc_id = w.doc_id
        ANTI JOIN (SELECT doc_id FROM document WHERE list_contains(flags, 'erased')) g ON g.doc_id = w.doc_id
        LEFT JOIN (
          SELECT doc_id, arg_max(corrected_by, position) AS corrected_by, max(corrected_at) AS corrected_at,
            list_sort(list(DISTINCT field)) AS corrected
          FROM label_correction_now GROUP BY doc_id
        ) c ON c.doc_id = w.doc_id
        LEFT JOIN (SELECT * {marks}) m ON m.doc_id = w.doc_id
        ORDER BY m.mark = 'pinned' DESC NULLS LAST, m.mark = 'rejected' NULLS FIRST, l.dated_at DESC NULLS LAST, w.doc_id
        LIMIT coalesce($limit, 9223372036854775807) OFFSET $offset
        """,  # noqa: S608 - same
        {**given, "limit": limit, "offset": offset},
    )
    return EvidenceDocuments(frame, int(total), int(erased))
