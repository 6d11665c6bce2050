"""Complaints: the queue and its totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from warehouse.access import AccessError, require, whole
from warehouse.access.wall import refuse_unseen
from warehouse.lake import Lake
from warehouse.queries.behind import Behind
from warehouse.queries.documents import Page
from warehouse.queries.trends import week_total
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


State = Literal[
    "open", "today", "next", "due", "overdue", "unanswered", "late", "answered", "resolved", "set_aside"
]
STATES: Final[dict[str, str]] = {
    "open": "open",
    "today": "open AND due_today",
    "next": "open AND due_next",
    "due": "open AND NOT overdue AND overdue_working_days >= -2",
    "overdue": "open AND overdue",
    "unanswered": "open AND NOT answered",
    "late": "open AND age_days > 14",
    "answered": "answered",
    "resolved": "resolved",
    "set_aside": "set_aside",
}
"""Groups of the queue, as conditions on `mart_complaint`."""


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """What to look for; an empty field does not restrict.

    Attributes:
        first: earliest day of reception (WIB).
        last: latest day of reception (WIB).
        state: one of the groups that `queue_totals` counts, or that `due` names.
        doc_id: one complaint.
        behind: only those that a number of service counts.
    """

    opd: str | None = None
    topic: str | None = None
    kecamatan: str | None = None
    channel: str | None = None
    open_only: bool = False
    state: State | None = None
    words: str = ""
    first: date | None = None
    last: date | None = None
    doc_id: str | None = None
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class QueueTotals:
    """Counts over all complaints that fit a filter."""

    n: int
    n_open: int
    n_answered: int
    n_resolved: int
    n_set_aside: int
    n_open_over_14_days: int
    median_open_age_days: float | None
    n_unanswered: int
    n_overdue: int
    n_due: int


def complaints(lake: Lake, wanted: ComplaintFilter, limit: int = 50, offset: int = 0) -> Page:
    """Complaints that fit: open ones first, the one whose deadline is or was nearest on top.

    A confidential complaint (`rahasia`) comes without title and text. `due_step` and `due_day` are the
    next deadline of an open one, `days_left` the working days until then (negative: over);
    `auto_close_day` is when its channel will close it by itself.

    Raises:
        AccessError: what is asked for singles out complaints that are none of the viewer's business.
    """
    _refuse(lake, wanted)
    where, params = _where(wanted)
    rows = lake.frame(
        f"""
        WITH page AS MATERIALIZED (
          -- the words of twenty, not of all
          SELECT * FROM mart_complaint WHERE {where}
          ORDER BY open DESC, due_day NULLS LAST, received_at NULLS LAST, doc_id LIMIT $limit OFFSET $offset
        )
        SELECT p.doc_id, channel, ticket_id, status, status_raw, received_at, day, topic_label, opd_id, opd_short,
          kecamatan, sentiment, needs_review, open, answered, resolved, age_days, confidentiality,
          due_step, due_day, overdue, overdue_working_days,
          -overdue_working_days AS days_left, age_working_days, first_reply_at, closed_at, closed_without_work,
          a.close_day AS auto_close_day, a.passed AS auto_close_passed,
          CASE WHEN confidentiality = 'rahasia' THEN '' ELSE d.title END AS title,
          CASE WHEN confidentiality = 'rahasia' THEN '(aduan rahasia)' ELSE d.text END AS text
        FROM page p
        JOIN document d ON d.doc_id = p.doc_id AND d.fetched_at = p.fetched_at
        LEFT JOIN mart_complaint_auto_close a ON a.doc_id = p.doc_id
        ORDER BY open DESC, due_day NULLS LAST, received_at NULLS LAST, p.doc_id
        """,  # noqa: S608 - conditions of ours
        {**params, "limit": limit, "offset": offset},
    )
    counting = f"SELECT count(*) FROM mart_complaint WHERE {where}"  # noqa: S608 - same
    total = int(lake.value(counting, params))
    withheld = int(lake.whole.value(counting, params)) - total if wanted.words.strip() else 0
    return Page(rows, total, withheld)


def complaint_rows(lake: Lake, wanted: ComplaintFilter) -> pd.DataFrame:
    """All complaints that fit, for a file: as in `complaints` and in its order, without words.

    Raises:
        AccessError: as in `complaints`.
    """
    require(lake.viewer, "export")
    _refuse(lake, wanted)
    where, params = _where(wanted)
    return lake.frame(
        f"""
        SELECT doc_id, channel, ticket_id, status, received_at, topic_label, opd_short, kecamatan, open, age_days,
          due_step, due_day, -overdue_working_days AS days_left, age_working_days
        FROM mart_complaint WHERE {where}
        ORDER BY open DESC, due_day NULLS LAST, received_at NULLS LAST, doc_id
        """,  # noqa: S608 - conditions of ours
        params,
    )


def _refuse(lake: Lake, wanted: ComplaintFilter) -> None:
    """Refuse questions for one complaint, or one office, that is not the viewer's."""
    who = lake.viewer
    for opd in (wanted.opd, wanted.behind.scope.opd if wanted.behind else None):
        if who.role == "opd" and opd not in (None, who.opd):
            raise AccessError("Aduan OPD lain hanya ditampilkan sebagai angka.", "complaints", opd or "")
    if wanted.doc_id is not None:
        refuse_unseen(lake, wanted.doc_id)


def queue_totals(lake: Lake, wanted: ComplaintFilter) -> QueueTotals:
    """Totals over all complaints that fit and that the viewer may see.

    Raises:
        AccessError: as in `complaints`.
    """
    _refuse(lake, wanted)
    where, params = _where(wanted)
    row = lake.rows(
        f"""
        SELECT count(*), count(*) FILTER (open), count(*) FILTER (answered), count(*) FILTER (resolved),
          count(*) FILTER (set_aside), count(*) FILTER (open AND age_days > 14), median(age_days) FILTER (open),
          count(*) FILTER (open AND NOT answered), count(*) FILTER (open AND overdue),
          count(*) FILTER ({STATES["due"]})
        FROM mart_complaint WHERE {where}
        """,  # noqa: S608 - conditions of ours
        params,
    )[0]
    return QueueTotals(*row)


def agencies(lake: Lake) -> pd.DataFrame:
    """Complaints per agency over 4 and 12 weeks; columns of `mart_complaint_opd`."""
    return lake.frame("SELECT * FROM mart_complaint_opd ORDER BY n_12_weeks DESC, opd_id")


@dataclass(frozen=True, slots=True)
class ComplaintWeek:
    """The complaints received in one week, and the whole queue as of "now".

    Attributes:
        n: received in the week; n_before, mean_4 and change as in `WeekTotal`.
        n_answered: of these, answered by now (an answer is not a solution).
        n_resolved: of these, closed as done by now.
        n_set_aside: of these, archived, not eligible or not the regency's.
        n_open: of these, still open now.
        queue_open: all open complaints, whenever received.
        queue_over_14_days: of these, those received more than 14 calendar days ago.
        queue_overdue: of these, those that wait for a step whose deadline is over.
        queue_median_age_days: median age of the open ones, None without any.
    """

    n: int
    n_before: int
    mean_4: float
    change: float | None
    n_answered: int
    n_resolved: int
    n_set_aside: int
    n_open: int
    queue_open: int
    queue_over_14_days: int
    queue_overdue: int
    queue_median_age_days: float | None


@whole
def week_complaints(lake: Lake, week: Week) -> ComplaintWeek:
    """Complaints of one week beside the queue."""
    total = week_total(lake, week, ["complaint"])
    answered, resolved, set_aside, still_open = lake.rows(
        """
        SELECT count(*) FILTER (answered), count(*) FILTER (resolved), count(*) FILTER (set_aside), count(*) FILTER (open)
        FROM mart_complaint WHERE relevant AND week = $week::DATE
        """,
        {"week": week.monday},
    )[0]
    queue = queue_totals(lake, ComplaintFilter())
    return ComplaintWeek(
        n=total.n,
        n_before=total.n_before,
        mean_4=total.mean_4,
        change=total.change,
        n_answered=answered,
        n_resolved=resolved,
        n_set_aside=set_aside,
        n_open=still_open,
        queue_open=queue.n_open,
        queue_over_14_days=queue.n_open_over_14_days,
        queue_overdue=queue.n_overdue,
        queue_median_age_days=queue.median_open_age_days,
    )


@whole
def agencies_week(lake: Lake, week: Week) -> pd.DataFrame:
    """Complaints per responsible agency: those of one week, and its queue as of "now".

    Returns:
        Columns opd_id (NULL: no agency found yet), opd_short, opd_name, opd_group, n_week,
        n_answered_week, n_resolved_week, n_open, n_overdue, n_open_over_14_days; only agencies with a
        complaint in the week or in the queue; most overdue first.
    """
    return lake.frame(
        """
        WITH shared AS (
          -- a complaint with two agencies counts once for each, as in `mart_complaint_opd`
          SELECT c.*, unnest(CASE WHEN len(c.opd_ids) > 0 THEN c.opd_ids ELSE [NULL] END) AS agency_id
          FROM mart_complaint c WHERE c.relevant
        )
        SELECT s.agency_id AS opd_id, any_value(o.short) AS opd_short, any_value(o.name) AS opd_name,
          any_value(o.grp) AS opd_group,
          count(*) FILTER (week = $week::DATE) AS n_week,
          count(*) FILTER (week = $week::DATE AND answered) AS n_answered_week,
          count(*) FILTER (week = $week::DATE AND resolved) AS n_resolved_week,
          count(*) FILTER (open) AS n_open,
          count(*) FILTER (open AND overdue) AS n_overdue,
          count(*) FILTER (open AND age_days > 14) AS n_open_over_14_days
        FROM shared s LEFT JOIN dim_opd o ON o.opd_id = s.agency_id
        GROUP BY s.agency_id HAVING n_week > 0 OR n_open > 0
        ORDER BY n_open_over_14_days DESC, n_open DESC, n_week DESC, s.agency_id NULLS LAST
        """,
        {"week": week.monday},
    )


def _where(wanted: ComplaintFilter) -> tuple[str, dict[str, Any]]:
    parts, params = ["relevant"], {}
    conditions = {
        "opd": "list_contains(opd_ids, $opd)",
        "topic": "topic = $topic",
        "kecamatan": "kecamatan = $kecamatan",
        "channel": "channel = $channel",
        "first": "day >= $first",
        "last": "day <= $last",
        "doc_id": "doc_id = $doc_id",
    }
    for name, condition in conditions.items():
        if (value := getattr(wanted, name)) is not None:
            parts.append(condition)
            params[name] = value
    if wanted.open_only:
        parts.append("open")
    if wanted.state is not None:
        parts.append(STATES[wanted.state])
    if wanted.behind is not None:
        rows, more = wanted.behind.rows()
        parts.append(f"doc_id IN ({rows})")
        params |= more
    for position, word in enumerate(wanted.words.split()):
        # What is hidden must not be found either.
        parts.append(
            "confidentiality <> 'rahasia' AND doc_id IN (SELECT doc_id FROM document WHERE kind = 'complaint' "  # noqa: S608 - a number of ours
            f"AND contains(lower(title || ' ' || text), $word{position}))"
        )
        params[f"word{position}"] = word.lower()
    return " AND ".join(parts), params
