"""The life of one complaint (`?id=`): what happened to it, and what is recorded next."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import cards, data, filters, labels, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import ComplaintFilter


def life(doc_id: str) -> None:
    """The complaint and its history."""
    rows = data.records(data.ask(queries.complaints, ComplaintFilter(doc_id=doc_id)).rows)
    if not rows:
        ui.empty("Aduan tidak ditemukan", "Tautannya mungkin lama; buka daftar aduan.")
        return
    cards.complaint(rows[0], history=False)
    st.subheader("Riwayat", help=terms.HISTORY)
    steps = data.records(data.ask(queries.complaint_history, doc_id))
    st.caption(f"{fmt.count(len(steps), 'kejadian')}, yang paling awal di atas; {ui.through()}.")
    for step in steps:
        happened(step)


def happened(step: dict[str, Any]) -> None:
    """One event: when, what, by whom, and how we know."""
    when = fmt.moment(step["moment"])
    if step["moment"] is None:
        when = f"Waktu tidak tercatat (terlihat {fmt.moment(step['seen_at'])})"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{when} — **{text.markdown(step['label'] or step['status'], 60)}**")
        if note := text.plain(step["note"], 500):
            st.text(note)
        ui.facts(
            ui.named("oleh", step["actor"]),
            "balasan otomatis, bukan jawaban" if step["automatic"] else "",
            labels.of(labels.ORIGIN, "derived" if step["derived"] else step["origin"]),
            ui.named("dicatat oleh", step["recorded_by"]),
        )


ui.header("Riwayat aduan", "Apa yang sudah terjadi, dan kapan?")
ui.Link(ui.COMPLAINTS, "Kembali ke daftar", filters.way_back(), ui.BACK).draw()
life(st.query_params.get("id", ""))
