"""What only the weekly report asks: one week seen from above, as of one snapshot and one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.stories import heads
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Moment:
    """What every number of a connection rests on.

    Attributes:
        now: the moment the views call "now" (aware, UTC).
        snapshot: the lake snapshot that is read, the pinned one if there is a pin.
    """

    now: datetime
    snapshot: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which part of the active sources the numbers rest on, as of "now".

    Attributes:
        n_sources: active sources.
        n_reachable: of these, those whose last attempts worked.
        n_ok: of these, those that also bring what they usually bring.
        n_failing: active sources that are not ok.
        share: n_reachable / n_sources, or None without active sources.
    """

    n_sources: int
    n_reachable: int
    n_ok: int
    n_failing: int
    share: float | None


HEAD = [
    "story_id", "title", "url", "excerpt", "lead_source", "topic_label", "opd_id", "opd_short", "kecamatan",
    "first_at",
]  # fmt: skip
"""What the report says of a story whatever the week."""


def moment(lake: Lake) -> Moment:
    """The `now` and the snapshot of this connection."""
    row = lake.rows("SELECT getvariable('pati_now')::TIMESTAMPTZ, id FROM ducklake_current_snapshot('lake')")[
        0
    ]
    return Moment(row[0], int(row[1]))


def has_snapshot(lake: Lake, snapshot: int) -> bool:
    """Whether a snapshot can still be read, or was cleared away."""
    return bool(
        lake.value("SELECT count(*) FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [snapshot])
    )


def wordless(lake: Lake, keys: Sequence[str]) -> list[str]:
    """Which stories and documents hold words that were erased at a person's request or gone by retention.

    Args:
        lake: at the snapshot that is asked; erasing changes every snapshot.
        keys: ids of stories or documents.

    Returns:
        Those of `keys` with such a document, sorted.
    """
    from warehouse.forget import WORDLESS

    rows = lake.rows(
        """
        WITH gone AS (SELECT doc_id FROM document WHERE list_has_any(coalesce(flags, []), $flags::VARCHAR[])),
        named AS (
          SELECT doc_id AS key FROM gone
          UNION SELECT f.story_id FROM document_fact f JOIN gone g ON g.doc_id = f.doc_id
        )
        SELECT key FROM named WHERE list_contains($keys::VARCHAR[], key) ORDER BY key
        """,
        {"flags": list(WORDLESS), "keys": list(keys)},
    )
    return [key for (key,) in rows]


def coverage(lake: Lake) -> Coverage:
    """How much of what should be watched was in reach; the sources of `mart_status`."""
    row = lake.rows(
        "SELECT n_sources, n_sources_reachable, n_sources_ok, n_sources - n_sources_ok, "
        "CASE WHEN n_sources > 0 THEN n_sources_reachable / n_sources::DOUBLE END FROM mart_status"
    )[0]
    return Coverage(*row)


def history(lake: Lake, week: Week) -> pd.DataFrame:
    """Whether there is anything to compare a week with, per kind of document.

    Returns:
        Columns kind, first_week (Monday of its oldest week), has_before (the week before lies
        within the collected time) and has_four (the four weeks before do); a kind that was
        never collected has no row.
    """
    return lake.frame(
        """
        SELECT kind, min(week) AS first_week, min(week) <= $week::DATE - 7 AS has_before,
          min(week) <= $week::DATE - 28 AS has_four
        FROM mart_week_kind GROUP BY kind ORDER BY kind
        """,
        {"week": week.monday},
    )


def week_stories(lake: Lake, week: Week, limit: int = 5) -> pd.DataFrame:
    """The stories of one week; most independent voices first, then most articles.

    All counts are of articles within the week; an article whose text repeats an earlier one
    adds an article, not a voice, so one press release in twelve outlets does not lead the list.

    Returns:
        Columns story_id, title, url, excerpt, lead_source, topic_label, opd_id, opd_short,
        kecamatan, first_at, n, n_before (articles in the week before), n_sources, n_voices,
        n_copies, n_advertorial, n_negative, n_neutral, n_positive, peak_day (the day with most
        articles, the earlier one of equals), peak_n.
    """
    return stories_between(lake, week.shift(-1).monday, week.monday, week.sunday, limit)


def stories_between(
    lake: Lake, before: date, first: date, last: date, limit: int, opd_id: str | None = None
) -> pd.DataFrame:
    """The same for any days; columns of `week_stories`.

    Args:
        lake: an open lake.
        before: first day of what `n_before` counts; it ends the day before `first`.
        first: first day (WIB).
        last: last day.
        limit: how many stories.
        opd_id: only articles that concern this office; None: all.
    """
    counts = lake.frame(
        """
        WITH docs AS MATERIALIZED (
          SELECT story_id, source_id, day, copy_of, advertorial, sentiment FROM document_fact
          WHERE relevant AND story_id IS NOT NULL AND day BETWEEN $before::DATE AND $last::DATE
            AND ($opd IS NULL OR list_contains(opd_ids, $opd))
        ),
        days AS (SELECT story_id, day, count(*) AS n FROM docs WHERE day >= $first::DATE GROUP BY story_id, day),
        peaks AS (
          SELECT story_id, arg_max(day, (n, -epoch(day))) AS peak_day, max(n) AS peak_n FROM days GROUP BY story_id
        ),
        before AS (SELECT story_id, count(*) AS n_before FROM docs WHERE day < $first::DATE GROUP BY story_id),
        counts AS (
          SELECT story_id, count(*) AS n, count(DISTINCT source_id) AS n_sources,
            count(DISTINCT source_id) FILTER (copy_of IS NULL) AS n_voices,
            count(*) FILTER (copy_of IS NOT NULL) AS n_copies,
            count(*) FILTER (advertorial) AS n_advertorial,
            count(*) FILTER (sentiment = 'negatif') AS n_negative,
            count(*) FILTER (sentiment = 'netral') AS n_neutral,
            count(*) FILTER (sentiment = 'positif') AS n_positive
          FROM docs WHERE day >= $first::DATE GROUP BY story_id
        )
        SELECT c.story_id, c.n, coalesce(b.n_before, 0) AS n_before, c.n_sources, c.n_voices, c.n_copies,
          c.n_advertorial, c.n_negative, c.n_neutral, c.n_positive, p.peak_day, p.peak_n
        FROM counts c
        JOIN story s ON s.story_id = c.story_id
        JOIN peaks p ON p.story_id = c.story_id
        LEFT JOIN before b ON b.story_id = c.story_id
        ORDER BY c.n_voices DESC, c.n DESC, s.first_at, c.story_id LIMIT $limit
        """,
        {"before": before, "first": first, "last": last, "limit": limit, "opd": opd_id},
    )
    return heads(lake, list(counts["story_id"]))[HEAD].merge(counts, on="story_id")


def story_steps(lake: Lake, week: Week, story_ids: Sequence[str], limit: int = 3) -> pd.DataFrame:
    """How stories went: the very first article and the first ones of the week with their own text.

    Returns:
        Columns story_id, doc_id, source_name, title, url, dated_at, day; by story, oldest
        first; at most `limit` + 1 rows for a story.
    """
    return steps_between(lake, week.monday, week.sunday, story_ids, limit)


def steps_between(
    lake: Lake, first: date, last: date, story_ids: Sequence[str], limit: int = 3
) -> pd.DataFrame:
    """The same for any days (WIB, both included); columns of `story_steps`."""
    return lake.frame(
        """
        WITH a AS (
          SELECT story_id, doc_id, source_name, title, url, dated_at, day,
            row_number() OVER (PARTITION BY story_id ORDER BY dated_at, doc_id) AS nth,
            day >= $first::DATE AND copy_of IS NULL AS own
          FROM mart_document
          WHERE relevant AND list_contains($story_ids::VARCHAR[], story_id) AND day <= $last::DATE
        )
        SELECT story_id, doc_id, source_name, title, url, dated_at, day FROM a
        QUALIFY nth = 1 OR (own AND row_number() OVER (PARTITION BY story_id, own ORDER BY dated_at, doc_id) <= $limit)
        ORDER BY story_id, dated_at, doc_id
        """,
        {"first": first, "last": last, "story_ids": list(story_ids), "limit": limit},
    )


def week_outlets(lake: Lake, week: Week) -> pd.DataFrame:
    """Which outlets wrote in one week.

    Returns:
        Columns source_id, source_name, source_kind, n, n_own (articles with their own text),
        n_copies, n_advertorial, n_negative, n_neutral, n_positive; most articles first.
    """
    return outlets_between(lake, week.monday, week.sunday)


@whole
def outlets_between(lake: Lake, first: date, last: date) -> pd.DataFrame:
    """The same for any days (WIB, both included); columns of `week_outlets`."""
    return lake.frame(
        """
        SELECT source_id, any_value(source_name) AS source_name, any_value(source_kind) AS source_kind, count(*) AS n,
          count(*) FILTER (copy_of IS NULL) AS n_own, count(*) FILTER (copy_of IS NOT NULL) AS n_copies,
          count(*) FILTER (advertorial) AS n_advertorial,
          count(*) FILTER (sentiment = 'negatif') AS n_negative,
          count(*) FILTER (sentiment = 'netral') AS n_neutral,
          count(*) FILTER (sentiment = 'positif') AS n_positive
        FROM mart_fact WHERE relevant AND kind = 'news' AND day BETWEEN $first::DATE AND $last::DATE
        GROUP BY source_id ORDER BY n DESC, source_id
        """,
        {"first": first, "last": last},
    )


@whole
def week_dimensions(lake: Lake, week: Week, window: int = 4) -> pd.DataFrame:
    """What was said in each smart-city dimension over the `window` weeks that end with `week`.

    Returns:
        Columns dimension, dimension_label, n, n_stories (documents outside any story count as
        one each), n_complaints, n_negative, n_neutral, n_positive; a row for every dimension
        that has a topic, zeros too; in order of n.
    """
    return lake.frame(
        """
        WITH dims AS (
          SELECT dimension, any_value(dimension_label) AS dimension_label FROM dim_topic
          WHERE dimension IS NOT NULL GROUP BY dimension
        ),
        docs AS (
          SELECT * FROM mart_fact
          WHERE relevant AND week <= $week::DATE AND week > $week::DATE - to_weeks($window)
        )
        SELECT dims.dimension, dims.dimension_label, count(d.doc_id) AS n,
          count(d.doc_id) FILTER (d.story_id IS NULL) + count(DISTINCT d.story_id) AS n_stories,
          count(d.doc_id) FILTER (d.kind = 'complaint') AS n_complaints,
          count(d.doc_id) FILTER (d.sentiment = 'negatif') AS n_negative,
          count(d.doc_id) FILTER (d.sentiment = 'netral') AS n_neutral,
          count(d.doc_id) FILTER (d.sentiment = 'positif') AS n_positive
        FROM dims LEFT JOIN docs d ON d.dimension = dims.dimension
        GROUP BY ALL ORDER BY n DESC, dims.dimension
        """,
        {"week": week.monday, "window": window},
    )


def week_alerts(lake: Lake, week: Week) -> pd.DataFrame:
    """Alerts whose window touches one week and that were not closed by its end.

    Returns:
        Columns alert_id, rule, subject, subject_label, window_start, window_end, observed,
        expected, reason, status, counterfactual, actor, note and handled_at (who did something about it
        last, what they wrote, when; missing while nobody has); furthest above expectation first.
    """
    return lake.frame(
        """
        SELECT alert_id, rule, subject, subject_label, window_start, window_end, observed, expected, reason,
          status, counterfactual, actor, note, handled_at
        FROM mart_alert
        WHERE window_end >= $week::DATE AND window_start <= $week::DATE + 6
          AND status <> 'closed'
        ORDER BY observed / greatest(expected, 0.1) DESC, alert_id
        """,
        {"week": week.monday},
    )
