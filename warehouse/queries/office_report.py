"""What the weekly report of one office asks. Another office is refused, whatever it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.access import AccessError, needs
from warehouse.lake import Lake
from warehouse.queries.briefing import disputed_stories, owed
from warehouse.queries.report import steps_between, stories_between
from warehouse.queries.trends import opd_tone
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True)
class OfficeWeek:
    """One office over one week and over the weeks that end with it, and its queue as of "now".

    Attributes:
        opd_id: its key.
        short: short name.
        name: official name.
        n: documents of all kinds that concern it, over the window.
        n_news: articles among them.
        n_stories: different stories of these articles (those outside any story count as one each).
        n_week: complaints received in the week.
        n_week_before: in the week before.
        n_answered_week: of those of the week, answered by now.
        n_resolved_week: closed as done by now.
        n_set_aside_week: archived, not eligible or not the regency's.
        n_open: all open complaints.
        n_over_14: of these, received more than 14 calendar days ago.
        n_overdue: of these, those whose deadline is over.
        median_age: median age of the open ones in calendar days, None without any.
    """

    opd_id: str
    short: str
    name: str
    n: int
    n_news: int
    n_stories: int
    n_week: int
    n_week_before: int
    n_answered_week: int
    n_resolved_week: int
    n_set_aside_week: int
    n_open: int
    n_over_14: int
    n_overdue: int
    median_age: float | None


def refuse_other_office(lake: Lake, opd_id: str) -> None:
    """Refuse an office the report of another.

    Raises:
        AccessError: the viewer is of another office.
    """
    who = lake.viewer
    if who.role == "opd" and who.opd != opd_id:
        raise AccessError("Laporan OPD lain bukan urusan OPD Anda.", "complaints", opd_id)


@needs("complaints")
def office_week(lake: Lake, opd_id: str, week: Week, window: int = 4) -> OfficeWeek | None:
    """The numbers of one office, None if the register has none of this id.

    Raises:
        AccessError: the viewer is of another office.
    """
    refuse_other_office(lake, opd_id)
    rows = lake.rows(
        """
        WITH docs AS (
          SELECT count(*) AS n, count(*) FILTER (kind = 'news') AS n_news,
            count(DISTINCT item) FILTER (kind = 'news') AS n_stories
          FROM mart_counted
          WHERE list_contains(opd_ids, $opd) AND week <= $week::DATE AND week > $week::DATE - to_weeks($window)
        ),
        queue AS (
          SELECT count(*) FILTER (week = $week::DATE), count(*) FILTER (week = $week::DATE - 7),
            count(*) FILTER (week = $week::DATE AND answered), count(*) FILTER (week = $week::DATE AND resolved),
            count(*) FILTER (week = $week::DATE AND set_aside),
            count(*) FILTER (open), count(*) FILTER (open AND age_days > 14), count(*) FILTER (open AND overdue),
            median(age_days) FILTER (open)
          FROM mart_complaint WHERE relevant AND list_contains(opd_ids, $opd)
        )
        SELECT o.opd_id, o.short, o.name, docs.*, queue.* FROM dim_opd o CROSS JOIN docs CROSS JOIN queue
        WHERE o.opd_id = $opd
        """,
        {"opd": opd_id, "week": week.monday, "window": window},
    )
    return OfficeWeek(*rows[0]) if rows else None


@needs("complaints")
def office_queue(lake: Lake, opd_id: str, limit: int = 10) -> pd.DataFrame:
    """The most pressing open complaints of one office, without words.

    Returns:
        Columns doc_id, ticket_id (NULL for a confidential one), channel, received_day, topic_label, kecamatan, age_days,
        due_step, due_day, days_left (working days, negative: over); the nearest deadline first, without one last.

    Raises:
        AccessError: the viewer is of another office.
    """
    refuse_other_office(lake, opd_id)
    return lake.frame(
        """
        SELECT doc_id, CASE WHEN confidentiality <> 'rahasia' THEN ticket_id END AS ticket_id, channel,
          day AS received_day, topic_label, CASE WHEN confidentiality <> 'rahasia' THEN kecamatan END AS kecamatan,
          age_days, due_step, due_day, -overdue_working_days AS days_left
        FROM mart_complaint WHERE relevant AND open AND list_contains(opd_ids, $opd)
        ORDER BY due_day NULLS LAST, received_at NULLS LAST, doc_id LIMIT $limit
        """,
        {"opd": opd_id, "limit": limit},
    )


@needs("complaints")
def office_subjects(lake: Lake, opd_id: str, week: Week, window: int = 4) -> pd.DataFrame:
    """Topics of what concerns one office over the window: columns topic, topic_label, n, n_complaints; most first."""
    refuse_other_office(lake, opd_id)
    return lake.frame(
        """
        SELECT p.other_id AS topic, coalesce(any_value(t.label), p.other_id) AS topic_label,
          CAST(sum(p.n) AS BIGINT) AS n, CAST(sum(p.n_complaints) AS BIGINT) AS n_complaints
        FROM mart_opd_pair p LEFT JOIN dim_topic t ON t.topic = p.other_id
        WHERE p.opd_id = $opd AND p.other = 'topic' AND p.week <= $week::DATE
          AND p.week > $week::DATE - to_weeks($window)
        GROUP BY p.other_id ORDER BY n DESC, p.other_id
        """,
        {"opd": opd_id, "week": week.monday, "window": window},
    )


@needs("complaints")
def office_places(lake: Lake, opd_id: str, week: Week, window: int = 4) -> pd.DataFrame:
    """Kecamatan of what concerns one office over the window: columns kecamatan, n, n_complaints; most first."""
    refuse_other_office(lake, opd_id)
    return lake.frame(
        """
        SELECT other_id AS kecamatan, CAST(sum(n) AS BIGINT) AS n, CAST(sum(n_complaints) AS BIGINT) AS n_complaints
        FROM mart_opd_pair
        WHERE opd_id = $opd AND other = 'kecamatan' AND week <= $week::DATE
          AND week > $week::DATE - to_weeks($window)
        GROUP BY other_id ORDER BY n DESC, other_id
        """,
        {"opd": opd_id, "week": week.monday, "window": window},
    )


def office_week_tone(lake: Lake, opd_id: str, week: Week, window: int = 4) -> pd.DataFrame:
    """Its row of `opd_tone`, or none; the others' are not there."""
    refuse_other_office(lake, opd_id)
    found = opd_tone(lake, week, window)
    return found[found["opd_id"] == opd_id].reset_index(drop=True)


def office_stories(lake: Lake, opd_id: str, week: Week, window: int = 4, limit: int = 3) -> pd.DataFrame:
    """Stories with articles that concern one office in the window; only these articles count.

    Columns of `week_stories`; `n_before` counts the window before.
    """
    refuse_other_office(lake, opd_id)
    first = week.shift(1 - window)
    return stories_between(lake, first.shift(-window).monday, first.monday, week.sunday, limit, opd_id)


def office_steps(
    lake: Lake, opd_id: str, week: Week, story_ids: Sequence[str], window: int = 4, limit: int = 2
) -> pd.DataFrame:
    """How these stories went in the window; columns of `story_steps`."""
    refuse_other_office(lake, opd_id)
    return steps_between(lake, week.shift(1 - window).monday, week.sunday, story_ids, limit)


def office_owed(lake: Lake, opd_id: str, week: Week) -> pd.DataFrame:
    """Its row of `owed`, or none."""
    refuse_other_office(lake, opd_id)
    found = owed(lake, week)
    return found[found["opd_id"] == opd_id].reset_index(drop=True)


def office_disputed(lake: Lake, opd_id: str, week: Week, words: Sequence[str]) -> pd.DataFrame:
    """Rows of `disputed_stories` whose first office it is."""
    refuse_other_office(lake, opd_id)
    found = disputed_stories(lake, week, words)
    return found[found["opd_id"] == opd_id].reset_index(drop=True)
