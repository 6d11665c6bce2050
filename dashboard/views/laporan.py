"""Laporan mingguan: what leadership reads this week, where each sentence comes from, and how it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import data, filters, report_blocks, report_forms, reporting, text, ui
from dashboard import format as fmt
from dashboard.report.document import Composed
from dashboard.report.editions import Draft, draft_of, report_id
from dashboard.report.errors import ReportError
from dashboard.report.ledger import Entry
from dashboard.report_forms import SAID, TOLD, do
from warehouse.queries.report_events import report_deliveries, report_files
from warehouse.store.report_events import LONGEST, ReportStep

STATE: Final = {"draft": "Draf", "reviewed": "Diperiksa", "approved": "Disetujui", "sent": "Terkirim"}
DELIVERY: Final = {
    "intended": "mungkin sudah terkirim",
    "unsure": "mungkin sudah terkirim",
    "sent": "terkirim",
    "failed": "gagal, dicoba lagi",
    "released": "akan dikirim ulang",
}
EDITED: Final = {"worded": "kata-kata analis", "written": "ditulis analis", "hidden": "disembunyikan"}


def evidence(entries: Mapping[str, Entry]) -> None:
    """Where the numbers of one sentence come from."""
    chosen = st.selectbox(
        "Kalimat mana?",
        [key for key, one in entries.items() if one.evidence],
        format_func=lambda key: f"{key}: {text.cell(entries[key].text, 90)}",
        key="bukti",
    )
    if chosen is None:
        return
    proofs = entries[chosen].evidence
    if edit := EDITED.get(entries[chosen].edit):
        st.caption(f"Kalimat ini: {edit}. Mesin menulis: {text.markdown(entries[chosen].machine)}")
    ui.table(
        {
            "Pertanyaan": [text.cell(proof.query, 60) for proof in proofs],
            "Dengan": [
                text.cell(", ".join(f"{k}={v}" for k, v in proof.parameters.items())) for proof in proofs
            ],
            "Angka": [text.cell(proof.field, 60) for proof in proofs],
            "Nilai": [text.cell(proof.value) for proof in proofs],
        },
        name=f"bukti-{chosen}",
    )


def steps(found: Draft) -> None:
    """What may be done now: review, approve, give back, send."""
    state = found.life.state
    row = st.container(horizontal=True)
    if (
        state == "draft"
        and reporting.can("reviewed")
        and row.button("Tandai diperiksa", icon=":material/check:")
    ):
        do(lambda: reporting.step(found, ReportStep("reviewed")), "Ditandai sudah diperiksa.")
    if state == "reviewed" and reporting.can("approved"):
        st.caption("Menyetujui mencetak semua berkas dan mengarsipkannya; perlu kira-kira setengah menit.")
        if row.button("Setujui", icon=":material/verified:", type="primary"):
            with st.spinner("Mencetak dan mengarsipkan …"):
                do(lambda: reporting.settle(found), "Laporan disetujui dan diarsipkan.")
    if state in ("reviewed", "approved") and reporting.can("returned"):
        with st.popover("Kembalikan ke draf", icon=":material/undo:"):
            why = st.text_input("Apa yang harus diperbaiki?", max_chars=LONGEST)
            if st.button("Kembalikan"):
                taken = ReportStep("returned", reason=why)
                do(lambda: reporting.step(found, taken), "Dikembalikan ke draf.")
    if reporting.can("based") and row.button("Perbarui dari data terbaru", icon=":material/refresh:"):
        do(lambda: reporting.begin(found.week, again=True), "Draf kini memakai data terbaru.")
    if state in ("approved", "sent") and reporting.can("sent"):
        again = state == "sent" and row.checkbox("Kirim sekali lagi kepada semua")
        doubt = row.checkbox("Kirim juga kepada yang mungkin sudah menerima")
        if row.button("Kirim", icon=":material/send:", type="primary"):
            with st.spinner("Mengirim …"):
                do(lambda: reporting.send(found.week, again=bool(again), release=doubt), "Terkirim.")


def archive(key: str) -> None:
    """Files of approved editions, byte for byte, and to whom they went."""
    files = data.ask(report_files, key)
    if not files:
        ui.empty(
            "Belum ada edisi", "Setelah disetujui, PDF, ringkasan, HTML, XLSX dan DOCX tersimpan di sini."
        )
    for one in files:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"Edisi {one.edition}: {text.markdown(one.name)}")
        left.caption(
            f"{fmt.moment(one.archived_at)}, {fmt.number(one.n_bytes)} bita, SHA-256 {one.sha256[:16]}…"
        )
        if right.button("Siapkan", key=f"siapkan_{one.edition}_{one.name}"):
            try:
                content = reporting.opened(one)
            except ReportError as problem:
                st.error(text.markdown(problem, 400), icon=":material/error:")
                continue
            right.download_button(
                "Unduh",
                content,
                one.name,
                key=f"unduh_{one.edition}_{one.name}",
                on_click=lambda one=one: data.note("exported", one.name, f"edition {one.edition}"),
            )
    sent = data.records(data.ask(report_deliveries, key))
    if sent:
        st.markdown("**Pengiriman**")
        ui.table(
            {
                "Edisi": [row["edition"] for row in sent],
                "Putaran": [row["round"] for row in sent],
                "Kepada": [text.cell(row["shown"], 80) for row in sent],
                "Keadaan": [DELIVERY.get(str(row["state"]), str(row["state"])) for row in sent],
                "Percobaan": [row["n_tries"] for row in sent],
                "Terakhir": [fmt.moment(row["last_at"]) for row in sent],
                "Keterangan": [text.cell(row["detail"], 200) for row in sent],
            }
        )


def read(found: Draft) -> tuple[Composed, Composed]:
    """The report as it would be printed now; what the machine wrote, and what people made of it."""
    machine = reporting.composed(found)
    laid = reporting.edited(found, machine)
    if laid.stale:
        st.warning(
            f"Datanya berubah sesudah disunting, jadi suntingan ini tidak dipakai: {', '.join(laid.stale)}. "
            "Periksa dan ulangi bila masih perlu.",
            icon=":material/warning:",
        )
    for part in laid.composed.data["parts"]:
        with st.expander(text.plain(part["title"], 120), expanded=part["id"] in ("ringkasan", "rekomendasi")):
            for one in part["blocks"]:
                report_blocks.draw(one)
    return machine, laid.composed


def page(found: Draft) -> None:
    """A draft that exists."""
    life = found.life
    base = found.base
    edition = f", edisi {life.edition}" if life.edition else ""
    st.markdown(f"Keadaan: **{STATE[life.state]}**{edition}")
    if base is not None and base.as_of is not None:
        st.caption(
            f"Potret data {base.snapshot}, {fmt.moment(base.as_of)}; "
            f"{fmt.count(len(found.overlay.log), 'suntingan')}. Yang menyunting tidak dapat memeriksa atau "
            "menyetujui."
        )
    steps(found)
    machine, composed = read(found)
    st.header("Bagaimana kami tahu?", anchor=False)
    evidence({one.id: one for one in composed.ledger.entries})
    if reporting.can("worded"):
        st.header("Sunting sebelum dikirim", anchor=False)
        words, place, advice = st.tabs(["Kalimat", "Susunan", "Rekomendasi"])
        with words:
            report_forms.sentences(found, machine)
        with place:
            report_forms.order(found, machine)
        with advice:
            report_forms.recommendations(found)
    st.header("Arsip dan pengiriman", anchor=False)
    archive(report_id(found.week))


ui.header("Laporan mingguan", "Apa yang dibaca pimpinan minggu ini, dan dari mana setiap kalimatnya?")
if message := st.session_state.pop(SAID, None):
    st.success(text.markdown(message, 400), icon=":material/check:")
if message := st.session_state.pop(TOLD, None):
    st.info(text.markdown(message, 400))
draft = data.ask(draft_of, filters.week_picker())
if draft.base is None:
    ui.empty(
        "Draf minggu ini belum dibuat",
        "Draf dibuat sendiri setiap laporan mingguan diterbitkan; analis juga dapat membuatnya di sini.",
    )
    if reporting.can("based") and st.button("Buat draf", icon=":material/note_add:"):
        do(lambda: reporting.begin(draft.week), "Draf dibuat.")
else:
    try:
        page(draft)
    except ReportError as problem:
        st.error(text.markdown(problem, 400), icon=":material/error:")
        if reporting.can("based") and st.button("Perbarui dari data terbaru"):
            do(lambda: reporting.begin(draft.week, again=True), "Draf kini memakai data terbaru.")
