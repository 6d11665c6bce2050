"""The numbers I1 to I15 as evidence: one row for each, with its interval, its n and what it is about.

Which row of a mart that is follows from the register (`warehouse/metrics`): its grain is filled from the
period and from what was asked about (a dimension, an office or a kecamatan); a mart that does not know that
gives its row of the whole regency.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from warehouse.access import needs
from warehouse.lake import Lake
from warehouse.metrics import Metric, metrics
from warehouse.queries.drill import drill
from warehouse.queries.spans import Span

About = Literal["regency", "dimension", "opd", "kecamatan", "row"]
"""Everything; the dimension, office or kecamatan asked for; one thing of several, named in `Number.what`."""

_SHARES: Final = {
    "i2_validity": "n_received", "i4_sla": "n_on_time + n_late", "i5_resolution": "n_valid",
    "i5_resolution_all": "n_received", "i6_over_14": "n_open", "i6_over_60": "n_open",
    "i7_dispute": "n_answered", "i8_misroute": "n_disposed",
}  # fmt: skip
"""Shares whose marts give no interval, with what they are shares of: theirs is the score interval."""
_ENDS: Final = {
    "i1_intake": ("rate_low", "rate_high"), "i10_net_tone": ("net_tone_low", "net_tone_high"),
    "i14_gov_voice": ("gov_voice_low", "gov_voice_high"),
}  # fmt: skip
_JUDGED: Final = ("mart_complaint_resolution", "mart_complaint_response", "mart_complaint_sla")
"""Marts that say in `verdict` why they withhold a number."""
_OWN_PERIOD: Final = {"i6_backlog", "i6_over_14", "i6_over_60"}
"""What is open is counted as of "now", not in a period."""
_WHOLE: Final = {"channel": "*", "opd_id": "*", "kecamatan": "*", "unit": "days", "kind": "*"}
_NAMES: Final = {
    "i4_sla": "step", "i13_quick_win": "name", "i11_issue_share": "dimension_label",
    "i12_recurring": "concat_ws(', ', topic_label, desa, kecamatan)",
}  # fmt: skip
"""What the row is called, where a number has several."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """An office or a kecamatan that numbers are asked about, in place of a dimension.

    Attributes:
        kind: which of both.
        id: id of the office, or name of the kecamatan.
    """

    kind: Literal["opd", "kecamatan"]
    id: str


@dataclass(frozen=True, slots=True)
class Number:
    """One number.

    Attributes:
        metric_id: of the register.
        code: I1 to I15.
        name: how people call it.
        about: how much of the regency it covers.
        what: the thing it is about, where `about` is ``row``.
        first: first day of its period; None: it is as of "now".
        last: last day, same.
        value: None where it was withheld (too few, or nothing to count).
        low: lower end of its 95 % interval; None: withheld, or this number has none.
        high: upper end, same.
        n: what it rests on.
        has_interval: whether it has one at all.
        grain: names the row, for `drill`.
        withheld: why there is no value, as the verdict of its mart (``few``, ``moments_missing``,
            ``not_reached``); None: there is one, or its mart does not say.
    """

    metric_id: str
    code: str
    name: str
    about: About
    what: str
    first: date | None
    last: date | None
    value: float | None
    low: float | None
    high: float | None
    n: int
    has_interval: bool
    grain: Mapping[str, Any] = field(default_factory=dict)
    withheld: str | None = None


@needs("assessment")
def evidence_numbers(
    lake: Lake, codes: Collection[str], span: Span, dimension: str = "", place: Narrowed | None = None
) -> list[Number]:
    """The numbers of some indicators, in the order of the register.

    Args:
        lake: an open lake.
        codes: ``I1`` to ``I15``.
        span: the period.
        dimension: id of a dimension, empty for the whole regency.
        place: an office or a kecamatan; numbers that cannot be split by both are of this one.
    """
    return [
        number
        for one in metrics().values()
        if one.code in codes
        for number in _numbers(lake, one, span, dimension, place)
    ]


@needs("assessment")
def evidence_ids(lake: Lake, numbers: Sequence[Number]) -> dict[str, list[str]]:
    """Ids of the documents behind numbers, each with the codes that count it; numbers about sources have none."""
    found: dict[str, list[str]] = {}
    for one in numbers:
        if metrics()[one.metric_id].drill.key != "doc_id":
            continue
        for doc_id in drill(lake, one.metric_id, **one.grain):
            codes = found.setdefault(doc_id, [])
            if one.code not in codes:
                codes.append(one.code)
    return found


def _numbers(lake: Lake, one: Metric, span: Span, dimension: str, place: Narrowed | None) -> list[Number]:
    fixed, about = _place(one, span, dimension, place)
    free = [name for name in one.grain if name not in fixed and name != "period"]
    where = [f"{name} = ${name}" for name in fixed]
    given = {**fixed}
    if "period" in one.grain and one.id not in _OWN_PERIOD:
        where.append("period = coalesce($start::DATE, period)")
        given["start"] = span.start
    if dimension and one.id in ("i12_recurring", "i13_quick_win"):
        column = "dimension" if one.id == "i12_recurring" else _WINS
        where.append(f"{column} = $dimension")
        given["dimension"] = dimension
    if one.id == "i13_quick_win" and place and place.kind == "opd":
        where.append(f"{_OFFICE} = $place")
        given["place"] = place.id
    if one.id == "i12_recurring":
        where.append("recurring")
    low, high = _interval(one)
    name = _NAMES.get(one.id, "''")
    grain = ", ".join(one.grain)
    withheld = "nullif(verdict, 'ok')" if one.mart in _JUDGED else "NULL"
    days = "period, period_end" if "period" in one.grain or one.id == "i12_recurring" else "NULL, NULL"
    rows = lake.rows(
        f"SELECT {one.column}, {low}, {high}, {one.n}, {name}, {days}, {withheld}, {grain} FROM {one.mart} "  # noqa: S608 - names of the register
        f"WHERE {' AND '.join([*where, *(f'{key} = ${key}' for key in one.where)]) or 'true'} ORDER BY {grain}",
        given | dict(one.where),
    )
    return [
        Number(
            one.id, one.code or "", one.name, about if not free else "row", str(row[4] or "") if free else "",
            row[5], row[6], row[0], row[1], row[2], int(row[3]), low != "NULL",
            dict(zip(one.grain, row[8:], strict=True)), row[7],
        )
        for row in rows
    ]  # fmt: skip


_WINS: Final = "(SELECT max(q.dimension) FROM dim_quick_win q WHERE q.quick_win = mart_quick_win.quick_win)"
_OFFICE: Final = "(SELECT max(q.opd_id) FROM dim_quick_win q WHERE q.quick_win = mart_quick_win.quick_win)"
_COLUMNS: Final = {"opd": "opd_id", "kecamatan": "kecamatan"}


def _place(one: Metric, span: Span, dimension: str, place: Narrowed | None) -> tuple[dict[str, Any], About]:
    """What is known of the row, and how much it covers. Pure."""
    fixed = {name: _WHOLE[name] for name in one.grain if name in _WHOLE}
    if one.id == "i12_recurring":
        fixed.pop("kecamatan")
    about: About = "regency"
    if place and _COLUMNS[place.kind] in one.grain:
        fixed[_COLUMNS[place.kind]] = place.id
        about = place.kind
    if "period_kind" in one.grain:
        fixed["period_kind"] = "now" if one.id in _OWN_PERIOD else span.kind
    if "scope" in one.grain:
        about = place.kind if place else "dimension" if dimension else "regency"
        fixed |= {
            "scope": "all" if about == "regency" else about,
            "scope_id": place.id if place else dimension or "*",
        }
    if dimension and "dimension" in one.grain:
        fixed["dimension"] = dimension
        about = "dimension"
    return fixed, about


def _interval(one: Metric) -> tuple[str, str]:
    """Expressions of both ends; NULL for a number without an interval. Pure."""
    if one.id in _SHARES:
        ends = (f"wilson_{end}({one.column}, {_SHARES[one.id]})" for end in ("low", "high"))
        low, high = (f"CASE WHEN {one.column} IS NOT NULL THEN {expression} END" for expression in ends)
        return low, high
    return _ENDS.get(one.id, ("NULL", "NULL"))
