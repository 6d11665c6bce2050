"""League tables: a place is only shown as a range, beside n, the interval and the shrunk value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import data, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries.league import LeagueName

Row = Mapping[str, Any]
Choose = Callable[[str], None]


def opd_tone(choose: Choose | None = None) -> None:
    """Agencies by their share of negative documents.

    Args:
        choose: what to do with an agency that somebody taps; None: nothing, and the table begins closed.
    """
    name = "Peringkat nada negatif per OPD"
    _draw("opd_tone", name, "OPD", partial(_shares, "opd_tone"), "share", fmt.percent, choose)


def opd_unanswered(choose: Choose | None = None) -> None:
    """Agencies by their share of complaints without an answer; see `opd_tone`."""
    name = "Peringkat aduan belum dijawab per OPD"
    _draw("opd_unanswered", name, "OPD", partial(_shares, "opd_unanswered"), "share", fmt.percent, choose)


def kecamatan_intake() -> None:
    """Kecamatan by complaints per 10,000 people."""
    name = "Peringkat aduan per 10.000 penduduk"
    _draw("kecamatan_intake", name, "Kecamatan", _intake, "rate", _rate)


def _shares(name: LeagueName) -> list[dict[str, Any]]:
    return data.records(data.ask(queries.league, name))


def _intake() -> list[dict[str, Any]]:
    return data.records(data.ask(queries.league_intake))


def _rate(value: float | None) -> str:
    return fmt.NOT_ENOUGH if fmt.is_missing(value) else fmt.number(value, 2)


def _draw(
    key: str,
    title: str,
    unit: str,
    rows_of: Callable[[], Sequence[Row]],
    value: str,
    shown: Callable[[float | None], str],
    choose: Choose | None = None,
) -> None:
    with st.expander(
        f"{title} (12 minggu penuh terakhir)",
        icon=":material/format_list_numbered:",
        expanded=choose is not None,
        key=f"peringkat_{key}",
        on_change="rerun",
    ) as drawer:
        if not drawer.open:
            return
        rows = rows_of()
        st.caption(f"{terms.LEAGUES[key]} {ui.through()[0].upper()}{ui.through()[1:]}.")
        if not rows:
            ui.empty("Belum ada yang dibandingkan", "Tabel ini terisi sesudah ada data 12 minggu.")
            return
        columns = {
            unit: [text.cell(row["unit"]) for row in rows],
            "n": [row["n"] for row in rows],
            "Nilai": [shown(row[value]) for row in rows],
            "Selang 95 persen": [fmt.interval(row["low"], row["high"], shown) for row in rows],
            "Ditarik ke rata-rata": [shown(row["shrunk"]) for row in rows],
            "Peringkat": [fmt.places(row["rank_first"], row["rank_last"], row["n_ranked"]) for row in rows],
        }
        if choose is None:
            ui.table(columns)
            return
        table = f"liga_{key}"
        st.caption("Pilih baris untuk membuka OPD itu.")
        ui.table(columns, table, lambda: _chosen(table, rows, choose))


def _chosen(table: str, rows: Sequence[Row], choose: Choose) -> None:
    state: Any = st.session_state.get(table)
    for position in state["selection"]["rows"] if state else []:
        choose(str(rows[position]["unit_id"]))
