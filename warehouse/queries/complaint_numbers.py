"""How well complaints are served: one number per mart, for a channel, an agency and a period.

Every record carries what its number rests on (n, denominator, data-through, moments that are not
known). What a number means stands at the head of its mart.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from warehouse.access import needs
from warehouse.access.wall import refuse_unseen
from warehouse.lake import Lake
from warehouse.queries.behind import Scope
from warehouse.queries.documents import found_by_id, only_these
from warehouse.queries.narrowed import narrowed

if TYPE_CHECKING:
    import pandas as pd

Step = Literal["verify", "answer", "resolve"]
Verdict = Literal["ok", "few", "moments_missing", "not_reached"]
"""Why there is a number or none: too few, moments missing, or a share that is not reached yet."""
T = TypeVar("T", bound="Numbers")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What every number carries.

    Attributes:
        period: first day (WIB).
        period_end: last day.
        data_through: the newest reception or event known of the channel.
        moment_unknown: share of the steps whose moment is not known, None below ten or if it does
            not apply.
    """

    period: date
    period_end: date
    data_through: date
    moment_unknown: float | None


@dataclass(frozen=True, slots=True)
class Response(Numbers):
    """`mart_complaint_response`: how long the first reply takes.

    Attributes:
        n: complaints received (clock ``agency_reply``: and disposed).
        n_replied: of these, answered.
        n_measured: of these, with a known time to the reply.
        n_censored: not answered, watched until now or until they were set aside.
        n_waiting: not answered and open.
        n_moment_unknown: answered, nobody knows when.
        n_no_start: nobody knows when the clock began.
        unanswered: n_waiting ÷ n, None below ten.
        median: working days (or office minutes) until half are answered, None unless `verdict` is ``ok``.
        p90: until nine tenths are answered, None if that is not reached.
        verdict: ``ok``, ``few``, ``moments_missing`` or ``not_reached``.
    """

    n: int
    n_replied: int
    n_measured: int
    n_censored: int
    n_waiting: int
    n_moment_unknown: int
    n_no_start: int
    unanswered: float | None
    median: int | None
    p90: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cohort(Numbers):
    """`mart_complaint_cohort`: what became of the complaints received; shares are None below ten.

    Here `moment_unknown` is about the first reply.
    """

    n_received: int
    n_valid: int
    n_invalid: int
    n_not_ours: int
    n_unscreened: int
    n_answered: int
    n_unanswered: int
    n_closed: int
    n_closed_without_work: int
    n_disputed: int
    n_disposed: int
    n_misrouted: int
    n_rated: int
    rating: float | None
    validity: float | None
    unanswered: float | None
    dispute: float | None
    misroute: float | None


@dataclass(frozen=True, slots=True)
class Resolution(Numbers):
    """`mart_complaint_resolution`: closed within `n_days` working days."""

    n_days: int
    n_received: int
    n_valid: int
    n_closed_within: int
    n_closed: int
    n_not_yet: int
    n_moment_unknown: int
    n_outside_calendar: int
    verdict: Verdict
    of_valid: float | None
    of_received: float | None


@dataclass(frozen=True, slots=True)
class Backlog(Numbers):
    """`mart_complaint_backlog`: open at the end of the period; ages in working days."""

    n_open: int
    n_0_5: int
    n_6_14: int
    n_15_60: int
    n_over_60: int
    n_outside_calendar: int
    n_unsure: int
    median_age: int | None
    p90_age: int | None
    oldest: int | None
    over_14: float | None
    over_60: float | None


@dataclass(frozen=True, slots=True)
class Compliance(Numbers):
    """`mart_complaint_sla`: deadlines that fell due in the period."""

    step: Step
    n_due: int
    n_on_time: int
    n_late: int
    n_still_waiting: int
    n_moment_unknown: int
    verdict: Verdict
    compliance: float | None


@dataclass(frozen=True, slots=True)
class Load(Numbers):
    """`mart_complaint_load`: open complaints per admin, now; `load` is None where no admin is known."""

    n_open: int
    n_unassigned: int
    n_admins: int
    n_agencies: int
    load: float | None


def response(
    lake: Lake,
    scope: Scope,
    clock: Literal["reply", "agency_reply"] = "reply",
    unit: Literal["days", "minutes"] = "days",
) -> Response | None:
    """Time to the first reply, of the complaints received in the period; None without any."""
    return _one(lake, "mart_complaint_response", Response, scope, {"clock": clock, "unit": unit})


def recent_response(lake: Lake) -> Response | None:
    """Time to the first reply of what came in during the last 12 complete weeks, as the report tells it."""
    return response(lake, Scope("weeks_12"))


def cohort(lake: Lake, scope: Scope) -> Cohort | None:
    """What became of the complaints received in the period; None without any."""
    return _one(lake, "mart_complaint_cohort", Cohort, scope, {}, "reply_moment_unknown")


def resolution(lake: Lake, scope: Scope, n_days: Literal[5, 10, 14, 60] = 14) -> Resolution | None:
    """Closed within `n_days` working days, of the complaints received in the period; None without any."""
    return _one(lake, "mart_complaint_resolution", Resolution, scope, {"n_days": n_days})


def backlog(lake: Lake, scope: Scope) -> Backlog | None:
    """What was open at the end of the period (``week``, ``month`` or ``now``); None: nothing was."""
    return _one(lake, "mart_complaint_backlog", Backlog, scope, {})


def compliance(lake: Lake, scope: Scope, step: Step) -> Compliance | None:
    """Deadlines of a step that fell due in the period; None without any."""
    return _one(lake, "mart_complaint_sla", Compliance, scope, {"step": step})


def load(lake: Lake, channel: str | None = None, opd: str | None = None) -> Load | None:
    """Open complaints per admin as of "now"; None if there never was a complaint."""
    return _one(lake, "mart_complaint_load", Load, Scope("now", channel=channel, opd=opd), {})


def service_by_channel(lake: Lake, scope: Scope) -> pd.DataFrame:
    """The numbers of each channel side by side, for the period and agency of `scope`.

    Returns:
        Columns channel, n_received, n_unanswered, median, p90, verdict (of these), of_valid (closed
        within 14 working days), of_valid_verdict, n_due, compliance (of the first reply) and
        compliance_verdict; the busiest channel first.
    """
    return lake.frame(
        """
        SELECT c.channel, c.n_received, c.n_unanswered, r.median, r.p90, r.verdict, n.of_valid,
          n.verdict AS of_valid_verdict, s.n_due, s.compliance, s.verdict AS compliance_verdict
        FROM mart_complaint_cohort c
        LEFT JOIN mart_complaint_response r ON r.period_kind = c.period_kind AND r.period = c.period
          AND r.channel = c.channel AND r.opd_id = c.opd_id AND r.clock = 'reply' AND r.unit = 'days'
        LEFT JOIN mart_complaint_resolution n ON n.period_kind = c.period_kind AND n.period = c.period
          AND n.channel = c.channel AND n.opd_id = c.opd_id AND n.n_days = 14
        LEFT JOIN mart_complaint_sla s ON s.period_kind = c.period_kind AND s.period = c.period
          AND s.channel = c.channel AND s.opd_id = c.opd_id AND s.step = 'answer'
        WHERE c.period_kind = $kind AND c.period = coalesce($start::DATE, c.period)
          AND c.channel <> '*' AND c.opd_id = $opd
        ORDER BY c.n_received DESC, c.channel
        """,
        {"kind": scope.kind, "start": scope.start, "opd": scope.opd or "*"},
    )


@needs("history", opens=True)
def complaint_history(lake: Lake, doc_id: str) -> pd.DataFrame:
    """The life of one complaint, oldest first, beginning with its reception.

    Returns:
        Columns moment (NULL: nobody knows; then `seen_at` says when it was first seen), seen_at, status,
        status_raw, label, actor, note (hidden for a confidential complaint), automatic, derived, origin, recorded_by.

    Raises:
        AccessError: the viewer may not see histories, or not this one.
    """
    refuse_unseen(lake, doc_id)
    mine = {"doc_id": [doc_id]}
    facts = only_these(found_by_id(lake, doc_id))["document_fact"]
    told = narrowed(
        lake,
        "mart_complaint_history",
        {"document_fact": facts, "complaint": mine, "complaint_event": mine},
    )
    return told.sort_values("step", ignore_index=True).drop(columns=["doc_id", "step"])


def _one(
    lake: Lake,
    mart: str,
    record: type[T],
    scope: Scope,
    more: dict[str, Any],
    unknown: str = "moment_unknown",
) -> T | None:
    wanted = {"period_kind": scope.kind, "channel": scope.channel or "*", "opd_id": scope.opd or "*", **more}
    if scope.start is not None:
        wanted["period"] = scope.start
    names = [unknown if field.name == "moment_unknown" else field.name for field in fields(record)]
    where = " AND ".join(f"{name} = ${name}" for name in wanted)
    rows = lake.rows(f"SELECT {', '.join(names)} FROM {mart} WHERE {where}", wanted)  # noqa: S608 - names of ours
    return record(*rows[0]) if rows else None
