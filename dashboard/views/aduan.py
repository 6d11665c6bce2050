"""Aduan per OPD: what is waiting for whom, and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import cards, data, filters, labels, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import ComplaintFilter

TABLE = "tabel_opd"


def totals(wanted: ComplaintFilter) -> None:
    """The queue in numbers, whatever group of it the list below shows."""
    sums = data.ask(queries.queue_totals, replace(wanted, state=None))
    n = f"n = {fmt.count(sums.n, 'aduan')}"
    groups = [
        ("open", sums.n_open, terms.QUEUE_OPEN),
        ("late", sums.n_open_over_14_days, terms.QUEUE_LATE),
        ("answered", sums.n_answered, terms.QUEUE_ANSWERED),
        ("resolved", sums.n_resolved, terms.QUEUE_RESOLVED),
        ("set_aside", sums.n_set_aside, terms.QUEUE_ASIDE),
    ]
    age = (
        ""
        if sums.median_open_age_days is None
        else f"separuhnya lebih dari {fmt.number(sums.median_open_age_days)} hari"
    )
    tiles = [ui.Tile("Semua aduan", fmt.number(sums.n), n, terms.QUEUE_ALL)]
    tiles += [
        ui.Tile(
            labels.STATE[state],
            fmt.number(count),
            n,
            meaning,
            age if state == "open" else "",
            ui.Narrow("keadaan", state) if count else None,
        )
        for state, count, meaning in groups
    ]
    ui.tiles(tiles)
    st.info(
        "**Dijawab bukan berarti tuntas.** Status kanal sering berhenti di jawaban; pekerjaan di "
        "lapangan bisa belum selesai.",
        icon=":material/info:",
    )


def choose_agency() -> None:
    """A tap on a row of the table filters the list below."""
    state: Any = st.session_state.get(TABLE)
    rows = state["selection"]["rows"] if state else []
    if rows:
        agencies = data.ask(queries.agencies)
        st.session_state["dinas"] = agencies["opd_id"].iloc[rows[0]]


def by_agency() -> None:
    """Complaints per agency over two windows; counts, never rates."""
    st.subheader("Per OPD", help=terms.BY_AGENCY)
    frame = data.ask(queries.agencies)
    if frame.empty:
        ui.empty("Belum ada aduan ber-OPD", "Tabel ini terisi setelah aduan diberi label OPD.")
        return
    st.caption(
        f"n aduan masuk dalam 4 dan 12 minggu penuh terakhir; {ui.through()}. "
        "Pilih baris untuk menyaring daftar di bawah."
    )
    ui.table(
        {
            "OPD": [text.cell(name) for name in frame["opd_short"]],
            "Masuk 4 mgg": list(frame["n_4_weeks"]),
            "Masuk 12 mgg": list(frame["n_12_weeks"]),
            "Dijawab (12 mgg)": list(frame["n_answered_12_weeks"]),
            "Tuntas (12 mgg)": list(frame["n_resolved_12_weeks"]),
            "Terbuka": list(frame["n_open"]),
            "Terbuka > 14 hari": list(frame["n_open_over_14_days"]),
        },
        key=TABLE,
        on_select=choose_agency,
    )


def queue(wanted: ComplaintFilter) -> None:
    """The complaints themselves, the oldest open one first."""
    st.subheader("Daftar aduan", help=terms.QUEUE_ORDER)
    page = data.ask(queries.complaints, wanted, filters.PAGE_SIZE, filters.offset("hal_aduan"))
    if page.total == 0:
        ui.empty("Tidak ada aduan yang cocok", "Longgarkan saringan, atau periksa rentang tanggalnya.")
        return
    st.caption(f"n = {fmt.count(page.total, 'aduan')} yang cocok; {ui.through()}.")
    filters.pager(page, "hal_aduan")
    for row in data.records(page.rows):
        cards.complaint(row)


ui.header("Aduan per OPD", "Apa yang menunggu, pada siapa, dan sejak kapan?")
chosen = filters.complaints()
totals(chosen)
by_agency()
queue(chosen)
