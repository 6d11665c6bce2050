"""What an office asks while it works on complaints: who else may own one, what was like it, what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.access import whole
from warehouse.access.wall import SMALL
from warehouse.lake import Lake
from warehouse.queries.rows import records

if TYPE_CHECKING:
    import pandas as pd


def suggested_owners(lake: Lake, doc_id: str) -> list[dict[str, Any]]:
    """Offices that may own a complaint, the likeliest first, the one that has it now left out.

    They are those of the labels in force: the model's, with the rules on authority (`config/routing.yaml`)
    already worked in, or what a person corrected. One that is less likely than one in a hundred is no suggestion.

    Returns:
        Rows with opd_id, short and score (0 to 1).
    """
    return records(
        lake.frame(
            """
            SELECT o.opd_id, o.short, u.score FROM (
              SELECT unnest(opd_ids) AS opd_id, unnest(opd_scores) AS score,
                unnest(range(len(opd_ids))) AS place
              FROM enrichment_current WHERE doc_id = $id
            ) u JOIN dim_opd o ON o.opd_id = u.opd_id
            WHERE u.place > 0 AND u.score >= 0.01 ORDER BY u.place
            """,
            {"id": doc_id},
        )
    )


def similar_complaints(lake: Lake, doc_id: str, limit: int = 5) -> pd.DataFrame:
    """Earlier complaints on the same topic that share telling words or the kecamatan, most alike first.

    Returns:
        Columns doc_id, ticket_id, received_at, status, kecamatan, n_shared (telling words both have), excerpt
        and reply: the newest remark of an answer, NULL without any. Confidential ones are left out.
    """
    return lake.frame(
        """
        WITH one AS (
          SELECT c.doc_id, c.topic, c.kecamatan, c.received_at, e.keywords
          FROM mart_complaint c JOIN enrichment_current e ON e.doc_id = c.doc_id WHERE c.doc_id = $id
        ),
        alike AS (
          SELECT c.doc_id, c.ticket_id, c.received_at, c.status, c.kecamatan, c.fetched_at,
            len(list_intersect(e.keywords, one.keywords)) AS n_shared,
            coalesce(c.kecamatan = one.kecamatan, false) AS near, c.answered
          FROM mart_complaint c
          JOIN enrichment_current e ON e.doc_id = c.doc_id
          JOIN one ON one.topic = c.topic AND c.doc_id <> one.doc_id
          WHERE c.relevant AND c.confidentiality <> 'rahasia' AND c.received_at < one.received_at
            AND (n_shared > 0 OR near)
          ORDER BY n_shared DESC, near DESC, c.answered DESC, c.received_at DESC, c.doc_id LIMIT $limit
        ),
        replied AS (
          SELECT doc_id, last(note ORDER BY known_at, position) AS reply FROM mart_complaint_event
          WHERE reply IS NOT NULL AND coalesce(note, '') <> '' GROUP BY doc_id
        )
        SELECT a.doc_id, a.ticket_id, a.received_at, a.status, a.kecamatan, a.n_shared, excerpt(d.text) AS excerpt, r.reply
        FROM alike a
        JOIN document d ON d.doc_id = a.doc_id AND d.fetched_at = a.fetched_at
        LEFT JOIN replied r ON r.doc_id = a.doc_id
        ORDER BY a.n_shared DESC, a.near DESC, a.answered DESC, a.received_at DESC, a.doc_id
        """,
        {"id": doc_id, "limit": limit},
    )


@whole
def complaint_trend(lake: Lake, by: str, opd: str | None = None) -> pd.DataFrame:
    """Complaints by topic or kecamatan in the last 4 complete weeks and the 4 before.

    Args:
        lake: an open lake.
        by: ``topic`` or ``kecamatan``.
        opd: only those of one office.

    Returns:
        Columns key, label, n (last 4 weeks), n_before (the 4 weeks before) and n_12 (12 weeks), most first.

    Raises:
        ValueError: another `by`.
    """
    columns = {
        "topic": ("topic", "any_value(topic_label)"),
        "kecamatan": ("kecamatan", "any_value(kecamatan)"),
    }
    if by not in columns:
        raise ValueError(f"no trend by {by!r}")
    key, label = columns[by]
    return lake.frame(
        f"""
        WITH bounds AS (
          SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
        )
        SELECT {key} AS key, {label} AS label,
          count(*) FILTER (week >= this_week - INTERVAL 28 DAY) AS n,
          count(*) FILTER (week < this_week - INTERVAL 28 DAY AND week >= this_week - INTERVAL 56 DAY) AS n_before,
          count(*) AS n_12
        FROM mart_complaint CROSS JOIN bounds
        WHERE relevant AND {key} IS NOT NULL AND week < this_week AND week >= this_week - INTERVAL 84 DAY
          AND ($opd IS NULL OR list_contains(opd_ids, $opd))
        GROUP BY {key} ORDER BY n DESC, n_12 DESC, key
        """,  # noqa: S608 - names of ours
        {"opd": opd},
    )


@whole
def recurring_complaints(lake: Lake, opd: str | None = None) -> tuple[pd.DataFrame, int]:
    """Issues (topic and desa) that come back (`recurs`) in the last 8 complete weeks, complaints only.

    Args:
        lake: an open lake.
        opd: only those of one office.

    Returns:
        Columns topic, topic_label, desa, kecamatan, n, n_weeks and last_week, most weeks first; and how many
        issues are left out because fewer than `SMALL` complaints stand behind them.
    """
    frame = lake.frame(
        """
        SELECT r.topic, any_value(c.topic_label) AS topic_label, r.desa, r.kecamatan,
          count(DISTINCT r.doc_id) AS n, count(DISTINCT r.week) AS n_weeks, max(r.week) AS last_week
        FROM drill_recurring r JOIN mart_complaint c ON c.doc_id = r.doc_id
        WHERE $opd IS NULL OR list_contains(c.opd_ids, $opd)
        GROUP BY r.topic, r.desa, r.kecamatan HAVING recurs(n_weeks)
        ORDER BY n_weeks DESC, n DESC, r.topic, r.desa, r.kecamatan
        """,
        {"opd": opd},
    )
    shown = frame[frame["n"] >= SMALL]
    return shown.reset_index(drop=True), len(frame) - len(shown)
