"""From a row of a mart to the documents it counts, as the register of numbers says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.access import AccessError
from warehouse.lake import Lake
from warehouse.metrics import metric


def drill(lake: Lake, metric_id: str, **grain: Any) -> list[str]:  # noqa: ANN401 - dates, words, numbers
    """What stands behind one row of a number.

    Args:
        lake: an open lake.
        metric_id: of the register (`warehouse/metrics`).
        grain: a value for every column of the number's grain; they name one row of its mart.

    Returns:
        Ids of the documents (of the sources, for a number about sources), in order; as many as
        the row's n, less those that the viewer may not see.

    Raises:
        AccessError: the way leads to complaints of another office than the viewer's.
        KeyError: there is no such number.
        ValueError: a column of the grain is missing, or one is not in it.
    """
    one = metric(metric_id)
    office, own = grain.get("opd_id"), lake.viewer.opd
    if own and "complaint" in one.drill.view and office not in (None, "*", own):
        raise AccessError("Aduan OPD lain hanya ditampilkan sebagai angka.", "complaints", str(office))
    if set(grain) != set(one.grain):
        raise ValueError(f"{metric_id} needs {sorted(one.grain)}, not {sorted(grain)}")
    way = one.drill
    fixed = one.where if way.where is None else way.where
    wanted = {way.names.get(key, key): value for key, value in grain.items()} | fixed
    parts = [f"{column} = ${column}" for column in wanted] + ([way.only] if way.only else [])
    sql = f"SELECT {way.key} FROM {way.view}{_where(parts)} ORDER BY {way.key}"  # noqa: S608 - names of the register
    return [key for (key,) in lake.rows(sql, wanted)]


def drill_gaps(lake: Lake, metric_id: str) -> list[tuple[Any, ...]]:
    """Rows of a number that do not lead to what they count; there should be none.

    Args:
        lake: an open lake.
        metric_id: of the register.

    Returns:
        For each such row the values of its grain, its n, how many documents it leads to, and how
        many rows of the mart have that grain (more than one: the grain does not name a row).

    Raises:
        KeyError: there is no such number.
    """
    one = metric(metric_id)
    way = one.drill
    fixed = one.where if way.where is None else way.where
    names = ", ".join(one.grain)
    mart = _conditions(one.where, "mart")
    view = _conditions(fixed, "view") + ([way.only] if way.only else [])
    inside = ", ".join(f"{way.names.get(name, name)} AS {name}" for name in one.grain)
    same = " AND ".join(f"m.{name} IS NOT DISTINCT FROM d.{name}" for name in one.grain) or "true"
    lead, group = (f"{names}, ", f" GROUP BY {names}") if names else ("", "")
    shown = "".join(f"m.{name}, " for name in one.grain)
    sql = f"""
        SELECT {shown}m.n, coalesce(d.n, 0) AS n_drilled, m.n_rows
        FROM (SELECT {lead}CAST(sum({one.n}) AS BIGINT) AS n, count(*) AS n_rows FROM {one.mart}{_where(mart)}{group}) m
        LEFT JOIN (
          SELECT {lead}count(DISTINCT key) AS n FROM (
            SELECT {inside + ", " if inside else ""}{way.key} AS key FROM {way.view}{_where(view)}
          ){group}
        ) d ON {same}
        WHERE m.n_rows > 1 OR m.n <> coalesce(d.n, 0)
    """  # noqa: S608 - names of the register
    params = {f"mart_{key}": value for key, value in one.where.items()}
    return lake.rows(sql, params | {f"view_{key}": value for key, value in fixed.items()})


def _conditions(fixed: Mapping[str, Any], prefix: str) -> list[str]:
    return [f"{column} = ${prefix}_{column}" for column in fixed]


def _where(parts: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(parts)}" if parts else ""
