"""The worksheet of an assessment, its history, its evidence, and the index out of what people entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from config.instrument import Instrument
from warehouse.access import needs, whole
from warehouse.assessment import Entry, Improvement, Index, improvement, index
from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd

_CELL = "instrument = $instrument AND year = $year AND scope = $scope"


@dataclass(frozen=True, slots=True)
class Assessed:
    """The index of a year and what changed since the year before.

    Attributes:
        index: of the year.
        before: of the year before.
        improvement: between them.
    """

    index: Index
    before: Index
    improvement: Improvement


@needs("assessment")
def worksheet(lake: Lake, instrument: str, year: int, scope: str = "") -> pd.DataFrame:
    """What people entered for the indicators of an instrument, as it stands.

    Args:
        lake: an open lake.
        instrument: its id.
        year: of the assessment.
        scope: id of a dimension, empty for the whole.

    Returns:
        Columns of `mart_assessment`; an indicator nobody entered has no row.
    """
    return lake.frame(
        f"SELECT * FROM mart_assessment WHERE {_CELL} ORDER BY indicator",  # noqa: S608 - names of ours
        {"instrument": instrument, "year": year, "scope": scope},
    )


@needs("assessment")
def worksheet_history(
    lake: Lake, instrument: str, year: int, indicator: str, scope: str = ""
) -> pd.DataFrame:
    """Everything that was entered, reviewed and withdrawn at one place, the oldest first."""
    return lake.frame(
        "SELECT position, action, about, score, justification, doc_ids, person, entered_at FROM assessment_entry "  # noqa: S608
        f"WHERE {_CELL} AND indicator = $indicator ORDER BY position",
        {"instrument": instrument, "year": year, "scope": scope, "indicator": indicator},
    )


@whole
def worksheet_state(lake: Lake, year: int) -> pd.DataFrame:
    """How far the worksheets of a year are; one with neither an entry nor a pack has no row.

    Args:
        lake: an open lake.
        year: of the assessment.

    Returns:
        Columns worksheet (instrument/scope), instrument, scope, n_entered, n_accepted, n_returned, n_packs.
    """
    return lake.frame(
        """
        SELECT concat(instrument, '/', scope) AS worksheet, instrument, scope,
          CAST(sum(n_entered) AS BIGINT) AS n_entered, CAST(sum(n_accepted) AS BIGINT) AS n_accepted,
          CAST(sum(n_returned) AS BIGINT) AS n_returned, CAST(sum(n_packs) AS BIGINT) AS n_packs
        FROM (
          SELECT instrument, scope, count(*) AS n_entered, count(*) FILTER (review = 'accepted') AS n_accepted,
            count(*) FILTER (review = 'returned') AS n_returned, 0 AS n_packs
          FROM mart_assessment WHERE year = $year GROUP BY ALL
          UNION ALL
          SELECT instrument, scope, 0, 0, 0, count(DISTINCT pack_id) FROM evidence_pack WHERE year = $year GROUP BY ALL
        )
        GROUP BY ALL ORDER BY worksheet
        """,
        {"year": year},
    )


@needs("assessment")
def assessed(lake: Lake, instrument: Instrument, year: int, scope: str = "") -> Assessed:
    """The weighted index out of what people entered, and the improvement; open where somebody has yet to enter.

    An entry that a reviewer returned does not count: it is missing until it is entered again.
    """
    now, before = (
        index(instrument, one, _entries(lake, instrument.id, one, scope)) for one in (year, year - 1)
    )
    return Assessed(now, before, improvement(now, before))


def _entries(lake: Lake, instrument: str, year: int, scope: str) -> list[Entry]:
    rows = lake.rows(
        "SELECT indicator, score, person, CASE WHEN review = 'accepted' THEN reviewer END FROM mart_assessment "  # noqa: S608
        f"WHERE {_CELL} AND review IS DISTINCT FROM 'returned' ORDER BY indicator",
        {"instrument": instrument, "year": year, "scope": scope},
    )
    return [Entry(*row) for row in rows]


@needs("assessment")
def evidence_marks(lake: Lake, instrument: str, year: int, indicator: str, scope: str = "") -> pd.DataFrame:
    """Documents somebody pinned, rejected or commented on; columns of `mart_evidence`, pinned ones first."""
    return lake.frame(
        f"SELECT * FROM mart_evidence WHERE {_CELL} AND indicator = $indicator "  # noqa: S608
        "ORDER BY mark NULLS LAST, marked_at, doc_id",
        {"instrument": instrument, "year": year, "scope": scope, "indicator": indicator},
    )


@needs("assessment")
def evidence_comments(
    lake: Lake, instrument: str, year: int, indicator: str, scope: str = ""
) -> pd.DataFrame:
    """What was said about documents as evidence: doc_id, action, comment, person, said_at; the oldest first."""
    return lake.frame(
        "SELECT e.doc_id, e.action, e.comment, e.person, e.said_at FROM evidence_event e "  # noqa: S608
        f"SEMI JOIN mart_evidence m USING (instrument, year, scope, indicator, doc_id) WHERE {_CELL} "
        "AND indicator = $indicator AND comment IS NOT NULL ORDER BY position",
        {"instrument": instrument, "year": year, "scope": scope, "indicator": indicator},
    )


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """A pack that left the house.

    Attributes:
        pack_id: its name.
        instrument: id.
        year: of the assessment.
        scope: id of a dimension, or empty.
        indicators: ids, joined by commas.
        first_day: first day of its period.
        last_day: last day.
        snapshot: of the lake it was made from.
        manifest_sha256: of its manifest, by which a copy is known.
        role: as whom it shows complaints; None: nobody noted that yet.
        person: who issued it.
        issued_at: when.
        n_documents: documents in it that were asked about (all, if none were).
    """

    pack_id: str
    instrument: str
    year: int
    scope: str
    indicators: str
    first_day: date
    last_day: date
    snapshot: int
    manifest_sha256: str
    role: str | None
    person: str
    issued_at: datetime
    n_documents: int


@needs("assessment")
def issued_packs(lake: Lake, doc_ids: tuple[str, ...] | None = None) -> list[IssuedPack]:
    """Packs that left the house, the newest first.

    Args:
        lake: an open lake.
        doc_ids: only those that hold one of these documents.
    """
    rows = lake.rows(
        """
        SELECT pack_id, instrument, year, scope, string_agg(DISTINCT indicator, ', ' ORDER BY indicator),
          first_day, last_day, snapshot, manifest_sha256, role, person, issued_at,
          len(list_distinct(flatten(list(
            CASE WHEN $ids IS NULL THEN doc_ids ELSE list_intersect(doc_ids, $ids::VARCHAR[]) END)))) AS n_documents
        FROM evidence_pack WHERE $ids IS NULL OR list_has_any(doc_ids, $ids::VARCHAR[])
        GROUP BY ALL
        ORDER BY issued_at DESC, pack_id
        """,
        {"ids": None if doc_ids is None else list(doc_ids)},
    )
    return [IssuedPack(*row) for row in rows]
