"""What alert rules look at, and the alerts there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

_KEYED = """
  docs AS MATERIALIZED (
    SELECT d.week, d.source_id, coalesce(d.story_id, d.doc_id) AS item, d.doc_id, d.copy_of, d.kind, d.topic,
      d.opd_ids, d.kecamatan_all
    FROM mart_fact d ANTI JOIN gone g ON g.source_id = d.source_id AND g.week = d.week
    WHERE d.relevant AND d.kind <> 'comment' AND d.week BETWEEN $first AND $last
  ),
  keyed AS (
    SELECT 0 AS family, topic AS subject, week, source_id, item, doc_id, copy_of
    FROM docs WHERE topic IN (SELECT topic FROM dim_topic WHERE dimension IS NOT NULL)
    UNION ALL
    SELECT 1, u.opd_id, week, source_id, item, doc_id, copy_of
    FROM docs, unnest(opd_ids) AS u(opd_id) WHERE kind = 'complaint'
    UNION ALL
    SELECT 2, topic || '@' || u.kecamatan, week, source_id, item, doc_id, copy_of
    FROM docs, unnest(kecamatan_all) AS u(kecamatan)
    WHERE topic IN (SELECT topic FROM dim_topic WHERE dimension IS NOT NULL)
  )
"""
"""Every document under each series it belongs to; families in the order of the rules' `FAMILIES`."""

_GONE = "gone AS (SELECT unnest($gone_sources::VARCHAR[]) AS source_id, unnest($gone_weeks::DATE[]) AS week)"


def source_weeks(lake: Lake) -> pd.DataFrame:
    """Which source was in reach in which week: columns of `mart_source_week`, sources and weeks in order."""
    return lake.frame("SELECT * FROM mart_source_week ORDER BY source_id, week")


def series(lake: Lake, first: Week, last: Week, gone: Sequence[tuple[str, date]] = ()) -> pd.DataFrame:
    """Independent items per series and week: complaints, posts, stories (copies do not add up).

    Comments are left out: one video can bring hundreds.

    Args:
        lake: to read.
        first: oldest week.
        last: newest week.
        gone: source and week (its Monday) whose documents are left out.

    Returns:
        Columns family, subject, week and n (items); only weeks with any.
    """
    return lake.frame(
        f"WITH {_GONE}, {_KEYED} "  # noqa: S608 - texts of ours
        "SELECT family, subject, week, count(DISTINCT item) AS n FROM keyed "
        "GROUP BY ALL ORDER BY family, subject, week",
        _span(first, last, gone),
    )


def series_sources(lake: Lake, first: Week, last: Week) -> pd.DataFrame:
    """How much each source brings to each series: family, subject, source_id, n (documents)."""
    return lake.frame(
        f"WITH {_GONE}, {_KEYED} "  # noqa: S608 - texts of ours
        "SELECT family, subject, source_id, count(DISTINCT doc_id) AS n FROM keyed GROUP BY ALL "
        "ORDER BY family, subject, source_id",
        _span(first, last, ()),
    )


def series_documents(
    lake: Lake, first: Week, last: Week, subjects: Collection[tuple[int, str]]
) -> pd.DataFrame:
    """The documents behind some series.

    Args:
        lake: to read.
        first: oldest week.
        last: newest week.
        subjects: family and subject of each.

    Returns:
        Columns family, subject, week, doc_id, item, copy_of, source_id, source_name, kecamatan, opd_short,
        topic_label, kind.
    """
    return lake.frame(
        f"WITH {_GONE}, {_KEYED}, wanted AS ("  # noqa: S608 - texts of ours
        "SELECT unnest($families::INTEGER[]) AS family, unnest($subjects::VARCHAR[]) AS subject) "
        "SELECT k.family, k.subject, k.week, k.doc_id, k.item, k.copy_of, k.source_id, d.source_name, d.kecamatan, "
        "d.opd_short, d.topic_label, d.kind "
        "FROM keyed k JOIN wanted w USING (family, subject) JOIN mart_fact d ON d.doc_id = k.doc_id "
        "ORDER BY k.family, k.subject, k.week, k.doc_id",
        {
            **_span(first, last, ()),
            "families": [family for family, _ in subjects],
            "subjects": [subject for _, subject in subjects],
        },
    )


def _span(first: Week, last: Week, gone: Sequence[tuple[str, date]]) -> dict[str, object]:
    return {
        "first": first.monday,
        "last": last.monday,
        "gone_sources": [source for source, _ in gone],
        "gone_weeks": [week for _, week in gone],
    }


def subject_names(lake: Lake) -> tuple[dict[str, str], dict[str, str]]:
    """Names of topics and of offices by their keys."""
    return dict(lake.rows("SELECT topic, label FROM dim_topic")), dict(
        lake.rows("SELECT opd_id, short FROM dim_opd")
    )


def widespread_stories(lake: Lake, first: Week, last: Week, hours: int, min_sources: int) -> pd.DataFrame:
    """Stories that began in these weeks and reached many outlets within `hours` of their beginning.

    Returns:
        Columns week (of the beginning), story_id, title, n_sources, n_voices (outlets with a text of
        their own) and n_copies, all within the hours, and doc_ids.
    """
    return lake.frame(
        """
        SELECT s.first_week AS week, s.story_id, s.title, count(DISTINCT d.source_id) AS n_sources,
          count(DISTINCT d.source_id) FILTER (d.copy_of IS NULL) AS n_voices,
          count(*) FILTER (d.copy_of IS NOT NULL) AS n_copies, list(d.doc_id ORDER BY d.doc_id) AS doc_ids
        FROM mart_story s JOIN document_fact d ON d.story_id = s.story_id
        WHERE s.first_week BETWEEN $first AND $last AND d.relevant AND d.dated_at <= s.first_at + to_hours($hours)
        GROUP BY ALL HAVING count(DISTINCT d.source_id) >= $min_sources
        ORDER BY s.first_week, n_sources DESC, s.story_id
        """,
        {"first": first.monday, "last": last.monday, "hours": hours, "min_sources": min_sources},
    )


@dataclass(frozen=True, slots=True)
class Incident:
    """What the newest alert of a rule and a subject has been through.

    Attributes:
        status: open, acknowledged, closed.
        loud: the newest week in which it was loud.
        quiet: how many weeks after that were looked at and quiet.
        muted: a person closed it, and no week has been quiet since.
        last: the newest week it has an event of.
    """

    alert_id: str
    rule: str
    subject: str
    status: str
    first: date
    loud: date
    quiet: int
    muted: bool
    last: date
    observed: float
    expected: float
    reason: str
    counterfactual: str
    members: tuple[str, ...]
    doc_ids: tuple[str, ...]


def incidents(lake: Lake) -> list[Incident]:
    """The newest alert of every rule and subject."""
    rows = lake.rows(
        """
        WITH loud AS (
          SELECT alert_id, max(window_start) FILTER (event IN ('opened', 'extended', 'grown')) AS loud,
            max(window_start) AS last, max(position) FILTER (event = 'closed' AND actor IS NOT NULL) AS hand
          FROM alert_event GROUP BY alert_id
        ),
        quiet AS (
          SELECT e.alert_id, count(DISTINCT e.window_start) FILTER (e.window_start > l.loud) AS n,
            max(e.position) AS position
          FROM alert_event e JOIN loud l ON l.alert_id = e.alert_id WHERE e.event = 'quiet' GROUP BY e.alert_id
        )
        SELECT a.alert_id, a.rule, a.subject, a.status, a.window_start, l.loud, coalesce(q.n, 0),
          a.status = 'closed' AND l.hand IS NOT NULL AND coalesce(q.position, -1) < l.hand, l.last,
          a.observed, a.expected, a.reason, a.counterfactual, a.members, a.doc_ids
        FROM alert a JOIN loud l ON l.alert_id = a.alert_id LEFT JOIN quiet q ON q.alert_id = a.alert_id
        QUALIFY row_number() OVER (PARTITION BY a.rule, a.subject ORDER BY a.window_start DESC, a.alert_id) = 1
        ORDER BY a.rule, a.subject
        """
    )
    return [_incident(row) for row in rows]


def _incident(row: tuple[Any, ...]) -> Incident:
    cells = dict(zip((one.name for one in fields(Incident)), row, strict=True))
    return Incident(**{**cells, "members": tuple(cells["members"]), "doc_ids": tuple(cells["doc_ids"])})


def last_look(lake: Lake) -> date | None:
    """Monday of the newest week that the rules looked at; None if they never did."""
    found: date | None = lake.value("SELECT max(week) FROM alert_look")
    return found


def alert_history(lake: Lake, alert_id: str) -> pd.DataFrame:
    """Everything that happened to one alert, oldest first; columns of `alert_event`."""
    return lake.frame("SELECT * FROM alert_event WHERE alert_id = $id ORDER BY position", {"id": alert_id})


def events_to_send(lake: Lake, since: datetime, kinds: Sequence[str]) -> pd.DataFrame:
    """Events since a moment: columns of `alert_event`, subject_label, and in_passing.

    `in_passing`: the alert was opened and closed in one run, which made up for missed weeks.
    """
    return lake.frame(
        "SELECT e.*, m.subject_label, "
        "coalesce(m.opened_at = m.closed_at, false) AND m.actor IS NULL AS in_passing FROM alert_event e JOIN mart_alert m ON m.alert_id = e.alert_id "
        "WHERE e.happened_at >= $since AND list_contains($kinds::VARCHAR[], e.event) "
        "ORDER BY e.happened_at, e.alert_id, e.position",
        {"since": since, "kinds": list(kinds)},
    )


def deliveries(lake: Lake) -> dict[tuple[str, str], tuple[str, datetime]]:
    """The newest state, and when, of each notice and address."""
    rows = lake.rows(
        "SELECT notice, address, arg_max(state, (happened_at, state = 'sent', state = 'failed')), max(happened_at) "
        "FROM alert_delivery GROUP BY notice, address"
    )
    return {(notice, address): (state, at) for notice, address, state, at in rows}


def failed_deliveries(lake: Lake) -> pd.DataFrame:
    """Notices that have not reached an address: notice, service, n_tries, last_at, detail."""
    return lake.frame(
        "SELECT notice, any_value(service) AS service, count(*) FILTER (state = 'failed') AS n_tries, "
        "max(happened_at) AS last_at, arg_max(detail, happened_at) AS detail FROM alert_delivery "
        "GROUP BY notice, address HAVING NOT bool_or(state = 'sent') ORDER BY last_at DESC, notice"
    )


def backtests(lake: Lake) -> pd.DataFrame:
    """The newest test of every rule; columns of `alert_backtest`."""
    return lake.frame(
        "SELECT * FROM alert_backtest "
        "QUALIFY row_number() OVER (PARTITION BY rule ORDER BY tested_at DESC) = 1 ORDER BY rule"
    )
