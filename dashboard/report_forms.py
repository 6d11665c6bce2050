"""Forms of the page of the weekly report: sentences, order, recommendations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import data, reporting, text
from dashboard import format as fmt
from dashboard.filters import DAY_FORMAT
from dashboard.report.arranging import flat_said
from dashboard.report.document import Composed
from dashboard.report.editions import Draft
from dashboard.report.errors import ReportError
from dashboard.report.overlay import KEPT, SECTION
from dashboard.report.recommending import STATES, Advice, advice_of, next_key
from dashboard.settings import SettingsError
from warehouse.access import AccessError
from warehouse.errors import LakeError
from warehouse.store.report_events import LONGEST, ReportStep

SAID, TOLD = "laporan_pesan", "laporan_kabar"
REASON: Final = "Alasan (dicetak dalam catatan penyuntingan)"


def do(work: Callable[[], str | None], said: str) -> None:
    """Do something and say so, or say in one sentence why not.

    Args:
        work: what to do; a sentence that it returns says what happened, which need not be a success.
        said: what is said where it returns none.
    """
    try:
        told = work()
    except AccessError:
        raise
    except (ValueError, LakeError, SettingsError, ReportError, OSError) as problem:
        st.error(text.markdown(problem, 400), icon=":material/error:")
        return
    st.session_state[TOLD if told else SAID] = told or said
    st.rerun()


def sentences(found: Draft, machine: Composed) -> None:
    """Put a sentence in other words, take it out, or give it back its own."""
    # Rows of tables have no words of their own to exchange.
    printed = {said["id"] for part in machine.data["parts"] for said in flat_said(part["blocks"])}
    entries = {one.id: one for one in machine.ledger.entries if one.id in printed}
    chosen = st.selectbox(
        "Kalimat",
        list(entries),
        format_func=lambda key: f"{key}: {text.cell(entries[key].text, 90)}",
        key="laporan_kalimat",
    )
    if chosen is None:
        return
    overlay = found.overlay
    now = overlay.worded[chosen].new if chosen in overlay.worded else entries[chosen].text
    with st.form(f"kalimat_{chosen}", border=False):
        words = st.text_area("Menjadi", value=now, max_chars=LONGEST)
        why = st.text_input(REASON, max_chars=LONGEST, key=f"alasan_{chosen}")
        row = st.container(horizontal=True)
        save = row.form_submit_button("Simpan kalimat", icon=":material/save:")
        hide = row.form_submit_button("Sembunyikan", icon=":material/visibility_off:")
        back = row.form_submit_button(
            "Kembalikan kata mesin",
            icon=":material/undo:",
            disabled=chosen not in overlay.worded and chosen not in overlay.hidden,
        )
    if save:
        change = ReportStep("worded", chosen, entries[chosen].text, words.strip(), why)
        do(lambda: _masked(found, change), f"Kalimat {chosen} diganti.")
    if hide:
        do(lambda: _masked(found, ReportStep("hidden", chosen, reason=why)), f"{chosen} disembunyikan.")
    if back:
        do(lambda: reporting.step(found, ReportStep("shown", chosen)), f"{chosen} kembali seperti semula.")


def order(found: Draft, machine: Composed) -> None:
    """Move or hide a section."""
    parts = {SECTION + one["id"]: str(one["title"]) for one in machine.data["parts"] if not one["annex"]}
    left, middle, right = st.columns([3, 1, 2], vertical_alignment="bottom")
    section = left.selectbox("Bagian", list(parts), format_func=parts.__getitem__, key="laporan_bagian")
    place = middle.number_input("Tempat ke-", 1, max(1, len(parts)), key="laporan_tempat")
    if right.button("Pindahkan bagian", icon=":material/swap_vert:"):
        do(
            lambda: reporting.step(found, ReportStep("moved", str(section), new=str(int(place)))),
            "Urutan bagian diubah.",
        )
    hidden = section in found.overlay.hidden
    if section is None or section.removeprefix(SECTION) in KEPT:
        st.caption("Bagian ini selalu dicetak.")
        return
    why = st.text_input(REASON, max_chars=LONGEST, key="laporan_alasan_bagian", disabled=hidden)
    if st.button("Tampilkan bagian" if hidden else "Sembunyikan bagian", icon=":material/visibility:"):
        taken = ReportStep("shown", section) if hidden else ReportStep("hidden", section, reason=why)
        do(lambda: _masked(found, taken), "Tampilan bagian diubah.")


def recommendations(found: Draft) -> None:
    """Own recommendations of this week, and what became of those of the week before."""
    offices = {one.id: one.short for one in data.config().opd}
    with st.form("rekomendasi_baru", clear_on_submit=True):
        opd = st.selectbox("OPD", list(offices), format_func=offices.__getitem__)
        action = st.text_area("Tindakan", max_chars=LONGEST)
        deadline = st.date_input("Tenggat", value=None, format=DAY_FORMAT)
        if st.form_submit_button("Tambah rekomendasi", icon=":material/add:"):
            key = next_key(found.events)

            def add() -> None:
                one = Advice(key, str(opd), reporting.masked(action), deadline)
                if not one.action:
                    raise ValueError("Tulis tindakan yang disarankan.")
                reporting.step(found, ReportStep("advised", key, new=one.written()))

            do(add, f"Rekomendasi {key} ditambahkan.")
    for one in found.overlay.advice:
        st.markdown(
            f"**{one.key}** {text.markdown(offices.get(one.opd, one.opd))}: {text.markdown(one.action)}"
        )
        if st.button(f"Hapus {one.key}", key=f"hapus_{one.key}", type="tertiary"):
            gone = ReportStep("withdrawn", one.key, old=one.written())
            do(partial(reporting.step, found, gone), f"{gone.target} dihapus.")
    before = advice_of(found.before)
    if before:
        st.markdown("**Keadaan rekomendasi minggu lalu**")
    for one in before:
        _judge(found, one, offices)


def _judge(found: Draft, one: Advice, offices: dict[str, str]) -> None:
    until = f" (tenggat {fmt.day(one.deadline)})" if one.deadline else ""
    st.markdown(
        f"**{one.key}** {text.markdown(offices.get(one.opd, one.opd))}: {text.markdown(one.action)}{until}"
    )
    left, middle, right = st.columns([2, 3, 1], vertical_alignment="bottom")
    state = left.selectbox("Keadaan", list(STATES), format_func=STATES.__getitem__, key=f"nilai_{one.key}")
    note = middle.text_input("Keterangan", max_chars=LONGEST, key=f"ket_{one.key}")
    if right.button("Catat", key=f"catat_{one.key}"):
        taken = ReportStep("judged", one.key, new=str(state), reason=note)
        do(lambda: _masked(found, taken), f"Keadaan {one.key} dicatat.")


def _masked(found: Draft, taken: ReportStep) -> None:
    kept: dict[str, Any] = {"reason": reporting.masked(taken.reason)}
    if taken.action == "worded" and taken.new is not None:
        kept["new"] = reporting.masked(taken.new)
    reporting.step(found, replace(taken, **kept))
