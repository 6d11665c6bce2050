"""What falls due now: the first thing to tell an office in the morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.access import needs
from warehouse.lake import Lake
from warehouse.queries.complaints import STATES

_COUNTS = f"""
    count(*) FILTER ({STATES["today"]}) AS n_today, count(*) FILTER ({STATES["next"]}) AS n_next,
    count(*) FILTER ({STATES["overdue"]}) AS n_overdue, max(next_day) AS next_day
"""


@dataclass(frozen=True, slots=True)
class Due:
    """Open complaints whose deadline is near or over.

    Attributes:
        opd_id: of which office; None: of all that the viewer may see, or of none yet.
        opd_short: what it is called.
        n_today: the step that they wait for is due today.
        n_next: due after today and by the next working day.
        n_overdue: their deadline is over.
        next_day: that next working day (tomorrow where no calendar says); None without a complaint.
    """

    opd_id: str | None
    opd_short: str | None
    n_today: int
    n_next: int
    n_overdue: int
    next_day: date | None


@needs("complaints")
def due(lake: Lake) -> Due:
    """All that the viewer may see."""
    row = lake.rows(f"SELECT {_COUNTS} FROM mart_complaint WHERE relevant")[0]  # noqa: S608 - conditions of ours
    return Due(None, None, *row)


@needs("complaints")
def due_by_office(lake: Lake) -> list[Due]:
    """The same for each office that has any, most overdue first; a complaint of two offices counts for both."""
    rows = lake.rows(
        f"""
        WITH shared AS (
          SELECT c.*, unnest(CASE WHEN len(c.opd_ids) > 0 THEN c.opd_ids ELSE [NULL] END) AS agency_id
          FROM mart_complaint c WHERE c.relevant AND c.open AND c.due_day IS NOT NULL
        )
        SELECT s.agency_id, any_value(o.short), {_COUNTS}
        FROM shared s LEFT JOIN dim_opd o ON o.opd_id = s.agency_id
        GROUP BY s.agency_id HAVING n_today > 0 OR n_next > 0 OR n_overdue > 0
        ORDER BY n_overdue DESC, n_today DESC, n_next DESC, s.agency_id NULLS LAST
        """  # noqa: S608 - conditions of ours
    )
    return [Due(*row) for row in rows]
