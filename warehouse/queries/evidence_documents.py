"""The documents behind numbers as an assessor reads them: where from, how labelled, what people said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.access import needs
from warehouse.lake import Lake
from warehouse.queries.evidence_numbers import Narrowed, evidence_ids, evidence_numbers
from warehouse.queries.spans import Span

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
        n_pinned: how many of the total somebody pinned.
        n_rejected: how many somebody rejected as evidence.
    """

    rows: pd.DataFrame
    total: int
    n_erased: int
    n_pinned: int
    n_rejected: int


@needs("assessment")
def evidence_documents(
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
    wanted = f"SELECT unnest($ids::VARCHAR[]) AS doc_id UNION SELECT doc_id {marks}"
    given = {**place, "ids": list(doc_ids)}
    counts = lake.rows(
        f"""
        SELECT count(*) FILTER (NOT gone), count(*) FILTER (gone),
          count(*) FILTER (NOT gone AND mark = 'pinned'), count(*) FILTER (NOT gone AND mark = 'rejected')
        FROM (
          SELECT coalesce(list_contains(d.flags, 'erased'), false) AS gone, m.mark
          FROM ({wanted}) w JOIN document d ON d.doc_id = w.doc_id LEFT JOIN (SELECT doc_id, mark {marks}) m ON m.doc_id = w.doc_id
        )
        """,  # noqa: S608 - names of ours
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
        ORDER BY coalesce(m.mark = 'pinned', false) DESC, coalesce(m.mark = 'rejected', false), l.dated_at DESC NULLS LAST, w.doc_id
        LIMIT coalesce($limit, 9223372036854775807) OFFSET $offset
        """,  # noqa: S608 - same
        {**given, "limit": limit, "offset": offset},
    )
    return EvidenceDocuments(frame, *map(int, counts))


@needs("assessment")
def evidence_page(
    lake: Lake,
    at: tuple[str, int, str, str],
    codes: Sequence[str],
    span: Span,
    place: Narrowed | None = None,
    part: tuple[int | None, int] = (None, 0),
) -> EvidenceDocuments:
    """The documents behind the numbers of an indicator: `evidence_documents` of all their `evidence_ids`.

    Args:
        lake: an open lake.
        at: instrument, year, indicator and scope whose marks are shown.
        codes: numbers of ours that the indicator names.
        span: the period.
        place: as of `evidence_numbers`.
        part: rows at most, and rows left out first.
    """
    ids = evidence_ids(lake, evidence_numbers(lake, codes, span, at[3], place))
    limit, offset = part
    return evidence_documents(lake, list(ids), *at, limit=limit, offset=offset)


@needs("assessment")
def evidence_weeks(lake: Lake, first: date, last: date, dimension: str = "") -> pd.DataFrame:
    """Documents per week and kind of a dimension (empty: of all), comments left out, with each week's coverage.

    Args:
        lake: an open lake.
        first: first day; weeks (Monday) from the first one with a document on are given, zeros too.
        last: last day.
        dimension: id of a dimension.

    Returns:
        Columns as of `volume_by_week`.
    """
    return lake.frame(
        """
        WITH told AS (
          SELECT * FROM mart_counted
          WHERE kind <> 'comment' AND day BETWEEN $first::DATE AND $last::DATE AND ($dimension = '' OR dimension = $dimension)
        ),
        weeks AS (
          SELECT CAST(unnest(range(min(week), max(week) + INTERVAL 1 DAY, INTERVAL 7 DAY)) AS DATE) AS week FROM told
        ),
        counts AS (
          SELECT week, kind, count(*) AS n, count(DISTINCT item) AS n_stories, count(DISTINCT source_id) AS n_sources
          FROM told GROUP BY week, kind
        )
        SELECT w.week, k.kind, coalesce(c.n, 0) AS n, coalesce(c.n_stories, 0) AS n_stories,
          coalesce(c.n_sources, 0) AS n_sources, v.n_reached, v.n_expected, v.coverage
        FROM weeks w CROSS JOIN (SELECT DISTINCT kind FROM told) k
        LEFT JOIN counts c ON c.week = w.week AND c.kind = k.kind
        LEFT JOIN mart_coverage_week v ON v.week = w.week
        ORDER BY w.week, k.kind
        """,
        {"first": first, "last": last, "dimension": dimension},
    )


@dataclass(frozen=True, slots=True)
class SpanCoverage:
    """How far the sources were read in a period.

    Attributes:
        n_weeks: complete weeks that began in it.
        n_known: of these, weeks in which a source was expected.
        n_low: of these, weeks in which less than four fifths of the sources were reached.
        coverage: sources reached ÷ expected, over all known weeks; None without any.
    """

    n_weeks: int
    n_known: int
    n_low: int
    coverage: float | None


@needs("assessment")
def span_coverage(lake: Lake, first: date, last: date) -> SpanCoverage:
    """Source coverage of the complete weeks that begin between two days."""
    row = lake.rows(
        """
        WITH weeks AS (
          SELECT DISTINCT period AS week FROM mart_period
          WHERE period_kind = 'week' AND period BETWEEN $first::DATE AND $last::DATE
            AND period_end < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)
        )
        SELECT count(*), count(v.week), count(*) FILTER (v.coverage < 0.8),
          sum(v.n_reached) / nullif(sum(v.n_expected), 0)
        FROM weeks w LEFT JOIN mart_coverage_week v ON v.week = w.week
        """,
        {"first": first, "last": last},
    )[0]
    return SpanCoverage(int(row[0]), int(row[1]), int(row[2]), row[3])
