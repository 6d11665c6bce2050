"""What only the reports of a month or a quarter ask: one period beside the one before.

Months have 28 to 31 days, so what is compared are means per day; the counts stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.calendar_periods import CalendarPeriod
from warehouse.queries.report import outlets_between, steps_between, stories_between
from warehouse.queries.trends import opd_tone_between

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """One kind of document in a period.

    Attributes:
        n: documents.
        n_before: documents in the period before.
        n_stories: distinct stories (documents outside any story count as one each).
        n_sources: sources that published.
        per_day: mean per day.
        per_day_before: the same of the period before.
        change: relative change of the mean per day, None where the period before had fewer than `MIN_N` documents.
        net_tone: as in `WeekTotal`.
        has_before: the whole period before lies within the collected time of this kind.
    """

    n: int
    n_before: int
    n_stories: int
    n_sources: int
    n_negative: int
    n_neutral: int
    n_positive: int
    per_day: float
    per_day_before: float
    change: float | None
    net_tone: float | None
    has_before: bool


@dataclass(frozen=True, slots=True)
class PeriodComplaints:
    """Complaints received in a period, and what was open at its ends.

    Attributes:
        n: received.
        n_answered: of these, answered by now (an answer is not a solution).
        n_resolved: of these, closed as done by now.
        n_set_aside: of these, archived, not eligible or not the regency's.
        n_open_before: open at the end of the period before.
        n_open_end: open at the end of this one.
        n_late_end: of these, for more than 14 calendar days.
        n_unsure: complaints that may have been open at one of the ends, nobody knows; counted in neither.
    """

    n: int
    n_answered: int
    n_resolved: int
    n_set_aside: int
    n_open_before: int
    n_open_end: int
    n_late_end: int
    n_unsure: int


@whole
def period_total(lake: Lake, period: CalendarPeriod, kinds: Sequence[str]) -> PeriodTotal:
    """Totals of one period over some kinds of documents."""
    row = lake.rows(
        """
        WITH days AS (
          SELECT $last::DATE - $first::DATE + 1 AS this, $first::DATE - $before::DATE AS earlier
        ),
        k AS (
          SELECT *, day >= $first::DATE AS now FROM document_fact
          WHERE relevant AND list_contains($kinds::VARCHAR[], kind) AND day BETWEEN $before::DATE AND $last::DATE
        ),
        t AS (
          SELECT count(*) FILTER (now) AS n, count(*) FILTER (NOT now) AS n_before,
            count(*) FILTER (now AND story_id IS NULL) + count(DISTINCT story_id) FILTER (now) AS n_stories,
            count(DISTINCT source_id) FILTER (now) AS n_sources,
            count(*) FILTER (now AND sentiment = 'negatif') AS n_negative,
            count(*) FILTER (now AND sentiment = 'netral') AS n_neutral,
            count(*) FILTER (now AND sentiment = 'positif') AS n_positive
          FROM k
        ),
        begun AS (
          SELECT min(day) AS day FROM document_fact WHERE relevant AND list_contains($kinds::VARCHAR[], kind)
        )
        SELECT t.*, n / days.this AS per_day, n_before / days.earlier AS per_day_before,
          CASE WHEN enough(n_before) THEN per_day / per_day_before - 1 END,
          net_tone(n_negative, n_neutral, n_positive), coalesce(begun.day <= $before::DATE, false)
        FROM t CROSS JOIN days CROSS JOIN begun
        """,
        {**_days(period), "kinds": list(kinds)},
    )[0]
    return PeriodTotal(*row)


@whole
def period_complaints(lake: Lake, period: CalendarPeriod) -> PeriodComplaints:
    """Complaints of one period and the queue at its ends."""
    row = lake.rows(
        """
        WITH received AS (
          SELECT count(*) AS n, count(*) FILTER (answered) AS n_answered, count(*) FILTER (resolved) AS n_resolved,
            count(*) FILTER (set_aside) AS n_set_aside
          FROM mart_complaint WHERE relevant AND day BETWEEN $first::DATE AND $last::DATE
        ),
        spells AS (
          SELECT s.sure, c.received_day,
            $first::DATE - 1 BETWEEN s.from_day AND coalesce(s.to_day, DATE '9999-12-31') AS at_start,
            $last::DATE BETWEEN s.from_day AND coalesce(s.to_day, DATE '9999-12-31') AS at_end
          FROM complaint_spell s
          JOIN complaint_fact c ON c.doc_id = s.doc_id
          JOIN document_fact f ON f.doc_id = s.doc_id AND f.kind = 'complaint'
          WHERE f.relevant
        )
        SELECT r.*, q.* FROM received r CROSS JOIN (
          SELECT count(*) FILTER (sure AND at_start), count(*) FILTER (sure AND at_end),
            count(*) FILTER (sure AND at_end AND $last::DATE - received_day > 14),
            count(*) FILTER (NOT sure AND (at_start OR at_end))
          FROM spells
        ) q
        """,
        {"first": period.first, "last": period.last},
    )[0]
    return PeriodComplaints(*row)


@whole
def period_agencies(lake: Lake, period: CalendarPeriod) -> pd.DataFrame:
    """Complaints received in a period per responsible agency; one with two agencies counts once for each.

    Returns:
        Columns opd_id (NULL: none found yet), opd_short, opd_group, n, n_before (in the period before), n_answered,
        n_resolved and n_open (all of the `n`, as of "now"); most received first.
    """
    return lake.frame(
        """
        WITH shared AS (
          SELECT c.*, c.day >= $first::DATE AS now,
            unnest(CASE WHEN len(c.opd_ids) > 0 THEN c.opd_ids ELSE [NULL] END) AS agency_id
          FROM mart_complaint c WHERE c.relevant AND c.day BETWEEN $before::DATE AND $last::DATE
        )
        SELECT s.agency_id AS opd_id, any_value(o.short) AS opd_short, any_value(o.grp) AS opd_group,
          count(*) FILTER (now) AS n, count(*) FILTER (NOT now) AS n_before,
          count(*) FILTER (now AND answered) AS n_answered, count(*) FILTER (now AND resolved) AS n_resolved,
          count(*) FILTER (now AND open) AS n_open
        FROM shared s LEFT JOIN dim_opd o ON o.opd_id = s.agency_id
        GROUP BY s.agency_id HAVING n > 0 ORDER BY n DESC, n_open DESC, s.agency_id NULLS LAST
        """,
        _days(period),
    )


@whole
def period_topics(lake: Lake, period: CalendarPeriod, kinds: Sequence[str]) -> pd.DataFrame:
    """Topics of a period: columns topic, topic_label, n and n_before; most frequent first."""
    return lake.frame(
        """
        SELECT topic, any_value(topic_label) AS topic_label, count(*) FILTER (day >= $first::DATE) AS n,
          count(*) FILTER (day < $first::DATE) AS n_before
        FROM mart_fact
        WHERE relevant AND topic IS NOT NULL AND list_contains($kinds::VARCHAR[], kind)
          AND day BETWEEN $before::DATE AND $last::DATE
        GROUP BY topic HAVING n > 0 ORDER BY n DESC, topic
        """,
        {**_days(period), "kinds": list(kinds)},
    )


@whole
def period_places(lake: Lake, period: CalendarPeriod, kinds: Sequence[str]) -> pd.DataFrame:
    """Documents per kecamatan in a period; all 21, zeros too; columns of `kecamatan_volume`."""
    return lake.frame(
        """
        SELECT k.kecamatan, k.lat, k.lon, k.population, count(m.doc_id) AS n,
          count(m.doc_id) FILTER (m.sentiment = 'negatif') AS n_negative,
          count(m.doc_id) FILTER (m.sentiment = 'positif') AS n_positive
        FROM dim_kecamatan k
        LEFT JOIN mart_counted_scope m ON m.scope = 'kecamatan' AND m.scope_id = k.kecamatan
          AND m.day BETWEEN $first::DATE AND $last::DATE AND list_contains($kinds::VARCHAR[], m.kind)
        GROUP BY k.kecamatan, k.lat, k.lon, k.population ORDER BY n DESC, k.kecamatan
        """,
        {"first": period.first, "last": period.last, "kinds": list(kinds)},
    )


@whole
def period_coverage(lake: Lake, period: CalendarPeriod) -> pd.DataFrame:
    """Source coverage of a period and of the one before, over the weeks whose Monday lies in it.

    Returns:
        Columns part (``before``, ``this``), n_reached and n_expected (sources times weeks), coverage; NULL where no
        source was expected.
    """
    return lake.frame(
        """
        WITH parts AS (
          SELECT 'before' AS part, $before::DATE AS first, $first::DATE - 1 AS last
          UNION ALL SELECT 'this', $first::DATE, $last::DATE
        )
        SELECT p.part, CAST(sum(c.n_reached) AS BIGINT) AS n_reached, CAST(sum(c.n_expected) AS BIGINT) AS n_expected,
          sum(c.n_reached) / sum(c.n_expected) AS coverage
        FROM parts p LEFT JOIN mart_coverage_week c ON c.week BETWEEN p.first AND p.last
        GROUP BY p.part ORDER BY p.part
        """,
        _days(period),
    )


def period_stories(lake: Lake, period: CalendarPeriod, limit: int = 5) -> pd.DataFrame:
    """The stories of a period; `n_before` counts the period before. Columns of `week_stories`."""
    return stories_between(lake, period.before.first, period.first, period.last, limit)


def period_steps(
    lake: Lake, period: CalendarPeriod, story_ids: Sequence[str], limit: int = 3
) -> pd.DataFrame:
    """How stories went in a period; columns of `story_steps`."""
    return steps_between(lake, period.first, period.last, story_ids, limit)


def period_tone(lake: Lake, period: CalendarPeriod) -> pd.DataFrame:
    """Tone per agency in a period; columns of `opd_tone`."""
    return opd_tone_between(lake, period.first, period.last)


def period_outlets(lake: Lake, period: CalendarPeriod) -> pd.DataFrame:
    """Who wrote in a period; columns of `week_outlets`."""
    return outlets_between(lake, period.first, period.last)


def _days(period: CalendarPeriod) -> dict[str, object]:
    return {"before": period.before.first, "first": period.first, "last": period.last}
