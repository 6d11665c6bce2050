"""The life of one complaint (`?id=`): what happened to it, and what is recorded next."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import streamlit as st

from config.zones import WIB
from dashboard import cards, data, filters, labels, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.settings import SettingsError
from warehouse import queries
from warehouse.errors import LakeError
from warehouse.queries import ComplaintFilter

SAID: Final = "catatan_terakhir"
FORM: Final = "formulir_ke"


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
    record(rows[0])


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


def record(complaint: dict[str, Any]) -> None:
    """A form to add what happened, for a dashboard that was opened for writing."""
    where = data.settings()
    st.subheader("Catat kejadian", help=terms.RECORDING)
    if not recording.allowed(where):
        st.caption(
            "Dasbor ini dibuka untuk membaca saja. Admin dapat mencatat setelah membukanya dengan "
            "`pati dashboard --recorder NAMA-UNIT`."
        )
        return
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    st.caption(f"Dicatat atas nama **{text.markdown(where.recorder, 60)}**.")
    number = st.session_state.setdefault(FORM, 0)  # a new form after each entry: its fields are empty
    # The moment a form begins with stays: fields whose beginning changes forget what was typed.
    began = st.session_state.setdefault(f"{FORM}_{number}", where.writing_at.astimezone(WIB))
    with st.form(f"catat_{complaint['doc_id']}_{number}"):
        entry = fields(str(complaint["doc_id"]), complaint["opd_id"], began)
        sent = st.form_submit_button("Simpan catatan", type="primary", icon=":material/add:")
    if sent and entry is None:
        st.error("Pilih dahulu apa yang terjadi.", icon=":material/error:")
    elif sent and entry is not None:
        keep(entry)


def fields(doc_id: str, opd_id: object, now: datetime) -> recording.Entry | None:
    """The fields of the form, read; None while nobody said what happened."""
    config = data.config()
    names = {s.id: s.label for s in config.complaints.statuses if s.id not in recording.NOT_BY_HAND}
    offices = {opd.id: opd.short for opd in config.opd}
    status = st.selectbox(
        "Apa yang terjadi", list(names), index=None, format_func=names.__getitem__, placeholder="Pilih"
    )
    left, right = st.columns(2)
    day = left.date_input("Tanggal", now.date(), max_value=now.date(), format=filters.DAY_FORMAT)
    clock = right.time_input("Jam (WIB)", now.time().replace(second=0, microsecond=0), step=60)
    actor = st.selectbox(
        "Dilakukan oleh",
        list(offices),
        index=list(offices).index(str(opd_id)) if opd_id in offices else None,
        format_func=offices.__getitem__,
        placeholder="Tidak diketahui",
    )
    note = st.text_area(
        "Isi jawaban atau keterangan",
        max_chars=recording.LONGEST_NOTE,
        help="NIK, nomor telepon, alamat, dan nama orang disamarkan sebelum disimpan.",
    )
    if status is None:
        return None
    return recording.Entry(doc_id, status, day, clock, offices.get(str(actor)), note or "")


def keep(entry: recording.Entry) -> None:
    """Write the entry down and show the history with it, or say in one sentence why not."""
    try:
        added = recording.record(data.settings(), data.config(), entry)
    except (ValueError, LakeError, SettingsError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    st.session_state[SAID] = "Tercatat." if added else "Kejadian ini sudah tercatat sebelumnya."
    st.session_state[FORM] += 1
    st.rerun()


ui.header("Riwayat aduan", "Apa yang sudah terjadi, dan kapan?")
ui.Link(ui.COMPLAINTS, "Kembali ke daftar", filters.way_back(), ui.BACK).draw()
life(st.query_params.get("id", ""))
