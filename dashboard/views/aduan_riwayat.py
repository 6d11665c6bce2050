"""The life of one complaint (`?id=`): what happened to it, and what is recorded next."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import streamlit as st

from config.zones import WIB
from dashboard import cards, data, filters, label_form, labels, recording, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.settings import SettingsError
from warehouse import queries
from warehouse.errors import LakeError
from warehouse.queries import ComplaintFilter
from warehouse.queries.complaint_work import similar_complaints, suggested_owners

SAID: Final = "catatan_terakhir"
FORM: Final = "formulir_ke"
GIVEN: Final = "diserahkan"


def life(doc_id: str) -> None:
    """The complaint and its history."""
    if st.session_state.pop(GIVEN, None) == doc_id and data.viewer().role == "opd":
        ui.empty("Aduan diserahkan", "Aduan ini sekarang pada OPD lain; buka daftar aduan Anda.")
        return
    rows = data.records(data.ask(queries.complaints, ComplaintFilter(doc_id=doc_id)).rows)
    if not rows:
        ui.empty("Aduan tidak ditemukan", "Tautannya mungkin lama; buka daftar aduan.")
        return
    cards.complaint(rows[0], history=False, correct=cards.may_correct())
    st.header("Riwayat", help=terms.HISTORY)
    steps = data.records(data.ask(queries.complaint_history, doc_id))
    st.caption(f"{fmt.count(len(steps), 'kejadian')}, yang paling awal di atas; {ui.through()}.")
    for step in steps:
        happened(step)
    record(rows[0])
    hand_over(rows[0])
    similar(doc_id)


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
    st.header("Catat kejadian", help=terms.RECORDING)
    who = data.viewer()
    if not recording.allowed(where, who):
        st.caption(
            "Di sini Anda hanya membaca: yang mencatat adalah admin aduan OPD-nya atau admin, dari dasbor "
            "yang dibuka dengan `pati dashboard`."
        )
        return
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    st.caption(f"Dicatat atas nama **{text.markdown(where.recorder or who.user, 60)}**.")
    number = st.session_state.setdefault(FORM, 0)  # a new form after each entry: its fields are empty
    # The moment a form begins with stays: fields whose beginning changes forget what was typed.
    began = st.session_state.setdefault(f"{FORM}_{number}", where.writing_at.astimezone(WIB))
    with st.form(f"catat_{complaint['doc_id']}_{number}"):
        entry = fields(str(complaint["doc_id"]), complaint["opd_id"], began)
        sent = st.form_submit_button("Simpan catatan", icon=":material/add:")
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


def hand_over(complaint: dict[str, Any]) -> None:
    """Give a complaint that is not one's own to the office it belongs to."""
    where = data.settings()
    st.header("Bukan wewenang?", help=terms.HANDOVER)
    doc_id = str(complaint["doc_id"])
    suggested = data.ask(suggested_owners, doc_id)
    offices = {key: name for key, name in label_form.names("opd").items() if key != complaint["opd_id"]}
    said = ", ".join(f"{text.markdown(row['short'], 60)} ({fmt.percent(row['score'])})" for row in suggested)
    st.caption(
        f"Usulan pemilik: {said}." if said else "Model tidak melihat pemilik lain; pilih sendiri bila perlu."
    )
    if not recording.allowed(where, data.viewer()):
        return
    first = next((row["opd_id"] for row in suggested if row["opd_id"] in offices), None)
    with st.form(f"serah_{doc_id}_{st.session_state.get(FORM, 0)}"):
        to = st.selectbox(
            "Serahkan kepada",
            list(offices),
            index=list(offices).index(first) if first else None,
            format_func=offices.__getitem__,
            placeholder="Pilih OPD",
        )
        reason = st.text_input("Alasan", max_chars=300, help="Data pribadi disamarkan sebelum disimpan.")
        sent = st.form_submit_button("Serahkan", icon=":material/forward:")
    if sent and to is None:
        st.error("Pilih dahulu OPD yang berwenang.", icon=":material/error:")
    elif sent and to is not None:
        give(doc_id, to, complaint["opd_short"], reason or "")


def give(doc_id: str, to: str, actor: object, reason: str) -> None:
    """Hand over and show the history with it, or say in one sentence why not."""
    unit = None if fmt.is_missing(actor) else str(actor)
    try:
        recording.hand_over(data.settings(), data.config(), doc_id, to, unit, reason)
    except (ValueError, LakeError, SettingsError) as problem:
        st.error(text.markdown(problem, 300), icon=":material/error:")
        return
    st.session_state[SAID], st.session_state[GIVEN] = "Diserahkan.", doc_id
    st.session_state[FORM] = st.session_state.get(FORM, 0) + 1
    st.rerun()


def similar(doc_id: str) -> None:
    """Earlier complaints like this one, and how they were answered."""
    st.header("Aduan serupa sebelumnya", help=terms.SIMILAR)
    rows = data.records(data.ask(similar_complaints, doc_id))
    if not rows:
        ui.empty("Belum ada aduan serupa", terms.SIMILAR)
        return
    st.caption(f"n = {fmt.count(len(rows), 'aduan')}, yang paling mirip di atas; {ui.through()}.")
    for row in rows:
        with st.container(border=True, gap="xsmall"):
            st.text(text.plain(row["excerpt"], 300))
            ui.facts(
                f"masuk {fmt.day(row['received_at'])}",
                text.markdown(cards.status(row["status"]), 60),
                ui.named("Kec.", row["kecamatan"]),
                f"{fmt.number(row['n_shared'])} kata penting sama",
            )
            if reply := text.plain(row["reply"], 400):
                st.caption("Jawabannya:")
                st.text(reply)
            ui.Link(ui.HISTORY, "Buka riwayatnya", {"id": str(row["doc_id"])}).draw()


ui.header("Riwayat aduan", "Apa yang sudah terjadi, dan kapan?")
ui.Link(ui.COMPLAINTS, "Kembali ke daftar", filters.way_back(), ui.BACK).draw()
life(st.query_params.get("id", ""))
